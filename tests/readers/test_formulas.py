"""Formulas as a workbook stores them: shared ones written out, names, tables, and values beside."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.readers.test_xlsx import with_sheet
from unbudget_check.readers.sheets.workbook import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Worksheets

ROWS = [("Item", 2025, 2026), ("Rent", 1.5, 2.5), ("Heat", 2.5, 3.25), ("Total", 4, 5.75)]


def worksheets_of(data: bytes) -> Worksheets:
    return read(Source("a.xlsx", data)).worksheets


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_a_workbook_without_formulas_keeps_no_values() -> None:
    assert not worksheets_of(with_sheet(ROWS, b"", b""))
    assert worksheets_of(with_sheet(ROWS, b"", b"")).sheets == ()


def test_a_shared_formula_is_written_out_for_each_of_its_cells() -> None:
    data = with_sheet(
        ROWS,
        b'<c r="B4" t="n"><v>4</v></c><c r="C4" t="n"><v>5.75</v></c>',
        b'<c r="B4"><f t="shared" ref="B4:C4" si="0">SUM(B2:B3)*$A$9</f><v>4</v></c>'
        b'<c r="C4"><f t="shared" si="0"/><v>5.75</v></c>',
    )
    (sheet,) = worksheets_of(data).sheets
    assert sheet.formulas == {(3, 1): "SUM(B2:B3)*$A$9", (3, 2): "SUM(C2:C3)*$A$9"}
    assert sheet.values[3, 2] == Decimal("5.75")


def test_values_are_those_that_are_stored_with_fifteen_digits() -> None:
    data = with_sheet(
        ROWS,
        b'<c r="C4" t="n"><v>5.75</v></c>',
        b'<c r="C4"><f>1/3</f><v>0.33333333333333331</v></c>',
    )
    (sheet,) = worksheets_of(data).sheets
    assert sheet.values[3, 2] == Decimal("0.333333333333333")
    assert sheet.values[1, 1] == Decimal("1.5")
    assert (1, 0) in sheet.texts


def test_columns_that_formulas_call_by_name_are_ranges() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (("Item", "Hours", "Pay"), ("a", 2, 30), ("b", 3, 45)):
        sheet.append(list(row))
    sheet.add_table(Table(displayName="Work", ref="A1:C3"))
    sheet["D2"] = "=Work[[#This Row],[Pay]]/Work[[#This Row],[Hours]]"
    sheet["D3"] = "=[@Pay]/[@Hours]"
    sheet["E1"] = "=SUM(Work[Pay])"
    sheet["E2"] = "=SUM(Work[#Headers])"
    (found,) = worksheets_of(saved(workbook)).sheets
    assert found.formulas == {
        (1, 3): "$C2/$B2",
        (2, 3): "$C3/$B3",
        (0, 4): "SUM($C$2:$C$3)",
        (1, 4): "SUM(Work[#Headers])",
    }


def test_names_stand_for_cells_and_formulas_of_ranges_are_named() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (("Item", "Pay"), ("a", 30), ("b", 45), ("Total", "=SUM(Wages)")):
        sheet.append(list(row))
    workbook.defined_names["Wages"] = DefinedName("Wages", attr_text="Sheet!$B$2:$B$3")
    sheet["C2"] = ArrayFormula("C2:C3", "=B2:B3*2")
    document = read(Source("a.xlsx", saved(workbook)))
    (found,) = document.worksheets.sheets
    assert document.worksheets.names == {"wages": "Sheet!$B$2:$B$3"}
    assert found.special == {(1, 2): "array"}
    assert found.missing == {(3, 1), (1, 2)}
