"""Data files become tables as they would be printed; rows that do not fit are complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.in_english import complaints
from tests.readers.drawing import cell_at, draw, tables
from unbudget_check.readers.csv import read
from unbudget_check.readers.source import ReadOptions, Source, TidyMapping

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

ITEMS = TidyMapping(("item",), ("2025", "2026"), unit="Thousands of dollars")
LEVELS = TidyMapping(
    ("section", "component", "item"), ("2026",), hierarchy=True, totals=("Total", "all")
)
FIGURES = TidyMapping(("item",), measure="year", value="amount", table="fund")


def read_data(
    text: str, mapping: TidyMapping, path: str = "exports/a.csv", pattern: str = "*.csv"
) -> Document:
    options = ReadOptions(tidy={"other/*.csv": ITEMS, pattern: mapping})
    return read(Source(path, text.encode(), options))


def test_one_row_an_item_is_a_table_of_the_mapped_columns() -> None:
    text = "id,item,2025,note,2026\n7,Posts,1.5,x,2.5\n8,Total,1.5,,2.5\n"
    document = read_data(text, ITEMS)
    assert draw(document) == [
        "Thousands of dollars",
        "== 3 columns",
        "item|2025|2026",
        "Posts|1.5|2.5",
        "Total|1.5|2.5",
    ]
    figure = cell_at(tables(document)[0], 2, 2)
    assert (figure.address, figure.line) == ("row 3, column E", 3)
    assert not document.complaints


def test_one_row_a_figure_is_a_table_for_each_fund() -> None:
    text = """\
fund,item,year,amount
Regular,Posts,2025,1.0
Regular,Posts,2026,2.0
Regular,Travel,2026,n/a
Other,Posts,2026,"1,234.5"
"""
    document = read_data(text, FIGURES)
    assert draw(document) == [
        *("Regular", "== 3 columns", "item|2025|2026", "Posts|1.0|2.0", "Travel||n/a"),
        *("Other", "== 2 columns", "item|2026", "Posts|1,234.5"),
    ]
    assert cell_at(tables(document)[0], 1, 2).address == "row 3, column D"


def test_levels_become_headings_and_totals() -> None:
    text = """\
section,component,item,2026
29,A,Posts,1
29,A,Travel,2
29,A,Total,3
29,B,Posts,4
29,All,,7
30,A,Posts,5
Total,,,12
"""
    assert draw(read_data(text, LEVELS))[1:] == [
        "item|2026",
        *("29|", "A>1|", "Posts>2|1", "Travel>2|2", "Total, A>1|3"),
        *("B>1|", "Posts>2|4", "All, 29|7"),
        *("30|", "A>1|", "Posts>2|5"),
        "Total|12",
    ]


def test_a_row_with_blank_levels_is_the_total_of_its_group() -> None:
    text = """\
section,component,item,2026
29,,,7
29,A,,3
29,A,Posts,3
29,B,Posts,4
"""
    assert draw(read_data(text, LEVELS))[2:] == [
        *("29|7", "A>1|3", "Posts>2|3"),
        *("B>1|", "Posts>2|4"),
    ]


def test_what_does_not_fit_is_told_by_row_and_column() -> None:
    text = """\
fund,item,year,amount
Regular,Posts,2025,1.0
Regular,Posts,2025,3.0
Regular,,2025,2.0
Regular,Travel,2025,twelve
Regular,Rent,2025,2.679.6
"""
    document = read_data(text, FIGURES)
    assert set(complaints(document.complaints)) == {
        (
            "row 3, column fund",
            'the row has the same "fund", "item", "year" as an earlier one and was left out',
        ),
        ("row 4, column item", "the label is blank, so the row was left out"),
        ("row 5, column amount", '"twelve" is not a figure'),
        ("row 6, column amount", '"2.679.6" is not a figure'),
    }
    assert draw(document)[2:] == ["item|2025", "Posts|1.0", "Travel|twelve", "Rent|2.679.6"]


def test_missing_columns_are_named_and_nothing_is_made_up() -> None:
    document = read_data("item,2025\nPosts,1\n", ITEMS)
    assert complaints(document.complaints) == (("heading row", 'the column "2026" is missing'),)
    assert not document.blocks


def test_printed_figures_of_all_languages_are_figures() -> None:
    figures = [
        "1,234.5",
        "1 234.5",
        "1 23.4",
        "(12.4)",
        "-12",
        "–",
        "n/a",
        "",
        "5.5%",
        "$1,200",
        ".5",
    ]
    text = "item;2025;2026\n" + "".join(f"{n};{figure};1\n" for n, figure in enumerate(figures))
    found = complaints(read_data(text, ITEMS).complaints)
    assert [text for _, text in found] == ['"1 23.4" is not a figure']


def test_the_first_pattern_that_fits_a_path_counts() -> None:
    text = "item,2025,2026\nPosts,1,2\n"
    assert draw(read_data(text, FIGURES, "data/other/a.csv"))[0] == "Thousands of dollars"
    assert draw(read_data(text, ITEMS, "a.csv", "b.csv"))[0] == "== 3 columns"


def test_a_title_above_the_heading_row_is_skipped() -> None:
    document = read_data("Export of 3 May\n\nitem,2025,2026\nPosts,1,2\n", ITEMS)
    assert draw(document)[2:] == ["item|2025|2026", "Posts|1|2"]


def test_a_value_without_a_measure_is_a_measure_of_its_own() -> None:
    document = read_data("item,amount\nPosts,1\n", TidyMapping(("item",), value="amount"))
    assert draw(document) == ["== 2 columns", "item|amount", "Posts|1"]


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1),
        st.tuples(st.integers(0, 99), st.integers(0, 99)),
        min_size=1,
        max_size=6,
    )
)
def test_one_row_a_figure_and_one_row_an_item_give_the_same_table(
    items: dict[str, tuple[int, int]],
) -> None:
    wide = "item,2025,2026\n" + "".join(f"{n},{a},{b}\n" for n, (a, b) in items.items())
    rows = [f"{n},2025,{a}\n{n},2026,{b}\n" for n, (a, b) in items.items()]
    long = "item,year,amount\n" + "".join(rows)
    printed = draw(read_data(wide, TidyMapping(("item",), ("2025", "2026"))))
    assert draw(read_data(long, TidyMapping(("item",), measure="year", value="amount"))) == printed
