"""Workbooks that are not .xlsx: OpenDocument, .xls and .xlsb, and files with a password."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlwt

from tests.in_english import told
from tests.readers.drawing import draw, tables
from unbudget_check.errors import UnreadableError
from unbudget_check.model.number import Number
from unbudget_check.readers.sheets import binary
from unbudget_check.readers.sheets.binary import formats_of_xls
from unbudget_check.readers.sheets.ods import a1_of
from unbudget_check.readers.sheets.workbook import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

NAMES = ("office", "table", "text", "style")
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        *((name, name) for name in NAMES),
        ("fo", "xsl-fo-compatible"),
    )
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
OF_SPREADSHEETS = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = """
<style:style style:name="in" style:family="table-cell"><style:paragraph-properties
  fo:margin-left="0.37cm"/></style:style>
<style:style style:name="up" style:family="text"><style:text-properties
  style:text-position="super 58%"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties
  table:display="false"/></style:style>
"""


def cell(value: object, shown: str = "", more: str = "") -> str:
    """One cell: a number and how it is displayed, or the markup of a text."""
    if isinstance(value, str):
        text = f"<text:p>{value}</text:p>" if value else ""
        kind = 'office:value-type="string"' if value else ""
        return f"<table:table-cell {kind} {more}>{text}</table:table-cell>"
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind} {more}><text:p>{shown or value}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods(*rows: str, columns: str = "", more: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet, and what else stands among the sheets."""
    content = (
        f"<office:document-content {SPACES} {CALC}><office:automatic-styles>{STYLES}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="One">{columns}{"".join(rows)}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", OF_SPREADSHEETS)
        made.writestr("content.xml", content)
    return stream.getvalue()


def read_ods(*rows: str, columns: str = "", more: str = "") -> Document:
    return read(Source("a.ods", ods(*rows, columns=columns, more=more)))


HEAD = row(cell("Item"), cell("2025"), cell("2026"))


@pytest.mark.parametrize(
    ("value", "shown", "number"),
    [
        (4350.25, "4 350,3 сўм", Number(43503, -1)),
        (-610.04, "(610,0)", Number(-6100, -1)),
        (0.1234, "12.3%", Number(123, -1)),
        (0.1234, "٪١٢٫٣", Number(123, -1)),
        (15250, "15.3k", Number(15300)),
        (15250000, "15 млн", Number(15000000)),
        (1234567.5, "١٬٢٣٤٬٥٦٨", Number(1234568)),
        (0.5, ".50", Number(50, -2)),
        (0, "0,00 €", Number(0, -2)),
        (0.004, "0.00", Number(0, -2)),
        (5, "005", Number(5)),
        (0, "–", None),
        (12.5, "", Number(125, -1)),
        (0.5, "1/2", Number(5, -1)),
        (7, "to be confirmed", Number(7)),
    ],
)
def test_an_opendocument_figure_has_the_digits_that_are_displayed(
    value: float, shown: str, number: Number | None
) -> None:
    (table,) = tables(read_ods(HEAD, row(cell("Posts"), cell(value, shown), cell(1))))
    (figure,) = [cell for cell in table.rows[1] if cell.column == 1]
    assert (figure.number, figure.text) == (number, shown or "12.5")


def test_a_zero_that_is_not_displayed_is_a_blank() -> None:
    blank = '<table:table-cell office:value-type="float" office:value="0"/>'
    assert draw(read_ods(HEAD, row(cell("Posts"), blank, cell(1))))[-1] == "Posts||1"


