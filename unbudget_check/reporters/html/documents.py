"""Documents as a page shows them: how far each was checked, its tables, and what stands in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.html.anchors import finding_anchor, link_to
from unbudget_check.reporters.html.blocks import draw_blocks
from unbudget_check.reporters.html.cards import card_of
from unbudget_check.reporters.html.coverage import counts_of, coverage_of, gaps_of
from unbudget_check.reporters.html.spots import Numbered
from unbudget_check.reporters.html.stretches import CELL
from unbudget_check.reporters.words import reason_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, RuleCard
    from unbudget_check.reporters.html.anchors import Anchors
    from unbudget_check.reporters.html.blocks import Block
    from unbudget_check.reporters.html.cards import Card
    from unbudget_check.reporters.html.coverage import Count, Gap

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
# Names of two groups of findings, where others have the key of their table.
IN_TEXT, ACCEPTED = "", "accepted"


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
    counts: tuple[Count, ...]
    coverage: tuple[tuple[str, str], ...]
    is_silent: bool
    blocks: tuple[Block, ...]
    others: tuple[Card, ...]
    cited: tuple[Block, ...]
    accepted: tuple[Card, ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]

    @property
    def open_cards(self) -> tuple[tuple[str, Card], ...]:
        """The open findings as they are numbered, each with the name of its table."""
        in_tables = ((block.name, card) for block in self.blocks for card in block.cards)
        return (*in_tables, *(("", card) for card in self.others))

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
    numbered = _numbered(_grouped(findings, anchors), taken)
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
        tuple(each for each in drawn if each.cards),
        told[IN_TEXT],
        tuple(each for each in drawn if not each.cards),
        told[ACCEPTED],
        gaps_of(document.coverage, anchors.lang),
    )


def _grouped(findings: Iterable[Finding], anchors: Anchors) -> dict[str, list[Finding]]:
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
