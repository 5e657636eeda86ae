"""References and numbering that no example of a rule shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.as_printed import check, facts_of
from unbudget_check.checks.document.numbering import numbered_in
from unbudget_check.model.numbering import printed_number
from unbudget_check.model.prose import ReferenceKind


def codes(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Code and quoted text of the findings about references, in reading order."""
    found = check(text, language=language).findings
    return [(each.code, each.stated_text) for each in found if each.code.startswith("REF")]


def paragraphs(numbers: list[str]) -> str:
    return "\n".join(f"¶ {number} The harbour office kept a berth open." for number in numbers)


def test_the_index_knows_items_inside_a_sentence_but_no_reference() -> None:
    text = "¶ 4.1 There are (a) lights; and (b) sails.\n¶ 4.2 See paragraph 4.1 (c)."
    numbered = numbered_in(facts_of(text))
    assert numbered.has_item("4.1", ("(b)",))
    assert not numbered.has_item("4.2", ("(c)",))
    assert numbered.has(ReferenceKind.PARAGRAPH, "4.2")
    assert numbered.scopes == {"4"}


def test_a_paragraph_that_refers_to_an_item_of_itself_is_found() -> None:
    text = paragraphs(["4.1", "4.2"]) + "\n¶ 4.3 The reasons are in paragraph 4.3 (a) above."
    assert codes(text) == [("REF104", "paragraph 4.3 (a)")]


def test_a_range_that_ends_too_early_or_too_late_is_held_against_what_stands_below() -> None:
    parts = [
        f"¶ 4.{n} Progress is shown in table 4.{n}.\n¶ Table 4.{n}\n¶ Ships that called"
        for n in range(1, 6)
    ]
    tables = "".join(f"\n¶ Table 4.{n}\n¶ Ships by flag" for n in (6, 7, 8))
    last = "\n¶ 4.7 The rest is shown in table 4.9.\n¶ Table 4.9\n¶ Ships by cargo"
    for end, wrong in (("4.8", []), ("4.7", [("REF106", "4.7")]), ("4.9", [("REF106", "4.9")])):
        middle = f"\n¶ 4.6 The resources are shown in tables 4.6 to {end}."
        assert codes("\n".join(parts) + middle + tables + last) == wrong


def test_tables_are_introduced_in_the_order_in_which_they_stand() -> None:
    parts = [
        f"¶ 4.{n} Progress is shown in table 4.{n}.\n¶ Table 4.{n}\n¶ Ships that called"
        for n in range(1, 6)
    ]
    below = "\n¶ Table 4.6\n¶ Ships by flag\n¶ Table 4.7\n¶ Crews by flag"
    back, named = "The fees come to $12 million (see table 4.5).", "Ships are shown in table 4.6."
    for first, second, wrong in ((back, named, []), (named, back, [("REF106", "table 4.5")])):
        text = f"\n¶ 4.6 {first}\n¶ 4.7 {second}"
        assert codes("\n".join(parts) + text + below) == wrong


def test_what_alone_names_a_table_right_above_it_names_that_table() -> None:
    parts = [
        f"¶ 4.{n} Progress is shown in table 4.{n}.\n¶ Table 4.{n}\n¶ Ships that called"
        for n in range(1, 6)
    ]
    extra = "\n¶ Table 4.6\n¶ Ships by flag\n¶ 4.6 Sixty of them were large (see table 4.6)."
    rest = "\n¶ 4.7 The rest is in table 4.7.\n¶ Table 4.7\n¶ Cargo\n¶ Table 4.8\n¶ Crews"
    assert codes("\n".join(parts) + extra + rest) == []


@given(st.integers(min_value=8, max_value=40), st.sampled_from(["digit", "roman", "ideograph"]))
def test_a_numbering_without_a_gap_is_never_told(length: int, notation: str) -> None:
    rows = (
        f"¶ Figure {printed_number('4', notation, n)}\n¶ Ships at berth {n}"
        for n in range(1, length + 1)
    )
    assert codes("\n".join(rows)) == []


@given(st.integers(min_value=10, max_value=20), st.data())
def test_one_number_left_out_twice_or_wrong_is_told_once(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=1, max_value=length - 2))
    numbers = [f"4.{n}" for n in range(1, length + 1)]
    for changed in (
        [*numbers[:at], *numbers[at + 1 :]],
        [*numbers[:at], numbers[at - 1], *numbers[at:]],
        [*numbers[:at], "4.99", *numbers[at + 1 :]],
        [*numbers[:at], numbers[at + 1], numbers[at], *numbers[at + 2 :]],
    ):
        assert len(codes(paragraphs(changed))) == 1


def test_an_excerpt_that_begins_amid_a_numbering_is_left_alone() -> None:
    assert codes(paragraphs([f"4.{n}" for n in (12, 13, 14, 17, 18, 19, 20, 21, 22)])) == []


def test_a_caption_carried_over_a_page_is_not_used_twice() -> None:
    rows = [f"¶ Table 4.{n}\n¶ Ships at berth {n}" for n in range(1, 10)]
    rows.insert(4, "¶ Table 4.4 (continued)\n¶ Ships at berth 4")
    assert codes("\n".join(rows)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In line with paragraph 19 of General Assembly resolution 72/219, nothing changes.",
        "See resolution 79/1, para. 36 (a), and Article 36, paragraph 2, of the Statute.",
        "The recommendation (A/80/7, para. VIII.96) was followed.",
    ],
)
def test_what_other_documents_number_is_no_finding(sentence: str) -> None:
    assert codes(paragraphs(["4.1", "4.2", "4.3"]) + f"\n¶ 4.4 {sentence}") == []


def test_where_most_captions_are_not_read_the_last_one_that_is_proves_nothing() -> None:
    def with_tables(numbers: list[int]) -> str:
        tables = [
            f"¶ Table 4.{number}\n¶ Berths of port {number}\nPort | 2027\nQuay | {number}\nPier | 2"
            for number in numbers
        ]
        return "\n".join([*tables, "¶ 4.1 The berths are shown in table 4.9."])

    assert codes(with_tables([7, 8])) == []
    assert codes(with_tables([1, 2, 3])) == [("REF101", "table 4.9")]


REASONS = """
¶ Overall resource changes
¶ 4.20 The pilots were asked for their views.
¶ Technical adjustments
¶ 4.21 Resource changes reflect a decrease of $12,300.
¶ New and expanded mandates
¶ 4.22 Resource changes reflect an increase of $45,600.
¶ Other changes
¶ 4.23 Resource changes reflect an increase of $78,900.
¶ Extrabudgetary resources
¶ 4.24 None are expected, and {}.
"""


@pytest.mark.parametrize(
    ("said", "stated", "meant"),
    [
        ("the reasons are given in paragraphs 4.21 to 4.23", "", ""),
        ("the reasons are given in paragraphs 4.20 to 4.23", "4.20", "4.21"),
        ("the reasons are given in paragraphs 4.21, 4.22 and 4.24", "4.24", "4.23"),
        ("the reasons are given in paragraphs 4.20, 4.22 and 4.23", "4.20", "4.21"),
        ("the views are those of paragraph 4.20", "", ""),
    ],
)
def test_each_reference_for_the_reasons_of_changes_is_to_some(
    said: str, stated: str, meant: str
) -> None:
    found = [f for f in check(REASONS.format(said)).findings if f.code == "REF105"]
    assert [f.stated_text for f in found] == [stated] * bool(stated)
    assert all(meant in f.message for f in found)
