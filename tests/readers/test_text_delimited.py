"""Tables inside a text that are set with tabs or strokes, their headings slid to the left."""

from __future__ import annotations

import pytest

from tests.readers.drawing import cell_at, draw, tables
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.readers.text.document import read

LEAVES = (
    "Object of expenditure\t2024 expenditure\t2025 approved\tTechnical adjustments"
    "\tOther\tTotal\tPercentage\t2026 estimate"
)
BODY = """\
Posts\t1 234.5\t1 300.0\t10.0\t–\t10.0\t0.8\t1 310.0
B. Programme of work
Travel\t12.0\t13.0\t–\t1.0\t1.0\t7.7\t14.0
Total\t1 246.5\t1 313.0\t10.0\t1.0\t11.0\t0.8\t1 324.0
"""


def drawn(text: str) -> list[str]:
    return draw(read(Source("a.txt", text.encode(), ReadOptions(language="en"))))


@pytest.mark.parametrize(
    "above",
    [
        "\t\t\tChanges\t\t\t\t\n",
        "\t\t\tChanges\t\n",
        "\t\t\tChanges\n",
        "\tChanges\n",
        "Changes\n",
    ],
    ids=["whole", "merged", "cut short", "slid", "slid to the margin"],
)
def test_the_heading_of_changes_returns_over_its_columns(above: str) -> None:
    text = f"Table 4\tResources by object\n(Thousands of dollars)\n{above}{LEAVES}\n{BODY}a Note.\n"
    assert drawn(text)[2:] == [
        "== 8 columns",
        "|||Changes[1x4]|",
        LEAVES.replace("\t", "|"),
        "Posts|1 234.5|1 300.0|10.0|–|10.0|0.8|1 310.0",
        "B. Programme of work",
        "Travel|12.0|13.0|–|1.0|1.0|7.7|14.0",
        "Total|1 246.5|1 313.0|10.0|1.0|11.0|0.8|1 324.0",
        "a Note.",
    ]


def test_headings_that_reached_down_leave_their_row_to_the_factors() -> None:
    text = """\
Object of expenditure\t2025 approved\tChanges\t2026 estimate
Technical adjustments\tOther\tTotal
Posts\t1 300.0\t10.0\t–\t10.0\t1 310.0
Travel\t13.0\t–\t1.0\t1.0\t14.0
"""
    assert drawn(text)[:3] == [
        "== 6 columns",
        "||Changes[1x3]|",
        "Object of expenditure|2025 approved|Technical adjustments|Other|Total|2026 estimate",
    ]


def test_groups_side_by_side_share_the_columns_evenly() -> None:
    text = """\
\tRegular budget\tOther funds
Component\t2025\t2026\t2025\t2026
North\t1.0\t2.0\t3.0\t4.0
South\t1.0\t2.0\t3.0\t4.0
"""
    assert drawn(text)[1:3] == [
        "|Regular budget[1x2]|Other funds[1x2]",
        "Component|2025|2026|2025|2026",
    ]


def test_headings_that_cannot_be_placed_are_doubted() -> None:
    text = """\
Something\tElse
Component\tA\tB
North\t1.0\t2.0\t3.0\t4.0
South\t1.0\t2.0\t3.0\t4.0
"""
    table = tables(read(Source("a.txt", text.encode(), ReadOptions(language="en"))))[0]
    assert "headings could not be assigned" in table.doubt


def test_parts_and_paragraphs_divide_tables() -> None:
    text = """\
Table 5
Posts
(1) Regular budget
Component\t2025 approved\t2026 proposed
North\t1\t2
South\t3\t4
(2) Extrabudgetary
Component\t2025 approved\t2026 proposed
North\t5\t6
South\t7\t8
Text below the table.
"""
    rows = drawn(text)
    assert rows[2:4] == ["(1) Regular budget", "== 3 columns"]
    assert rows[7:9] == ["(2) Extrabudgetary", "== 3 columns"]
    assert rows[-1] == "Text below the table."


def test_strokes_divide_cells_and_rules_are_no_rows() -> None:
    text = """\
| Item   | 2024 | 2025 |
|--------|-----:|-----:|
| Posts  | 10.2 | 11.0 |
|   of which new | 1.5 | – |
"""
    assert drawn(text) == [
        "== 3 columns",
        "Item|2024|2025",
        "Posts|10.2|11.0",
        "of which new>1|1.5|–",
    ]


def test_an_address_names_line_and_characters() -> None:
    text = "Item\t2024\t2025\nPosts\t1 234.5\t11.0\nTravel\t1.0\t2.0\n"
    table = tables(read(Source("a.txt", text.encode(), ReadOptions(language="en"))))[0]
    assert cell_at(table, 1, 1).address == "line 2, 7-13"


def test_numbered_paragraphs_with_tabs_are_no_table() -> None:
    text = "1.\tThe Committee met in 2024.\n2.\tIt adopted 12 texts.\n(a)\tOne;\n(b)\tTwo.\n"
    assert not any(row.startswith("==") for row in drawn(text))