def test_columns_lend_their_style_and_blank_rows_cost_nothing() -> None:
    columns = (
        '<table:table-column table:default-cell-style-name="in"/><table:table-column '
        'table:visibility="collapse" table:number-columns-repeated="2"/>'
    )
    document = read_ods(
        HEAD,
        row(
            cell("Posts<text:span text:style-name='up'>a</text:span>"),
            cell(1, "1.0", more='table:number-columns-repeated="2"'),
        ),
        row(
            cell("", more='table:number-columns-repeated="16384"'),
            more='table:number-rows-repeated="1048000"',
        ),
        row(cell("End"), more='table:visibility="filter"'),
        columns=columns,
        more='<table:table table:name="Two" table:style-name="gone">'
        f"{row(cell('Old'), cell(5))}</table:table>",
    )
    assert "Posts>3^a|1.0!hidden|1.0!hidden" in draw(document)
    assert told(document.remarks) == (
        "sheet One: hidden rows were included (1048003)",
        "sheet One: hidden columns were included (B-C)",
        "sheet Two is hidden; it was included",
    )


def test_merged_cells_errors_dates_and_notes_of_an_opendocument_sheet() -> None:
    note = "<office:annotation><text:p>secret</text:p></office:annotation>"
    document = read_ods(
        row(
            cell("Budget", more='table:number-columns-spanned="2"'),
            "<table:covered-table-cell/>",
            cell("2026"),
        ),
        row(
            f'<table:table-cell office:value-type="string">{note}<text:p>Day<text:s text:c="2"/>one'
            "</text:p></table:table-cell>",
            '<table:table-cell office:value-type="date"><text:p>31.1.26</text:p>'
            "</table:table-cell>",
            '<table:table-cell calcext:value-type="error" table:formula="of:=1/0" '
            'office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>',
        ),
        row(cell("Posts"), cell(1), cell(2)),
    )
    assert draw(document)[1:] == ["Budget[1x2]|2026", "Day  one|31.1.26|#DIV/0!", "Posts|1|2"]
    assert told(document.remarks) == ("cells show an error instead of a number: One!C2 #DIV/0!",)


def test_cells_and_rows_that_are_repeated_have_their_values_for_formulas() -> None:
    twice = 'table:number-columns-repeated="2"'
    total = (
        '<table:table-cell office:value-type="float" office:value="9" table:formula="of:=SUM({})"/>'
    )
    document = read_ods(
        HEAD,
        row(cell("Posts"), cell(3, more=twice), more='table:number-rows-repeated="3"'),
        row(cell("Total"), total.format("[.B2:.B4]"), total.format("[.C2:.C4]")),
    )
    (sheet,) = document.worksheets.sheets
    assert sorted(sheet.values) == [(r, c) for r in range(1, 5) for c in (1, 2)]
    assert sheet.formulas == {(4, 1): "SUM(B2:B4)", (4, 2): "SUM(C2:C4)"}


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("of:=SUM([.C3:.C5])", "SUM(C3:C5)"),
        ("of:=[.$C$3]*2", "$C$3*2"),
        ("of:=SUM([$'My sheet'.C3:.C5];1)", "SUM('My sheet'!C3:C5,1)"),
        ('of:=IF([Two.A1]="a;b";1;0)', 'IF(Two!A1="a;b",1,0)'),
    ],
)
def test_formulas_are_told_as_workbooks_write_them(formula: str, said: str) -> None:
    assert a1_of(formula) == said


def test_repeated_cells_have_a_bound() -> None:
    wide = row(
        cell(1, more='table:number-columns-repeated="16384"'),
        more='table:number-rows-repeated="1048576"',
    )
    with pytest.raises(UnreadableError, match="claims more cells"):
        read_ods(wide)


def test_an_old_workbook_shows_its_figures_under_its_formats() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Budget")
    money = xlwt.easyxf(num_format_str="#,##0.0")
    share = xlwt.easyxf(num_format_str="0.0%")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    lines = [("Item", "2025", "2026"), ("Posts", 1300.25, 0.125), ("Day", date(2026, 1, 31), True)]
    for number, values in enumerate(lines, 3):
        for column, value in enumerate(values, 2):
            style = days if isinstance(value, date) else share if value == 0.125 else money
            sheet.write(number, column, value, style)
    sheet.write_merge(2, 2, 2, 4, "The city")
    stream = io.BytesIO()
    workbook.save(stream)
    document = read(Source("a.xls", stream.getvalue()))
    assert draw(document)[-3:] == ["Item|2025|2026", "Posts|1,300.3|12.5%", "Day|2026-01-31|TRUE"]
    assert tables(document)[0].rows[-2][1].address == "Budget!D5"
    assert told(document.remarks)[0].startswith(
        "formulas and hidden rows and columns cannot be read"
    )


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of a binary workbook (MS-XLSB 2.1.4)."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


