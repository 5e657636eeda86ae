"""References: every example in the language files, and what no example can say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language_files import raw
from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.model.prose import Passage, PassageKind, Reference
from unbudget_check.understand.text.references import references_in

EXAMPLES = [
    pytest.param(code, example["text"], example["found"], id=f"{code} {example['text'][:40]}")
    for code in language_codes()
    for example in raw(code)["reference_examples"]
]

PLACES = [
    pytest.param(code, example["text"], example["found"], id=f"{code} {example['text'][:40]}")
    for code in language_codes()
    for example in raw(code)["place_examples"]
]
SIDES = {-1: "above", 1: "below"}


def passage(text: str, body: int = 0) -> Passage:
    return Passage(0, PassageKind.PARAGRAPH, text, body=body)


def said(reference: Reference) -> str:
    star = "* " if reference.is_outside else ""
    rest = (reference.part, *reference.items)
    return " ".join(filter(None, (f"{star}{reference.kind} {reference.number}", *rest)))


@pytest.mark.parametrize(("code", "text", "found"), EXAMPLES)
def test_a_sentence_refers_to_what_its_example_says(code: str, text: str, found: list[str]) -> None:
    references = references_in(passage(text), load_language(code))
    assert [said(reference) for reference in references] == found


def placed(reference: Reference) -> str:
    """Where a sentence says that this stands, and what it is."""
    where = "outside" if reference.is_outside else "own" if reference.is_own else ""
    rest = (reference.number, reference.part, *reference.items)
    return " ".join(filter(None, (SIDES.get(reference.side, where), reference.kind, *rest)))


@pytest.mark.parametrize(("code", "text", "found"), PLACES)
def test_a_sentence_says_where_it_stands(code: str, text: str, found: list[str]) -> None:
    references = references_in(passage(text), load_language(code))
    assert [placed(reference) for reference in references] == found


def test_a_lone_reference_is_quoted_with_its_word_and_a_listed_one_without() -> None:
    text = "See table 4.1 and tables 4.2 and 4.4 (2)."
    found = references_in(passage(text), load_language("en"))
    assert [text[each.at.start : each.at.end] for each in found] == ["table 4.1", "4.2", "4.4 (2)"]


def test_what_lies_within_a_range_is_quoted_with_the_whole_range() -> None:
    text = "Tables 4.1 to 4.3 show it."
    found = references_in(passage(text), load_language("en"))
    assert [text[each.at.start : each.at.end] for each in found] == ["4.1", "4.1 to 4.3", "4.3"]


def test_the_number_of_a_paragraph_itself_is_no_reference() -> None:
    text = "表 29E.1 列示应交付产出。"
    assert references_in(passage(text, body=len(text)), load_language("zh")) == []


@given(
    st.sampled_from(["4", "29E", "8.II"]),
    st.integers(min_value=1, max_value=40),
    st.integers(min_value=1, max_value=20),
)
def test_a_range_stands_for_each_number_in_it(scope: str, low: int, more: int) -> None:
    text = f"They are shown in tables {scope}.{low} to {scope}.{low + more} below."
    found = references_in(passage(text), load_language("en"))
    assert [each.number for each in found] == [
        f"{scope}.{count}" for count in range(low, low + more + 1)
    ]
    assert all(text[each.at.start : each.at.end] in text for each in found)
