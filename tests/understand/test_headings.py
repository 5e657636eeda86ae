"""What each column is: its heading, group, year, number and role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, headings, table_of
from tests.growing import VARIANCE as VARIANCE_HEADINGS
from unbudget_check.model.document import UNPLACED
from unbudget_check.model.facts import ColumnRole
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.readers.text.document import read
from unbudget_check.understand.understand import understand

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIANCE = """
| | | Changes<5> |
Object | {} | 2026 estimate
Posts  | 10.0 | 10.0 | – | 1.0 | – | 1.0 | 10.0 | 11.0
Travel |  5.0 |  5.0 | – | – | 1.0 | 1.0 | 20.0 |  6.0
""".format(" | ".join(VARIANCE_HEADINGS[:-1]))
KNOWN = [
    "label",
    "expenditure",
    "base",
    "technical",
    "mandates",
    "other",
    "change",
    "percentage",
    "estimate",
]


def with_headings(*texts: str, language: str = "en") -> list[str]:
    """The roles of columns with these headings over two rows of figures."""
    rows = [f"{label} | " + " | ".join("7.5" for _ in texts) for label in ("Posts", "Travel")]
    table = table_of("\n".join((" | ".join(("Item", *texts)), *rows)), MONEY, language)
    return [role for _, role in headings(table)[1:]]


def test_the_columns_of_a_variance_table() -> None:
    found = table_of(VARIANCE, MONEY)
    assert [column.role.value for column in found.columns] == KNOWN
    assert [column.year for column in found.columns] == [None, 2024, 2025, *[None] * 5, 2026]
    assert {column.group for column in found.columns[3:8]} == {"Changes"}
    assert found.columns[6].heading == "Total"


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("2024 expenditure", "Expenditure 2024"),
        ("2024 expenditure", "2024 actual"),
        ("2024 expenditure", "2024 EXPENDITURE^a"),
        ("2025 approved", "2025 appropriation"),
        ("2025 approved", "2025 revised appropriation"),
        ("2025 approved", "2025 estimate"),
        ("2025 approved", "2025"),
        ("Technical adjustments", "Technical  adjustments (non-recurrent)"),
        ("New/expanded mandates", "New / expanded mandates"),
        ("New/expanded mandates", "New and expanded mandates"),
        ("Other", "Other changes"),
        ("Percentage", "Per cent"),
        ("Percentage", "%"),
        ("2026 estimate", "2026 estimate (before recosting)"),
        ("2026 estimate", "2026 proposed"),
        ("2026 estimate", "2026"),
    ],
)
def test_headings_are_worded_in_many_ways(printed: str, instead: str) -> None:
    found = table_of(VARIANCE.replace(printed, instead, 1), MONEY)
    assert [column.role.value for column in found.columns] == KNOWN


@pytest.mark.parametrize(
    ("texts", "roles"),
    [
        (("2025", "2026", "Variance"), ["base", "estimate", "change"]),
        (("2026", "2025", "Variance"), ["estimate", "base", "change"]),
        (("2025 estimate", "Change", "2026 estimate"), ["base", "change", "estimate"]),
        (("2025 approved", "Increase/(decrease)", "2026"), ["base", "change", "estimate"]),
        (("2025 planned", "2026 planned"), ["base", "estimate"]),
        (("Amount", "Percentage of total"), ["amount", "share"]),
        (("Share",), ["share"]),
        (("2025", "2026", "Variance (percentage)"), ["base", "estimate", "percentage"]),
        (("First quarter", "Second quarter", "Total"), ["amount", "amount", "total"]),
        (("D-1", "P-5", "Subtotal", "Total"), ["amount", "amount", "subtotal", "total"]),
    ],
)
def test_a_heading_tells_the_role(texts: tuple[str, ...], roles: list[str]) -> None:
    assert with_headings(*texts) == roles


@pytest.mark.parametrize(
    "printed",
    [
        "Variance (percentage)",
        "Variance (pct)",
        "Change (%)",
        "Pct. change",
        "Growth rate",
        "Increase in per cent",
        "Increase/(decrease) per cent",
    ],
)
def test_a_change_in_per_cent_is_a_percentage(printed: str) -> None:
    texts = ("2025 appropriation", "2026 estimate", "Variance", printed)
    assert with_headings(*texts) == ["base", "estimate", "change", "percentage"]


@pytest.mark.parametrize("mark", ["b", "b/", " b/"])
def test_a_year_with_the_letter_of_a_footnote_is_a_year(mark: str) -> None:
    assert with_headings(f"2025{mark} approved", "2024 spent") == ["amount", "expenditure"]
    table = table_of(f"Item | 2025{mark} estimates | 2026\nPosts | 7.5 | 8.5\n", MONEY)
    assert [(c.year, c.role.value) for c in table.columns[1:]] == [
        (2025, "base"),
        (2026, "estimate"),
    ]


@pytest.mark.parametrize(
    ("texts", "roles"),
    [
        (("2025 年批款", "变动", "2026 年估计数"), ["base", "change", "estimate"]),
        (("2024 年支出", "2025 年批款"), ["expenditure", "amount"]),
        (("2024 年支出", "2025 年估计", "百分比"), ["expenditure", "amount", "percentage"]),
        (
            ("技术调整", "新的/扩大的任务", "其他", "共计"),
            ["technical", "mandates", "other", "change"],
        ),
        (("2026 年估计(重计费用前)",), ["amount"]),
    ],
)
def test_headings_in_chinese(texts: tuple[str, ...], roles: list[str]) -> None:
    assert with_headings(*texts, language="zh") == roles


def test_an_other_column_is_a_factor_only_beside_factors() -> None:
    assert with_headings("Posts", "Travel", "Other")[2] != "other"


def test_columns_are_numbered_by_a_row_of_their_own() -> None:
    found = table_of(
        """
        | 2024<2> | 2025 | 2026 | Variance
        Category | Appropriation | Expenditure | Appropriation | Requirements | 2026 vs. 2025
        | (1) | (2) | (3) | (4) | (5)=(4)-(3)
        Military | 2 310.5 | 2 204.7 | 2 288.0 | 1 940.2 | (347.8)
        Civilian | 18 640.1 | 18 002.3 | 18 905.6 | 17 611.9 | (1 293.7)
        """,
        MONEY,
    )
    assert [column.mark for column in found.columns[1:]] == ["1", "2", "3", "4", "5"]
    assert found.columns[5].formula == "(5)=(4)-(3)"
    assert [row.label for row in found.rows] == ["Military", "Civilian"]
    assert [column.group for column in found.columns[1:3]] == ["2024", "2024"]


def test_a_row_of_negative_amounts_is_no_numbering() -> None:
    found = table_of("Item | 2025 | 2026\nPosts | (1) | (1)\nTravel | (2) | 3\n", MONEY)
    assert [row.label for row in found.rows] == ["Posts", "Travel"]


def test_sources_of_funds_side_by_side_have_two_years_each() -> None:
    found = table_of(
        """
        | Regular budget<3> | Extrabudgetary<3>
        Item | 2025 | 2026 | Variance | 2025 | 2026 | Variance
        Posts | 10.0 | 11.0 | 1.0 | 20.0 | 22.0 | 2.0
        Travel | 1.0 | 1.5 | 0.5 | 2.0 | 2.5 | 0.5
        """,
        MONEY,
    )
    assert [(c.side, c.role.value) for c in found.columns[1:]] == [
        (side, role) for side in (0, 1) for role in ("base", "estimate", "change")
    ]
    assert [c.group for c in found.columns[1:]] == ["Regular budget"] * 3 + ["Extrabudgetary"] * 3


def test_a_column_of_words_is_text_even_with_a_stray_figure() -> None:
    found = table_of(
        "Item | 2025 | Remark\nPosts | 1.0 | new\nTravel | 2.0 | 7\nRent | 3.0 | old\n"
    )
    assert headings(found)[2] == ("Remark", "text")


def test_numbers_that_count_on_from_row_to_row_are_no_figures() -> None:
    rows = [f"0{day}/04/2030 | {407 + day} | Hire of the hall | {41 * day}" for day in range(1, 7)]
    found = table_of("\n".join(["Date | Ref | Details | Paid", *rows]))
    assert [column.role.value for column in found.columns] == ["label", "text", "text", "amount"]
    assert [(row.code, row.label) for row in found.rows][:2] == [
        ("01/04/2030 408", "Hire of the hall"),
        ("02/04/2030 409", "Hire of the hall"),
    ]
    posts = "Grade | 2030 | 2031\nP-5 | 3 | 4\nP-4 | 4 | 5\nP-3 | 5 | 6\nTotal | 12 | 15\n"
    assert headings(table_of(posts, MONEY))[1][1] != "text"


def test_the_name_of_a_grade_is_no_word_for_details() -> None:
    """Local level is a grade; only a column of words is called Level."""
    assert with_headings("P-3", "Local level", "Total") == ["amount", "amount", "total"]


def test_columns_of_numbered_items_hold_amounts() -> None:
    table = "Code | Name | Item 1 | Item 2 | Component 3 | Total\n"
    table += "\n".join(
        f"{at} | Unit {at} a | {at * 317} | {at * 411} | {at * 97} | {at * 825}"
        for at in (11, 13, 12, 17)
    )
    found = table_of(table)
    assert [c.heading for c in found.columns if c.role is ColumnRole.AMOUNT] == [
        "Item 1",
        "Item 2",
        "Component 3",
    ]
    assert [tie.stated for tie in found.ties] == [5]


# As text is taken from a file of pages: the headings first, line by line, then the rows.
FLOWING = """\
Table 7.2
{title}
{headings}
{figures}
"""
FIGURES = """\
{} 26 628.0 25 303.7 41.5 – 13.7 55.2 0.2 25 358.9
{} 12.1 136.3 – – (1.0) (1.0) (0.7) 135.3
{} 0.4 0.6 – – – – – 0.6
{} 26 640.5 25 440.6 41.5 – 12.7 54.2 0.2 25 494.8"""
ENGLISH_ROWS = ("Posts", "Travel of staff", "Hospitality", "Total")
FRENCH_ROWS = ("Postes", "Voyages du personnel", "Dépenses de représentation", "Total")
CHANGES = "Technical\nadjustments\nNew/expanded\nmandates\nOther\nTotal\nPercentage"
FRENCH_CHANGES = "Ajustements techniques\nMandats nouveaux ou élargis\nAutres\nTotal\nPourcentage"


@pytest.mark.parametrize(
    ("language", "rows", "before", "changes", "last"),
    [
        (
            "en",
            ENGLISH_ROWS,
            "Item\n2024 expenditure\n2025 approved\nChanges",
            CHANGES,
            "2026 estimate",
        ),
        (
            "fr",
            FRENCH_ROWS,
            "Objet de dépense\n2024 dépenses\n2025 crédits ouverts\nVariations",
            FRENCH_CHANGES,
            "2026 prévisions",
        ),
    ],
)
def test_headings_by_order_that_no_row_bears_out_are_dropped(
    language: str, rows: Sequence[str], before: str, changes: str, last: str
) -> None:
    label, _, others = before.partition("\n")
    figures = FIGURES.format(*(row.replace(",", "") for row in rows))
    if language == "fr":
        figures = figures.replace(".", ",")
    right = f"{before}\n{changes}\n{last}"
    moved = f"{label}\n{last}\n{others}\n{changes}"
    for printed, is_moved in ((right, False), (moved, True)):
        text = FLOWING.format(title="Resources", headings=printed, figures=figures)
        source = Source("a.txt", text.encode(), ReadOptions(language=language))
        (table,) = understand(read(source), language).tables
        found = {column.role for column in table.columns[1:]}
        assert (found == {ColumnRole.AMOUNT}) == is_moved
        assert (UNPLACED in table.doubt) == is_moved
