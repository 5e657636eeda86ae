"""The local page: documents dropped in a browser are checked, on this computer only.

``serve`` opens the page and ends it; ``app`` answers requests, ``gate`` refuses those that do not
come from the page itself. ``session`` holds the documents, ``uploads`` takes them in, ``checking``
has them checked in a process of its own, and ``views`` says what the page shows of them.
"""
