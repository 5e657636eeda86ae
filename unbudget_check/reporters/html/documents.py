"""Render the documents of a report: coverage, tables with their findings, text.

The tables of a document as a page shows them, each with its findings beside it.

How far a document was checked, in words: findings, what was read, what was not and why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.document import Where
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import (
    figures_told,
    relations_told,
    sentences_told,
    settled_told,
    tables_told,
)
from unbudget_check.reporters.html.cards import card_of, place_in_words
from unbudget_check.reporters.html.grid import (
    CELL,
    SETTLED,
    NumberedFinding,
    draw_table,
    find_spots,
    finding_anchor,
    link_to,
)
from unbudget_check.reporters.words import count_of, listed, reason_of, shown, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import (
        Coverage,
        DocumentResult,
        PrintedTable,
        RuleCard,
        Unchecked,
    )
    from unbudget_check.reporters.html.cards import Card
    from unbudget_check.reporters.html.grid import Anchors, CellSpot, DrawnTable


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
# Names of two groups of findings, where others have the key of their table.
IN_TEXT, ACCEPTED = "", "accepted"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its findings beside it; without findings it is there for proofs of others.

    ``cited`` are the numbers of the findings that speak of its cells.
    """

    anchor: str
    name: str
    title: str
    drawn: DrawnTable
    cards: tuple[Card, ...]
    cited: tuple[int, ...]


def draw_blocks(
    document: DocumentResult,
    numbered: Mapping[str, Iterable[NumberedFinding]],
    cards: Mapping[str, tuple[Card, ...]],
    anchors: Anchors,
) -> tuple[TableBlock, ...]:
    """All tables that the document carries along; findings and cards are grouped by their keys."""
    every = tuple(each for found in numbered.values() for each in found)
    prefix = f"d{anchors.numbers[document.path]}-"
    spots = find_spots(every, document.path, prefix)
    cited = _cited(spots)
    stretches = anchors.stretches[document.path]
    return tuple(
        TableBlock(
            f"{prefix}{table.key}",
            _name_of(table, anchors.lang),
            _title_of(table, numbered.get(table.key, ())),
            draw_table(table, stretches[table.key], spots),
            cards.get(table.key, ()),
            tuple(sorted(cited[table.key])),
        )
        for table in document.tables
    )


def _cited(spots: Mapping[str, CellSpot]) -> dict[str, set[int]]:
    """The numbers of the findings that speak of each table."""
    cited: dict[str, set[int]] = defaultdict(set)
    for cell, spot in spots.items():
        named = CELL.fullmatch(cell)
        if named:
            cited[named[1]] |= spot.findings
    return cited


def _title_of(table: PrintedTable, found: Iterable[NumberedFinding]) -> str:
    """What stands above the table; its unit is known where a finding quotes the table."""
    units = [each.finding.excerpt.unit for each in found if each.finding.excerpt]
    titles = (shown(each) for each in (table.title, table.part_title, *units))
    return ". ".join(dict.fromkeys(each.rstrip(".") for each in titles if each))


def _name_of(table: PrintedTable, lang: str) -> str:
    """The table as it is cited; without a number its title, or where it stands."""
    named = table_of(Where("", table.number, table.part), lang) or shown(table.title)
    if named:
        return named[:1].upper() + named[1:]
    place = shown(table.address)
    if not place or place.startswith("/"):
        return say(lang, "html.table_unnamed")
    return say(lang, "html.table_at", place=place)


