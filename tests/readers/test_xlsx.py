"""Workbooks: cells as displayed, what is hidden or never calculated, and files that are none."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.in_english import told
from tests.readers.drawing import cell_at, draw, tables
from unbudget_check.engine import check
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Flaw
from unbudget_check.model.finding import Severity
from unbudget_check.model.number import Number
from unbudget_check.readers.csv import read as read_csv
from unbudget_check.readers.sheets.workbook import data_grids, read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from unbudget_check.model.document import Document

ACCOUNTING = r'_(* #,##0.0_);_(* \(#,##0.0\);_(* "-"??_);_(@_)'
SHEET = "xl/worksheets/sheet1.xml"
SMALL = [("Item", 2025, 2026), ("Posts", 1.5, 2.5), ("Total", 1.5, 2.5)]


def workbook_of(rows: Sequence[Sequence[object]]) -> Workbook:
    """A workbook with one sheet, called Sheet."""
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    return workbook


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read_workbook(workbook: Workbook, path: str = "a.xlsx") -> Document:
    return read(Source(path, saved(workbook)))


def patched(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same archive with its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def with_sheet(rows: Sequence[Sequence[object]], old: bytes, new: bytes) -> bytes:
    """A workbook in whose sheet ``old`` is replaced by ``new``."""
    data = saved(workbook_of(rows))
    return patched(data, lambda name, part: part.replace(old, new) if name == SHEET else part)


def test_a_printed_table_as_it_is_displayed() -> None:
    workbook = workbook_of(
        [
            ("Table 3",),
            ("(Thousands of dollars)",),
            ("Object", 2025, "Changes", None, 2026),
            (None, "approved", "Other", "Total", "estimate"),
            ("Posts", 1300, -1.04, -1.04, 1298.96),
            ("Travel", 13, 0, 0, 13),
            (None,),
            ("Total", 1313, -1.04, -1.04, 1311.96),
            ("a Without recosting.",),
        ]
    )
    sheet = workbook.worksheets[0]
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("C3:D3")
    sheet["A6"].alignment = Alignment(indent=1)
    for row in sheet["B5:E8"]:
        for cell in row:
            cell.number_format = ACCOUNTING
    document = read_workbook(workbook, "A.XLSX")
    assert draw(document) == [
        "Table 3",
        "(Thousands of dollars)",
        "== 5 columns",
        "Object[2x1]|2025|Changes[1x2]|2026",
        "approved|Other|Total|estimate",
        "Posts|1,300.0|(1.0)|(1.0)|1,299.0",
        "Travel>3|13.0|-|-|13.0",
        "||||",
        "Total|1,313.0|(1.0)|(1.0)|1,312.0",
        "a Without recosting.",
    ]
    assert not document.remarks
    figure = cell_at(tables(document)[0], 5, 4)
    assert (figure.address, figure.line) == ("Sheet!E8", None)


def test_a_workbook_and_a_text_of_the_same_table_are_the_same_document() -> None:
    text = "Item,2025,2026\nPosts,1.5,2.5\nTotal,1.5,2.5\n"
    assert draw(read_workbook(workbook_of(SMALL))) == draw(read_csv(Source("a.csv", text.encode())))


def test_formulas_that_were_never_calculated_are_said() -> None:
    document = read_workbook(workbook_of([*SMALL, ("Net", "=TODAY()", "=VLOOKUP(C2,A1:C3,2)")]))
    assert draw(document)[-1] == "Net|!uncalculated|!uncalculated"
    (remark,) = told(document.remarks)
    assert remark.startswith("2 formulas were never calculated (Sheet!B4, Sheet!C4); open the")


def test_formulas_without_a_stored_result_are_evaluated_and_said() -> None:
    document = read_workbook(workbook_of([*SMALL, ("Net", "=B2", "=C2+B4*2")]))
    assert draw(document)[-1] == "Net|1.5|5.5"
    (remark,) = told(document.remarks)
    assert remark.startswith("2 formulas are stored without their results (Sheet!B4, Sheet!C4)")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (b'<c r="C3"><f>B2</f><v>2.5</v></c>', "2.5"),
        (b'<c r="C3" t="str"><f>B2</f><v></v></c>', ""),
        (b'<c r="C3" t="str"><f>B2</f><v>none</v></c>', "none"),
        (b'<c r="C3"><f t="shared" si="0"/><v>7</v></c>', "7"),
        (b'<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b'<c r="C3"><f>TODAY()</f></c>', "!uncalculated"),
        (b'<c r="C3"><f>TODAY()</f><v></v></c>', "!uncalculated"),
        (b'<c r="C3"><f>B2</f></c>', "1.5"),
    ],
)
def test_a_stored_result_is_what_counts(cell: bytes, shown: str) -> None:
    data = with_sheet(SMALL, b'<c r="C3" t="n"><v>2.5</v></c>', cell)
    assert draw(read(Source("a.xlsx", data)))[-1] == f"Total|1.5|{shown}"


def test_zeros_that_a_program_stored_for_every_formula_are_no_results() -> None:
    rows = [*SMALL, ("Net", "=B2", "=RAND()")]
    zeros = patched(
        saved(workbook_of(rows)),
        lambda name, part: re.sub(rb"<v ?/>|<v></v>", b"<v>0</v>", part) if name == SHEET else part,
    )
    assert draw(read(Source("a.xlsx", zeros)))[-1] == "Net|1.5|!uncalculated"
    calm = patched(zeros, lambda _, part: part.replace(b'fullCalcOnLoad="1"', b""))
    assert draw(read(Source("a.xlsx", calm)))[-1] == "Net|0|0"


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    workbook = workbook_of([*SMALL, ("a", 1, 1), ("b", 1, 1), ("c", 1, 1)])
    sheet = workbook.worksheets[0]
    for row in (2, 4, 5):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[60].hidden = True
    old = workbook.create_sheet("Old one")
    old.append(("Item", 9))
    old.sheet_state = "hidden"
    document = read_workbook(workbook)
    assert draw(document)[2] == "Posts!hidden|1.5!hidden|2.5!hidden"
    assert draw(document)[3] == "Total|1.5|2.5!hidden"
    assert told(document.remarks) == (
        "sheet Sheet: hidden rows were included (2, 4-5)",
        "sheet Sheet: hidden columns were included (C)",
        "sheet Old one is hidden; it was included",
    )
    assert cell_at(tables(document)[1], 0, 1).address == "'Old one'!B1"
    assert tables(document)[1].sheet == "Old one"


def test_figures_that_are_texts_are_marked_but_years_and_codes_are_not() -> None:
    rows = [("Code", "2025", "2026"), ("511000", "1,234.5", 2), ("Total", "–", "n/a")]
    document = read_workbook(workbook_of(rows))
    assert draw(document)[1:] == ["Code|2025|2026", "511000|1,234.5!text|2", "Total|–|n/a"]


RAISED = b'<r><t>Posts</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>b</t></r>'


def test_footnote_marks_set_as_superscripts_stand_apart() -> None:
    data = with_sheet(SMALL, b"<t>Posts</t>", RAISED)
    assert draw(read(Source("a.xlsx", data)))[2] == "Posts^b|1.5|2.5"


def test_footnote_marks_in_the_table_of_shared_texts_do_too() -> None:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = b"<sst " + space + b"><si>" + RAISED + b"</si></sst>"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    inline = b'<c r="A2" t="inlineStr"><is><t>Posts</t></is></c>'
    data = with_sheet(SMALL, inline, b'<c r="A2" t="s"><v>0</v></c>')
    data = patched(data, lambda _, part: part.replace(b"</Types>", listed))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    assert draw(read(Source("a.xlsx", stream.getvalue())))[2] == "Posts^b|1.5|2.5"


def test_truth_dates_and_errors_are_texts() -> None:
    workbook = workbook_of([*SMALL, ("Closed", True, "#REF!")])
    sheet = workbook.worksheets[0]
    sheet["C4"].data_type = "e"
    sheet["B1"].number_format = "yyyy"
    document = read_workbook(workbook)
    assert draw(document)[-1] == "Closed|TRUE|#REF!"
    assert told(document.remarks) == ("cells show an error instead of a number: Sheet!C4 #REF!",)


def test_each_sheet_and_each_stack_of_rows_has_its_own_tables() -> None:
    workbook = workbook_of([*SMALL, (), *SMALL])
    second = workbook.create_sheet("More")
    for row in SMALL:
        second.append(row)
    assert [table.sheet for table in tables(read_workbook(workbook))] == ["Sheet", "Sheet", "More"]


def test_a_stray_cell_far_away_does_not_make_a_giant_table() -> None:
    workbook = workbook_of(SMALL)
    workbook.worksheets[0]["XFD2"] = "stray"
    workbook.worksheets[0]["A1048576"] = "end"
    document = read_workbook(workbook)
    assert [table.columns for table in tables(document)] == [3]
    assert {"stray", "end"} <= set(draw(document))


def test_a_merge_over_the_whole_sheet_is_cut_to_what_is_used() -> None:
    merges = b'</sheetData><mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>'
    document = read(Source("a.xlsx", with_sheet(SMALL, b"</sheetData>", merges)))
    assert draw(document)[1] == "Item|2025[3x2]"  # what lies under a merged cell is not displayed


CLAIMED = "claims more cells in sheet Sheet than a sheet can have"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'<row r="3"', b'<row r="99999999999"', CLAIMED),
        (b'r="C3"', b'r="ZZZ3"', CLAIMED),
        (b'r="C3"', b'r="ZZZZZZZ3"', CLAIMED),
        (b'r="C3"', b'r="-1"', r"is damaged \(sheet Sheet\)"),
        (b"</sheetData>", b"", r"is damaged \(sheet Sheet\)"),
        (b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", "contains a document type"),
    ],
)
def test_hostile_or_damaged_sheets_are_refused_with_a_sentence(
    old: bytes, new: bytes, said: str
) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(Source("a.xlsx", with_sheet(SMALL, old, new)))


def archive_of(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, b"<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "is damaged or incomplete"),
        (saved(workbook_of(SMALL))[:3000], "is damaged or incomplete"),
        (archive_of("word/document.xml", "[Content_Types].xml"), "is a Word document"),
        (archive_of("xl/workbook.bin", "[Content_Types].xml"), "is damaged or incomplete"),
        (archive_of("content.xml", "mimetype"), "is not a workbook"),
        (archive_of("notes.txt"), "is not a workbook"),
        (archive_of("[Content_Types].xml"), "is not a workbook"),
        (saved(workbook_of([])), "is empty: none of its sheets contains any cells"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(Source("a.xlsx", data))


def test_a_number_that_is_none_is_said_like_an_error() -> None:
    document = read(Source("a.xlsx", with_sheet(SMALL, b"<v>2.5</v>", b"<v>2,5</v>")))
    assert told(document.remarks)[0].startswith("cells show an error instead of a number: Sheet!C2")


def test_a_strict_workbook_is_read_like_any_other() -> None:
    strict = patched(
        saved(workbook_of(SMALL)),
        lambda _, part: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )
    assert draw(read(Source("a.xlsx", strict))) == draw(read_workbook(workbook_of(SMALL)))


@pytest.mark.parametrize(
    "change",
    [
        lambda part: re.sub(rb"<(/?)(\w+)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x="),
        lambda part: part.replace(b"<row", b"<!-- > --><row"),
        lambda part: part.replace(b'r="B2"', b"r='B2'"),
        lambda part: re.sub(rb'<c r="(\w+)" t="n"', rb'<c t="n" cm="1" r="\1"', part),
        lambda part: re.sub(rb'<c r="\w+"', rb"<c", part).replace(b'<row r="2"', b"<row"),
        lambda part: b"\xef\xbb\xbf" + part,
        lambda part: (
            b'<?xml version="1.0" encoding="UTF-16"?>'.decode().encode("utf-16")
            + part.decode().encode("utf-16-le")
        ),
        lambda part: part.replace(b"<v>2.5</v>", b"<v><![CDATA[2.5]]></v>"),
        lambda part: part.replace(b"<v>2.5</v>", b"<v>2.5</v><extLst/>"),
        lambda part: part.replace(b"<t>Posts</t>", b"<t>P&#111;sts</t><phoneticPr fontId='1'/>"),
    ],
)
def test_the_xml_of_a_sheet_may_be_written_in_many_ways(change: Callable[[bytes], bytes]) -> None:
    data = saved(workbook_of(SMALL))
    other = patched(data, lambda name, part: change(part) if name == SHEET else part)
    assert draw(read(Source("a.xlsx", other))) == draw(read(Source("a.xlsx", data)))


def test_how_a_text_is_read_aloud_is_no_part_of_it() -> None:
    aloud = "<r><t>東京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>".encode()
    data = with_sheet(SMALL, b"<t>Posts</t>", aloud)
    assert draw(read(Source("a.xlsx", data)))[2] == "東京|1.5|2.5"


def test_the_units_that_formats_print_leave_every_figure_a_figure() -> None:
    rows = [("Poste", 2025, 2026), ("Salaires", 4200, 4350), ("Total", 4200, 4350)]
    workbook = workbook_of(rows)
    codes = ('#,##0" FCFA"', r"#,##0\ [$сўм-843]", '"▲"#,##0', "[Red]#,##0.00 ;-#,##0.00 ")
    for row, code in zip(workbook.worksheets[0]["B2:C3"], (codes[:2], codes[2:]), strict=True):
        for cell, each in zip(row, code, strict=True):
            cell.number_format = each
    (table,) = tables(read_workbook(workbook))
    shown = [(c.text, c.number) for row in table.rows[1:] for c in row[1:]]
    assert shown == [
        ("4,200 FCFA", Number(4200)),
        ("4,350 сўм", Number(4350)),
        ("▲4,200", Number(4200)),
        ("4,350.00", Number(435000, -2)),
    ]


def test_years_since_1904_are_read_as_such() -> None:
    workbook = workbook_of([*SMALL, ("Day", date(2026, 3, 1), 4)])
    workbook.epoch = CALENDAR_MAC_1904
    assert draw(read_workbook(workbook))[-1] == "Day|2026-03-01|4"


def test_digits_that_name_something_are_codes_and_never_figures() -> None:
    rows = [
        ("Item", "Line", "Listing", "Ref.", "Paid", 2026),
        ("Roads", "500", "93.600", "I2", "1 234,50", 12),
        ("Bridges", "520", "93.575", "K14", "200,00", 30),
        ("Total", "010", "10.558", "I2/a", "1 434,50", 42),
    ]
    (table,) = tables(read_workbook(workbook_of(rows)))
    flaws = [[str(cell.flaw) for cell in row[1:]] for row in table.rows[1:]]
    assert flaws[0] == ["code", "code", "code", "text", ""]
    assert flaws[1] == ["code", "code", "code", "text", ""]
    assert flaws[2] == ["code", "code", "code", "text", ""]


@pytest.mark.parametrize(
    ("texts", "flaw"),
    [
        (("120", "80", "200"), Flaw.TEXT),  # they add up
        (("120", "80", "210"), Flaw.CODE),
        (("12 %", "8 %", "20 %"), Flaw.TEXT),
        (("€120", "80", "210"), Flaw.TEXT),
        (("17.03.2025", "18.03.2025", "1.1"), Flaw.CODE),
    ],
)
def test_a_column_of_texts_holds_figures_where_it_is_written_or_adds_up_so(
    texts: Sequence[str], flaw: Flaw
) -> None:
    rows = [("Item", "A", 2026), *((f"Row {text}", text, 5) for text in texts)]
    (table,) = tables(read_workbook(workbook_of(rows)))
    assert {row[1].flaw for row in table.rows[1:]} == {flaw}


def test_a_text_among_numbers_is_a_figure_stored_as_text() -> None:
    rows = [("Item", "Kind", 2026), ("Roads", "x", 12), ("Bridges", "y", "30"), ("Total", "z", 42)]
    (table,) = tables(read_workbook(workbook_of(rows)))
    assert [row[2].flaw for row in table.rows[1:]] == [Flaw.NONE, Flaw.TEXT, Flaw.NONE]


def test_numbers_that_only_their_display_rounds_apart_are_a_note(tmp_path: Path) -> None:
    values = [[round(10.25 * n + y, 2) for y in range(8)] for n in range(1, 9)]
    values += [[third, *[0.33] * 7] for third in (0.333, 0.333, 0.334)]
    sums = [round(sum(column), 3) for column in zip(*values, strict=True)]
    rows = [(f"Item {number}", *each) for number, each in enumerate(values)]
    workbook = workbook_of([("Item", *range(2019, 2027)), *rows, ("Total", *sums)])
    for cell in workbook.worksheets[0]["B"][1:]:
        cell.number_format = "#,##0.00"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    report = check([str(path)])
    (finding,) = report.findings
    assert (finding.severity, finding.where.address) == (Severity.NOTE, "Sheet!B13")
    assert "The numbers stored in the workbook do agree" in finding.message
    workbook.worksheets[0]["B13"] = sums[0] + 0.01
    workbook.save(path)
    (finding,) = check([str(path)]).findings
    assert finding.severity is not Severity.NOTE


def test_data_come_in_plain_digits_as_fine_as_their_format() -> None:
    workbook = workbook_of([("a", "b", "c"), (1234.5, 0.125, 7), (-2, 0.5, 1.25), (0, 1, 10**12)])
    codes = ("#,##0.00 ;(#,##0.00)", "0.0%", "General")
    for column, code in enumerate(codes, 1):
        for row in range(2, 5):
            workbook.worksheets[0].cell(row, column).number_format = code
    grids, _ = data_grids(Source("a.xlsx", saved(workbook)))
    texts = [[entry.text for entry in row] for row in grids[0].rows[1:]]
    assert texts == [
        ["1234.50", "12.5%", "7"],
        ["-2.00", "50.0%", "1.25"],
        ["0.00", "100.0%", "1000000000000"],
    ]


def test_a_long_list_is_data_whatever_unit_its_formats_print() -> None:
    rows = [(f"Office {n // 60}", f"Programme {n // 6}", f"Item {n % 9}", n) for n in range(400)]
    workbook = workbook_of([("office", "programme", "item", "paid"), *rows])
    for cell in workbook.worksheets[0]["D"][1:]:
        cell.number_format = '#,##0" tugrugs"'
    document = read_workbook(workbook)
    assert not document.blocks
    assert told(document.remarks)[0].startswith("this is a data file (one amount or item per row)")
