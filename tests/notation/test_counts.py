"""Counts in the notations of Word, as Word prints them."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from unbudget_check.notation.counts import MOST_COUNT, shown_count


@pytest.mark.parametrize(
    ("notation", "shown"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 9: "09", 10: "10", 100: "100"}),
        ("custom3", {1: "001", 1000: "1000"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa", 781: "781"}),
        ("upperLetter", {1: "A", 52: "ZZ"}),
        ("lowerRoman", {1: "i", 4: "iv", 40: "xl", 99: "xcix", 449: "cdxlix", 2026: "mmxxvi"}),
        ("upperRoman", {9: "IX", 3999: "MMMCMXCIX"}),
        ("russianLower", {1: "а", 9: "и", 10: "к", 29: "я", 30: "аа"}),
        ("russianUpper", {2: "Б", 28: "Ю"}),
        ("arabicAlpha", {1: "أ", 2: "ب", 28: "ي"}),
        ("arabicAbjad", {1: "أ", 3: "ج", 28: "غ"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 105: "一○五"}),
        ("chineseCountingThousand", {9: "九", 21: "二十一", 101: "一百零一", 110: "一百一十"}),
        ("chineseCountingThousand", {1005: "一千零五", 1010: "一千零一十", 10_000: "10000"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 111: "百十一", 1001: "千一"}),
        ("ideographDigital", {10: "一〇", 25: "二五"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalFullWidth", {10: "１０", 29: "２９"}),
        ("numberInDash", {3: "- 3 -"}),
        ("unheardOf", {3: "3"}),
        ("", {3: "3"}),
    ],
)
def test_a_count_in_a_notation(notation: str, shown: dict[int, str]) -> None:
    assert {count: shown_count(count, notation) for count in shown} == shown


@pytest.mark.parametrize("notation", ["lowerLetter", "upperRoman", "chineseCounting", "unheardOf"])
@pytest.mark.parametrize("count", [0, -3, MOST_COUNT + 1, 10**30])
def test_a_count_that_cannot_be_shown_is_printed_in_figures(notation: str, count: int) -> None:
    assert shown_count(count, notation) == str(count)


def test_letters_go_round() -> None:
    shown = [shown_count(count, "lowerLetter") for count in range(1, 53)]
    assert shown == [*ascii_lowercase, *(letter * 2 for letter in ascii_lowercase)]
