"""The marks of comments as they are put into the text of a Word document, and runs split for them.

Nothing of the text is taken out or rewritten: a run is split by closing it and opening another one
of the same format. Blanks at the new ends are told to stay, as they did inside the run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.reporters.office.markup import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.reporters.office.markup import Element, Markup
    from unbudget_check.reporters.word_copy.anchors import Anchor, Point

# One character of a text as it is written in the file.
UNIT = re.compile(r"&[^;]+;|\r\n?|.", re.DOTALL)
BLANKS = " \t\r\n"
KEPT = 'xml:space="preserve"'
# The mark itself shows nothing; it must not make its row of text any higher.
SMALL = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
# What closes comes before what opens at the same place.
ENDS, REFERS, BEGINS = range(3)


def marks_of(markup: Markup, space: str, anchors: Iterable[tuple[int, Anchor]]) -> list[Edit]:
    """The edits that put the marks of numbered comments at their anchors."""
    marks: defaultdict[Point, list[tuple[int, str]]] = defaultdict(list)
    for number, anchor in anchors:
        begin, finish = (
            _element(markup, space, f'<w:comment{name} w:id="{number}"/>')
            for name in ("RangeStart", "RangeEnd")
        )
        mark = f'<w:r>{SMALL}<w:commentReference w:id="{number}"/></w:r>'
        refers = _element(markup, space, mark)
        if anchor.begin == anchor.finish:
            marks[anchor.begin].append((REFERS, begin + finish + refers))
            continue
        marks[anchor.begin].append((BEGINS, begin))
        marks[anchor.finish].append((ENDS, finish))
        marks[anchor.reference].append((REFERS, refers))
    return [*_whole(markup, marks), *_split(markup, marks)]


def _element(markup: Markup, space: str, text: str) -> str:
    """An element with the prefix of this part, or with one that it declares itself."""
    root = markup.elements[0]
    if unescape(markup.attributes(root).get("xmlns:w", "")) == space:
        return text
    return re.sub(r"(<w:[A-Za-z]+)", rf'\1 xmlns:w="{space}"', text, count=1)


def _whole(markup: Markup, marks: Mapping[Point, list[tuple[int, str]]]) -> Iterator[Edit]:
    """The marks between elements."""
    ranked: list[tuple[int, int, str]] = []
    for point, texts in marks.items():
        if point.at >= 0:
            ranked += [(point.at, rank, text) for rank, text in texts]
        elif point.carrier < 0:
            joined = "".join(text for _, text in texts)
            yield markup.appended(markup.elements[point.run], joined)
    for at, _, text in sorted(ranked, key=lambda each: each[:2]):
        yield Edit(at, at, text)


def _split(markup: Markup, marks: Mapping[Point, list[tuple[int, str]]]) -> Iterator[Edit]:
    """The marks inside runs."""
    cuts: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for point, texts in marks.items():
        if point.carrier >= 0:
            joined = "".join(text for _, text in sorted(texts, key=lambda each: each[0]))
            cuts[point.carrier][point.offset] = _anew(markup, point.run, joined)
    for carrier, places in cuts.items():
        element = markup.elements[carrier]
        if 0 in places:
            yield Edit(element.start, element.start, places.pop(0))
        if places:
            yield from _cut_text(markup, element, places)


def _anew(markup: Markup, run: int, between: str) -> str:
    """The end of a run, what comes between, and the beginning of another one of its format."""
    element = markup.elements[run]
    first = next(markup.children(run), None)
    settings = ""
    if first is not None and first[1].local == "rPr":
        settings = markup.text[first[1].start : first[1].end]
    begin = markup.text[element.start : element.inside]
    return f"</{element.name}>{between}{begin}{settings}"


def _cut_text(markup: Markup, element: Element, cuts: Mapping[int, str]) -> Iterator[Edit]:
    """Cut a text at some of its characters, so that blanks at the cuts are still printed."""
    inner = markup.text[element.inside : element.close]
    units = [(match.start(), match[0]) for match in UNIT.finditer(inner)]
    starts = [element.inside + at for at, _ in units] + [element.close]
    blank = [unescape(unit) in BLANKS for _, unit in units]
    plain, end = markup.text[element.start : element.inside], f"</{element.name}>"
    kept = plain if KEPT in plain else f"<{element.name} {KEPT}>"
    first, last = min(cuts), max(cuts)
    before = first
    while before and blank[before - 1]:
        before -= 1
    if 0 < before < first and kept != plain:
        yield Edit(starts[before], starts[before], end + kept)
    after = last
    while after < len(blank) and blank[after]:
        after += 1
    for at, between in sorted(cuts.items()):
        is_plain = at == last and after in {last, len(blank)}
        yield Edit(starts[at], starts[at], end + between + (plain if is_plain else kept))
    if last < after < len(blank) and kept != plain:
        yield Edit(starts[after], starts[after], end + plain)
