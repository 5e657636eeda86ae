"""The report as one page that opens offline: the tables of findings with their proofs beside them.

``page.py`` puts it together; ``documents.py``, ``blocks.py``, ``cards.py``, ``proofs.py``,
``grid.py`` and ``spots.py`` prepare what is shown; ``templates`` hold the markup, the style and the
script, which only improves a page that is whole without it.
"""
