"""What figures of tables mean: component, measure, kind, year, source of funds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.as_printed import facts_of
from unbudget_check.model.meaning import Kind, View
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from unbudget_check.model.facts import DocumentFacts

COMPONENTS = """
Component/subprogramme  | 2026 approved | Technical adjustments | Change | 2027 estimate
A. Executive direction  |         400.0 |                  10.0 |   10.0 |         410.0
B. Programme of work    |               |                       |        |
1. Harbours             |       1 250.5 |                (20.5) | (20.5) |       1 230.0
2. Lighthouses          |         349.5 |                     – |      – |         349.5
Subtotal, B             |       1 600.0 |                (20.5) | (20.5) |       1 579.5
Subtotal (1)            |       2 000.0 |                (10.5) | (10.5) |       1 989.5
¶ (2) Extrabudgetary
Component/subprogramme  | 2026 estimate | Change | 2027 estimate
A. Executive direction  |          50.0 |      – |          50.0
B. Programme of work    |               |        |
1. Harbours             |         450.0 |   40.0 |         490.0
2. Lighthouses          |             – |      – |             –
Subtotal, B             |         450.0 |   40.0 |         490.0
Subtotal (2)            |         500.0 |   40.0 |         540.0
Total                   |       2 500.0 |   29.5 |       2 529.5
"""
BEFORE = (
    "Table 4.1",
    "Overall: evolution of financial resources by source of funding, component and subprogramme",
    "(Thousands of United States dollars)",
    "(1) Regular budget",
)
GRADES = """
Category and grade          | 2026 approved | Changes | 2027 proposed
Professional and higher     |               |         |
D-1                         |             2 |       – |             2
P-4                         |             5 |       1 |             6
P-3                         |             3 |       – |             3
Subtotal                    |            10 |       1 |            11
General Service and related |               |         |
GS (OL)                     |             7 |       – |             7
GS (PL)                     |             1 |       – |             1
Subtotal                    |             8 |       – |             8
Total                       |            18 |       1 |            19
"""
OBJECTS = """
Category of expenditure | 2026 appropriation | 2027 requirements | Variance
Civilian personnel      |               80.0 |              90.0 |     10.0
Operational costs       |               20.0 |              15.0 |    (5.0)
Total                   |              100.0 |             105.0 |      5.0
"""


def told(facts: DocumentFacts, kind: Kind) -> dict[tuple[str, str, str], str]:
    """(Entity, measure, source) -> figure, of one kind."""
    return {
        (m.entity, m.measure, m.source): str(decimal_of(facts.numbers[each.figure]))
        for each in facts.meanings
        for m in [each.meaning]
        if m.kind is kind
    }


def test_rows_of_components_are_told_by_number_or_name_and_by_source_of_funds() -> None:
    facts = facts_of(COMPONENTS, BEFORE)
    assert told(facts, Kind.PROPOSED) == {
        ("executive direction", "resources", "regular"): "410.0",
        ("subprogramme 1", "resources", "regular"): "1230.0",
        ("subprogramme 2", "resources", "regular"): "349.5",
        ("overall", "resources", "regular"): "1989.5",
        ("executive direction", "resources", "extrabudgetary"): "50.0",
        ("subprogramme 1", "resources", "extrabudgetary"): "490.0",
        ("subprogramme 2", "resources", "extrabudgetary"): "0.0",
        ("overall", "resources", "extrabudgetary"): "540.0",
        ("overall", "resources", "all"): "2529.5",
    }
    assert {each.view for each in facts.meanings} == {View.COMPONENTS}
    assert {each.meaning.scope for each in facts.meanings} == {"4"}
    assert {each.scale for each in facts.meanings} == {3}


def test_subtotals_of_grades_are_what_the_heading_above_them_says() -> None:
    facts = facts_of(GRADES, ("Table 4.3", "Overall: posts by grade", "(Number of posts)"))
    found = {measure: figure for (_, measure, _), figure in told(facts, Kind.APPROVED).items()}
    assert found == {
        "D-1": "2",
        "P-4": "5",
        "P-3": "3",
        "professional": "10",
        "GS (OL)": "7",
        "GS (PL)": "1",
        "general": "8",
        "posts": "18",
    }


def test_a_subtotal_under_a_lost_heading_means_nothing() -> None:
    table = "\n".join(row for row in GRADES.splitlines() if not row.startswith("General"))
    facts = facts_of(table, ("Table 4.3", "Overall: posts by grade", "(Number of posts)"))
    found = [each for each in facts.meanings if each.meaning.kind is Kind.APPROVED]
    measures = [each.meaning.measure for each in found]
    assert measures.count("professional") == 1
    assert "general" not in measures


def test_resources_may_be_non_post_only() -> None:
    table = """
     | 2026 approved | Changes | 2027 estimate
    Financial resources by main category of expenditure | | |
    Non-post | 30.0 | 1.0 | 31.0
    Total | 30.0 | 1.0 | 31.0
    """
    facts = facts_of(table, ("Table 4.6", "Registry: resources", "(Thousands of dollars)"))
    assert told(facts, Kind.PROPOSED) == {
        ("registry", "non-post", "regular"): "31.0",
        ("registry", "resources", "regular"): "31.0",
    }


def test_a_table_without_any_component_speaks_of_the_whole() -> None:
    facts = facts_of(OBJECTS, ("Table 2", "Financial resources", "(Thousands of dollars)"))
    assert told(facts, Kind.CHANGE) == {
        ("overall", "civilian personnel", "regular"): "10.0",
        ("overall", "operational costs", "regular"): "-5.0",
        ("overall", "resources", "regular"): "5.0",
    }


def test_a_caption_may_name_a_component_that_no_table_lists_and_a_qualified_source() -> None:
    before = ("Table 9.4", "Registry: resources (jointly financed)", "(Thousands of dollars)")
    (fact, *_) = facts_of(OBJECTS, before).meanings
    assert (fact.meaning.entity, fact.meaning.source) == ("registry", "jointly financed")


def test_posts_that_stand_one_column_to_the_left_mean_nothing() -> None:
    table = """
 | 2025 expenditure | 2026 approved | Changes | 2027 estimate
    Financial resources | | | |
    Posts | 70.0 | 80.0 | – | 80.0
    Non-post | 20.0 | 30.0 | – | 30.0
    Total | 90.0 | 110.0 | – | 110.0
    Post resources by category | | | |
    Professional and higher | 5 | – | – | 5
    General Service and related | 3 | – | – | 3
    Total | 8 | – | – | 8
    """
    before = ("Table 4.5", "Overall: resources", "(Thousands of dollars/number of posts)")
    facts = facts_of(table, before)
    kinds = {each.meaning.kind for each in facts.meanings if each.meaning.unit == "posts"}
    assert kinds == {Kind.CHANGE, Kind.PROPOSED}
