"""Which columns each total column adds up: by formula, by heading, or because the rows agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, POSTS, table_of
from tests.growing import telling

if TYPE_CHECKING:
    from unbudget_check.model.facts import TableFacts

FORMULA = """
         |  2024 |  2025 |      Spread
Category |   (1) |   (2) | {}
Military | 100.0 | 110.0 |        10.0
Civilian | 200.0 | 190.0 |      (10.0)
Others   |  50.0 |  66.0 |        16.0
"""
QUARTERS = """
Station | First quarter | Second quarter | Third quarter | {}
Bangkok |         310.2 |          295.8 |         301.4 |   907.4
Geneva  |         940.6 |          955.2 |         948.8 | 2 844.6
Nairobi |         402.3 |          410.0 |         398.9 | 1 211.2
Vienna  |         275.8 |          280.4 |         269.9 |   826.1
"""


def ties(table: TableFacts) -> list[tuple[int, tuple[tuple[int, int], ...], str]]:
    """Stated column, parts with their signs, and where the tie comes from."""
    return [(tie.stated, tuple(sorted(tie.parts)), tie.origin) for tie in table.ties]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("(3)=(2)-(1)", ((1, -1), (2, 1))),
        ("(3) = (2) - (1)", ((1, -1), (2, 1))),
        ("(3)=(2)–(1)", ((1, -1), (2, 1))),
        ("(3)=(2)−(1)", ((1, -1), (2, 1))),
        ("3=2-1", ((1, -1), (2, 1))),
        ("(3)=(1)+(2)", ((1, 1), (2, 1))),
    ],
)
def test_a_formula_in_the_headings_is_a_tie(
    printed: str, parts: tuple[tuple[int, int], ...]
) -> None:
    found = table_of(FORMULA.format(printed), MONEY)
    assert ties(found) == [(3, parts, "formula")]
    assert [row.label for row in found.rows] == ["Military", "Civilian", "Others"]


@pytest.mark.parametrize("printed", ["(3)=(2)÷(1)", "(3)=(2)/(1)", "(3) = (2)/(1)*100"])
def test_a_quotient_in_the_headings_is_no_sum(printed: str) -> None:
    assert not table_of(FORMULA.format(printed), MONEY).ties


def test_letters_number_columns_as_well() -> None:
    table = FORMULA.format("(c)=(b)-(a)").replace("(1)", "(a)").replace("(2)", "(b)")
    assert ties(table_of(table, MONEY)) == [(3, ((1, -1), (2, 1)), "formula")]


@pytest.mark.parametrize("printed", ["(3)=(2)-(9)", "(3)=", "(3)"])
def test_a_formula_over_columns_that_are_not_there_is_none(printed: str) -> None:
    assert "formula" not in {tie.origin for tie in table_of(FORMULA.format(printed), MONEY).ties}


def test_a_total_column_adds_up_the_columns_before_it() -> None:
    found = table_of(QUARTERS.format("Total"), MONEY)
    assert ties(found) == [(4, ((1, 1), (2, 1), (3, 1)), "heading")]


def test_columns_that_agree_make_a_total_that_no_heading_announces() -> None:
    found = table_of(QUARTERS.format("Whole"), MONEY)
    assert ties(found) == [(4, ((1, 1), (2, 1), (3, 1)), "found")]


def test_subtotal_columns_are_added_up_in_turn() -> None:
    table = """
    Mission | D-1 | P-5 | P-4 | Subtotal | NPO | LL | Subtotal | Total
    North   |   1 |   4 |  12 |       17 |   6 | 40 |       46 |    63
    South   |   1 |   3 |   9 |       13 |   5 | 31 |       36 |    49
    Coast   |   – |   2 |   6 |        8 |   2 | 15 |       17 |    25
    """
    assert ties(table_of(table, POSTS)) == [
        (4, ((1, 1), (2, 1), (3, 1)), "heading"),
        (7, ((5, 1), (6, 1)), "heading"),
        (8, ((4, 1), (7, 1)), "heading"),
    ]


def test_a_total_of_one_column_stands_for_it_in_the_next_total() -> None:
    table = """
    Student | Talks | Tests | Papers | Final | Total papers | Total
    Ann     |   11.5 |  20.1 |   30.2 |       |         30.2 |  61.8
    Bea     |   12.6 |  23.4 |   31.9 |       |         31.9 |  67.9
    Cem     |    9.8 |  21.7 |   28.3 |       |         28.3 |  59.8
    Dan     |   10.3 |  19.6 |   33.7 |       |         33.7 |  63.6
    """
    assert ties(table_of(table, MONEY)) == [(6, ((1, 1), (2, 1), (5, 1)), "heading")]


def test_what_repeats_one_of_two_columns_is_no_variance_of_turned_sign() -> None:
    """Where nothing is appropriated the balance is what was obligated, with the other sign."""
    rows = [[570_400, 29_300, 599_700, 0, 599_700]]
    rows += [[0, 0, 0, at * 173 + 17, -at * 173 - 17] for at in range(60)]
    total = [sum(row[at] for row in rows) for at in range(5)]
    less = [189_700, 0, 189_700, 98_200, 91_500]
    net = [whole - part for whole, part in zip(total, less, strict=True)]
    labels = ["Income", *(f"Item {at}" for at in range(60)), "Whole", "Less: Japan", "Net"]
    texts = ["Item | Contributions | Carried over | Appropriation | Obligations | Balance"]
    for label, row in zip(labels, [*rows, total, less, net], strict=True):
        texts.append(" | ".join([label, *map(str, row)]))
    assert not table_of("\n".join(texts), MONEY).turned


def test_a_total_column_that_no_row_bears_out_is_not_tied() -> None:
    table = QUARTERS.format("Total").replace("907.4", "1.0").replace("2 844.6", "7.0")
    assert not table_of(table.replace("1 211.2", "2.0").replace("826.1", "3.0"), MONEY).ties


def test_a_total_that_is_wrong_in_one_row_is_the_same_tie() -> None:
    (tie,) = table_of(QUARTERS.format("Total").replace("2 844.6", "2 944.6"), MONEY).ties
    assert (tie.stated, tie.agreed, tie.voted) == (4, 3, 4)


@settings(max_examples=40)
@given(st.data())
def test_a_total_column_is_found_wherever_it_stands(data: st.DataObject) -> None:
    """A total of three columns or more, before or after them, under words that mean nothing."""
    count = data.draw(st.integers(3, 5))
    rows = data.draw(st.lists(telling(count), min_size=4, max_size=8, unique_by=sum))
    first = data.draw(st.booleans())
    texts = [f"Item | {' | '.join('BDFGKMPV'[: count + 1])}"]
    for at, row in enumerate(rows):
        figures = (sum(row), *row) if first else (*row, sum(row))
        texts.append(f"Place {at} | " + " | ".join(f"{f // 10}.{f % 10}" for f in figures))
    stated = 1 if first else count + 1
    parts = tuple((c, 1) for c in range(1, count + 2) if c != stated)
    assert ties(table_of("\n".join(texts), MONEY)) == [(stated, parts, "found")]


def test_what_most_groups_of_columns_prove_holds_for_the_others() -> None:
    """Each group of four rows alone proves too little; a slip in one leaves the habit."""
    table = """
    Service  | Femmes | Hommes | 2031 | Femmes | Hommes | 2032 | Femmes | Hommes | 2033
    Accueil  |     13 |     14 |   27 |     17 |     14 |   31 |     19 |     16 |   35
    Archives |     21 |     26 |   47 |     23 |     36 |   95 |     22 |     31 |   53
    Ateliers |      9 |     37 |   46 |     11 |     38 |   49 |     15 |     42 |   57
    Presse   |     52 |     11 |   63 |     47 |     12 |   59 |     43 |     18 |   61
    """
    found = [tie[:2] for tie in ties(table_of(table, language="fr"))]
    assert found == [(at, ((at - 2, 1), (at - 1, 1))) for at in (3, 6, 9)]


def test_a_total_that_the_rows_bear_out_as_the_rest_of_another_is_not_unclear() -> None:
    table = """
    Item    | a. Total | b. Not allowed | c. Total allowed (a-b)
    Ground  |   48 210 |          3 170 |                 45 040
    Fences  |   17 930 |            415 |                 17 515
    Wells   |   23 644 |          2 229 |                 21 415
    Roads   |   61 307 |          8 852 |                 52 455
    """
    assert table_of(table).unclear_columns == ()


def test_a_total_of_one_column_of_figures_and_one_of_words_is_none() -> None:
    rows = "\n".join(f"Sock {at} | {at}x20 | {at * 73 + 5} | {at * 73 + 5}" for at in range(1, 9))
    table = table_of("Item | Layers | Cases | Total dozens\n" + rows)
    assert not table.ties


FLAT = {"Rent": [100] * 12, "Light": [23, 25, 22, 20, 18, 16, 15, 15, 17, 19, 22, 24]}
FLAT["Staff"] = [900] * 3 + [950] * 6 + [960] * 3


def months(quarters: list[str], year: str, *, sums: bool) -> str:
    """A year by months, which few rows bear out, with a column behind each quarter."""
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    heading, table = ["Item"], {label: [label] for label in FLAT}
    for at in range(4):
        heading += [*names[3 * at : 3 * at + 3], quarters[at]]
        for label, row in FLAT.items():
            three = row[3 * at : 3 * at + 3]
            table[label] += map(str, [*three, sum(three) if sums else three[-1]])
    for label, row in FLAT.items():
        table[label].append(str(sum(row) if sums else row[-1]))
    return "\n".join(" | ".join(row) for row in ([*heading, year], *table.values()))


@pytest.mark.parametrize("year", ["Year", "2026"])
@pytest.mark.parametrize(
    "quarters",
    [
        ["Q1", "Q2", "Q3", "Q4"],
        ["1er trim. 2026", "2e trim. 2026", "3e trim. 2026", "4e trim. 2026"],
        ["第1季度", "第2季度", "第3季度", "第4季度"],
        ["1 кв.", "2 кв.", "3 кв.", "4 кв."],
    ],
)
def test_columns_that_are_numbered_at_equal_distances_are_totals(
    quarters: list[str], year: str
) -> None:
    found = {
        tie.stated: dict(tie.parts) for tie in table_of(months(quarters, year, sums=True)).ties
    }
    assert found[4] == {1: 1, 2: 1, 3: 1}
    assert found[16] == {13: 1, 14: 1, 15: 1}
    assert found[17] == {4: 1, 8: 1, 12: 1, 16: 1}


def test_numbered_columns_that_repeat_the_last_month_are_no_totals() -> None:
    quarters = ["Q1", "Q2", "Q3", "Q4"]
    assert not table_of(months(quarters, "Year", sums=False)).ties


def test_columns_numbered_in_another_order_are_no_totals() -> None:
    found = table_of(months(["Q4", "Q3", "Q2", "Q1"], "Year", sums=True)).ties
    assert not any(tie.origin == "heading" for tie in found)