# Two looks of cells: General, and a format of its own.
STYLES_OF_XLSB = (
    record(615, struct.pack("<I", 1))
    + record(44, struct.pack("<H", 164) + wide('0.0" kr"'))
    + record(616)
    + record(617, struct.pack("<I", 2))
    + record(47, struct.pack("<HH", 0, 0) + bytes(12))
    + record(47, struct.pack("<HH", 0, 164) + bytes(12))
    + record(618)
)


def xlsb(*cells: tuple[int, int, object]) -> bytes:
    """A binary workbook with one sheet and these cells: row, column, text or number."""
    body, at = b"", -1
    for where, column, value in cells:
        if where != at:
            at = where
            body += record(0, struct.pack("<IIHBBB", where, 0, 300, 0, 0, 0) + bytes(4))
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            body += record(6, place + wide(value))
        else:
            body += record(5, struct.pack("<II", column, 1) + struct.pack("<d", value))
    extent = struct.pack("<IIII", 0, at, 0, 2)
    sheet = record(129) + record(148, extent) + record(145) + body + record(146) + record(130)
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("One")
    book = record(131) + record(143) + record(156, bundle) + record(144) + record(132)
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="rId1" Type="{kinds}/worksheet" Target="worksheets/sheet1.bin"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.bin", book)
        made.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{links}">{relation}</Relationships>',
        )
        made.writestr("xl/worksheets/sheet1.bin", sheet)
        made.writestr("xl/styles.bin", STYLES_OF_XLSB)
    return stream.getvalue()


def test_a_binary_workbook_shows_its_figures_under_its_formats() -> None:
    lines = [("Item", "2026"), ("Posts", 12.25), ("Travel", 3.0), ("Total", 15.25)]
    cells = [(r, c, value) for r, line in enumerate(lines) for c, value in enumerate(line)]
    document = read(Source("a.xlsb", xlsb(*cells)))
    assert draw(document)[1:] == ["Item|2026", "Posts|12.3 kr", "Travel|3.0 kr", "Total|15.3 kr"]


def test_binary_cells_too_far_apart_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = xlsb((0, 0, "Item"), (1_000_000, 16_000, 1.5))
    with pytest.raises(UnreadableError, match="claims more cells"):
        read(Source("a.xlsb", far))
    monkeypatch.setattr(binary, "MAX_PLACES", 1)
    with pytest.raises(UnreadableError, match="claims more cells"):
        read(Source("a.xlsb", xlsb((0, 0, "Item"), (0, 1, 1.5))))


def test_a_binary_workbook_that_is_damaged_anywhere_says_so(
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = xlsb((0, 0, "Item"), (0, 1, "2026"), (1, 0, "Posts"), (1, 1, 12.25))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, record(615) if name == "xl/styles.bin" else data)
    with pytest.raises(UnreadableError, match="is damaged or incomplete"):
        read(Source("a.xlsb", stream.getvalue()))
    assert capfd.readouterr() == ("", "")  # the library says that it panics


def test_the_formats_of_a_damaged_container_are_none() -> None:
    for length in (40, 300, 600, 1500):
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * (length // 256 + 1)
        assert not any(formats_of_xls(data[:length]))


@pytest.mark.parametrize("path", ["a.xlsx", "a.xls", "a.docx"])
def test_a_file_with_a_password_says_so(path: str) -> None:
    from unbudget_check.readers.docx.document import read as read_docx

    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableError, match="is protected by a password: save a copy without"):
        (read_docx if path.endswith("x") and "doc" in path else read)(Source(path, data))


def test_an_opendocument_file_with_a_password_says_so() -> None:
    stream = io.BytesIO(ods(HEAD))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(UnreadableError, match="is protected by a password"):
        read(Source("a.ods", stream.getvalue()))
