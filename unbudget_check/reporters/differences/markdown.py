"""A comparison as a comment on a change: what is broken first, as much as a comment holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from unbudget_check.model.comparison import Turn
from unbudget_check.reporters.ci.hosting import (
    headings_of,
    headline_of,
    in_markdown,
    stable_path,
    within,
)
from unbudget_check.reporters.differences.edits import (
    by_reason,
    forgotten_told,
    left_sentence,
    reasons_sentence,
)
from unbudget_check.reporters.differences.sentences import (
    closing_rows,
    fate_of,
    measure_of,
    turn_of,
)
from unbudget_check.reporters.terminal.layout import cut
from unbudget_check.reporters.words import doubt_of, place_of, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.comparison import Comparison, TurnedFinding
    from unbudget_check.reporters.options import RenderOptions

ROOM = 48_000  # for the findings, and less for the rest: a comment holds 65,536 characters
LIST_ROOM = 6_000
TEXT_MOST = 1_000


def render(differences: Comparison, options: RenderOptions) -> str:
    """The result, what became of documents, then the findings under what they turned into."""
    lang, (*closing, result) = differences.now.lang, closing_rows(differences)
    fates = [
        f"- {in_markdown(stable_path(each.told.path, options))}: {in_markdown(fate_of(each, lang))}"
        for each in differences.documents
        if fate_of(each, lang)
    ]
    blocks = [f"## unbudget-check: {in_markdown(result.text)}"]
    blocks += ["\n".join(within(fates, LIST_ROOM, lang))] if fates else []
    blocks += _forgotten(differences, options)
    blocks += _findings(differences, options)
    if not options.quiet:
        cells = (f"| {row.label} | {in_markdown(cut(row.text, TEXT_MOST))} |" for row in closing)
        blocks.append("\n".join([*headings_of(lang), *cells]))
    return "\n\n".join(blocks) + "\n"


def _forgotten(differences: Comparison, options: RenderOptions) -> Iterator[str]:
    """The figures that the edits forgot, each under the changes for which it should be another."""
    lang = differences.now.lang
    entries = []
    for document in differences.documents:
        for changes, forgotten in by_reason(document.edit.left if document.edit else ()).items():
            reasons = reasons_sentence(changes, lang)
            name = stable_path(document.told.path, options)
            entries.append(f"- {in_markdown(cut(f'{name}: {reasons}', TEXT_MOST))}")
            for left in forgotten:
                told = f"{place_of(left.where, lang=lang)}: {left_sentence(left, lang)}"
                entries.append(f"  - {in_markdown(cut(told, TEXT_MOST))}")
    if entries:
        heading = f"### {forgotten_told(differences.left, lang).capitalize()}\n"
        yield "\n".join([heading, *within(entries, LIST_ROOM, lang)])


def _findings(differences: Comparison, options: RenderOptions) -> Iterator[str]:
    """A heading for every turn and its findings, as long as there is room."""
    room, lang = ROOM, differences.now.lang
    told = [turn for turn in Turn if turn is not Turn.SAME]
    for turn in told:
        entries = list(chain.from_iterable(_entries(differences, turn, options)))
        if not entries:
            continue
        kept = list(within(entries, room, lang))
        room = max(0, room - sum(map(len, kept)))
        yield "\n".join([f"### {turn_of(turn, len(entries), lang).capitalize()}\n", *kept])


def _entries(differences: Comparison, turn: Turn, options: RenderOptions) -> Iterator[list[str]]:
    several = len({each.told.path for each in differences.documents}) > 1
    for document in differences.documents:
        name = document.told.symbol or stable_path(document.told.path, options)
        shown_name = f"{in_markdown(name)}: " if several else ""
        turned = [each for each in document.findings if each.turn is turn]
        yield [_entry(each, shown_name, differences.now.lang) for each in turned]


def _entry(turned: TurnedFinding, name: str, lang: str) -> str:
    finding = turned.told
    doubt = f" *({doubt_of(finding, lang)})*" if doubt_of(finding, lang) else ""
    head = (
        f"**{severity_of(finding, lang)}** {in_markdown(f'{finding.code} {finding.name}')}{doubt}"
    )
    said = in_markdown(cut(headline_of(finding, lang), TEXT_MOST))
    measure = measure_of(turned, lang)
    changed = f" *({in_markdown(measure)})*" if measure else ""
    return f"- {head}: {name}{said}{changed}"
