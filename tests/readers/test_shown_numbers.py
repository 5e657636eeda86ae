"""A workbook cell is read as it is displayed: the number format decides every printed digit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.readers.shown_numbers import show_figure, show_number, show_text
from unbudget_check.readers.xlsx_dates import show_date

ACCOUNTING = r'_(* #,##0.0_);_(* \(#,##0.0\);_(* "-"??_);_(@_)'
MILLIONS = '[>=1000000]0.0,,"M";[>=1000]0,"K";0'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (25358.9, "#,##0.0", "25,358.9"),
        (-12.4, "#,##0.0_);(#,##0.0)", "(12.4)"),
        (999.96, "#,##0.0", "1,000.0"),
        (0.1235, "0.0%", "12.4%"),
        (0.12, "0%", "12%"),
        (25358912.4, "#,##0,", "25,359"),
        (25358912.4, "#,##0.0,", "25,358.9"),
        (1500000, '0.0,,"M"', "1.5M"),
        (0, ACCOUNTING, "-"),
        (-3.25, ACCOUNTING, "(3.3)"),
        (1234567.25, ACCOUNTING, "1,234,567.3"),
        (0, "#,##0", "0"),
        (0, "#,###", ""),
        (0.5, "#.00", ".50"),
        (5, "000", "005"),
        (1.5, "0.##", "1.5"),
        (12, "0;;", "12"),
        (-12, "0;;", ""),
        (5, ";;;", ""),
        (-1234, '"$"#,##0_);("$"#,##0)', "($1,234)"),
        (-1234, "[$$-409]#,##0", "-$1,234"),
        (1234, "[$€-407]#,##0.00", "€1,234.00"),
        (12, '0" posts"', "12 posts"),
        (12345678, "00-00-0000", "12-34-5678"),
        (1234567.5, r"#\ ###\ ##0.0", "1 234 567.5"),
        (-1234.5, "#,##0.0_-;#,##0.0-", "1,234.5-"),
        (1234567, MILLIONS, "1.2M"),
        (1234, MILLIONS, "1K"),
        (-4, MILLIONS, "-4"),
        (12, "@", "12"),
        (1.5, "# ?/?", "1.5"),
        (123456, "0.00E+00", "123456"),
    ],
)
def test_formats(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (4310, '#,##0" Ft"', "4,310"),
        (-4310, '#,##0 "zł";(#,##0 "zł")', "(4,310)"),
        (4310.5, r"#,##0.0\ [$лв.-402]", "4,310.5"),
        (12, '0" posts"', "12"),
        (0.125, "0.0%", "12.5%"),
        (4310000, '0.0,," Mio"', "4.3 Mio"),
        (4310, '0"K"', "4310K"),
    ],
)
def test_words_for_a_unit_do_not_belong_to_the_figure(value: float, code: str, shown: str) -> None:
    assert show_figure(value, code) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234.5, "1234.5"),
        (3.0, "3"),
        (-5.5, "-5.5"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (12345678901234567890, "12345678901234567890"),
        (float("nan"), ""),
        (float("-inf"), ""),
    ],
)
def test_the_general_format_shows_all_digits_and_no_noise(value: float, shown: str) -> None:
    assert show_number(value, "General") == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (2.675, "0.00", "2.68"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (1.005 * 100, "0", "101"),  # 100.49999999999999 is 100.5 at the 15 digits that are kept
    ],
)
def test_halves_go_away_from_zero(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("#,##0.0;[Red]#,##0.0", "-12.4"),
        ("[Red]#,##0.0", "-12.4"),
        ("#,##0.0;[Red](#,##0.0)", "(12.4)"),
        ("#,##0.0;[Red]-#,##0.0", "-12.4"),
        ("0.0;0.0", "12.4"),
    ],
)
def test_a_negative_that_only_colour_tells_keeps_its_sign(code: str, shown: str) -> None:
    assert show_number(-12.4, code) == shown


@given(st.integers(-(10**17), 10**17))
def test_whole_numbers_come_back_digit_by_digit(number: int) -> None:
    assert show_number(number, "#,##0") == f"{number:,}"
    assert show_number(number, "General") == str(number)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 2))
def test_a_shown_number_is_the_nearest_at_its_last_digit(figure: object, places: int) -> None:
    shown = show_number(float(str(figure)), "0." + "0" * places if places else "0")
    thousandths = round(abs(int(str(figure).replace(".", ""))))
    step = 10 ** (3 - places)
    nearest = (2 * thousandths + step) // (2 * step)
    assert int(shown.replace(".", "").lstrip("-")) == nearest


@pytest.mark.parametrize(
    "code", ["", ";", "[", '"', "\\", "0.0.0", "[>", "[>=]0", "E+", "%%%0", "_"]
)
def test_no_format_is_too_odd_to_be_read(code: str) -> None:
    assert isinstance(show_number(-1234.5, code), str)
    assert isinstance(show_text("words", code), str)


@given(st.text(max_size=20), st.floats())
def test_no_format_at_all_is_too_odd(code: str, value: float) -> None:
    assert isinstance(show_number(value, code), str)


def test_texts_pass_through_the_section_for_texts() -> None:
    assert show_text("n/a", ACCOUNTING) == "n/a"
    assert show_text("n/a", '@"*"') == "n/a*"
    assert show_text("n/a", "0.0") == "n/a"
    assert not show_text("n/a", ";;;")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy", "2026"),
        ("d mmmm yyyy", "5 March 2026"),
        ("dd/mm/yy", "05/03/26"),
        ("yyyy-mm-dd hh:mm", "2026-03-05 14:07"),
        ('"FY"yyyy', "FY2026"),
        ("0.0", "2026-03-05T14:07:09"),
        ("[$-409]mmm-yy", "Mar-26"),
        ("m:ss", "7:09"),
    ],
)
def test_dates(code: str, shown: str) -> None:
    assert show_date(dt.datetime(2026, 3, 5, 14, 7, 9), code) == shown  # noqa: DTZ001
