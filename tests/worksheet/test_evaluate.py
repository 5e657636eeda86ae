"""What formulas come to, exactly, and beside what a spreadsheet program stores for them."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.checks.formula_books import RIGHT, book
from unbudget_check.model.document import Worksheet, Worksheets
from unbudget_check.readers.sheets.workbook import read
from unbudget_check.readers.source import Source
from unbudget_check.worksheet.evaluate import Calculation, calculation_of
from unbudget_check.worksheet.grammar import NotEvaluatedError

if TYPE_CHECKING:
    from pathlib import Path

# A1 1.5, A2 -0.25, A3 7, A4 a text, A5 blank; B2 and B3 are formulas.
VALUES = {(0, 0): Decimal("1.5"), (1, 0): Decimal("-0.25"), (2, 0): Decimal(7)}


def calculation(formula: str) -> Calculation:
    """A sheet S with a formula in C1 and the name rate for A3."""
    formulas = {(0, 2): formula, (1, 1): "SUBTOTAL(9,A1:A2)"}
    values = {**VALUES, (1, 1): Decimal("1.25")}
    sheet = Worksheet("S", formulas, values, frozenset({(3, 0)}))
    return Calculation(Worksheets((sheet,), {"rate": "S!$A$3"}))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:A5)", "8.25"),
        ("SUM(A:A)", "8.25"),
        ("A1-A2*A3", "3.25"),
        ("-2^2", "4"),
        ("2^-2", "0.25"),
        ("A1*10%", "0.15"),
        ("ROUND(2.675,2)", "2.68"),
        ("ROUND(-2.5,0)", "-3"),
        ("ROUND(1234,-2)", "1200"),
        ("ROUNDUP(1.21,1)", "1.3"),
        ("ROUNDDOWN(-1.29,1)", "-1.2"),
        ("ROUND(0.1+0.2,1)", "0.3"),
        ("AVERAGE(A1:A4)", "2.75"),
        ("SUBTOTAL(9,A1:B3)", "8.25"),
        ("SUMPRODUCT(A1:A3,A1:A3)", "51.3125"),
        ("PRODUCT(A1,A3)", "10.5"),
        ("MIN(A1:A3)+MAX(A1:A3)", "6.75"),
        ("ABS(A2)", "0.25"),
        ("IF(A1>A2,A3,1/0)", "7"),
        ("IF(A5=0,2,3)", "2"),
        ("IFERROR(A1/A5,9)", "9"),
        ("Rate*2", "14"),
        ("s!A1+A5", "1.5"),
        ("1/8", "0.125"),
    ],
)
def test_what_a_formula_comes_to(formula: str, value: str) -> None:
    assert calculation(formula).evaluate((0, 0, 2)) == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "A1/A5",
        "A1+A4",
        "VLOOKUP(A1,A1:B3,2)",
        "Unknown+1",
        "Other!A1",
        "A1:A3*2",
        "SUMPRODUCT(A1:A3,A1:A2)",
        "IF(A4=1,2,3)",
        "SUM(",
        '"text"',
    ],
)
def test_what_is_not_evaluated(formula: str) -> None:
    with pytest.raises(NotEvaluatedError):
        calculation(formula).evaluate((0, 0, 2))


def test_chains_of_any_length_and_circles_end() -> None:
    formulas = {(row, 0): f"A{row}+1" for row in range(1, 5_000)}
    formulas |= {(0, 2): "D1+1", (0, 3): "C1+1", (0, 4): "SUM(E1:E2)"}
    sheet = Worksheet("S", formulas, {(0, 0): Decimal(1)}, missing=frozenset(formulas))
    found = calculation_of(Worksheets((sheet,)))
    assert found.changed[0, 4_999, 0] == 5_000
    assert set(found.failed) == {(0, 0, 2), (0, 0, 3), (0, 0, 4)}


def test_long_running_sums_are_not_quadratic() -> None:
    count = 20_000
    values = {(row, 0): Decimal(row) for row in range(count)}
    formulas = {(row, 1): f"SUM($A$1:A{row + 1})" for row in range(count)}
    results = {(row, 1): Decimal(row * (row + 1) // 2) for row in range(count)}
    found = Calculation(Worksheets((Worksheet("S", formulas, values | results),)))
    assert all(found.agrees(cell) for cell in found.formulas())
    assert found.looks < 10 * count


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_results_are_those_that_a_spreadsheet_program_stores(tmp_path: Path) -> None:
    for number, sheets in enumerate(RIGHT.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(book(sheets))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    files = sorted(map(str, tmp_path.glob("*.xlsx")))
    subprocess.run(  # noqa: S603  our own files
        [*command, str(tmp_path / "out"), *files], check=True, capture_output=True
    )
    judged = 0
    for path in (tmp_path / "out").glob("*.xlsx"):
        found = calculation_of(read(Source(path.name, path.read_bytes())).worksheets)
        for cell in found.formulas():
            judged += 1
            assert found.agrees(cell), (path, found.formula(cell))
    assert judged > 150
