"""What headings make the text below them about: component, body, source of funds."""

from __future__ import annotations

import pytest

from tests.as_printed import facts_of
from unbudget_check.model.prose import Bearing, PassageKind

TABLES = """
¶ Table 6.1
¶ Overall: resources by component (voluntary fund)
¶ (Thousands of dollars)
Component       | 2026 approved | Change | 2027 estimate
A. Registry     |         310.5 |   10.0 |         320.5
B. Print shop   |         120.5 |      – |         120.5
Total           |         431.0 |   10.0 |         441.0
¶ Table 6.2
¶ Museum of Customs: resources
¶ (Thousands of dollars)
Object          | 2026 approved | Change | 2027 estimate
Guides          |          20.5 |      – |          20.5
Total           |          20.5 |      – |          20.5
"""


def bearings(text: str) -> dict[str, Bearing]:
    passages = facts_of(TABLES + text).prose.passages
    return {p.text: p.bearing for p in passages if p.kind is PassageKind.HEADING}


@pytest.mark.parametrize(
    ("heading", "entity", "source"),
    [
        ("Overall resource changes (voluntary fund)", "overall", "voluntary fund"),
        ("Overall resource changes (regular budget)", "overall", "regular"),
        ("Print shop (voluntary fund)", "print shop", "voluntary fund"),
        ("Print shop (two presses)", "", ""),
        ("Overall resource changes", "overall", ""),
    ],
)
def test_a_fund_in_brackets_is_the_source_of_what_stands_below(
    heading: str, entity: str, source: str
) -> None:
    found = bearings(f"¶ Annex\n¶ {heading}\n")[heading]
    assert (found.entity, found.source) == (entity, source)


@pytest.mark.parametrize("heading", ["II. Customs union", "C. Customs union"])
def test_a_heading_of_another_body_ends_the_component_above_it(heading: str) -> None:
    assert bearings(f"¶ Print shop\n¶ {heading}\n")[heading].entity == ""


@pytest.mark.parametrize("heading", ["Staff costs", "1. Staff costs"])
def test_a_heading_within_a_component_is_about_that_component(heading: str) -> None:
    found = bearings(f"¶ Print shop\n¶ {heading}\n")
    assert found[heading].entity == "print shop"


def test_a_heading_may_name_what_the_caption_of_a_table_is_about() -> None:
    heading = "II. Museum of Customs"
    assert bearings(f"¶ Print shop\n¶ {heading}\n")[heading].entity == "museum of customs"
