"""Documents as a page shows them: how far each was checked, its tables, and what stands in text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES
from unbudget_check.model.location import Where
from unbudget_check.reporters.closing import share_of
from unbudget_check.reporters.html.anchors import CELL, finding_anchor, link_to
from unbudget_check.reporters.html.cards import card_of
from unbudget_check.reporters.html.coverage import gaps_of
from unbudget_check.reporters.html.grid import draw_table
from unbudget_check.reporters.html.spots import Numbered, find_spots
from unbudget_check.reporters.words import reason_of, shown, spaced, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Coverage, DocumentResult, PrintedTable, RuleCard
    from unbudget_check.reporters.html.anchors import Anchors
    from unbudget_check.reporters.html.cards import Card
    from unbudget_check.reporters.html.coverage import Gap
    from unbudget_check.reporters.html.grid import DrawnTable
    from unbudget_check.reporters.html.spots import Spot

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its findings beside it; without findings it is there for proofs of others."""

    anchor: str
    name: str
    title: str
    drawn: DrawnTable
    cards: tuple[Card, ...]
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document: its name, its coverage and everything found in it."""

    number: int
    name: str
    path: str
    language: str
    direction: str
    problem: str
    counts: tuple[tuple[str, int], ...]
    coverage: tuple[tuple[str, str], ...]
    is_silent: bool
    blocks: tuple[Block, ...]
    others: tuple[Card, ...]
    cited: tuple[Block, ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All findings as they are numbered: those in tables first."""
        return (*(card for block in self.blocks for card in block.cards), *self.others)


def view_of(
    document: DocumentResult,
    cards: Mapping[str, RuleCard],
    anchors: Anchors,
    taken: set[str],
) -> DocumentView:
    """The view of one document; ``taken`` are the names that findings before it have."""
    number = anchors.numbers[document.path]
    by_table = _by_table(document.findings, anchors)
    numbered = _numbered(by_table, taken)
    language = document.language or ""
    told = {
        key: tuple(card_of(each, language, cards, anchors) for each in found)
        for key, found in numbered.items()
    }
    every = tuple(each for found in numbered.values() for each in found)
    spots = find_spots(every, document.path, f"d{number}-")
    units = _units(by_table)
    drawn = [_block(table, number, told.get(table.key, ()), spots, units) for table in document.tables]
    return DocumentView(
        number,
        shown(document.symbol or "") or shown(PurePath(document.path).name),
        shown(document.path),
        language,
        "rtl" if language in RIGHT_TO_LEFT else "ltr",
        reason_of(document) if document.status == "unreadable" else "",
        counts_of(document.findings),
        coverage_of(document.coverage),
        not document.coverage.judged,
        tuple(each for each in drawn if each.cards),
        told.get("", ()),
        tuple(each for each in drawn if not each.cards),
        gaps_of(document.coverage),
    )


def counts_of(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """How many open findings there are of each severity, the worst first, and how many settled."""
    listed = tuple(findings)
    counts = Counter(str(each.severity) for each in listed if each.status == "open")
    settled = sum(each.status != "open" for each in listed)
    return (
        *((str(each), counts[each]) for each in reversed(SEVERITIES)),
        *([("accepted before", settled)] if settled else []),
    )


def coverage_of(coverage: Coverage) -> tuple[tuple[str, str], ...]:
    """What was read and what was checked, in four statements."""
    figures = f"{spaced(coverage.figures_read)} read, {spaced(coverage.figures_checked)} checked"
    if coverage.figures_read:
        figures += f" ({share_of(coverage.figures_checked, coverage.figures_read)})"
    said = [
        ("tables", f"{spaced(coverage.tables_read)} read, {spaced(coverage.tables_checked)} checked"),
        ("figures", figures),
        (
            "relations",
            f"{spaced(coverage.exact)} held exactly, {spaced(coverage.rounding)} by rounding, "
            f"{spaced(coverage.broken)} broken, {spaced(coverage.relations_unchecked)} unchecked",
        ),
    ]
    if coverage.sentences_read:
        read, tied = spaced(coverage.sentences_read), spaced(coverage.sentences_tied)
        said.append(("sentences", f"{read} with amounts read, {tied} tied to other statements"))
    return tuple(said)


def _by_table(findings: Iterable[Finding], anchors: Anchors) -> dict[str, list[Finding]]:
    """The findings by the key of the table in which they stand; those in text come last, under ""."""
    groups: dict[str, list[Finding]] = {}
    in_text: list[Finding] = []
    for each in findings:
        named = CELL.fullmatch(each.where.cell or "")
        if named and link_to(each.where, anchors):
            groups.setdefault(named[1], []).append(each)
        else:
            in_text.append(each)
    return {**groups, "": in_text}


def _numbered(
    groups: Mapping[str, Iterable[Finding]], taken: set[str]
) -> dict[str, tuple[Numbered, ...]]:
    """Every finding with its number in the document and its name on the page."""
    count = 0
    numbered: dict[str, tuple[Numbered, ...]] = {}
    for key, found in groups.items():
        listed = tuple(found)
        numbered[key] = tuple(
            Numbered(at, finding_anchor(each.fingerprint, taken), each)
            for at, each in enumerate(listed, count + 1)
        )
        count += len(listed)
    return numbered


def _units(groups: Mapping[str, Iterable[Finding]]) -> dict[str, str]:
    """The unit above each table, as an excerpt of it tells."""
    return {
        key: shown(each.excerpt.unit)
        for key, found in groups.items()
        for each in found
        if each.excerpt
    }


def _block(
    table: PrintedTable,
    number: int,
    cards: tuple[Card, ...],
    spots: Mapping[str, Spot],
    units: Mapping[str, str],
) -> Block:
    prefix = f"{table.key}r"
    cited = {
        use
        for cell, spot in spots.items()
        if cell.startswith(prefix)
        for use in _numbers_of(spot.style)
    }
    titles = (shown(table.title), shown(table.part_title), units.get(table.key, ""))
    return Block(
        f"d{number}-{table.key}",
        _name_of(table),
        ". ".join(dict.fromkeys(each.rstrip(".") for each in titles if each)),
        draw_table(table, spots),
        cards,
        tuple(sorted(cited)),
    )


def _numbers_of(style: str) -> Iterator[int]:
    """The numbers of the findings in the names of a style, such as 3 in ``part p3``."""
    return (int(name[1:]) for name in style.split() if name[1:].isdecimal())


def _name_of(table: PrintedTable) -> str:
    """The table as it is cited, or where it stands if it has no number."""
    named = table_of(Where("", table.number, table.part))
    if named:
        return named[:1].upper() + named[1:]
    place = shown(table.address)
    return "Table without a number" if place.startswith("/") or not place else f"Table at {place}"
