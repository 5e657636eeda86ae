"""Write the notes of a worksheet: texts, drawing, and the places of cells.

Where the cells of a worksheet stand in its part, and the edits that give them another format.

The drawing in which the frames of notes stand: without one, a spreadsheet shows no note.

It is written in VML, a language older than the workbook format, and not always as well-formed
XML; so what is added goes before its last tag, and the rest is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.readers.grid.cells import column_letters
from unbudget_check.reporters.office.package import (
    DECLARATION,
    KINDS,
    TextEdit,
    add_relation,
    content,
    declare,
    declare_ending,
    relations_of,
    with_attribute,
)
from unbudget_check.reporters.office.remarks import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unbudget_check.reporters.office.package import Markup

    Restyle = Callable[[int], int]
    from collections.abc import Mapping

    from unbudget_check.reporters.office.package import OfficePackage


REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
LETTERS = 26

ENDING, CONTENT_TYPE = "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"
BEGIN = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
)
FINISH = "</xml>"
KIND = "_x0000_t202"
FRAME = (
    f'<v:shapetype id="{KIND}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    f'<v:shape id="_x0000_s{{number}}" type="#{KIND}" style="position:absolute;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
NUMBERS = re.compile(rb"_x0000_s(\d{1,9})")
EACH = 1024  # a drawing numbers its shapes from 1025, the next one from 2049, and so on
WIDTH, NOTE_ROW_CHARS = (
    5,
    50,
)  # columns of usual width that a note covers, and what one of its rows holds
LAST_COLUMN = 16_383

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
# What comes after the drawing of the notes in a worksheet, where the standard fixes the order.
LATER = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"}
    | {"tableParts", "extLst"}
)
MOST_NOTE_CHARS = 32_767  # characters of a note
FONT = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="Tahoma"/><{0}family val="2"/>'


@dataclass(slots=True)
class CellPlaces:
    """The rows and cells of a worksheet that have an element, by their places."""

    markup: Markup
    data: int = -1
    rows: dict[int, int] = field(default_factory=dict)
    cells: dict[tuple[int, int], int] = field(default_factory=dict)


def place_of_reference(reference: str) -> tuple[int, int] | None:
    """The row and the column of ``F12``, from 0; None where it is no single cell."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def reference_of(place: tuple[int, int]) -> str:
    """How a spreadsheet writes a place: ``F12``."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def grid_of(markup: Markup) -> CellPlaces:
    """The rows and cells of a worksheet; those that do not name their place follow one another."""
    grid = CellPlaces(markup)
    row = column = -1
    for number, element in enumerate(markup.elements):
        if element.local == "sheetData" and element.parent == 0:
            grid.data = number
        elif element.local == "row" and element.parent == grid.data >= 0:
            said = markup.attributes(element).get("r", "")
            row, column = int(said) - 1 if said.isdigit() else row + 1, -1
            grid.rows[row] = number
        elif element.local == "c" and element.parent == grid.rows.get(row, -1):
            place = place_of_reference(markup.attributes(element).get("r", ""))
            column = place[1] if place else column + 1
            grid.cells[row, column] = number
    return grid


def restyled(
    grid: CellPlaces, places: Iterable[tuple[tuple[int, int], Restyle]]
) -> Iterator[TextEdit]:
    """The edits that give cells another format; ``Restyle`` turns the old one into the new one.

    A cell that has no element yet gets one, and so does its row.
    """
    markup = grid.markup
    missing: dict[int, list[tuple[int, Restyle]]] = {}
    for place, restyle in sorted(places, key=lambda each: each[0]):
        number = grid.cells.get(place)
        if number is None:
            missing.setdefault(place[0], []).append((place[1], restyle))
            continue
        element = markup.elements[number]
        tag = markup.text[element.start : element.inside]
        style = restyle(_style(markup.attributes(element).get("s")))
        yield TextEdit(element.start, element.inside, with_attribute(tag, "s", str(style)))
    new_rows = {row: cells for row, cells in missing.items() if row not in grid.rows}
    for row, cells in missing.items():
        if row in grid.rows:
            yield from _new_cells(grid, row, cells)
    yield from _new_rows(grid, new_rows)


def _style(said: str | None) -> int:
    return int(said) if said and said.isdigit() else 0


def _new_cells(
    grid: CellPlaces, row: int, cells: Iterable[tuple[int, Restyle]]
) -> Iterator[TextEdit]:
    """New cells of a row that is there, each before the first one to its right."""
    markup, element = grid.markup, grid.markup.elements[grid.rows[row]]
    there = sorted(column for at, column in grid.cells if at == row)
    style = _style(markup.attributes(element).get("s"))
    last = []
    for column, restyle in cells:
        text = _cell(element.prefix, (row, column), restyle(style))
        at = bisect_right(there, column)
        if at == len(there):
            last.append(text)
        else:
            start = markup.elements[grid.cells[row, there[at]]].start
            yield TextEdit(start, start, text)
    if last:
        yield markup.appended(element, "".join(last))


def _new_rows(grid: CellPlaces, rows: dict[int, list[tuple[int, Restyle]]]) -> Iterator[TextEdit]:
    """New rows, each before the first one below it."""
    if not rows:
        return
    markup, data = grid.markup, grid.markup.elements[grid.data]
    there = sorted(grid.rows)
    last = []
    for row, cells in rows.items():
        inside = "".join(_cell(data.prefix, (row, column), restyle(0)) for column, restyle in cells)
        text = f'<{data.prefix}row r="{row + 1}">{inside}</{data.prefix}row>'
        at = bisect_right(there, row)
        if at == len(there):
            last.append(text)
        else:
            start = markup.elements[grid.rows[there[at]]].start
            yield TextEdit(start, start, text)
    if last:
        yield markup.appended(data, "".join(last))


def _cell(prefix: str, place: tuple[int, int], style: int) -> str:
    return f'<{prefix}c r="{reference_of(place)}" s="{style}"/>'


def empty_drawing(number: int) -> bytes:
    """A drawing without shapes, the one of this number in its workbook."""
    return (BEGIN.format(number=number) + FINISH).encode("ascii")


def with_frames(
    data: bytes, path: str, notes: Iterable[tuple[tuple[int, int], str]], number: int
) -> bytes:
    """The drawing with a frame for each note, hidden until the cell is pointed at.

    Raises UnreadableError where it is no drawing.
    """
    end = data.rfind(FINISH.encode("ascii"))
    if end < 0:
        raise UnreadableError(unusual(path))
    first = max((int(each) for each in NUMBERS.findall(data)), default=number * EACH) + 1
    kind = "" if f'"{KIND}"'.encode("ascii") in data else FRAME
    shapes = [_shape(at, place, text) for at, (place, text) in enumerate(notes, first)]
    return data[:end] + (kind + "".join(shapes)).encode("ascii") + data[end:]


def unusual(path: str) -> str:
    """What is said of a workbook whose notes cannot be added to."""
    return f"{path} holds notes in an unusual way: save it again in the spreadsheet program."


def _shape(number: int, place: tuple[int, int], text: str) -> str:
    row, column = place
    left = min(column + 1, LAST_COLUMN - WIDTH)
    rows = sum(1 + len(each) // NOTE_ROW_CHARS for each in text.split("\n")) + 1
    top = max(row - 1, 0)
    anchor = f"{left}, 15, {top}, 10, {left + WIDTH}, 15, {top + rows}, 4"
    return SHAPE.format(number=number, anchor=anchor, row=row, column=column)


def known_notes(package: OfficePackage, sheet: str) -> frozenset[tuple[int, int]]:
    """The cells that have a note already."""
    part = _related(package, sheet, "comments")
    if not part:
        return frozenset()
    markup = package.markup(part)
    named = (markup.attributes(each) for each in markup.elements if each.local == "comment")
    places = (place_of_reference(each.get("ref", "")) for each in named)
    return frozenset(each for each in places if each)


def add_notes(
    package: OfficePackage, sheet: str, markup: Markup, notes: Mapping[tuple[int, int], str]
) -> list[TextEdit]:
    """Put notes beside those that are there; what is to be edited in the worksheet itself."""
    part = _related(package, sheet, "comments") or _new_part(package, sheet)
    package.changed[part] = _with_notes(package.markup(part), package.path, notes)
    drawing, edits = _drawing(package, sheet, markup)
    number = _drawings(package)
    frames = ((place, text) for place, text in notes.items())
    package.changed[drawing] = with_frames(package.part(drawing), package.path, frames, number)
    return edits


def _related(package: OfficePackage, sheet: str, kind: str, identity: str | None = None) -> str:
    """The part to which a worksheet refers, or an empty name."""
    for each in relations_of(package, sheet):
        if each.kind == f"{KINDS}{kind}" and identity in {None, each.identity}:
            return each.target if each.target in package else ""
    return ""


def _new_part(package: OfficePackage, sheet: str) -> str:
    name = package.unused("xl/comments", ".xml")
    inside = "<authors/><commentList/>"
    package.changed[name] = f'{DECLARATION}<comments xmlns="{SPACE}">{inside}</comments>'.encode()
    declare(package, name, NOTES_TYPE)
    add_relation(package, sheet, f"{KINDS}comments", name)
    return name


def _with_notes(markup: Markup, path: str, notes: Mapping[tuple[int, int], str]) -> bytes:
    """The part with these notes as its last ones; raises UnreadableError where it is none."""
    sections = {each.local: number for number, each in markup.children(0)}
    authors, texts = (sections.get(name, -1) for name in ("authors", "commentList"))
    if authors < 0 or texts < 0:
        raise UnreadableError(unusual(path))
    known = [
        unescape(markup.text[each.inside : each.close]) for _, each in markup.children(authors)
    ]
    prefix = markup.elements[0].prefix
    edits = []
    if AUTHOR not in known:
        said = f"<{prefix}author>{AUTHOR}</{prefix}author>"
        edits.append(markup.appended(markup.elements[authors], said))
        known.append(AUTHOR)
    number = known.index(AUTHOR)
    said = "".join(_note(prefix, place, number, text) for place, text in notes.items())
    return markup.edited([*edits, markup.appended(markup.elements[texts], said)])


def _note(prefix: str, place: tuple[int, int], author: int, text: str) -> str:
    """One note; its first row is set in bold."""
    head, _, rest = text[:MOST_NOTE_CHARS].partition("\n")
    runs = _run(prefix, head, f"<{prefix}b/>") + (_run(prefix, f"\n{rest}", "") if rest else "")
    begin = f'<{prefix}comment ref="{reference_of(place)}" authorId="{author}">'
    return f"{begin}<{prefix}text>{runs}</{prefix}text></{prefix}comment>"


def _run(prefix: str, text: str, bold: str) -> str:
    settings = f"<{prefix}rPr>{bold}{FONT.format(prefix)}</{prefix}rPr>"
    said = f'<{prefix}t xml:space="preserve">{content(text)}</{prefix}t>'
    return f"<{prefix}r>{settings}{said}</{prefix}r>"


def _drawing(package: OfficePackage, sheet: str, markup: Markup) -> tuple[str, list[TextEdit]]:
    """The drawing of the notes; a worksheet without one gets one."""
    for _, element in markup.children(0):
        if element.local == "legacyDrawing":
            named = markup.attributes(element).items()
            identity = next((value for name, value in named if name.endswith(":id")), "")
            part = _related(package, sheet, "vmlDrawing", identity)
            if part:
                return part, []
    name = package.unused("xl/drawings/vmlDrawing", f".{ENDING}")
    package.changed[name] = empty_drawing(_drawings(package) + 1)
    declare_ending(package, ENDING, CONTENT_TYPE)
    identity = add_relation(package, sheet, f"{KINDS}vmlDrawing", name)
    root = markup.elements[0]
    later = (each.start for _, each in markup.children(0) if each.local in LATER)
    at = next(later, root.close)
    said = f'<{root.prefix}legacyDrawing xmlns:r="{KINDS[:-1]}" r:id="{identity}"/>'
    return name, [TextEdit(at, at, said)]


def _drawings(package: OfficePackage) -> int:
    """How many drawings of notes there are by now."""
    names = {*package.packed, *package.changed}
    return sum(each.endswith(f".{ENDING}") for each in names)
