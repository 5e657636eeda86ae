"""The drawing in which the frames of notes stand: without one, a spreadsheet shows no note.

It is written in VML, a language older than the workbook format, and not always as well-formed
XML; so what is added goes before its last tag, and the rest is not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
WIDTH, LETTERS = 5, 50  # columns of usual width that a note covers, and what one of its rows holds
LAST_COLUMN = 16_383


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
    rows = sum(1 + len(each) // LETTERS for each in text.split("\n")) + 1
    top = max(row - 1, 0)
    anchor = f"{left}, 15, {top}, 10, {left + WIDTH}, 15, {top + rows}, 4"
    return SHAPE.format(number=number, anchor=anchor, row=row, column=column)
