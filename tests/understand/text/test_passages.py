"""Passages: what each piece of text is, its number and items, and what its headings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.as_printed import facts_of
from unbudget_check.model.prose import PassageKind

if TYPE_CHECKING:
    from unbudget_check.model.prose import Passage

COMPONENTS = """
¶ Table 4.1
¶ Overall: evolution of financial resources by component and subprogramme
¶ (Thousands of United States dollars)
Component/subprogramme   | 2025 approved | Changes | 2026 estimate
A. Executive direction   |         400.0 |       – |         400.0
B. Programme of work     |               |         |
1. Harbour safety        |       1 250.5 |    15.5 |       1 266.0
2. Lighthouses and buoys |         349.5 |    10.0 |         359.5
Subtotal, B              |       1 600.0 |    25.5 |       1 625.5
Total                    |       2 000.0 |    25.5 |       2 025.5
"""


def passages(text: str, language: str = "en") -> tuple[Passage, ...]:
    lines = "\n".join(f"¶ {row.strip()}" for row in text.strip().splitlines())
    return facts_of(lines, language=language).prose.passages


def below_components(text: str) -> tuple[Passage, ...]:
    lines = "\n".join(f"¶ {row.strip()}" for row in text.strip().splitlines())
    found = facts_of(COMPONENTS + lines).prose.passages
    return found[3:]


def test_each_kind_of_passage_is_told_by_its_form() -> None:
    found = passages(
        """
        Overall resource changes
        4.1 The changes are as follows:
        (a) New lights;
        (b) New sails.
        They are few.
        Table 4.2
        Resources by port
        (Thousands of dollars)
        Note: rounded.
        """
    )
    kinds = [each.kind.value for each in found]
    assert kinds == [
        "heading",
        "paragraph",
        "item",
        "item",
        "paragraph",
        "caption",
        "caption",
        "caption",
        "note",
    ]
    assert [each.number for each in found[:5]] == ["", "4.1", "4.1", "4.1", "4.1"]


def test_items_carry_the_markers_that_lead_to_them() -> None:
    found = passages(
        """
        4.1 The changes are as follows:
        (a) Harbours:
        (i) New lights;
        (ii) New sails;
        (b) Vessels.
        4.2 (a) Another list begins;
        (b) And goes on.
        """
    )
    items = [" ".join(each.items) for each in found]
    assert items == ["", "(a)", "(a) (i)", "(a) (ii)", "(b)", "(a)", "(b)"]
    assert [each.text[each.body :] for each in found[4:6]] == ["Vessels.", "Another list begins;"]


def kinds_and_numbers(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    found = passages(text, language)
    return [(each.kind.value, each.number, " ".join(each.items)) for each in found]


def test_plain_numbers_are_those_of_paragraphs_and_of_headings() -> None:
    found = kinds_and_numbers(
        """
        I. Overview
        1. The port is open.
        2. The tide is high:
        (a) In the north.
        1. Resources
        3. They are few.
        """
    )
    assert found == [
        ("heading", "", ""),
        ("paragraph", "1", ""),
        ("paragraph", "2", ""),
        ("item", "2", "(a)"),
        ("heading", "", ""),
        ("paragraph", "3", ""),
    ]


def test_a_plain_number_below_one_with_a_section_is_that_of_an_item() -> None:
    found = kinds_and_numbers(
        """
        4.1 The following are built:
        1. A port.
        2. A pier.
        Annex II
        Methods of building
        1. Ports are built of stone.
        2. Piers are built of wood.
        """
    )
    assert found == [
        ("paragraph", "4.1", ""),
        ("item", "4.1", "(1)"),
        ("item", "4.1", "(2)"),
        ("caption", "", ""),
        ("heading", "", ""),
        ("paragraph", "1", ""),
        ("paragraph", "2", ""),
    ]


def test_the_number_of_a_heading_is_no_part_of_what_it_says() -> None:
    found = below_components(
        """
        B. Executive direction
        1. Extrabudgetary resources
        4.1 Nothing is known.
        """
    )
    bearing = found[-1].bearing
    assert (bearing.entity, bearing.source) == ("executive direction", "extrabudgetary")


def test_a_heading_ends_a_paragraph_and_its_lists() -> None:
    found = passages(
        """
        4.1 The changes are as follows:
        (a) Harbours.
        Lessons learned
        Nothing was learned.
        """
    )
    assert found[2].kind is PassageKind.HEADING
    assert (found[3].number, found[3].items) == ("", ())


def test_the_title_below_a_caption_belongs_to_it() -> None:
    lines = "¶ Table 4.2\n¶ Resources by port\n¶ (1) Regular budget\n¶ 4.1 The resources are few."
    prose = facts_of(lines).prose
    (caption,) = prose.captions
    assert (caption.number, caption.title, caption.parts) == ("4.2", "Resources by port", ("(1)",))
    assert prose.passages[3].number == "4.1"


@pytest.mark.parametrize(
    ("language", "caption", "unit", "heading"),
    [
        ("en", "Table 4.1", "(Thousands of United States dollars)", "Subprogramme 2"),
        ("zh", "表 4.1", "（千美元）", "次级方案 2"),
        ("fr", "Tableau 4.1", "(En milliers de dollars des États-Unis)", "Sous-programme 2"),
    ],
)
def test_a_heading_below_a_table_is_no_title_of_the_caption_above_it(
    language: str, caption: str, unit: str, heading: str
) -> None:
    rows = f"""
