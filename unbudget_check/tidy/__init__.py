"""Data files and frames: whole columns in, the tree that a mapping states, one matrix of sums.

``sheet`` loads a file as columns, ``amounts`` makes exact whole numbers of them, ``tree`` says
which rows are parts of which, ``matrix`` writes and judges the sums. ``printed`` makes a table of
what is broken, so that it is diagnosed and told like any other table. ``check`` is the way through,
``propose`` finds a mapping.
"""
