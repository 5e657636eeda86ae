"""A comparison as a comment on a change: what is broken first, as much as a comment holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from unbudget_check.model.differences import Turn
from unbudget_check.reporters.differences.sentences import closing_rows, fate_of, measure_of
from unbudget_check.reporters.hosting import headline_of, stable_path
from unbudget_check.reporters.layout import cut
from unbudget_check.reporters.markdown_text import in_markdown, within
from unbudget_check.reporters.words import count_of, doubt_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.differences import Differences, TurnedDocument, TurnedFinding
    from unbudget_check.reporters.options import RenderOptions

ROOM = 48_000  # for the findings, and less for the rest: a comment holds 65,536 characters
LIST_ROOM = 6_000
TEXT_MOST = 1_000


def render(differences: Differences, options: RenderOptions) -> str:
    """The result, what became of documents, then the findings under what they turned into."""
    *closing, result = closing_rows(differences)
    fates = [
        f"- {in_markdown(stable_path(each.told.path, options))}: {in_markdown(fate_of(each))}"
        for each in differences.documents
        if fate_of(each)
    ]
    blocks = [f"## unbudget-check: {in_markdown(result.text)}"]
    blocks += ["\n".join(within(fates, LIST_ROOM, "document"))] if fates else []
    blocks += _findings(differences, options)
    if not options.quiet:
        cells = (f"| {row.label} | {in_markdown(cut(row.text, TEXT_MOST))} |" for row in closing)
        blocks.append("\n".join(["| What | How far |", "| --- | --- |", *cells]))
    return "\n\n".join(blocks) + "\n"


def _findings(differences: Differences, options: RenderOptions) -> Iterator[str]:
    """A heading for every turn and its findings, as long as there is room."""
    room = ROOM
    told = [turn for turn in Turn if turn is not Turn.SAME]
    for turn in told:
        entries = list(chain.from_iterable(_entries(differences.documents, turn, options)))
        if not entries:
            continue
        kept = list(within(entries, room, "finding"))
        room = max(0, room - sum(map(len, kept)))
        heading = f"{str(turn).capitalize()}: {count_of(len(entries), 'finding')}"
        yield "\n".join([f"### {heading}\n", *kept])


def _entries(
    documents: Iterable[TurnedDocument], turn: Turn, options: RenderOptions
) -> Iterator[list[str]]:
    several = len({each.told.path for each in documents}) > 1
    for document in documents:
        name = document.told.symbol or stable_path(document.told.path, options)
        shown_name = f"{in_markdown(name)}: " if several else ""
        yield [_entry(each, shown_name) for each in document.findings if each.turn is turn]


def _entry(turned: TurnedFinding, name: str) -> str:
    finding = turned.told
    doubt = f" *({doubt_of(finding)})*" if doubt_of(finding) else ""
    head = f"**{finding.severity}** {in_markdown(f'{finding.code} {finding.name}')}{doubt}"
    said = in_markdown(cut(headline_of(finding), TEXT_MOST))
    measure = f" *({in_markdown(measure_of(turned))})*" if measure_of(turned) else ""
    return f"- {head}: {name}{said}{measure}"
