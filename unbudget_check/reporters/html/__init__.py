"""The report as one page that opens offline: the tables of findings with their proofs beside them.

``page.py`` puts it together from ``documents.py`` (one document), ``blocks.py``, ``grid.py``,
``stretches.py`` and ``spots.py`` (its tables), ``cards.py`` and ``proofs.py`` (its findings),
``coverage.py`` and ``rules.py``. ``templates`` holds the markup, the style and the script, which
only improves a page that is whole without it; its words are among those of all reports.
"""
