"""The part that holds the texts of a worksheet's notes, and what else makes a sheet show them."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.reporters.office.markup import Edit, content
from unbudget_check.reporters.office.parts import (
    DECLARATION,
    KINDS,
    add_relation,
    declare,
    declare_ending,
    relations_of,
)
from unbudget_check.reporters.office.remarks import AUTHOR
from unbudget_check.reporters.workbook_copy.cells import place_of_reference, reference_of
from unbudget_check.reporters.workbook_copy.drawing import (
    CONTENT_TYPE,
    ENDING,
    empty_drawing,
    unusual,
    with_frames,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.reporters.office.markup import Markup
    from unbudget_check.reporters.office.parts import Package

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
# What comes after the drawing of the notes in a worksheet, where the standard fixes the order.
LATER = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"}
    | {"tableParts", "extLst"}
)
MOST = 32_767  # characters of a note
FONT = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="Tahoma"/><{0}family val="2"/>'


def known_notes(package: Package, sheet: str) -> frozenset[tuple[int, int]]:
    """The cells that have a note already."""
    part = _related(package, sheet, "comments")
    if not part:
        return frozenset()
    markup = package.markup(part)
    named = (markup.attributes(each) for each in markup.elements if each.local == "comment")
    places = (place_of_reference(each.get("ref", "")) for each in named)
    return frozenset(each for each in places if each)


def add_notes(
    package: Package, sheet: str, markup: Markup, notes: Mapping[tuple[int, int], str]
) -> list[Edit]:
    """Put notes beside those that are there; what is to be edited in the worksheet itself."""
    part = _related(package, sheet, "comments") or _new_part(package, sheet)
    package.changed[part] = _with_notes(package.markup(part), package.path, notes)
    drawing, edits = _drawing(package, sheet, markup)
    number = _drawings(package)
    frames = ((place, text) for place, text in notes.items())
    package.changed[drawing] = with_frames(package.part(drawing), package.path, frames, number)
    return edits


def _related(package: Package, sheet: str, kind: str, identity: str | None = None) -> str:
    """The part to which a worksheet refers, or an empty name."""
    for each in relations_of(package, sheet):
        if each.kind == f"{KINDS}{kind}" and identity in {None, each.identity}:
            return each.target if each.target in package else ""
    return ""


def _new_part(package: Package, sheet: str) -> str:
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
    head, _, rest = text[:MOST].partition("\n")
    runs = _run(prefix, head, f"<{prefix}b/>") + (_run(prefix, f"\n{rest}", "") if rest else "")
    begin = f'<{prefix}comment ref="{reference_of(place)}" authorId="{author}">'
    return f"{begin}<{prefix}text>{runs}</{prefix}text></{prefix}comment>"


def _run(prefix: str, text: str, bold: str) -> str:
    settings = f"<{prefix}rPr>{bold}{FONT.format(prefix)}</{prefix}rPr>"
    said = f'<{prefix}t xml:space="preserve">{content(text)}</{prefix}t>'
    return f"<{prefix}r>{settings}{said}</{prefix}r>"


def _drawing(package: Package, sheet: str, markup: Markup) -> tuple[str, list[Edit]]:
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
    return name, [Edit(at, at, said)]


def _drawings(package: Package) -> int:
    """How many drawings of notes there are by now."""
    names = {*package.packed, *package.changed}
    return sum(each.endswith(f".{ENDING}") for each in names)
