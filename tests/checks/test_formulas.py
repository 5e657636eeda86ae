"""Formulas of workbooks: right ones of many shapes in six languages, and what some do wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.checks.formula_books import (
    LANGUAGES,
    RIGHT,
    book,
    calculated,
    changed,
    check,
    retyped,
    told,
)
from unbudget_check import engine
from unbudget_check.cli.main import program

if TYPE_CHECKING:
    from pathlib import Path

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
# What is changed in a right workbook, and what is told of it: code, severity and cell.
WRONG = [
    ("plain", {"C6": "=SUM(C2:C4)"}, ("FOR102", "error", "B!C6")),
    ("plain", {"C6": "=SUM(C3:C5)"}, ("FOR102", "error", "B!C6")),
    ("plain", {"C6": "=C2+C3+C5"}, ("FOR102", "error", "B!C6")),
    ("plain", {"B6": "=SUM(B2:B4)", "C6": "=SUM(C2:C4)"}, ("FOR103", "warning", "B!B6")),
    ("plain", {"B6": "=SUM(B3:B5)", "C6": "=SUM(C3:C5)"}, ("FOR103", "warning", "B!B6")),
    ("plain", {"C6": "=SUM(B2:B5)"}, ("FOR110", "error", "B!C6")),
    ("plain", {"C6": "=SUM(C1:C5)"}, ("FOR110", "error", "B!C6")),
    ("plain", {"C6": 10_666}, ("FOR107", "error", "B!C6")),
    (
        "quarters",
        {"F2": "=SUM(B2:D2)", "F3": "=SUM(B3:D3)", "F4": "=SUM(B4:D4)"},
        ("FOR103", "warning", "B!F2"),
    ),
    ("total above", {"C2": "=SUM(C3:C5)"}, ("FOR102", "error", "B!C2")),
    ("sums of sums", {"C8": "=SUM(C2:C7)"}, ("FOR104", "error", "B!C8")),
    ("sums of sums", {"C7": "=SUM(C6:C6)"}, ("FOR102", "error", "B!C7")),
    ("change and shares", {"D4": "=C4-B3"}, ("FOR105", "error", "B!D4")),
    ("change and shares", {"D5": "=C5-B4"}, ("FOR105", "error", "B!D5")),
    ("change and shares", {"D4": 150}, ("FOR107", "error", "B!D4")),
    ("change and shares", {"D4": 105}, ("FOR108", "note", "B!D4")),
    ("growth chain", {"D4": "=C4*1.3"}, ("FOR106", "note", "B!D4")),
    ("growth chain", {"D4": "=B4*1.03"}, ("FOR105", "warning", "B!D4")),
    ("rate in a fixed cell", {"C4": "=B4*B$2"}, ("FOR105", "warning", "B!C4")),
    ("products and lump sums", {"D3": "=B3*C9"}, ("FOR109", "warning", "B!D3")),
]


@EACH_LANGUAGE
@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_said_of_right_formulas(name: str, language: str) -> None:
    data = book(RIGHT[name], language)
    assert told(data) == []
    assert told(calculated(data)) == []


@pytest.mark.parametrize("name", RIGHT)
def test_every_figure_of_right_formulas_is_checked(name: str) -> None:
    coverage = check(book(RIGHT[name])).coverage
    used = {"headcount beside the sum", "two fixed rates", "rate in a fixed cell"}
    assert coverage.figures_checked == coverage.figures_read or name in used


@EACH_LANGUAGE
@pytest.mark.parametrize(("name", "cells", "finding"), WRONG)
def test_what_is_wrong_is_one_finding_at_its_cell(
    name: str, cells: dict[str, object], finding: tuple[str, str, str], language: str
) -> None:
    data = book(changed(name, cells), language)
    assert told(data) == [finding]
    assert told(calculated(data)) == [finding]


@EACH_LANGUAGE
def test_a_result_that_is_out_of_date_is_told_with_what_was_changed_since(language: str) -> None:
    data = calculated(book(RIGHT["change and shares"], language))
    (finding,) = check(retyped(data, "C4", "4622", "4262")).findings
    assert (finding.code, finding.where.address) == ("FOR101", "B!D4")
    assert [(s.where.address, str(s.proposed)) for s in finding.suspects] == [
        ("B!D4", "-255"),
        ("B!C4", "4622"),
    ]
    assert "C6, D4, E4" in finding.message


def test_a_typed_number_and_the_totals_that_still_show_the_formula_are_one_finding() -> None:
    rows: list[tuple[object, ...]] = [
        ("item", "Q1", "Q2", "total"),
        ("rent", 120, 121, "=B2+C2"),
        ("heat", 43, 12, "=B3+C3"),
    ]
    rows += [("pay", 930, 945, 1785), ("travel", 61, 48, "=B5+C5"), ("paper", 17, 19, "=B6+C6")]
    rows += [("total", *(f"=SUM({letter}2:{letter}6)" for letter in "BCD"))]
    data = calculated(book({"B": rows}), {"B!D7": "2316"})
    assert told(data) == [("FOR107", "error", "B!D4")]


def test_a_finding_says_what_the_formula_adds_and_what_belongs_to_it() -> None:
    (finding,) = check(book(changed("plain", {"C6": "=SUM(C2:C4)"}))).findings
    assert finding.message == (
        "Total, 2026: the formula =SUM(C2:C4) leaves out C5 (Travel), which belongs to the rows of "
        "this total; it shows 6278, but with it the total would be 6 666."
    )
    assert [proof.code for proof in finding.relations] == ["ARI101"]


def test_functions_that_are_not_evaluated_are_listed_with_their_cells() -> None:
    data = calculated(
        book(changed("plain", {"C2": "=VLOOKUP(A2,A1:B9,2)", "C3": "=MEDIAN(B2:B5)"})),
        {"B!C2": "1315", "B!C3": "341", "B!C6": "6666"},
    )
    result = check(data)
    assert result.findings == ()
    reasons = [each.reason for each in result.coverage.unchecked]
    assert any("uses VLOOKUP, which cannot be recalculated here (B!C2)" in each for each in reasons)
    assert any("uses MEDIAN, which cannot be recalculated here (B!C3)" in each for each in reasons)


def test_why_shows_the_formula_of_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(changed("plain", {"C6": "=SUM(C2:C4)"})))
    ran = CliRunner().invoke(program, ["inspect", str(path), "--why", "B!C6"])
    assert ran.output == "B!C6 =SUM(C2:C4): uses C2:C4; the stored result is correct\n"


def test_formulas_are_relations_as_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    rows = [
        ("item", "quantity", "price", "amount", "share"),
        ("rent", 12, 130.5, "=B2*C2", "=D2/D$4"),
        ("heat", 7, 42.25, "=B3*C3", "=D3/D$4"),
        ("total", None, None, "=SUM(D2:D3)", "=D4/D$4"),
        ("mean", None, None, "=AVERAGE(D2:D3)", "=D3/D2-1"),
    ]
    path.write_bytes(book({"B": rows}))
    (found,) = engine.relations([str(path)])
    kinds = {(row.kind.value, row.stated, row.parts) for row in found.rows}
    assert kinds >= {
        ("product", "B!D2", ("B!B2", "B!C2")),
        ("quotient", "B!E2", ("B!D2", "B!D4")),
        ("sum", "B!D4", ("B!D2", "B!D3")),
        ("average", "B!D5", ("B!D2", "B!D3")),
        ("change", "B!E5", ("B!D3", "B!D2")),
    }
