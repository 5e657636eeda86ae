"""What one printed cell says as a number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.lexicon import NumberStyle, load_language
from unbudget_check.model.facts import CellKind, Defect
from unbudget_check.model.number import Number, decimal_of, printed
from unbudget_check.notation.figures import is_amount
from unbudget_check.notation.numerals import read_numeral

ENGLISH = load_language("en").numbers
CHINESE = load_language("zh").numbers
COMMA = NumberStyle(",", " .\u00a0\u202f", ("–", "—", "-", "−"), ("n/d",))
NUMBERS = st.builds(Number, st.integers(-(10**30), 10**30), st.integers(-6, 3))


DASHES = "-−–—‐‑‒―"


def as_told(text: str, style: NumberStyle = ENGLISH) -> tuple[str, str, str, str]:
    """Reading, value, defect and marks, as texts."""
    found = read_numeral(text, style)
    value = "" if found.number is None else str(decimal_of(found.number))
    return found.reading.value, value, found.defect.value, found.marks


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("7", "7"),
        ("0.0", "0.0"),
        (".5", "0.5"),
        ("25358.9", "25358.9"),
        ("25 358.9", "25358.9"),
        ("25\u00a0358.9", "25358.9"),
        ("25\u2009358.9", "25358.9"),
        ("25\u202f358.9", "25358.9"),
        ("25\u2007358.9", "25358.9"),
        ("25,358.9", "25358.9"),
        ("1 234 567.89", "1234567.89"),
        ("  12.5  ", "12.5"),
        ("\u00a012.5\n", "12.5"),
        ("1  234.5", "1234.5"),
        ("12 345 678 901 234 567 890", "12345678901234567890"),
        ("98765432109876543210", "98765432109876543210"),
        ("１２３．４", "123.4"),
        ("１ ２３４．５", "1234.5"),
        ("١٢٣٫٤", "123.4"),
        ("١٬٢٣٤", "1234"),
        ("۱۲۳", "123"),
        ("3.2%", "3.2"),
        ("3.2 %", "3.2"),
        ("3.2％", "3.2"),
        ("$1 234", "1234"),
        ("US$ 500.0", "500.0"),
        ("€12.5", "12.5"),
        ("+12.5", "12.5"),
        ("(25.1)", "-25.1"),
        ("( 25.1 )", "-25.1"),
        ("（２５．１）", "-25.1"),
        ("(1 234.5)", "-1234.5"),
        ("-25.1", "-25.1"),
        ("–25.1", "-25.1"),
        ("−25.1", "-25.1"),
        ("25.1-", "-25.1"),
        ("($12.5)", "-12.5"),
        ("(3.2)%", "-3.2"),
        ("(3.2%)", "-3.2"),
        ("-3.2 %", "-3.2"),
        ("3.2٪", "3.2"),
        ("-$10", "-10"),
        ("$-10", "-10"),
        ("$(10)", "-10"),
        ("($ 1,234.5)", "-1234.5"),
        ("1,234 €", "1234"),
        ("(1,234 €)", "-1234"),
        ("₹ 500", "500"),
        ("USD 1,234", "1234"),
        ("1,234 EUR", "1234"),
        ("-CHF 5", "-5"),
        ("HK$ 5", "5"),
        ("Rs 5", "5"),
        ("Rs. 1,234", "1234"),
        ("△10", "-10"),
        ("▲ 1,234", "-1234"),
        ("△¥10", "-10"),
    ],
)
def test_a_figure_has_the_value_that_is_printed(text: str, value: str) -> None:
    assert as_told(text) == ("figure", value, "", "")


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("25a", "25", "a"),
        ("25 a", "25", "a"),
        ("1 234.5b", "1234.5", "b"),
        ("(1.2)c", "-1.2", "c"),
        ("(1.2) c", "-1.2", "c"),
        ("7*", "7", "*"),
        ("7**", "7", "**"),
        ("7†", "7", "†"),
        ("25¹", "25", "1"),
        ("25 ¹²", "25", "12"),
        ("(1.2)³", "-1.2", "3"),
        ("1,234 (a)", "1234", "a"),
        ("1,234 (ii)", "1234", "ii"),
        ("1,234 a/", "1234", "a"),
        ("8 1/", "8", "1"),
        ("25 [1]", "25", "1"),
        ("25 [b]", "25", "b"),
        ("7 (*)", "7", "*"),
        ("7a, b", "7", "a, b"),
        ("$7 a", "7", "a"),
        ("7% a", "7", "a"),
    ],
)
def test_a_footnote_mark_is_no_part_of_the_figure(text: str, value: str, mark: str) -> None:
    assert as_told(text) == ("figure", value, "", mark)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("$12.3m", "12300000", 100_000),
        ("£162K", "162000", 1000),
        ("($4,000K)", "-4000000", 1000),
        ("-$12 M / yr", "-12000000", 10**6),
        ("$20k/month", "20000", 1000),
        ("12 k€", "12000", 1000),
        ("€3.25 Mio.", "3250000", 10_000),
        ("US$ 1.2bn", "1200000000", 10**8),
        ("$621.83 Mn", "621830000", 10_000),
        ("12万元", "120000", 10_000),
        ("$1.2345K", "1234.5", 1),
    ],
)
def test_an_amount_in_thousands_or_millions_is_rounded_to_its_last_digit(
    text: str, value: str, step: int
) -> None:
    numeral = read_numeral(text, load_language("en").numbers)
    assert numeral.number is not None
    assert (as_told(text)[:2], numeral.number.step) == (("figure", value), step)


@pytest.mark.parametrize("text", ["$7 m", "$7 k", "$7 b"])
def test_a_small_letter_behind_a_blank_marks_a_footnote(text: str) -> None:
    assert as_told(text)[:2] == ("figure", "7")


@pytest.mark.parametrize("text", ["–", "—", "-", "−", "‑", " – ", "(–)", "\u00a0—", "$ -"])
def test_a_dash_is_nil(text: str) -> None:
    assert as_told(text)[:3] == ("nil", "0", "")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\n", "\u2009 "])
def test_an_empty_cell_is_nothing(text: str) -> None:
    assert as_told(text) == ("blank", "", "", "")


@pytest.mark.parametrize("text", ["n/a", "N/A", "n.a.", "not applicable", "...", "…"])
def test_a_cell_to_which_no_figure_applies_is_neither(text: str) -> None:
    assert as_told(text)[:3] == ("absent", "", "")


@pytest.mark.parametrize(
    ("text", "value", "defect"),
    [
        ("2.679.6", "2679.6", "grouping"),
        ("1 23.4", "123.4", "grouping"),
        ("12 34", "1234", "grouping"),
        ("1,23,456", "123456", "grouping"),
        ("(2.679.6)", "-2679.6", "grouping"),
        ("1.609.178", "1609178", "grouping"),
        ("12,34,567", "1234567", "grouping"),
        ("(25.1", "-25.1", "bracket"),
        ("25.1)", "-25.1", "bracket"),
        ("（25.1", "-25.1", "bracket"),
        ("--5", "-5", "sign"),
        ("(-5)", "-5", "sign"),
        ("-(5)", "-5", "sign"),
        ("((5))", "-5", "sign"),
        ("1O5.3", "105.3", "letter"),
        ("l2.5", "12.5", "letter"),
        ("(1O5.3)", "-105.3", "letter"),
        ("l", "1", "letter"),
    ],
)
def test_a_malformed_figure_is_told_with_what_it_means(text: str, value: str, defect: str) -> None:
    assert as_told(text) == ("malformed", value, defect, "")


@pytest.mark.parametrize(
    "text",
    [
        "$2,987,600 14.2%",
        "€52,400 (4.2 %)",
        "Posts",
        "P-4",
        "D-1",
        "A/80/6",
        "a",
        "4 D-1",
        "2026 estimate",
        "2025–2026",
        "3-5",
        "12 and 13",
        "31 December 2026",
        "12:30",
        "(a)",
        "Section 29E",
        "1 P-5, 2 P-4",
        "3 (4)",
        "8 1/2",
        "Annex (a)",
        "ABC 123",
        "123 ABC",
        "12.3M",
        "ca. 8",
        "9" * 61,
        "四",
    ],
)
def test_words_are_no_figures(text: str) -> None:
    assert as_told(text)[0] == "text"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("25 358,9", ("figure", "25358.9", "", "")),
        ("25.358,9", ("figure", "25358.9", "", "")),
        ("1.234", ("figure", "1234", "", "")),
        ("12,5", ("figure", "12.5", "", "")),
        ("(12,5)", ("figure", "-12.5", "", "")),
        ("2,679,6", ("malformed", "2679.6", "grouping", "")),
        ("n/d", ("absent", "", "", "")),
    ],
)
def test_where_a_comma_is_the_decimal_mark(text: str, told: tuple[str, ...]) -> None:
    assert as_told(text, COMMA) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("１２，３４５．６", ("figure", "12345.6", "", "")),
        ("（３．１）", ("figure", "-3.1", "", "")),
        ("——", ("nil", "0", "", "")),
        ("不适用", ("absent", "", "", "")),
        ("千美元", ("text", "", "", "")),
    ],
)
def test_figures_in_chinese_tables(text: str, told: tuple[str, ...]) -> None:
    assert as_told(text, CHINESE) == told


@pytest.mark.parametrize("style", [ENGLISH, COMMA, CHINESE, load_language("ar").numbers])
def test_arabic_marks_mean_the_same_in_every_style(style: NumberStyle) -> None:
    assert as_told("١٬٢٣٤٫٥", style) == ("figure", "1234.5", "", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12,34,567", ("figure", "1234567", "", "")),
        ("1,00,00,000.50", ("figure", "10000000.50", "", "")),
        ("(50,000)", ("figure", "-50000", "", "")),
        ("1,234,567", ("figure", "1234567", "", "")),
        ("1,2,345", ("malformed", "12345", "grouping", "")),
    ],
)
def test_where_digits_above_the_thousands_stand_in_pairs(text: str, told: tuple[str, ...]) -> None:
    assert as_told(text, replace(ENGLISH, pairs=True)) == told


@given(NUMBERS)
def test_what_is_printed_is_read_back(number: Number) -> None:
    found = read_numeral(printed(number), ENGLISH)
    assert found.reading is CellKind.FIGURE
    assert found.number is not None
    assert decimal_of(found.number) == decimal_of(number)
    assert found.number.exponent == min(number.exponent, 0)


@given(NUMBERS)
def test_what_is_printed_with_a_decimal_comma_is_read_back(number: Number) -> None:
    text = printed(number).replace(".", ",")
    found = read_numeral(text, COMMA)
    assert found.reading is CellKind.FIGURE
    assert found.number is not None
    assert decimal_of(found.number) == decimal_of(number)
    dotted = read_numeral(text.replace(" ", "."), COMMA)
    assert (dotted.reading, dotted.number) == (found.reading, found.number)


@given(NUMBERS, st.sampled_from(["(-{})", "(({}))", "-({})", "--{}", "( –{} )"]))
def test_one_sign_too_many_is_told_and_never_turns_the_figure(number: Number, form: str) -> None:
    positive = Number(abs(number.units) or 1, number.exponent)
    found = read_numeral(form.format(printed(positive)), ENGLISH)
    assert (found.reading, found.defect) == (CellKind.MALFORMED, Defect.SIGN)
    assert found.number is not None
    assert decimal_of(found.number) == decimal_of(positive).copy_negate()


@given(st.text(max_size=80))
def test_any_text_is_read_as_something(text: str) -> None:
    found = read_numeral(text, ENGLISH)
    with_value = found.reading in (CellKind.FIGURE, CellKind.NIL)
    assert with_value <= (found.number is not None)
    assert (found.defect is not Defect.NONE) == (found.reading is CellKind.MALFORMED)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(
    ("text", "is_credit"),
    [("1,250 Cr", True), ("Cr 1,250", True), ("1,250 Dr", False), ("Dr 1,250", False)],
)
def test_the_side_of_an_account_is_the_sign_of_its_amount(
    text: str,
    is_credit: bool,  # noqa: FBT001 - a column of the table above
    side: int,
) -> None:
    """In accounts whose credits, or whose debits, count as positive."""
    read = read_numeral(text, replace(ENGLISH, side=side))
    expected = 1_250 * side * (1 if is_credit else -1)
    assert read.number is not None
    assert decimal_of(read.number) == expected


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
@pytest.mark.parametrize("dash", DASHES)
def test_each_dash_is_nothing_alone_and_a_minus_beside_digits(dash: str, code: str) -> None:
    style = load_language(code).numbers
    for text in (dash, f"{dash}¹", f"({dash})"):
        assert is_amount(text)
        assert as_told(text, style)[0] == CellKind.NIL.value, text
    assert is_amount(f"{dash}12.5")
    assert as_told(f"{dash}12.5", replace(style, decimal="."))[:2] == ("figure", "-12.5")
