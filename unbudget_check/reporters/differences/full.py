"""A comparison for a terminal: document by document, what is broken comes first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.messages import say
from unbudget_check.model.comparison import Edit, Turn
from unbudget_check.reporters.differences.edits import (
    by_reason,
    change_sentence,
    forgotten_told,
    layout_sentence,
    left_sentence,
    reasons_sentence,
)
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
# Changes of one kind that are listed unless all are asked for.
LISTED = 20


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
    fate, edit = fate_of(document, lang), document.edit or Edit()
    if not (told or fate or edit.changes or edit.layout):
        return
    name = "  ".join(shown(each) for each in (document.told.symbol, document.told.path) if each)
    yield from (Text(row, "bold underline") for row in wrapped(name, width))
    yield from (Text(row, "yellow") for row in hung(fate, width, indent=2))
    yield Text()
    yield from _forgotten(edit, width, lang, whole=whole)
    for turn, group in groupby(told, key=lambda each: each.turn):
        findings = list(group)
        yield Text(f"  {turn_of(turn, len(findings), lang)}", STYLES.get(turn, "bold"))
        for finding in findings:
            yield from _finding(finding, width, lang)
        yield Text()
    yield from _changed(edit, width, lang, whole=whole)
    yield from _laid_out(edit, width, lang, whole=whole)


def _forgotten(edit: Edit, width: int, lang: str, *, whole: bool) -> Iterator[Text]:
    if not edit.left:
        return
    indirect = [each for each in edit.left if each.is_indirect]
    unlisted = set() if whole else set(map(id, indirect[LISTED:]))
    yield Text(f"  {forgotten_told(edit.left, lang)}", "bold red")
    for changes, forgotten in by_reason(edit.left).items():
        reasons = hung(reasons_sentence(changes, lang), width, indent=4, hanging=2)
        yield from (Text(row, "bold") for row in reasons)
        for left in (each for each in forgotten if id(each) not in unlisted):
            place, told = place_of(left.where, lang=lang), left_sentence(left, lang)
            if left.is_indirect:
                row = say(lang, "edit.at", place=place, told=told)
                yield from map(Text, hung(row, width, indent=8, hanging=2))
                continue
            yield from map(Text, hung(place, width, indent=6, hanging=2))
            yield from map(Text, hung(told, width, indent=8, hanging=2))
    yield from _more(len(unlisted), lang)
    yield Text()


def _changed(edit: Edit, width: int, lang: str, *, whole: bool) -> Iterator[Text]:
    if not edit.changes:
        return
    yield Text(f"  {say(lang, 'edit.changed', count=edit.changed)}", "bold")
    listed = edit.changes if whole else edit.changes[:LISTED]
    for change in listed:
        yield from map(Text, hung(place_of(change.where, lang=lang), width, indent=4, hanging=2))
        yield from map(Text, hung(change_sentence(change, lang), width, indent=6, hanging=2))
    yield from _more(edit.changed - len(listed), lang)
    yield Text()


def _laid_out(edit: Edit, width: int, lang: str, *, whole: bool) -> Iterator[Text]:
    if not edit.layout:
        return
    yield Text(f"  {say(lang, 'edit.layout', count=len(edit.layout))}", "bold")
    listed = edit.layout if whole else edit.layout[:LISTED]
    for change in listed:
        yield from map(Text, hung(layout_sentence(change, lang), width, indent=4, hanging=2))
    yield from _more(len(edit.layout) - len(listed), lang)
    yield Text()


def _more(count: int, lang: str) -> Iterator[Text]:
    if count:
        yield Text(f"    {say(lang, 'edit.more', count=count)}", "italic")


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
