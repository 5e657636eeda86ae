"""Which marks separate decimals and groups in a document: the figures decide, on clear evidence."""

from __future__ import annotations

import pytest

from unbudget_check.lexicon import load_language
from unbudget_check.model.document import Cell, Table
from unbudget_check.notation.number_style import columns_apart, style_of, words_behind

ENGLISH = load_language("en").numbers
ARABIC = load_language("ar").numbers


def table(*columns: str) -> Table:
    """A table with these columns of figures, split at blanks; "_" is a blank within a figure."""
    texts = [column.split() for column in columns]
    return Table(
        tuple(
            tuple(Cell(text.replace("_", " "), row, column) for column, text in enumerate(cells, 1))
            for row, cells in enumerate(zip(*texts, strict=True))
        ),
        len(columns) + 1,
    )


@pytest.mark.parametrize(
    "columns",
    [
        ("1.234,5 2.345,6 500,5",),
        ("1_234,5 2_345,6 500,5",),
        ("1.234.567 345.600 50.000",),
        ("1.234 345 1.579", "2.000 17 2.017"),
        ("243 705 899 1.847",),
        ("578 1.152 1.730",),
        ("12,5% 0,5% 13,0%",),
        ("€5.000 €2.500 €10.000 €2.500",),
        ("00.01 03.02 10.05", "1.234,50 345,60 889,00"),
        ("04.02.01 10.01 20.30 01.05", "345,60 889,00 1,5 2,25"),
    ],
)
def test_figures_that_show_a_decimal_comma(columns: tuple[str, ...]) -> None:
    found = style_of([table(*columns)], ENGLISH)
    assert (found.decimal, "." in found.group) == (",", True)


@pytest.mark.parametrize(
    "columns",
    [
        ("22.000 33.125 44.875 100.000",),
        ("0.290 1.234 3.456 4.980", "12 34 56 102"),
        ("1.234 3.456 4.690", "1 2 3"),
        ("12.3456 22.000 33.125", "3 4 5"),
        ("22.000 33.125 44.875", "1,234 2,345 3,579"),
        ("1.234 3.456 100", "5.125 4.875 10.000"),
        ("243 705 899 1.847", "1,234 2,345 450 4,029"),
        ("12.05.2024 13.06.2024 14.07.2024",),
        ("2.679.6 12 13",),
        ("€1.459 €1.539 €12.000",),
        ("€1.250 €1.500 €2.750",),
        ("€0.250 €1.500 €12.750",),
        ("1,234 345 1,579",),
        ("Posts 1 2",),
        ("548,819¹ 1,234² 550,053¹", "12,345¹ 345 12,690¹"),
    ],
)
def test_without_clear_evidence_the_language_decides(columns: tuple[str, ...]) -> None:
    assert style_of([table(*columns)], ENGLISH) == ENGLISH


def test_groups_of_two_are_a_style_where_most_figures_show_them() -> None:
    indian = table("12,34,567 1,00,000 50,000 13,84,567")
    assert style_of([indian], ENGLISH).pairs
    assert not style_of([table("1,23,456 345,678 1,234,567 1,704,701")], ENGLISH).pairs
    assert not style_of([table("1,23,456 45,678 50,000 900")], ENGLISH).pairs


def test_arabic_marks_speak_for_the_style_of_the_language() -> None:
    arabic = table("١٬٢٣٤٫٥ ٢٬٣٤٥٫٦ ٥٠٠٫٥", "1.5 2.5 4.0")
    assert style_of([arabic], ARABIC) == ARABIC


@pytest.mark.parametrize(
    ("amounts", "are_apart"),
    [
        ("€18.000 €1.350 €275 €19.625", True),
        ("18.000.000 1.350.200 275.400 19.625.600", True),
        ("18.000 1.350 2.275 21.625", False),
        ("18.000 1.350 2.25 275", False),
        ("€18,000 €1,350 €275 €19,625", False),
    ],
)
def test_a_column_may_print_groups_where_its_document_prints_decimals(
    amounts: str,
    are_apart: bool,  # noqa: FBT001
) -> None:
    mixed = table(amounts, "91.7% 6.9% 1.4% 100.0%", "2.5 3.25 4.75 10.5")
    style = style_of([mixed], ENGLISH)
    assert style == ENGLISH
    apart = columns_apart(mixed, style)
    assert {column: found.decimal for column, found in apart.items()} == (
        {1: ","} if are_apart else {}
    )


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        ("12_days 4.5_days – 16.5_days", "days"),
        ("12名 4名 3名 19名", "名"),
        ("Rp_12M Rp_4M Rp_3M Rp_19M", "M"),
        ("12kg 4kg 3_bags 19kg 2kg 5kg", "kg"),
        ("12A 4A 3A 19A", ""),
        ("60_LL 2_LL 62_LL 124_LL", ""),
        ("12_days 4_weeks 3_days 1_month", ""),
        ("12 4 3 19_days", ""),
        ("12_EUR 4_EUR 3_EUR 19_EUR", ""),
        ("2024年 12 4 3", ""),
    ],
)
def test_the_word_behind_all_figures_of_a_column_says_what_it_counts(
    figures: str, word: str
) -> None:
    found = words_behind(table(figures, " ".join("1" * len(figures.split()))), ENGLISH)
    assert found == ({1: word} if word else {})


@pytest.mark.parametrize(
    ("figures", "decimal"),
    [("$4,248K $480K $272K $5,000K", "."), ("£1.332M £162K £297K £873K", ".")],
)
def test_thousands_of_thousands_tell_the_style_and_decimals_of_millions_do_not(
    figures: str, decimal: str
) -> None:
    spanish = load_language("es").numbers if "," in figures else ENGLISH
    assert style_of([table(figures)], spanish).decimal == decimal
