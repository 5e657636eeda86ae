"""Entities are paths: which body, group, subprogramme and component a row, heading or item is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import check, facts_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.meaning import Kind
from unbudget_check.understand.text.entities import PARTLY_NAMED_BITS, SAME_ENTITY_BITS, compatible

if TYPE_CHECKING:
    from unbudget_check.model.facts import DocumentFacts

OFFICES = """
¶ Table 5.1
¶ Overall: resources by component and subprogramme
¶ (Thousands of United States dollars)
Component/subprogramme  | 2026 approved | Change | 2027 estimate
A. Direction            |         100.0 |      – |         100.0
B. Programme of work    |               |        |
Harbour office, north   |               |        |
1. Dredging             |         210.5 |   10.0 |         220.5
2. Pilotage             |         320.0 |      – |         320.0
Harbour office, south   |               |        |
1. Dredging             |         430.0 |      – |         430.0
2. Pilotage             |         540.5 |   20.0 |         560.5
Harbour office, east    |         650.0 |      – |         650.0
Subtotal, B             |       2 151.0 |   30.0 |       2 181.0
Total                   |       2 251.0 |   30.0 |       2 281.0
"""
SOUTH = """
¶ Programme of work
¶ Harbour office, south
¶ Subprogramme 2
¶ Pilotage
¶ 5.2 The proposed resources for 2027 amount to $560,500 and reflect an increase of $20,000.
¶ Table 5.2
¶ Subprogramme 2: evolution of resources
¶ (Thousands of United States dollars)
         | 2026 approved | Change | 2027 estimate
