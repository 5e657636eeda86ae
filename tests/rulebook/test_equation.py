"""Equations of rules: what is written is what is read, and mistakes name their character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.errors import UserError
from unbudget_check.rulebook.equation import Equation, parse_equation

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
COEFFICIENTS = st.integers(1, 999).flatmap(lambda size: st.sampled_from([size, -size]))
SPACES = st.sampled_from(["", " ", "  "])


@st.composite
def equations(draw: st.DrawFn) -> Equation:
    names = draw(st.lists(NAMES, min_size=2, max_size=6, unique=True))
    factors = draw(st.lists(COEFFICIENTS, min_size=len(names) - 1, max_size=len(names) - 1))
    return Equation(names[0], tuple(zip(factors, names[1:], strict=True)))


def written(equation: Equation, space: str) -> str:
    text = ""
    for factor, name in equation.parts:
        sign = "-" if factor < 0 else "+" if text else ""
        number = f"{abs(factor)} " if abs(factor) != 1 else ""
        text += f"{space}{sign}{space}{number}{name}"
    return f"{text}{space}={space}{equation.stated}"


def test_a_total_change_is_the_sum_of_its_causes() -> None:
    equation = parse_equation("technical + mandates + other = change")
    assert equation == Equation("change", ((1, "technical"), (1, "mandates"), (1, "other")))


def test_the_stated_figure_may_come_first_and_a_name_may_be_a_heading() -> None:
    told = "'2026 estimate' = '2025 budget' + Change"
    assert parse_equation(told) == Equation("2026 estimate", ((1, "2025 budget"), (1, "Change")))
    assert parse_equation("change = base") == Equation("base", ((1, "change"),))


def test_differences_and_coefficients() -> None:
    assert parse_equation("estimate - base = change").parts == ((1, "estimate"), (-1, "base"))
    assert parse_equation("-2 other + base = change").parts == ((-2, "other"), (1, "base"))
    assert parse_equation("12months = change").parts == ((12, "months"),)


@given(equations(), SPACES)
def test_every_equation_reads_as_it_was_written(equation: Equation, space: str) -> None:
    assert parse_equation(written(equation, space)) == equation


@given(equations(), st.data())
def test_an_equation_with_a_name_cut_out_is_refused(
    equation: Equation, data: st.DataObject
) -> None:
    words = written(equation, " ").split()
    at = data.draw(st.sampled_from([i for i, word in enumerate(words) if word[0].isalpha()]))
    with pytest.raises(UserError):
        parse_equation(" ".join(words[:at] + words[at + 1 :]))


@given(st.text(alphabet="ab_ 012+-=()*", max_size=20))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        equation = parse_equation(text)
    except UserError as error:
        assert "cannot be read at character" in str(error)  # noqa: PT017 - both ways are right
    else:
        assert equation.parts
        assert all(factor for factor, _ in equation.parts)


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("technical + = change", 13, "a name is missing before '='"),
        ("change = technical +", 21, "a name is missing at the end"),
        ("technical + + other = change", 13, "a name is missing before '+'"),
        ("+ other = change", 1, "a name is missing before '+'"),
        ("technical other = change", 11, "'+' or '-' is missing before 'other'"),
        ("2 3 other = change", 3, "'+' or '-' is missing before '3'"),
        ("0 other = change", 1, "a coefficient cannot be 0"),
        (
            "other + mandates = change + base",
            18,
            "beside '=' a name must stand alone: the stated figure",
        ),
        ("other =", 8, "a name is missing at the end"),
        ("(other) = change", 1, "'(' cannot stand in an equation"),
        ("other * base = change", 7, "'*' cannot stand in an equation"),
        ("other + base", 12, "it needs one '=', and there are 0"),
        ("other = base = change", 21, "it needs one '=', and there are 2"),
        ("other + other = change", 1, "'other' stands in it twice"),
        ("change = change", 1, "'change' stands in it twice"),
        ("", 1, "it needs one '=', and there are 0"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, at: int, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_equation(text)
    assert str(caught.value) == (
        f"the equation '{text}' cannot be read at character {at}: {reason}"
    )
