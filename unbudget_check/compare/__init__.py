"""Two versions of documents side by side: what is the same, what changed, what was forgotten.

``alignment.py`` finds what is the same (*lines.py* in a table, *passages.py* in sentences, by the
evidence that *pairing.py* weighs); ``changes.py`` lists what differs, ``dependents.py`` the figures
that stayed as they were although others on which they depend changed, and ``versions.py`` puts two
runs together. The alignment knows nothing of drafts: years and languages are aligned alike.
"""
