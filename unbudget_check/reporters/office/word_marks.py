"""Put comment marks into the text of a Word document, splitting runs where needed.

Nothing of the text is taken out or rewritten: a run is split by closing it and opening another one
of the same format. Blanks at the new ends are told to stay, as they did inside the run.

Where the marks of a comment stand: between runs, or inside one that is split for them.

Word allows no comments in text boxes, notes and headings of pages; there, and inside whatever
must stay whole, the marks go around the run of the text that holds it.

Which characters of a paragraph or cell a finding is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.reporters.office.package import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.readers.docx.places import Place, RunPiece
    from unbudget_check.reporters.office.package import Element, Markup


# One character of a text as it is written in the file.
UNIT = re.compile(r"&[^;]+;|\r\n?|.", re.DOTALL)
BLANKS = " \t\r\n"
KEPT = 'xml:space="preserve"'
# The mark itself shows nothing; it must not make its row of text any higher.
SMALL = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
# What closes comes before what opens at the same place.
ENDS, REFERS, BEGINS = range(3)

# What may hold runs and the marks of comments between them.
OPEN = frozenset(
    {"hyperlink", "ins", "del", "moveTo", "moveFrom", "smartTag", "customXml", "fldSimple"}
    | {"dir", "bdo"}
)
BOX = "txbxContent"


def marks_of(markup: Markup, space: str, anchors: Iterable[tuple[int, Anchor]]) -> list[TextEdit]:
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


def _whole(markup: Markup, marks: Mapping[Point, list[tuple[int, str]]]) -> Iterator[TextEdit]:
    """The marks between elements."""
    ranked: list[tuple[int, int, str]] = []
    for point, texts in marks.items():
        if point.at >= 0:
            ranked += [(point.at, rank, text) for rank, text in texts]
        elif point.carrier < 0:
            joined = "".join(text for _, text in texts)
            yield markup.appended(markup.elements[point.run], joined)
    for at, _, text in sorted(ranked, key=lambda each: each[:2]):
        yield TextEdit(at, at, text)


def _split(markup: Markup, marks: Mapping[Point, list[tuple[int, str]]]) -> Iterator[TextEdit]:
    """The marks inside runs."""
    cuts: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for point, texts in marks.items():
        if point.carrier >= 0:
            joined = "".join(text for _, text in sorted(texts, key=lambda each: each[0]))
            cuts[point.carrier][point.offset] = _anew(markup, point.run, joined)
    for carrier, places in cuts.items():
        element = markup.elements[carrier]
        if 0 in places:
            yield TextEdit(element.start, element.start, places.pop(0))
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


def _cut_text(markup: Markup, element: Element, cuts: Mapping[int, str]) -> Iterator[TextEdit]:
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
        yield TextEdit(starts[before], starts[before], end + kept)
    after = last
    while after < len(blank) and blank[after]:
        after += 1
    for at, between in sorted(cuts.items()):
        is_plain = at == last and after in {last, len(blank)}
        yield TextEdit(starts[at], starts[at], end + between + (plain if is_plain else kept))
    if last < after < len(blank) and kept != plain:
        yield TextEdit(starts[after], starts[after], end + plain)


@dataclass(frozen=True, slots=True)
class Point:
    """A place between characters of the part.

    ``at`` is an offset in its text where nothing must be split; otherwise the element ``run`` is
    split before character ``offset`` of its element ``carrier``, or, without a carrier, opened.
    """

    at: int
    run: int = -1
    carrier: int = -1
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a comment is put at; ``reference`` is where its own mark stands."""

    begin: Point
    finish: Point
    reference: Point


def anchor_text(markup: Markup, place: Place, begin: int, finish: int) -> Anchor | None:
    """The marks around characters of a place; None where these cannot hold any."""
    first, last = _at(place.pieces, begin), _at(place.pieces, finish - 1)
    if begin >= finish or first is None or last is None:
        return None
    if boxed(markup, place.element) or _paragraph(markup, place.pieces[first[0]].run) < 0:
        return None
    point = _before(markup, place.pieces, *first)
    return Anchor(point, *_after(markup, place.pieces, *last))


def anchor_element(markup: Markup, number: int) -> Anchor | None:
    """The marks around the run that holds a box or a mark, or at the beginning of a paragraph."""
    box = boxed(markup, number)
    run = next((each for each in _outwards(markup, box or number) if _is(markup, each, "r")), -1)
    if run >= 0:
        finish, reference = _behind(markup, _solid(markup, run))
        return Anchor(Point(markup.elements[_solid(markup, run)].start), finish, reference)
    paragraph = first_paragraph(markup, number)
    if paragraph < 0:
        return None
    point = _inside(markup, paragraph)
    return Anchor(point, point, point)


def first_paragraph(markup: Markup, number: int) -> int:
    """The number of the first paragraph in an element, or -1."""
    end = markup.elements[number].end
    for each in range(number, len(markup.elements)):
        if markup.elements[each].start >= end:
            break
        if _is(markup, each, "p") and not boxed(markup, each):
            return each
    return -1


def boxed(markup: Markup, number: int) -> int:
    """The number of the outermost text box around an element, or 0."""
    boxes = [each for each in _outwards(markup, number) if _is(markup, each, BOX)]
    return boxes[-1] if boxes else 0


