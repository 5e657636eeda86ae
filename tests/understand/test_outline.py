"""Totals that stand above their parts: category rows with numbered or indented items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, sums, table_of
from unbudget_check.model.document import Cell, Document, Paragraph, Table
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from unbudget_check.model.facts import TableFacts

DELIVERABLES = """
Category and subcategory                           | 2024 planned | 2024 actual | 2025 planned
A. Facilitation of the intergovernmental process   |              |             |
Parliamentary documentation (number of documents)  |            6 |           5 |            7
1. Reports on water                                |            4 |           4 |            5
2. Notes for the group                             |            2 |           1 |            2
Substantive services (number of meetings)          |           31 |          29 |           31
Meetings of:                                       |              |             |
3. The committee on rivers                         |           20 |          20 |           20
4. The group on data                               |           11 |           9 |           11
B. Generation and transfer of knowledge            |              |             |
Seminars (number of days)                          |           42 |          45 |           48
5. Seminars for experts                            |           42 |          45 |           48
"""
DOCUMENTATION = ["Reports on water", "Notes for the group"]
PLACES = (("North", 0), ("Posts", 1), ("Travel", 1), ("South", 0), ("Posts", 1), ("Rent", 1))


def indented(*columns: tuple[int, ...]) -> TableFacts:
    """A table in thousands of dollars whose rows are told apart by indentation alone."""
    rows = [tuple(Cell(text, 0, at) for at, text in enumerate(("Place", "2024", "2025")))]
    for at, ((label, indent), figures) in enumerate(
        zip(PLACES, zip(*columns, strict=True), strict=True), 1
    ):
        cells = (Cell(f"{f // 10}.{f % 10}", at, c) for c, f in enumerate(figures, 1))
        rows.append((Cell(label, at, 0, indent=indent), *cells))
    blocks = (Paragraph(MONEY[2]), Table(tuple(rows), 3))
    (found,) = understand(Document("a.docx", blocks=blocks)).tables
    return found


def test_a_row_that_names_what_it_counts_adds_up_the_items_below() -> None:
    assert sums(table_of(DELIVERABLES)) == {
        "Parliamentary documentation (number of documents)": DOCUMENTATION,
        "Substantive services (number of meetings)": [
            "The committee on rivers",
            "The group on data",
        ],
        "Seminars (number of days)": ["Seminars for experts"],
    }


@pytest.mark.parametrize("wrong", ["9", "–"])
def test_a_wrong_count_is_the_same_category(wrong: str) -> None:
    found = table_of(DELIVERABLES.replace("|           29 |", f"| {wrong} |"))
    assert sums(found) == sums(table_of(DELIVERABLES))


def test_a_row_without_a_number_adds_up_the_numbered_rows_below() -> None:
    table = """
    Item        |  2024 |  2025
    Staff costs | 150.0 | 160.0
    1. Posts    | 100.0 | 105.0
    2. Others   |  50.0 |  55.0
    Operations  |  30.0 |  40.0
    3. Rent     |  20.0 |  30.0
    4. Travel   |  10.0 |  10.0
    """
    assert sums(table_of(table, MONEY)) == {
        "Staff costs": ["Posts", "Others"],
        "Operations": ["Rent", "Travel"],
    }


def test_numbered_rows_that_do_not_add_up_are_a_list() -> None:
    table = """
    Item        |  2024 |  2025
    Staff costs | 150.0 | 160.0
    1. Posts    |   7.0 | 205.0
    2. Others   |   1.0 |   3.0
    Operations  |  30.0 |  40.0
    3. Rent     |  27.0 |   3.0
    4. Travel   |   5.0 |  99.0
    """
    assert not sums(table_of(table, MONEY))


def test_indentation_that_the_sums_bear_out_makes_an_outline() -> None:
    found = indented(
        (30_511, 20_410, 10_101, 8_040, 5_030, 3_010),
        (31_622, 21_510, 10_112, 8_191, 5_077, 3_114),
    )
    assert {f.total: f.parts for f in found.footings} == {0: (1, 2), 3: (4, 5)}


def test_indentation_alone_makes_none() -> None:
    found = indented((30, 4, 1, 8, 50, 30), (3, 20, 100, 81, 7, 4))
    assert not found.footings


def test_small_sums_below_an_indentation_prove_nothing() -> None:
    found = indented((30, 10, 20, 50, 20, 30), (30, 20, 10, 50, 30, 20))
    assert not found.footings


CODED = """
Code  | Account            | 2025    | 2026
      | Total              | 5 364.6 | 6 134.2
{0}1    | Water              | 1 251.1 | 1 251.1
{0}1{1}1  | Pumps              |   730.3 |   730.3
{0}1{1}2  | Pipes              |   520.8 |   520.8
{0}2    | Roads              | 1 655.3 | 2 230.2
{0}2{1}1  | Lighting           | 1 002.8 |   880.2
{0}2{1}2  | Bridges            |   652.5 | 1 350.0
{0}3    | Parks              | 1 463.2 | 1 853.2
{0}3{1}1  | Trees              | 1 463.2 | 1 853.2
{0}4    | Schools            |   995.0 |   799.7
{0}4{1}1  | Teaching           |   754.2 |   506.8
{0}4{1}2  | Meals              |   240.8 |   292.9
"""


@pytest.mark.parametrize(("lead", "mark"), [("", "."), ("7", ""), ("B.", "."), ("", "-")])
def test_codes_say_which_rows_are_parts_though_years_are_alike(lead: str, mark: str) -> None:
    text = CODED.format(lead, mark)
    assert sums(table_of(text)) == {
        "Total": ["Water", "Roads", "Parks", "Schools"],
        "Water": ["Pumps", "Pipes"],
        "Roads": ["Lighting", "Bridges"],
        "Parks": ["Trees"],
        "Schools": ["Teaching", "Meals"],
    }


NAMED = """
Item            | 2025
Services        |
Rent            | 1 149.4
Fire brigade    |
Vehicles        | 5 082.6
Fuel            |       –
Total fire brigade | 5 082.6
Total services  | 6 232.0
"""


def test_a_total_that_repeats_a_heading_begins_below_it() -> None:
    assert sums(table_of(NAMED)) == {
        "Total fire brigade": ["Vehicles", "Fuel"],
        "Total services": ["Rent", "Total fire brigade"],
    }


def test_a_dash_where_other_rows_have_codes_is_no_code() -> None:
    coded = """
    No  | Item    | 2025
    9   | Sand    |   40
    10  | Salt    |   25
    -   | Total   |   65
    """
    assert sums(table_of(coded)) == {"Total": ["Sand", "Salt"]}


def test_only_the_nearest_of_deeper_rows_are_added() -> None:
    """What repeats its only part cannot be told from it by figures alone."""
    labels = [("Roads", 0), ("Sand", 1), ("Salt", 1), ("Signs", 1), ("Posts", 2), ("Paint", 2)]
    labels += [("Parks", 0)]
    figures = [(4459, 5018), (2479, 3600), (1980, 1229), (0, 189), (0, 0), (0, 189), (777, 888)]
    rows = [tuple(Cell(text, 0, at) for at, text in enumerate(("Place", "2024", "2025")))]
    for at, ((label, indent), amounts) in enumerate(zip(labels, figures, strict=True), 1):
        cells = (Cell(f"{f // 10}.{f % 10}", at, c) for c, f in enumerate(amounts, 1))
        rows.append((Cell(label, at, 0, indent=indent), *cells))
    blocks = (Paragraph(MONEY[2]), Table(tuple(rows), 3))
    (found,) = understand(Document("a.docx", blocks=blocks)).tables
    assert sums(found)["Roads"] == ["Sand", "Salt", "Signs"]
