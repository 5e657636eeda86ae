"""What a plug-in may import: this module and nothing else of the program.

A package announces what it adds by entry points in its ``pyproject.toml``; all are optional::

    [project.entry-points."unbudget_check.rules"]
    ours = "our_package.rules"          # a folder of the package, with FAMILY/NAME.toml below it

    [project.entry-points."unbudget_check.checks"]
    our_check = "our_package.checks:check_ours"     # rule files name it: check = "our_check"

    [project.entry-points."unbudget_check.readers"]
    ods = "our_package.ods"             # the ending of a file name -> a module with read(source)

    [project.entry-points."unbudget_check.reporters"]
    board = "our_package.board"         # -o board -> a module with render(report, options)

The signatures, the same as those of the program's own:

* ``check(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None`` writes rows of
  the matrix: ``claims.add(...)`` with the numbers of the figures in ``facts.tables[t].grid`` and
  their whole coefficients, the stated figure first. It never judges. A remark on how something is
  written is ``claims.remarks.append(Remark(number, Spot(table, row, column)))``. A check whose
  rules must give parameters is announced as a ``CheckWithParameters``.
* ``read(source: Source) -> Document`` raises ``UnreadableError`` with one plain sentence where the
  bytes cannot be read.
* ``render(report: Report, options: RenderOptions) -> str`` (or bytes) opens and prints nothing; a
  module with ``FOR_MACHINES = True`` writes text for programs, which is always UTF-8.

A plug-in is loaded when a rule names its check, a file has its ending or its format is asked for;
the rules of packages are read with all others. None may take a name that the program has. Names may
be added here under one version of the program; none is renamed or removed.
"""

from __future__ import annotations

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.model.claims import Claims, Remark, Skipped, place_of
from unbudget_check.model.document import Cell, Document, Paragraph, Table, Where
from unbudget_check.model.facts import (
    Column,
    ColumnRole,
    DocumentFacts,
    Row,
    RowRole,
    Spot,
    TableFacts,
)
from unbudget_check.model.finding import Confidence, Finding, Severity
from unbudget_check.model.report import DocumentResult, Report
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.rulebook.kinds import CheckWithParameters
from unbudget_check.rulebook.rule import Rule

__all__ = [
    "Cell",
    "CheckWithParameters",
    "Claims",
    "Column",
    "ColumnRole",
    "Confidence",
    "Document",
    "DocumentFacts",
    "DocumentResult",
    "Finding",
    "Paragraph",
    "ReadOptions",
    "Remark",
    "RenderOptions",
    "Report",
    "Row",
    "RowRole",
    "Rule",
    "Severity",
    "Skipped",
    "Source",
    "Spot",
    "Table",
    "TableFacts",
    "UnreadableError",
    "UserError",
    "Where",
    "place_of",
]
