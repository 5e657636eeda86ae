"""What the page shows of its documents: rows of the list, their order, and what can be saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from unbudget_check.messages import say
from unbudget_check.messages.telling import told_in
from unbudget_check.model.report import Report, Tool
from unbudget_check.page.checking import LOCKED
from unbudget_check.page.saving import endings_of
from unbudget_check.page.session import State
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import added_formats
from unbudget_check.reporters.closing import result_of
from unbudget_check.reporters.differences.sentences import result_of as result_of_edit
from unbudget_check.reporters.office.remarks import MARKED, format_of
from unbudget_check.reporters.words import reason_of, shown
from unbudget_check.triage.differences import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from unbudget_check.model.comparison import Comparison
    from unbudget_check.page.session import Entry
    from unbudget_check.reporters.closing import ClosingRow

NAME = "unbudget-check"
# What people at a desk ask for; the other formats stand in a list of their own.
FIRST = ("html", "email")
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the list; ``is_local`` says that it is a file of this computer.

    ``folder`` is where it lies, as far as that is known; ``edit`` what changed since its draft
    before. ``problem`` says why it could not be read; one that ``is_locked`` asks for a password.
    ``share`` is the part of its figures that is checked, in per cent; ``gaps`` counts the places
    that were not checked.
    """

    number: int
    name: str
    folder: str
    state: State
    is_done: bool
    edit: str
    is_local: bool
    problem: str = ""
    is_locked: bool = False
    is_silent: bool = False
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    settled: int = 0
    checked: int = 0
    read: int = 0
    share: int = 0
    gaps: int = 0

    @property
    def open(self) -> int:
        """How many findings nobody has accepted."""
        return self.errors + self.warnings + self.notes


# What the list is sorted by; where the worst comes first, that is the beginning.
SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: (row.folder.casefold(), row.name.casefold()),
    "errors": lambda row: (-row.errors, -row.warnings, -row.notes),
    "warnings": lambda row: (-row.warnings, -row.errors, -row.notes),
    "notes": lambda row: -row.notes,
    "coverage": lambda row: row.share,
    "gaps": lambda row: -row.gaps,
    "done": lambda row: row.is_done,
}
CHOICES: dict[str, Callable[[Row], bool]] = {
    "all": lambda _: True,
    "findings": lambda row: row.open > 0,
    "errors": lambda row: row.errors > 0,
    "open": lambda row: not row.is_done,
    "unchecked": lambda row: bool(row.problem) or row.is_silent or row.gaps > 0,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents the list shows, and in which order: by default as they came."""

    show: str = "all"
    sort: str = ""
    is_down: bool = False
    words: str = ""


def rows_of(entries: Iterable[Entry], wanted: Wanted, lang: str) -> tuple[Row, ...]:
    """The rows of the list."""
    words = wanted.words.casefold().split()
    is_chosen = CHOICES.get(wanted.show, CHOICES["all"])
    rows = [row for row in (row_of(each, lang) for each in entries) if is_chosen(row)]
    rows = [
        row for row in rows if all(word in f"{row.folder}/{row.name}".casefold() for word in words)
    ]
    if wanted.sort in SORTS:
        rows.sort(key=SORTS[wanted.sort], reverse=wanted.is_down)
    return tuple(rows)


def row_of(entry: Entry, lang: str) -> Row:
    """One document in the list."""
    folder, _, name = shown(entry.name).replace("\\", "/").rpartition("/")
    report = entry.report
    changed = entry.comparison
    edit = (
        result_of_edit(replace(changed, now=replace(changed.now, lang=lang))) if changed else None
    )
    known = (
        *(entry.number, name, folder, entry.state),
        *(entry.is_done, edit.text if edit else "", entry.is_local),
    )
    if report is None:
        return Row(*known)
    (document,) = report.documents
    if document.status == "unreadable":
        (told,) = told_in(report, lang).documents
        problem = reason_of(told, lang).removeprefix(shown(entry.name)).lstrip(":： ")
        is_locked = document.told is not None and document.told.name in LOCKED.values()
        return Row(*known, problem=problem, is_locked=is_locked, is_silent=True)
    is_open = Counter(str(e.severity) for e in document.findings if e.status == "open")
    was = document.coverage
    return Row(
        *known,
        is_silent=not was.judged,
        errors=is_open["error"],
        warnings=is_open["warning"],
        notes=is_open["note"],
        settled=len(document.findings) - is_open.total(),
        checked=was.figures_checked,
        read=was.figures_read,
        share=WHOLE * was.figures_checked // was.figures_read if was.figures_read else 0,
        gaps=len(was.unchecked),
    )


def whole_report(entries: Iterable[Entry], lang: str) -> Report:
    """One report on all documents that were checked, in one language."""
    reports = [each.report for each in entries if each.report is not None]
    rules = {card.code: card for report in reports for card in report.rules}
    tool = reports[0].tool if reports else Tool(NAME, "", "")
    documents = tuple(each for report in reports for each in report.documents)
    cards = tuple(rules[code] for code in sorted(rules))
    return Report(tool, documents, rules=cards, lang=lang)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the documents are checked."""

    done: int
    total: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.total


def progress_of(entries: Sequence[Entry]) -> Progress:
    """How far the documents are."""
    return Progress(sum(each.state is State.CHECKED for each in entries), len(entries))


def result_told(entries: Sequence[Entry], lang: str) -> ClosingRow | None:
    """The one sentence about all documents; None while there is nothing to say."""
    if not any(each.report for each in entries):
        return None
    return result_of(whole_report(entries, lang))


@dataclass(frozen=True, slots=True)
class Saving:
    """A format in which a report can be saved, and how the page calls it."""

    format: str
    label: str


def savings_of(entries: Sequence[Entry], lang: str) -> tuple[tuple[Saving, ...], ...]:
    """The formats that these documents can be saved in: copies first, then all others.

    The registry of formats decides: a format that is added there appears here.
    """
    documents = [document for e in entries if e.report for document in e.report.documents]
    kinds = {format_of(each) for each in documents if each.status == "checked"}
    copies = set(MARKED.values())
    office = [each for each in OFFICE if each not in copies or each in kinds or each == "xlsx"]
    others = [*FORMATS, *added_formats((*FORMATS, *OFFICE))]
    rest = [each for each in others if each not in FIRST]

    def saving(name: str, ending: str = "") -> Saving:
        text = f"page.as_{name}"
        if name == "xlsx" and "xlsx" not in kinds:
            text = "page.as_findings"
        try:
            label = say(lang, text, ending=ending)
        except KeyError:  # one that a package added: it has its name only
            label = f"{name} {ending}".strip()
        return Saving(f"{name}{ending}", label)

    files = [saving(name, ending) for name in office for ending in endings_of(name)]
    return (*files, *map(saving, FIRST)), tuple(map(saving, rest))


def comparison_told(comparison: Comparison, lang: str) -> Comparison:
    """A comparison in another language."""
    before, now = (told_in(each, lang) for each in (comparison.before, comparison.now))
    told = compare(before, now)
    documents = tuple(
        replace(each, edit=was.edit)
        for each, was in zip(told.documents, comparison.documents, strict=True)
    )
    return replace(told, documents=documents)


def stem_of(entries: Sequence[Entry]) -> str:
    """How a file about these documents is called, without its ending."""
    return PurePath(entries[0].name).stem if len(entries) == 1 else NAME
