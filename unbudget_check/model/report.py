"""Everything that one run reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.model.faults import FAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from pandas import DataFrame

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Confidence, Finding, Severity
    from unbudget_check.model.message import Message


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that was read but not checked, and why.

    ``told`` is the reason before it is put in a language, where it was said so.
    """

    where: Where
    reason: str
    figures: int = 0
    told: Message | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was and was not checked; zero findings over zero checks must never look green."""

    tables_read: int = 0
    tables_checked: int = 0
    unchecked: tuple[Unchecked, ...] = ()
    figures_read: int = 0
    figures_checked: int = 0
    exact: int = 0
    rounding: int = 0
    broken: int = 0
    relations_unchecked: int = 0
    remarks: tuple[Unchecked, ...] = ()
    sentences_read: int = 0  # those that mention amounts, shares or posts
    sentences_tied: int = 0
    untied: tuple[Unchecked, ...] = ()

    @property
    def faults(self) -> int:
        """How many remarks tell of a fault of this program; what they name was not checked."""
        return sum(
            each.told is not None and each.told.name.startswith(FAULT) for each in self.remarks
        )

    @property
    def judged(self) -> int:
        """How many relations came to a verdict; where it is 0, nothing was checked."""
        return self.exact + self.rounding + self.broken


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell as printed; a merged one covers ``rows`` x ``columns`` places.

    ``marks`` are its footnote marks, and ``indent`` grows with the indentation of its label.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    marks: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed, for whoever wants to see a finding in its place.

    ``key`` begins the names of its cells (``t3`` of ``t3r12c4``); ``head`` counts its first rows,
    which hold the headings. A merged cell is listed once, at its first place.
    """

    key: str
    rows: tuple[tuple[PrintedCell, ...], ...]
    columns: int
    head: int
    number: str | None = None
    part: str | None = None
    title: str = ""
    part_title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the relations that one rule claims in one table came out; ``where`` names the table.

    Relations between places in no table are counted under the document itself.
    """

    code: str
    where: Where
    exact: int
    rounding: int
    broken: int


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What a report says of a rule; the texts are by language, and always there in English."""

    code: str
    name: str
    family: str
    severity: Severity
    confidence: Confidence
    title: Mapping[str, str]
    why: Mapping[str, str]
    fix: Mapping[str, str]
    source: str = ""
    message: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document that was asked for: what it is and how far it was checked.

    ``tables`` are those in which the cells of findings and of their proofs stand; ``tallies``
    count the relations of every rule in every table. ``revisions`` is how tracked changes were
    read: as "accepted", or the "original" text; addresses are those of that reading. ``told`` is
    the reason why it could not be read, before it is put in a language.
    """

    path: str
    symbol: str | None
    language: str | None
    sha256: str
    status: str  # "checked" or "unreadable"
    reason: str
    coverage: Coverage
    findings: tuple[Finding, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    tallies: tuple[Tally, ...] = ()
    revisions: str = "accepted"
    told: Message | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing: it was not read, or none of its figures came to a verdict."""
        unchecked = self.coverage.figures_read and not self.coverage.judged
        return self.status == "unreadable" or bool(unchecked)


@dataclass(frozen=True, slots=True)
class Tool:
    """Which program and which rules made the report."""

    name: str
    version: str
    rules_hash: str


class HeededKind(StrEnum):
    """What a file that a run heeds besides its documents is for."""

    SETTINGS = "settings"
    RULES = "rules"
    WAIVERS = "waivers"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class HeededFile:
    """A file that the run heeded besides its documents."""

    kind: HeededKind
    path: str


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run heeded besides its documents, what that took away, and what it did not read.

    ``effects`` are places where something was left out or lowered, with who asked for it;
    ``passed`` are files that look like documents and that no reader reads.
    """

    files: tuple[HeededFile, ...] = ()
    effects: tuple[Unchecked, ...] = ()
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one run over all documents, in the order in which they were asked for.

    ``rules`` are those that have a finding or a relation, by code. ``lang`` is the language in
    which the report speaks; messages are in the language of their document where none was chosen.
    """

    tool: Tool
    documents: tuple[DocumentResult, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[RuleCard, ...] = ()
    lang: str = "en"
    setup: Setup = Setup()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, document by document, in the order of their numbers."""
        return tuple(finding for document in self.documents for finding in document.findings)

    @property
    def coverage(self) -> Coverage:
        """The coverage of all documents together."""
        return add_up(document.coverage for document in self.documents)

    def write(self, path: str | PathLike[str], *, format: str = "") -> None:  # noqa: A002
        """Write the report to a file, in the format that its ending names: ``report.html``.

        ``format`` names any other format, as ``-o`` does; a file that is there is replaced, unless
        it is one of the documents. Raises ``unbudget_check.errors.UserError`` where that is not
        possible.
        """
        # A step upwards like the one below: reporters are loaded when somebody writes a report.
        from unbudget_check.reporters.writing import write_report

        write_report(self, Path(path), format)

    def to_frame(self) -> DataFrame:
        """All findings as a pandas frame, one row a finding; amounts stay ``decimal.Decimal``."""
        # Pandas is loaded only when somebody asks for a frame.
        from unbudget_check.frames.findings import findings_frame

        return findings_frame(self)


def add_up(coverages: Iterable[Coverage]) -> Coverage:
    """The coverage of several documents as one."""
    every = tuple(coverages)
    return Coverage(
        tables_read=sum(c.tables_read for c in every),
        tables_checked=sum(c.tables_checked for c in every),
        unchecked=tuple(item for c in every for item in c.unchecked),
        figures_read=sum(c.figures_read for c in every),
        figures_checked=sum(c.figures_checked for c in every),
        exact=sum(c.exact for c in every),
        rounding=sum(c.rounding for c in every),
        broken=sum(c.broken for c in every),
        relations_unchecked=sum(c.relations_unchecked for c in every),
        remarks=tuple(item for c in every for item in c.remarks),
        sentences_read=sum(c.sentences_read for c in every),
        sentences_tied=sum(c.sentences_tied for c in every),
        untied=tuple(item for c in every for item in c.untied),
    )
