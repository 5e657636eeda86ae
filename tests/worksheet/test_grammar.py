"""Formulas as text: relative notation, shared formulas written out, and what is not read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer

from unbudget_check.worksheet.grammar import (
    Area,
    Call,
    Constant,
    NotReadError,
    absolute,
    parse_formula,
    relative,
)

WRITTEN = [
    "SUM(B5:B8)",
    "$B5*B$6-'My ''S'!C4/Sheet1!$D$5",
    'IF(A1>0,"A1 & B2",-2^2)',
    "SUM(B:B,$3:4)",
    "LOG10(A1)+Table1+_x1",
    "10%*(1+5%)",
    "A1<>B1",
    'SUMPRODUCT(B2:B5,C2:C5)&""',
    "ROUND(1.5E+3/A1,2)",
    "Größe!A1+Q1!B5",
]


@pytest.mark.parametrize(
    ("formula", "place", "expected"),
    [
        ("SUM(B5:B8)", (8, 1), "SUM(R[-4]C[0]:R[-1]C[0])"),
        ("$B5*B$6", (8, 1), "R[-4]C1*R5C[0]"),
        ("'A1'!B2+Q1!C3", (0, 0), "'A1'!R[1]C[1]+Q1!R[2]C[2]"),
        ('"A1"&A1', (0, 0), '"A1"&R[0]C[0]'),
        ("LOG10(A1)+Tab1[x]", (0, 0), "LOG10(R[0]C[0])+Tab1[x]"),
        ("B:B+$4:5", (4, 2), "C[-1]:C[-1]+R3:R[0]"),
    ],
)
def test_references_are_written_from_their_own_cell(
    formula: str, place: tuple[int, int], expected: str
) -> None:
    assert relative(formula, place) == expected


@given(
    st.sampled_from(WRITTEN),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_formula_moved_and_moved_back_is_the_same(formula: str, row: int, column: int) -> None:
    moved = absolute(relative(formula, (row, column)), (row, column))
    assert moved == formula


@pytest.mark.parametrize("formula", WRITTEN)
def test_operands_are_those_that_another_tokenizer_finds(formula: str) -> None:
    """Openpyxl's tokenizer, which knows no grammar, sees the same references and numbers."""
    tokens = Tokenizer(f"={formula}").items
    ranges = [token.value for token in tokens if token.subtype == "RANGE"]
    numbers = [token.value for token in tokens if token.subtype == "NUMBER"]
    node = parse_formula(formula, (0, 0))
    assert len(_areas(node)) == sum(each not in {"_x1", "Table1"} for each in ranges)
    assert {Fraction(each) for each in numbers} <= set(_numbers(node))


def _areas(node: object) -> list[Area]:
    if isinstance(node, Area):
        return [node]
    return [a for n in node.arguments for a in _areas(n)] if isinstance(node, Call) else []


def _numbers(node: object) -> list[Fraction]:
    if isinstance(node, Constant) and isinstance(node.value, Fraction):
        return [node.value]
    return [v for n in node.arguments for v in _numbers(n)] if isinstance(node, Call) else []


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "SUM(",
        "A1 B1",
        "{1,2}",
        "[1]Other!A1",
        "A1:INDEX(B1)",
        "#REF!+1",
        "IF(A1,,2)",
        "(" * 200 + "1" + ")" * 200,
        "1E99999",
    ],
)
def test_what_is_not_read_says_so(formula: str) -> None:
    with pytest.raises(NotReadError):
        parse_formula(formula, (0, 0))