def _outwards(markup: Markup, number: int) -> Iterator[int]:
    """An element and those around it."""
    while number >= 0:
        yield number
        number = markup.elements[number].parent


def _is(markup: Markup, number: int, local: str) -> bool:
    return markup.elements[number].local == local


def _paragraph(markup: Markup, number: int) -> int:
    return next((each for each in _outwards(markup, number) if _is(markup, each, "p")), -1)


def _at(pieces: Sequence[RunPiece], place: int) -> tuple[int, int] | None:
    """The piece that holds a character, and its place there."""
    for number, piece in enumerate(pieces):
        if 0 <= place < len(piece.text):
            return (number, place) if piece.run >= 0 else None
        place -= len(piece.text)
    return None


def _before(markup: Markup, pieces: Sequence[RunPiece], number: int, offset: int) -> Point:
    """The place before a character."""
    piece = pieces[number]
    solid = _solid(markup, piece.run)
    is_first = number == 0 or pieces[number - 1].run != piece.run
    if solid != piece.run or (is_first and offset == 0) or not may_split(markup, piece):
        return Point(markup.elements[solid].start)
    return Point(-1, piece.run, piece.carrier, offset)


def _after(
    markup: Markup, pieces: Sequence[RunPiece], number: int, offset: int
) -> tuple[Point, Point]:
    """The place after a character, and where the mark of the comment itself stands."""
    piece = pieces[number]
    solid = _solid(markup, piece.run)
    is_last = number + 1 == len(pieces) or pieces[number + 1].run != piece.run
    at_end = offset + 1 == len(piece.text)
    if solid != piece.run or (is_last and at_end) or not may_split(markup, piece):
        return _behind(markup, solid)
    if at_end:
        point = Point(-1, piece.run, pieces[number + 1].carrier, 0)
    else:
        point = Point(-1, piece.run, piece.carrier, offset + 1)
    is_nested = markup.elements[piece.run].parent != _paragraph(markup, piece.run)
    return point, _behind(markup, solid)[1] if is_nested else point


def _behind(markup: Markup, solid: int) -> tuple[Point, Point]:
    """The place after an element, and the one after what it stands in, below the paragraph."""
    top = solid
    while markup.elements[top].parent > 0 and not _is(markup, markup.elements[top].parent, "p"):
        top = markup.elements[top].parent
    return Point(markup.elements[solid].end), Point(markup.elements[top].end)


def _solid(markup: Markup, run: int) -> int:
    """The run, or the outermost element around it, inside the paragraph, that must stay whole."""
    solid = run
    for each in _outwards(markup, markup.elements[run].parent):
        if _is(markup, each, "p"):
            break
        if markup.elements[each].local not in OPEN:
            solid = each
    return solid


def may_split(markup: Markup, piece: RunPiece) -> bool:
    """Whether a run can be split: no tracked change of its format, and plain text in it."""
    if any(each.local == "rPrChange" for each in _below(markup, piece.run)):
        return False
    carrier = markup.elements[piece.carrier]
    return "<" not in markup.text[carrier.inside : carrier.close]


def _below(markup: Markup, number: int) -> Iterator[Element]:
    end = markup.elements[number].end
    for each in range(number + 1, len(markup.elements)):
        if markup.elements[each].start >= end:
            return
        yield markup.elements[each]


def _inside(markup: Markup, paragraph: int) -> Point:
    """The beginning of a paragraph, after its settings."""
    settings = next(markup.children(paragraph), None)
    if settings is not None and settings[1].local == "pPr":
        return Point(settings[1].end)
    element = markup.elements[paragraph]
    return Point(element.inside) if element.close < element.end else Point(-1, paragraph)


def quoted_part(text: str, finding: Finding) -> tuple[int, int]:
    """The first character that is meant, and the one after the last; all where it is not clear.

    ``text`` is that of the file. A quotation has single blanks, may be cut, and may begin with a
    number that stands nowhere in the file because Word prints it by itself.
    """
    words, places = _single_blanks(text)
    whole = (places[0], places[-1] + 1) if places else (0, 0)
    quote = finding.quote
    if quote is None:
        sought, before, after = " ".join(finding.stated_text.split()), "", ""
    else:
        sought = quote.text[quote.start : quote.end]
        before, after = quote.text[: quote.start], quote.text[quote.end :]
    found = list(_occurrences(words, sought))
    if not found or (quote is None and len(found) > 1):
        return whole
    best = max(found, key=lambda at: _likeness(words, at, len(sought), (before, after)))
    return places[best], places[best + len(sought) - 1] + 1


def _single_blanks(text: str) -> tuple[str, list[int]]:
    """The text with single blanks, and where each of its characters stood."""
    words: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if not character.isspace():
            words.append(character)
        elif words and words[-1] != " ":
            words.append(" ")
        else:
            continue
        places.append(at)
    if words and words[-1] == " ":
        del words[-1], places[-1]
    return "".join(words), places


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _likeness(text: str, at: int, length: int, around: tuple[str, str]) -> int:
    """How many characters on both sides are those of the quotation."""
    before, after = around
    left = _shared(text[:at][::-1], before[::-1])
    return left + _shared(text[at + length :], after)


def _shared(one: str, other: str) -> int:
    """How long two texts are the same from their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
