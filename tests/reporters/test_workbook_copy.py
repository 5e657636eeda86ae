"""Marks in workbooks: the right cells are filled and have notes, and nothing else is touched."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from tests.compose.archive import pack, unpack
from tests.reporters.copied import found, members, result_of
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.model.finding import Severity
from unbudget_check.reporters.office.remarks import FILLS, format_of
from unbudget_check.reporters.office.workbook_copy import annotate

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from unbudget_check.model.finding import Finding

PATH = "outlay.xlsx"
SHEET, NAMED = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _book(*, noted: bool = False) -> bytes:
    """A workbook with a chart, a rule of colours, choices, a formula and two sheets."""
    book = Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("Posts & 'more'")
    for sheet_row in (["Item", 2026], ["A", 1.5], ["B", 2.5], ["Total", 4.9]):
        sheet.append(sheet_row)
        other.append(sheet_row)
    sheet["B4"].font = Font(bold=True)
    sheet["B4"].number_format = "#,##0.0"
    sheet["B4"].alignment = Alignment(horizontal="right")
    sheet["B5"] = "=SUM(B2:B3)"
    colored = Rule(type="cellIs", operator="lessThan", formula=["2"])
    sheet.conditional_formatting.add("B2:B3", colored)
    sheet.add_data_validation(DataValidation(type="list", formula1='"A,B"', sqref="A2"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3))
    sheet.add_chart(chart, "E2")
    if noted:
        sheet["B4"].comment = Comment("Why?", "Editor")
        sheet["C4"].comment = Comment("Because.", "Editor")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _marked(data: bytes, *findings: Finding) -> bytes:
    return annotate(data, result_of(data, findings, PATH))


def _sheet(data: bytes, at: int = 0) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[at]


def _notes(sheet: Worksheet) -> dict[str, str]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def _differing(before: bytes, after: bytes) -> set[str]:
    old, new = members(before), members(after)
    assert set(old) <= set(new)
    return {name for name in new if new[name] != old.get(name)}


def test_the_cell_is_filled_and_has_a_note_and_nothing_else_changes() -> None:
    data = _book()
    copy = _marked(data, found("Sheet!B4", "4.9"))
    assert _differing(data, copy) == {
        "[Content_Types].xml", "xl/styles.xml", SHEET, "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    sheet = _sheet(copy)
    cell = sheet["B4"]
    assert _notes(sheet) == {
        "B4": "error ARI101 column-total\n4.9 is <wrong> & more\nprinted 4.9\n"
        "What to do: Look again."
    }
    assert cell.comment.author == "unbudget-check"
    assert cell.fill.fgColor.rgb == FILLS[Severity.ERROR]
    assert (cell.value, cell.font.b, cell.number_format) == (4.9, True, "#,##0.0")
    assert cell.alignment.horizontal == "right"
    assert sheet["B3"].fill.fill_type is None


def test_without_the_marks_the_sheet_is_the_original() -> None:
    data = _book()
    before, after = unpack(data)[SHEET], unpack(_marked(data, found("Sheet!B4")))[SHEET]
    drawing = b"<legacyDrawing" + after.partition(b"<legacyDrawing")[2].partition(b"/>")[0] + b"/>"
    style = before.partition(b'r="B4" s="')[2].partition(b'"')[0]
    new = after.partition(b'r="B4" s="')[2].partition(b'"')[0]
    assert style != new
    again = after.replace(drawing, b"").replace(b'r="B4" s="' + new, b'r="B4" s="' + style)
    assert again == before


def test_several_findings_share_a_note_and_the_worst_one_colors_the_cell() -> None:
    data = _book()
    warning = replace(found("Sheet!B4", "4.9"), severity=Severity.WARNING)
    sheet = _sheet(_marked(data, warning, found("Sheet!B4", "4.9"), found("'Sheet'!B2")))
    notes = _notes(sheet)
    assert set(notes) == {"B4", "B2"}
    assert notes["B4"].startswith("warning ARI101")
    assert "\n\nerror ARI101" in notes["B4"]
    assert sheet["B4"].fill.fgColor.rgb == FILLS[Severity.ERROR]


def test_a_sheet_is_found_by_its_quoted_name() -> None:
    data = _book()
    copy = _marked(data, found("'Posts & ''more'''!B4"))
    assert SHEET not in _differing(data, copy)
    assert set(_notes(_sheet(copy, 1))) == {"B4"}


def test_notes_that_are_there_stay_and_ours_stands_beside_them() -> None:
    data = _book(noted=True)
    copy = _marked(data, found("Sheet!B4"), found("Sheet!B2"))
    notes = _notes(_sheet(copy))
    assert (notes["B4"], notes["C4"]) == ("Why?", "Because.")
    assert "This comment is about cell B4" in notes["D4"]
    assert "This is about" not in notes["B2"]
    old, new = unpack(data), unpack(copy)
    comments = next(name for name in old if "comment" in name and name.endswith(".xml"))
    kept = old[comments].partition(b"</comment></commentList>")[0].partition(b"<commentList>")[2]
    assert kept in new[comments]
    drawing = next(name for name in old if name.endswith(".vml"))
    assert new[drawing].startswith(old[drawing].rpartition(b"</xml>")[0])
    assert new[drawing].count(b'ObjectType="Note"') == 4
    assert new[SHEET].count(b"legacyDrawing") == old[SHEET].count(b"legacyDrawing") == 1


def _with_part(data: bytes, ending: str, old: str, new: str) -> bytes:
    parts = {name: text.decode() for name, text in unpack(data).items()}
    (name,) = (each for each in parts if each.endswith(ending))
    assert old in parts[name]
    return pack({**parts, name: parts[name].replace(old, new)})


def test_a_drawing_of_notes_need_not_be_well_formed() -> None:
    odd = _with_part(_book(noted=True), ".vml", "</xml>", "<br><b>1</i></xml>")
    new = unpack(_marked(odd, found("Sheet!B2")))
    (drawing,) = (text for name, text in new.items() if name.endswith(".vml"))
    assert b"<br><b>1</i><v:shape" in drawing.replace(b"\n", b"")


@pytest.mark.parametrize(
    ("ending", "old", "new"),
    [(".vml", "</xml>", "</svg>"), ("comment1.xml", "commentList>", "list>")],
)
def test_notes_that_cannot_be_added_to_are_said(ending: str, old: str, new: str) -> None:
    odd = _with_part(_book(noted=True), ending, old, new)
    with pytest.raises(UnreadableError, match="holds notes in an unusual way"):
        _marked(odd, found("Sheet!B2"))


def test_a_cell_or_a_row_without_an_element_gets_one() -> None:
    data = _book()
    copy = _marked(
        data, *[found(f"Sheet!{each}") for each in ("C2", "A3", "AA3", "D9", "B9", "A7")]
    )
    sheet = _sheet(copy)
    filled = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}
    assert filled == {"C2", "A3", "AA3", "D9", "B9", "A7"}
    assert (sheet["B2"].value, sheet["B3"].value) == (1.5, 2.5)
    rows = unpack(copy)[SHEET].split(b"<row ")[1:]
    assert [int(row.partition(b'r="')[2].partition(b'"')[0]) for row in rows] == [
        1,
        2,
        3,
        4,
        5,
        7,
        9,
    ]


@pytest.mark.parametrize(
    "address", [None, "sheet Sheet, row 3, column A", "Gone!B4", "Sheet!B4:C5"]
)
def test_a_finding_in_no_cell_is_noted_at_the_first_one(address: str | None) -> None:
    data = _book()
    sheet = _sheet(_marked(data, found(address)))
    assert "This finding is elsewhere in the document: row Total" in _notes(sheet)["A1"]
    assert sheet["A1"].fill.fill_type is None


def test_a_part_may_name_its_elements_and_places_in_another_way() -> None:
    data = _book()
    parts = {name: text.decode() for name, text in unpack(data).items()}
    cells = '<x:row><x:c t="n"><x:v>1</x:v></x:c><x:c t="n" s="0"><x:v>4.9</x:v></x:c></x:row>'
    parts[NAMED] = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    odd = pack(parts)
    copy = _marked(odd, found("'Posts & ''more'''!B1"), found("'Posts & ''more'''!C1"))
    sheet = _sheet(copy, 1)
    assert set(_notes(sheet)) == {"B1", "C1"}
    assert sheet["B1"].fill.fgColor.rgb == FILLS[Severity.ERROR]
    assert sheet["B1"].value == 4.9


def test_a_workbook_without_formats_gets_notes_only() -> None:
    parts = {name: text.decode() for name, text in unpack(_book()).items()}
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "relationships/styles", "relationships/other"
    )
    bare = pack(parts)
    copy = _marked(bare, found("Sheet!B4"))
    assert "xl/styles.xml" not in _differing(bare, copy)
    assert b"ARI101" in unpack(copy)["xl/comments1.xml"]


def test_accepted_findings_are_not_marked() -> None:
    data = _book()
    assert _marked(data, found("Sheet!B4", status="waived")) == data


def test_the_same_input_gives_the_same_bytes() -> None:
    data = _book()
    assert _marked(data, found("Sheet!B4")) == _marked(data, found("Sheet!B4"))


def test_a_file_that_was_changed_since_is_refused() -> None:
    data = _book()
    with pytest.raises(UserError, match="is not the file that was checked"):
        annotate(data + b"\n", result_of(data, [found("Sheet!B4")], PATH))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.xlsx", "xlsx"),
        ("a.XLSM", "xlsx"),
        ("a.docx", "docx"),
        ("a.ods", None),
        ("a.xls", None),
        ("a.csv", None),
    ],
)
def test_copies_are_made_of_the_kinds_that_are_written(path: str, kind: str | None) -> None:
    assert format_of(result_of(b"", [], path)) == kind