Item | 2025 | 2026
Boats | 10.0 | 12.0
Total | 10.0 | 12.0
¶ {heading}
"""
    prose = facts_of(rows, (caption, unit), language).prose
    assert [(each.number, each.title) for each in prose.captions] == [("4.1", "")]
    assert prose.passages[-1].kind is PassageKind.HEADING


def test_headings_say_which_component_source_and_factor_a_passage_is_about() -> None:
    found = below_components(
        """
        Overall resource changes
        Technical adjustments
        4.1 The change is small.
        Other changes
        4.2 The change is large.
        Subprogramme 1
        Harbour safety
        4.3 The resources are few.
        Extrabudgetary resources
        4.4 Nothing is known.
        Executive direction
        4.5 One post is proposed.
        """
    )
    bearings = {each.number: each.bearing for each in found if each.number}
    told = {
        number: (bearing.entity, bearing.source, bearing.factor)
        for number, bearing in bearings.items()
    }
    assert told == {
        "4.1": ("overall", "", "technical"),
        "4.2": ("overall", "", "other"),
        "4.3": ("subprogramme 1", "", ""),
        "4.4": ("subprogramme 1", "extrabudgetary", ""),
        "4.5": ("executive direction", "", ""),
    }


def test_items_and_titles_of_captions_name_their_component() -> None:
    found = below_components(
        """
        Overall resource changes
        4.1 The changes are as follows:
        (a) Subprogramme 2, Lighthouses and buoys. New buoys;
        (b) Executive direction. One post.
        Figure 4.I
        Subprogramme 1: distribution of resources
        """
    )
    named = [each.entity for each in found if each.kind is not PassageKind.HEADING]
    assert named == ["", "subprogramme 2", "executive direction", "", "subprogramme 1"]


def test_another_numbering_begins_another_part_of_the_document() -> None:
    found = passages("8.I.1 The first part.\n8.I.2 It goes on.\n8.II.1 The second part.")
    assert [each.bearing.scope for each in found] == ["8.I", "8.I", "8.II"]


@given(
    st.lists(st.sampled_from(["4.1 A.", "(a) B;", "(i) C;", "Heading", "Table 4.1"]), max_size=9)
)
def test_every_piece_of_text_is_one_passage_in_order(rows: list[str]) -> None:
    found = passages("\n".join(rows)) if rows else ()
    assert [each.text for each in found] == rows
    assert [each.index for each in found] == list(range(len(rows)))
    assert all(each.body <= len(each.text) for each in found)


def test_a_list_goes_on_behind_a_heading_or_a_table() -> None:
    found = passages(
        """
        4.1 The changes are as follows:
        Changes within existing means
        (a) Harbours need new lights;
        (b) Vessels need new sails, as in table 4.1;
        Changes beyond existing means
        (c) Crews need new coats;
        Table 4.1
        Sails by port
        (Thousands of dollars)
        (d) Pilots need new boats.
        Lessons learned
        (a) Another list begins below another heading.
        """
    )
    items = {each.text[:3]: (each.number, each.items) for each in found[:-1] if each.items}
    assert items == {mark: ("4.1", (mark,)) for mark in ("(a)", "(b)", "(c)", "(d)")}
    assert (found[-1].kind, found[-1].number) == (PassageKind.ITEM, "")


def test_parts_of_a_table_are_no_items_of_the_list_above() -> None:
    found = passages(
        """
        4.1 The changes are as follows:
        (1) Harbours need new lights;
        Table 4.1
        Resources by port
        (1) Regular budget
        (2) Extrabudgetary
        """
    )
    assert [each.kind.value for each in found[-3:]] == ["caption"] * 3


def test_the_next_item_tells_whether_i_is_a_letter_or_a_numeral() -> None:
    letters = "\n".join(f"({letter}) Port {letter} gains;" for letter in "abcdefgh")
    found = passages(f"4.1 As follows:\n{letters}\n(i) Lamps;\n(ii) Sails;\n(i) Pilots.")
    assert [each.items for each in found[-3:]] == [("(h)", "(i)"), ("(h)", "(ii)"), ("(i)",)]
    found = passages(f"4.1 As follows:\n{letters}\n(i) Port i gains;\n(j) Port j gains.")
    assert [each.items for each in found[-2:]] == [("(i)",), ("(j)",)]


def test_a_bullet_before_the_number_that_is_due_hides_it_not() -> None:
    found = passages(
        """
        4.1 The plan rests on these:
        - (a) Clients stay;
        - (b) Prices hold.
        - 4.2 The office goes on.
        - 1.5 boats are no paragraph.
        """
    )
    told = [(each.number, each.items) for each in found]
    assert told == [("4.1", ()), ("4.1", ("(a)",)), ("4.1", ("(b)",)), ("4.2", ()), ("4.2", ())]
    assert found[3].text.startswith("4.2")
