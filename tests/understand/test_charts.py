"""Figures: totals with titles, lists of slices, what they are about, and what proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import check, facts_of
from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.model.number import decimal_of
from unbudget_check.understand.charts.words import chart_reader

if TYPE_CHECKING:
    from unbudget_check.model.charts import Chart

CAPTION = (
    "Figure 4.I",
    "Distribution of proposed resources for 2026",
    "(Number of posts/thousands of United States dollars)",
)
OBJECTS = """
Object of expenditure | 2025 approved | Changes | 2026 estimate
Posts                 | 4 600.0       | 40.9    | 4 640.9
Travel of staff       | 200.0         | 4.5     | 204.5
Consultants           | 300.0         | –       | 300.0
Total                 | 5 100.0       | 45.4    | 5 145.4
"""
TABLE = ("Table 4.1", "Overall: evolution of financial resources by object of expenditure")
UNIT = "(Thousands of United States dollars)"


def drawn(*rows: str) -> tuple[list[Chart], list[list[str]]]:
    """The figures below a table of objects, and what their lists count."""
    text = "\n".join((OBJECTS, *(f"¶ {line}" for line in CAPTION), *rows))
    facts = facts_of(text, (*TABLE, UNIT))
    values = {
        s.figure: decimal_of(facts.numbers[s.figure])
        for c in facts.charts
        for g in c.groups
        for s in g
    }
    listed = [
        [f"{each.measure} {values[each.figure]}" for each in group]
        for chart in facts.charts
        for group in chart.groups
    ]
    return list(facts.charts), listed


def words(*texts: str) -> list[str]:
    return [f"¶ {text}" for text in texts]


def test_titles_with_totals_are_read() -> None:
    (chart,), listed = drawn(
        *words(
            "Distribution of posts", "87 posts", "Distribution of financial resources", "5 145.4"
        )
    )
    assert listed == [["posts 87", "resources 5145.4"]]
    assert (chart.number, chart.scope, chart.entities, chart.year) == (
        "4.I",
        "4",
        ("overall",),
        2026,
    )


def test_figures_before_their_labels_are_a_list() -> None:
    _, listed = drawn(
        *words(
            "13 6 GS (OL) GS (PL)",
            "Posts 4 640.9",
            "Non-post",
            "504.5",
            "204.5",
            "300.0",
            "Travel of staff",
            "Consultants",
        )
    )
    assert listed == [
        ["post 4640.9", "non-post 504.5"],
        ["GS (OL) 13", "GS (PL) 6"],
        ["travel of staff 204.5", "consultants 300.0"],
    ]


def test_a_list_may_stand_below_paragraphs_that_were_printed_beside_the_figure() -> None:
    paragraph = "4.7 The resources would be used for the upkeep of the harbours in the next year."
    _, listed = drawn(
        *words("Distribution of posts", "19 posts", paragraph, "13", "6", "GS (OL)", "P-4")
    )
    assert listed == [["posts 19"], ["GS (OL) 13", "P-4 6"]]


@pytest.mark.parametrize("code", language_codes())
def test_every_language_reads_the_titles_of_charts(code: str) -> None:
    language = load_language(code)
    reader = chart_reader(language, ())
    title = language.charts["non_post_distribution"][0]
    assert [token.measure for token in reader.tokens(title)] == ["non-post"]
    assert reader.measure(language.rows["posts"][0]) == "post"


@pytest.mark.parametrize(
    "texts",
    [
        ("13", "6", "GS (OL)"),
        ("13", "GS (OL)", "P-4"),
        ("92 93 94 95 96 2024",),
        ("13 harbours", "6 lighthouses"),
    ],
)
def test_what_is_not_complete_is_no_list(texts: tuple[str, ...]) -> None:
    charts, _ = drawn(*words(*texts))
    assert not charts


def test_the_next_figure_ends_the_reach_of_a_figure() -> None:
    charts, listed = drawn(
        *words(
            "Distribution of posts", "19 posts", "Figure 4.II", "Tides", "13", "6", "GS (OL)", "P-4"
        )
    )
    assert [chart.number for chart in charts] == ["4.I", "4.II"]
    assert listed == [["posts 19"], ["GS (OL) 13", "P-4 6"]]


def test_stored_values_drop_zeros_but_not_precision() -> None:
    _, listed = drawn("--- chart", " | ", "Travel of staff | 204.5", "Consultants | 300")
    assert listed == [["travel of staff 204.5", "consultants 300.0"]]


def test_a_chart_whose_labels_mean_nothing_is_left_alone() -> None:
    charts, _ = drawn("--- chart", " | Planned", "2025 | 350", "2026 | 450")
    assert not charts


def test_a_slice_is_held_against_the_table() -> None:
    rows = ("--- chart", " | ", "Posts | 4640.9", "Travel of staff | 240.5", "Consultants | 300")
    text = "\n".join((OBJECTS, *(f"¶ {line}" for line in CAPTION), *rows))
    (finding,) = check(text, (*TABLE, UNIT)).findings
    assert finding.code == "CHA102"
    assert (finding.where.figure, finding.where.row) == ("4.I", "Travel of staff")
    assert finding.message.startswith("figure 4.I, Travel of staff: ")


def test_a_caption_with_the_wrong_component_is_no_wrong_figure() -> None:
    below = (
        "¶ Subprogramme 2",
        "¶ Figure 4.II",
        "¶ Subprogramme 7: distribution of proposed resources for 2026",
        f"¶ {UNIT}",
        *words("Distribution of financial resources", "349.5"),
    )
    components = """
¶ Table 4.2
¶ Overall: evolution of financial resources by component and subprogramme
¶ (Thousands of United States dollars)
Component/subprogramme | 2025 approved | Changes | 2026 estimate
1. Harbours            | 4 795.9       | –       | 4 795.9
2. Lighthouses         | 349.5         | –       | 349.5
Total                  | 5 145.4       | –       | 5 145.4
"""
    found = check("\n".join((components.strip(), *below))).findings
    assert not [finding for finding in found if finding.code.startswith("CHA")]
