"""A workbook cell is read as it is displayed: the number format decides every printed digit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.model.number import decimal_of
from unbudget_check.readers.display import (
    show_date,
    show_serial,
    show_stored,
    show_text,
    stored_number,
)

ACCOUNTING = r'_(* #,##0.0_);_(* \(#,##0.0\);_(* "-"??_);_(@_)'


def show_number(value: object, code: str) -> str:
    """The text that a cell shows for a number that a file holds."""
    return show_stored(str(value), code).text


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
        (123456, "0.00E+00", "1.23E+05"),
    ],
)
def test_formats(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("stored", "code", "figure", "held"),
    [
        ("4310", '#,##0" FCFA"', "4310", None),
        ("4310", r"#,##0\ [$сўм-843]", "4310", None),
        ("-4310", '#,##0 "zł";(#,##0 "zł")', "-4310", None),
        ("4310.5", r"#,##0.00\ [$лв.-402]", "4310.50", None),
        ("4310.128", "#,##0.00", "4310.13", "4310.128"),
        ("0.12345", "0.0%", "12.3", "12.345"),
        ("0.12345", "0.0##%", "12.345", None),
        ("4310000", '0.0,," Mio"', "4300000", "4310000"),
        ("4310000", "0.0,,", "4.3", "4.310000"),
        ("4310", '0"K"', "4310", None),
        ("-12", "0;0", "-12", None),
        ("5", '"to be confirmed"', "5", None),
        ("5", ";;;", "5", None),
        ("0", "#,##0;-#,##0;", None, None),
        ("0", ACCOUNTING, None, None),
        ("0", '0;0;"nil"', "0", None),
        ("123456", "0.00E+00", "123000", "123456"),
        ("0.00123456", "0.0E+00", "0.0012", "0.00123456"),
        ("999999", "0.0E+00", "1000000", "999999"),
        ("12.5", "# ?/?", "12.5", None),
        ("33.333333333333336", "General", "33.33333333", "33.3333333333333"),
        ("123456789.12", "General", "123456789.12", None),
        ("1E3", "General", "1000", None),
        ("7.2E-12", "General", "0", "7.2E-12"),
        ("1234.5", "[>=1000]#,##0.0;0.00", "1234.5", None),
        ("1234", "[DBNum1][$-804]General", "1234", None),
        ("12", '0.00 "€/m"', "12.00", None),
        ("-3.25", '"▲ "0.0;"▼ "0.0', "-3.3", "-3.25"),
    ],
)
def test_the_figure_of_a_cell_is_there_whatever_its_format_prints(
    stored: str, code: str, figure: str | None, held: str | None
) -> None:
    shown = show_stored(stored, code)
    told = [each and str(decimal_of(each)) for each in (shown.number, shown.held)]
    assert told == [figure, held]


@given(st.decimals(1, 10**7, places=4))
def test_what_is_put_together_quickly_is_what_the_pieces_say(value: object) -> None:
    for quick, slow in (("#,##0.00", "#,##0.00;-#,##0.00;0.00"), ("0.0%", '0.0""%;-0.0%;0.0%')):
        assert show_number(value, quick) == show_number(value, slow)


@pytest.mark.parametrize(
    ("serial", "code", "from_1904", "shown"),
    [
        ("1", "yyyy-mm-dd", False, "1900-01-01"),
        ("59", "yyyy-mm-dd", False, "1900-02-28"),
        ("61", "yyyy-mm-dd", False, "1900-03-01"),
        ("46081", "d mmmm yyyy", False, "28 February 2026"),
        ("44619", "d mmmm yyyy", True, "28 February 2026"),
        ("46081.75", "dd/mm/yy hh:mm", False, "28/02/26 18:00"),
        ("0.5", "hh:mm", False, "12:00"),
        ("1.5", "[h]:mm", False, "1 day, 12:00:00"),
        ("-4", "yyyy", False, ""),
        ("99999999", "yyyy", False, ""),
    ],
)
def test_dates_are_counted_in_days(serial: str, code: str, from_1904: bool, shown: str) -> None:  # noqa: FBT001
    number = stored_number(serial)
    assert number is not None
    assert show_serial(number, code, from_1904=from_1904) == shown


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


@pytest.mark.parametrize("text", ["", "nan", "-inf", "2,5", "1e99999", ".", "0x10", "1_000"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert stored_number(text) is None


@given(st.text(max_size=20), st.floats(-1e30, 1e30))
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