Posts    |         500.5 |   20.0 |         520.5
Non-post |          40.0 |      – |          40.0
Total    |         540.5 |   20.0 |         560.5
"""


def of_rows(facts: DocumentFacts, kind: Kind = Kind.PROPOSED) -> dict[str, str]:
    """Entity -> the label of its row."""
    rows = facts.tables[0].rows
    return {
        fact.meaning.entity: rows[spot.row].label
        for fact in facts.meanings
        if fact.meaning.kind is kind and fact.table == 0
        if isinstance(spot := facts.spots[fact.figure], Spot)
    }


def headed(facts: DocumentFacts) -> dict[str, str]:
    """Heading -> the entity that it sets."""
    passages = facts.prose.passages
    return {p.text: p.bearing.entity for p in passages if p.kind.value == "heading"}


def test_subprogrammes_of_several_offices_are_told_apart_by_their_office() -> None:
    assert list(of_rows(facts_of(OFFICES))) == [
        "direction",
        "harbour office, north › subprogramme 1",
        "harbour office, north › subprogramme 2",
        "harbour office, south › subprogramme 1",
        "harbour office, south › subprogramme 2",
        "harbour office, east",
        "overall",
    ]


def test_what_stands_below_the_heading_of_an_office_is_of_that_office() -> None:
    facts = facts_of(OFFICES + SOUTH)
    assert headed(facts)["Subprogramme 2"] == "harbour office, south › subprogramme 2"
    assert {f.meaning.entity for f in facts.meanings if f.table} == {
        "harbour office, south › subprogramme 2"
    }
    assert not check(OFFICES + SOUTH).findings


def test_a_wrong_figure_of_one_office_is_found_in_its_own_row() -> None:
    wrong = OFFICES.replace("540.5 |   20.0 |         560.5", "540.5 |   20.0 |         506.5")
    (finding,) = check(wrong + SOUTH).findings
    (suspect,) = finding.suspects
    assert (suspect.where.row, suspect.stated, str(suspect.proposed)) == (
        "2. Pilotage",
        "506.5",
        "560.5",
    )


@pytest.mark.parametrize(
    ("heading", "row", "part", "language"),
    [
        ("Subprogramme 8", "Subprogramme", "Subprogramme 8, component 2", "en"),
        ("Sous-programme 8", "Sous-programme", "Sous-programme 8, composante 2", "fr"),
        ("Subprograma 8", "Subprograma", "Subprograma 8, componente 2", "es"),
        ("次级方案8", "次级方案", "次级方案8，构成部分2", "zh"),
    ],
)
def test_a_component_of_a_subprogramme_is_not_the_subprogramme(
    heading: str, row: str, part: str, language: str
) -> None:
    text = f"""
    {row} | 2026 | 2027
    8. Buoys and lights | 10.0 | 12.0
    9. Maps and charts | 20.0 | 22.0
    Total | 30.0 | 34.0
    ¶ {heading}
    ¶ {part}
    """
    lines = "\n".join(line.strip() for line in text.splitlines())
    assert headed(facts_of(lines, language=language)) == {
        heading: "subprogramme 8",
        part: "subprogramme 8 › component 2",
    }


def test_a_component_is_named_by_its_number_below_its_subprogramme() -> None:
    found = headed(facts_of(OFFICES + "¶ Subprogramme 3\n¶ Component 1\n¶ Maps\n¶ Component 2\n"))
    assert found["Component 1"] == "subprogramme 3 › component 1"
    assert found["Component 2"] == "subprogramme 3 › component 2"


COMPONENTS = """
¶ Table 6.1
¶ Overall: resources by component
¶ (Thousands of United States dollars)
Component               | 2026 approved | 2027 estimate
A. Registry             |               |
1. Archives             |          10.5 |          11.5
2. Printing             |          20.5 |          21.5
Subtotal, A             |          31.0 |          33.0
B. Library              |               |
1. Archives             |          40.5 |          41.5
Component 1. Lending    |          50.5 |          51.5
Component 2. Binding    |          60.5 |          61.5
Subtotal, B             |         152.0 |         154.5
Total                   |         183.0 |         187.5
"""


def test_rows_of_one_name_in_two_groups_are_two_entities() -> None:
    found = of_rows(facts_of(COMPONENTS))
    assert [entity for entity, label in found.items() if label == "Archives"] == [
        "registry › subprogramme 1",
        "library › subprogramme 1",
    ]
    assert "subprogramme 1 › component 2" in found


def test_what_a_table_says_of_one_entity_twice_is_said_of_none() -> None:
    twice = COMPONENTS.replace("2. Printing ", "1. Archives ")
    assert "registry › subprogramme 1" not in of_rows(facts_of(twice))


def test_a_number_that_two_entities_have_names_neither() -> None:
    facts = facts_of(COMPONENTS + "¶ 6.1 The changes are:\n¶ (a) Subprogramme 1, Archives;\n")
    item = facts.prose.passages[-1]
    known = {fact.meaning.entity for fact in facts.meanings}
    assert item.entity == "subprogramme 1"
    assert item.entity not in known


def test_only_what_a_programme_of_work_numbers_is_a_subprogramme() -> None:
    table = COMPONENTS.replace("B. Library ", "B. Programme of work ")
    found = headed(facts_of(table + "¶ Archives\n¶ Programme of work\n¶ Subprogramme 1\n"))
    assert found["Subprogramme 1"] == "subprogramme 1"
    assert "archives" in of_rows(facts_of(table))


@pytest.mark.parametrize(
    ("said", "meant", "bits"),
    [
        ("", "north › subprogramme 2", 0),
        ("north › subprogramme 2", "north › subprogramme 2", SAME_ENTITY_BITS),
        ("subprogramme 2", "north › subprogramme 2", PARTLY_NAMED_BITS),
        ("works › north › subprogramme 2", "works › subprogramme 2", PARTLY_NAMED_BITS),
        ("south › subprogramme 2", "north › subprogramme 2", None),
        ("subprogramme 8", "subprogramme 8 › component 1", None),
        ("overall", "subprogramme 8", None),
    ],
)
def test_a_path_printed_in_part_may_be_a_longer_one_with_the_same_end(
    said: str, meant: str, bits: int | None
) -> None:
    assert compatible(said, meant) == compatible(meant, said) == bits
