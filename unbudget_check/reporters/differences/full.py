"""A comparison for a terminal: document by document, what is broken comes first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.model.comparison import Turn
from unbudget_check.reporters.differences.sentences import (
    closing_rows,
    fate_of,
    measure_of,
    turn_of,
)
from unbudget_check.reporters.terminal.layout import drawn, hung, padded, wrapped
from unbudget_check.reporters.words import doubt_of, head_of, place_of, sentence_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.comparison import Comparison, TurnedDocument, TurnedFinding
    from unbudget_check.reporters.options import RenderOptions

TONES = {"good": "green", "bad": "bold red", "doubtful": "yellow", "": ""}
STYLES = {
    Turn.BROKEN: "bold red",
    Turn.WORSE: "bold red",
    Turn.REOPENED: "bold yellow",
    Turn.FIXED: "bold green",
}
# What is no longer there needs no sentence: its place says which one it was.
BRIEF = (Turn.FIXED, Turn.GONE, Turn.ACCEPTED, Turn.SAME)
LEAST_WIDTH = 40


def render(differences: Comparison, options: RenderOptions) -> str:
    """All that changed, then what was compared; ``verbose`` lists what is unchanged, too."""
    width = max(options.width, LEAST_WIDTH)
    rows: list[Text] = []
    lang = differences.now.lang
    for document in differences.documents:
        rows += _document(document, width, lang, whole=options.verbose)
    closing = [] if options.quiet else closing_rows(differences)
    column = max((cell_len(row.label) for row in closing), default=0) + 2
    for row in closing:
        first, *others = wrapped(row.text, width - column)
        rows.append(Text(padded(row.label, column), "bold").append(first, TONES[row.tone]))
        rows += [Text(" " * column + each, TONES[row.tone]) for each in others]
    return drawn(rows, color=options.color)


def _document(document: TurnedDocument, width: int, lang: str, *, whole: bool) -> Iterator[Text]:
    told = [each for each in document.findings if whole or each.turn is not Turn.SAME]
    fate = fate_of(document, lang)
    if not told and not fate:
        return
    name = "  ".join(shown(each) for each in (document.told.symbol, document.told.path) if each)
    yield from (Text(row, "bold underline") for row in wrapped(name, width))
    yield from (Text(row, "yellow") for row in hung(fate, width, indent=2))
    yield Text()
    for turn, group in groupby(told, key=lambda each: each.turn):
        findings = list(group)
        yield Text(f"  {turn_of(turn, len(findings), lang)}", STYLES.get(turn, "bold"))
        for finding in findings:
            yield from _finding(finding, width, lang)
        yield Text()


def _finding(turned: TurnedFinding, width: int, lang: str) -> Iterator[Text]:
    finding = turned.told
    doubt = f"  {doubt_of(finding, lang)}" if doubt_of(finding, lang) else ""
    head = head_of(finding, lang) + doubt
    yield from (Text(row, "bold") for row in hung(head, width, indent=4))
    said = [place_of(finding.where, lang=lang)]
    said += [] if turned.turn in BRIEF else [sentence_of(finding)]
    said.append(measure_of(turned, lang))
    for text in said:
        yield from map(Text, hung(text, width, indent=6, hanging=2))
