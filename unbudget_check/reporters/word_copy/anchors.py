"""Where the marks of a comment stand: between runs, or inside one that is split for them.

Word allows no comments in text boxes, notes and headings of pages; there, and inside whatever
must stay whole, the marks go around the run of the text that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.readers.docx_places import Piece, Place
    from unbudget_check.reporters.office.markup import Element, Markup

# What may hold runs and the marks of comments between them.
OPEN = frozenset(
    {"hyperlink", "ins", "del", "moveTo", "moveFrom", "smartTag", "customXml", "fldSimple"}
    | {"dir", "bdo"}
)
BOX = "txbxContent"


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


def _at(pieces: Sequence[Piece], place: int) -> tuple[int, int] | None:
    """The piece that holds a character, and its place there."""
    for number, piece in enumerate(pieces):
        if 0 <= place < len(piece.text):
            return (number, place) if piece.run >= 0 else None
        place -= len(piece.text)
    return None


def _before(markup: Markup, pieces: Sequence[Piece], number: int, offset: int) -> Point:
    """The place before a character."""
    piece = pieces[number]
    solid = _solid(markup, piece.run)
    is_first = number == 0 or pieces[number - 1].run != piece.run
    if solid != piece.run or (is_first and offset == 0) or not _may_split(markup, piece):
        return Point(markup.elements[solid].start)
    return Point(-1, piece.run, piece.carrier, offset)


def _after(
    markup: Markup, pieces: Sequence[Piece], number: int, offset: int
) -> tuple[Point, Point]:
    """The place after a character, and where the mark of the comment itself stands."""
    piece = pieces[number]
    solid = _solid(markup, piece.run)
    is_last = number + 1 == len(pieces) or pieces[number + 1].run != piece.run
    at_end = offset + 1 == len(piece.text)
    if solid != piece.run or (is_last and at_end) or not _may_split(markup, piece):
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


def _may_split(markup: Markup, piece: Piece) -> bool:
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
