"""Figures that are written wrongly, and habits of columns that are no slips."""

from __future__ import annotations

from tests.as_printed import MONEY, check


def codes(table: str, language: str = "en") -> list[tuple[str, str | None]]:
    """The rules on notation that a table breaks, with the figures as printed."""
    found = check(table, MONEY, language).findings
    return [(f.code, f.stated_text) for f in found if f.code.startswith("NOT")]


def test_a_column_of_codes_has_no_letters_among_its_digits() -> None:
    table = """
Date   | Vendor | Amount
1 May  | {}  | 10
2 May  | {}  | 20
3 May  | {}  | 30
Total  |        | 60
"""
    assert codes(table.format("V7207", "V9780", "V7904")) == []
    assert codes(table.format("V7207", "9780", "A7904")) == []


def test_one_letter_among_figures_is_told_with_what_can_be_made_out() -> None:
    table = """
Item   | 2023  | 2024
A      | 1 1O5 | 10
B      | 1 2x4 | 20
C      | 1 300 | 30
"""
    told = check(table, MONEY).findings
    messages = [finding.message for finding in told if finding.code == "NOT104"]
    assert messages == [
        "A, 2023: 1 1O5 contains a letter; it is probably 1 105.",
        "B, 2023: 1 2x4 contains a letter; it is probably 1 2?4.",
    ]


def test_a_total_row_may_leave_a_column_blank() -> None:
    rows = [
        f"{label} | {10 * at} | {at + 2} | {10 * at * (at + 2)}"
        for at, label in enumerate("ABCDE", 1)
    ]
    table = "\n".join(["Task | Hours | Price | Amount", *rows, "Total | 150 |  | 850"])
    assert codes(table) == []


def test_years_and_rates_may_be_left_blank() -> None:
    rows = [f"{label} | {10 * at} | {2020 + at} | {at}.5%" for at, label in enumerate("ABCDE", 1)]
    table = "\n".join(["Task | Hours | Built | Part", *rows, "F | 60 |  | 7.5%", "G | 70 | 2027 |"])
    assert codes(table) == []


def test_a_column_headed_as_a_rate_may_be_left_blank() -> None:
    rows = [f"{label} | {10 * at} | {at}.5 | {at}" for at, label in enumerate("ABCDE", 1)]
    table = "\n".join(["Task | Hours | {} | Cost", *rows, "F | 60 |  | 7"])
    assert codes(table.format("Rate")) == []
    assert codes(table.format("Fees")) == [("NOT107", "")]


def test_a_blank_among_amounts_is_told() -> None:
    rows = [f"{label} | {10 * at} | {20 * at} | {at}" for at, label in enumerate("ABCDE", 1)]
    table = "\n".join(["Task | One | Two | Three", *rows, "F | 60 |  | 7"])
    assert codes(table) == [("NOT107", "")]


def test_rates_among_amounts_have_a_precision_of_their_own() -> None:
    rows = [
        f"{label} | {10 * at} | {20 * at} | {30 * at}" for at, label in enumerate("ABCDEFGHIJ", 1)
    ]
    head = "Item | 2022 | 2023 | 2024"
    assert codes("\n".join([head, *rows, "Growth | 6.3% | 5.9% | 5.6%"])) == []
    assert codes("\n".join([head, *rows, "Vacancy rate | 6.3 | 5.9 | 5.6"])) == []
    assert codes("\n".join([head, *rows, "K | 6 | 5.9 | 5"])) == [("NOT105", "5.9")]


def test_a_column_of_many_precisions_has_no_habit() -> None:
    rows = [f"{label} | 1{at}.5" for at, label in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    assert codes("\n".join(["Item | 2024", *rows, "Last | 12.375"])) == [("NOT105", "12.375")]
    many = [*rows, "Last | 12.375", "Least | 7.0625"]
    assert codes("\n".join(["Item | 2024", *many])) == []


def test_figures_stored_as_text_are_told_once_a_column() -> None:
    rows = [f"{label} | '{at}.5 | {at}.5" for at, label in enumerate("ABCDEF", 1)]
    (finding,) = check("\n".join(["Item | 2023 | 2024", *rows]), MONEY).findings
    assert (finding.code, finding.where.row, finding.stated_text) == ("NOT106", "A", "1.5")
    assert "in this column: 6." in finding.message


def test_a_rate_stored_as_text_is_missing_from_no_sum() -> None:
    rows = [f"{label} | {at}.5 | {at}.5" for at, label in enumerate("ABCDEF", 1)]
    assert codes("\n".join(["Item | 2023 | 2024", *rows, "Growth | '6.5% | '7.5%"])) == []


def test_account_codes_stored_as_text_are_missing_from_no_sum() -> None:
    rows = [
        f"{label} | '{code} | {code}.5" for label, code in zip("ABC", (610, 611, 740), strict=True)
    ]
    assert codes("\n".join(["Poste | Compte | 2031", *rows, "Total | '800 | 1962.5"]), "fr") == []


def test_a_whole_column_of_amounts_stored_as_text_is_told() -> None:
    rows = ["Roads | '610 | 615", "Water | '211 | 240", "Total | '821 | 855"]
    assert codes("\n".join(["Item | 2031 | 2032", *rows])) == [("NOT106", "610")]


def test_what_is_typed_into_a_worksheet_in_another_style_is_only_text() -> None:
    rows = [
        "Roads | 1,610.25 | 1,615.50",
        "Water | 2,211.50 | '2 240,00",
        "Total | 3,821.75 | '3.855,50",
    ]
    assert codes("\n".join(["Item | 2031 | 2032", *rows])) == [("NOT106", "2 240,00")]