@dataclass(frozen=True, slots=True)
class ToneCount:
    """How many findings of one tone there are; the tone is a severity or "settled"."""

    tone: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason, how many figures it concerns, and where."""

    reason: str
    figures: str
    places: tuple[str, ...]


def counts_of(findings: Iterable[Finding], lang: str) -> tuple[ToneCount, ...]:
    """How many open findings there are of each severity, the worst first, and how many settled."""
    every = tuple(findings)
    counts = Counter(str(each.severity) for each in every if each.status == "open")
    settled = sum(each.status != "open" for each in every)
    worst_first = [str(each) for each in reversed(SEVERITIES)]
    return (
        *(
            ToneCount(each, counts[each], count_of(counts[each], each, lang))
            for each in worst_first
        ),
        ToneCount(SETTLED, settled, listed(settled_told(every, lang), lang)),
    )


def coverage_of(coverage: Coverage, lang: str) -> tuple[tuple[str, str], ...]:
    """What was read and what was checked, each statement under its name."""
    told = [
        (say(lang, "html.tables"), tables_told(coverage, lang)),
        (say(lang, "html.figures"), figures_told(coverage, lang)),
        (say(lang, "html.relations"), relations_told(coverage, lang)),
    ]
    if coverage.sentences_read:
        told.append((say(lang, "html.sentences"), sentences_told(coverage, lang)))
    return tuple(told)


def gaps_of(coverage: Coverage, lang: str) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    """The gaps under three names; a name without gaps is left out."""
    named = (
        (say(lang, "html.gaps_unchecked"), coverage.unchecked),
        (say(lang, "html.gaps_untied"), coverage.untied),
        (say(lang, "html.gaps_remarks"), coverage.remarks),
    )
    return tuple((name, _grouped_gaps(items, lang)) for name, items in named if items)


def _grouped_gaps(items: Iterable[Unchecked], lang: str) -> tuple[Gap, ...]:
    """One gap a reason, the one that concerns most figures first."""
    groups: dict[str, list[Unchecked]] = {}
    for item in items:
        groups.setdefault(shown(item.reason), []).append(item)
    counted = [
        (sum(each.figures for each in members), reason, members)
        for reason, members in groups.items()
    ]
    return tuple(
        Gap(
            reason,
            count_of(figures, "figure", lang) if figures else "",
            tuple(dict.fromkeys(place_in_words(each.where, lang) for each in members)),
        )
        for figures, reason, members in sorted(counted, key=lambda each: -each[0])
    )


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document: its name, its coverage and everything found in it.

    ``blocks`` are tables with open findings, ``others`` open findings elsewhere, ``cited`` tables
    without open findings on which proofs draw; ``accepted`` findings stand apart.
    """

    number: int
    name: str
    path: str
    language: str
    direction: str
    problem: str
    counts: tuple[ToneCount, ...]
    coverage: tuple[tuple[str, str], ...]
    is_silent: bool
    blocks: tuple[TableBlock, ...]
    others: tuple[Card, ...]
    cited: tuple[TableBlock, ...]
    accepted: tuple[Card, ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]

    @property
    def open_cards(self) -> tuple[tuple[str, Card], ...]:
        """The open findings as they are numbered, each with the name of its table."""
        in_tables = ((block.name, card) for block in self.blocks for card in block.cards)
        every = (*in_tables, *(("", card) for card in self.others))
        return tuple(sorted(every, key=lambda each: each[1].number))

    @property
    def last(self) -> int:
        """The highest number of a finding; those that are not shown leave gaps."""
        shown_cards = (*(card for _, card in self.open_cards), *self.accepted)
        return max((card.number for card in shown_cards), default=0)

    @property
    def count(self) -> int:
        """How many findings there are, accepted ones too."""
        return len(self.open_cards) + len(self.accepted)


def direction_of(language: str) -> str:
    """From which side a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def view_of(
    document: DocumentResult,
    findings: Iterable[Finding],
    rules: Mapping[str, RuleCard],
    anchors: Anchors,
    taken: set[str],
) -> DocumentView:
    """The view of one document with the findings to show.

    ``taken`` are the names on the page that findings before it have.
    """
    numbered = _numbered(_grouped_findings(findings, anchors), taken)
    language = shown(document.language or "")
    told = {
        key: tuple(card_of(each, language, rules, anchors) for each in found)
        for key, found in numbered.items()
    }
    drawn = draw_blocks(document, numbered, told, anchors)
    return DocumentView(
        anchors.numbers[document.path],
        anchors.names[document.path],
        shown(document.path),
        language,
        direction_of(language),
        reason_of(document, anchors.lang) if document.status == "unreadable" else "",
        counts_of(document.findings, anchors.lang),
        coverage_of(document.coverage, anchors.lang),
        not document.coverage.judged,
        tuple(sorted((each for each in drawn if each.cards), key=_first_number)),
        told[IN_TEXT],
        tuple(each for each in drawn if not each.cards),
        told[ACCEPTED],
        gaps_of(document.coverage, anchors.lang),
    )


def _first_number(block: TableBlock) -> int:
    """The number of the most certain finding of a table: such tables come first."""
    return min(card.number for card in block.cards)


def _grouped_findings(findings: Iterable[Finding], anchors: Anchors) -> dict[str, list[Finding]]:
    """The findings by the key of the table in which they stand, those in text, those accepted."""
    in_tables: dict[str, list[Finding]] = {}
    in_text: list[Finding] = []
    accepted: list[Finding] = []
    for each in findings:
        named = CELL.fullmatch(each.where.cell or "")
        if each.status != "open":
            accepted.append(each)
        elif named and link_to(each.where, anchors):
            in_tables.setdefault(named[1], []).append(each)
        else:
            in_text.append(each)
    return {**in_tables, IN_TEXT: in_text, ACCEPTED: accepted}


def _numbered(
    groups: Mapping[str, Iterable[Finding]], taken: set[str]
) -> dict[str, tuple[NumberedFinding, ...]]:
    """Every finding with its number in the document and its name on the page."""
    return {
        key: tuple(
            NumberedFinding(each.number, finding_anchor(each.fingerprint, taken), each)
            for each in found
        )
        for key, found in groups.items()
    }
