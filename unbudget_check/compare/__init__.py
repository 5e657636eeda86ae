"""Two versions of documents side by side: what is the same, what changed, what was forgotten.

``alignment.py`` finds what is the same (*lines.py* in a table, *passages.py* in sentences, by the
evidence that *pairing.py* weighs); ``changes.py`` lists what differs, ``dependents.py`` (with
*new_rows.py*) the figures that stayed as they were although others on which they depend changed,
and ``versions.py`` puts two runs together. Data files with a mapping are compared by whole columns
in ``data_files.py``; what was forgotten in them, the proofs of findings say (*proofs.py*). The
alignment knows nothing of drafts: years and languages are aligned alike.
"""
