"""From broken relations to findings: one wrong cell is one finding, with all that it breaks.

``judging`` says what is broken, ``localisation`` which figures are to blame, ``causes``
what belongs together; ``suspects``, ``proofs``, ``places`` and ``sentences`` say it, and
``findings`` puts it under its rule. ``coverage`` counts what was and was not checked.
"""
