"""Numbers and markers at the beginning of a passage, and the lists to which they belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.model.numbering import between, counted, printed_number
from unbudget_check.understand.text.items import (
    Outline,
    leading_marker,
    leading_number,
    numbers_due,
    ordinals,
    unnumbered,
)

SCOPES = st.sampled_from(["", "4", "29E", "8.II", "IS1"])
NOTATIONS = st.sampled_from(["digit", "roman", "ideograph"])
COUNTS = st.integers(min_value=1, max_value=99)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("29E.97 The office", "29E.97"),
        ("8.II.27 The mechanism", "8.II.27"),
        ("IS1.1 Income", "IS1.1"),
        ("4.12. The harbour", "4.12"),
        ("29E.97如表所示", "29E.97"),
        ("7. The Committee", "7"),
        ("7. 2026 was quiet.", "7"),
    ],
)
def test_a_paragraph_begins_with_its_number(text: str, number: str) -> None:
    found, body = leading_number(text)
    assert found == number
    assert text[body:].strip(" .") == text.removeprefix(number).strip(" .")


@pytest.mark.parametrize(
    "text", ["29.5 per cent", "1 234.5 dollars", "2026 estimate", "4.5 % more", "12.3.4", "The 3.4"]
)
def test_a_figure_at_the_beginning_is_no_number_of_a_paragraph(text: str) -> None:
    number, _ = leading_number(text)
    assert number in ("", "29.5")  # only the word behind it tells that it is a rate


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("(a) Harbours", "(a)", "Harbours"),
        ("a) Ports", "(a)", "Ports"),
        ("a. Ports", "(a)", "Ports"),
        ("(iii) Sails", "(iii)", "Sails"),
        ("(12) Sails", "(12)", "Sails"),
        ("㈠ 港口", "(一)", "港口"),
        ("(十二) 港口", "(十二)", "港口"),
        ("（二）港口", "", "（二）港口"),
        ("(the office) Sails", "", "(the office) Sails"),
        ("一些港口", "", "一些港口"),
        ("Harbours", "", "Harbours"),
    ],
)
def test_an_item_begins_with_its_marker(text: str, marker: str, rest: str) -> None:
    found, body = leading_marker(text)
    assert (found, text[body:]) == (marker, rest)


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("A. Ports", "Ports"),
        ("IV. Ports", "Ports"),
        ("12. Ports", "Ports"),
        ("二、港口", "港口"),
        ("Ports", "Ports"),
        ("Mr. Port", "Mr. Port"),
        ("A.", "A."),
    ],
)
def test_a_heading_without_its_number(heading: str, bare: str) -> None:
    assert unnumbered(heading) == bare


@pytest.mark.parametrize(
    ("texts", "due"),
    [
        (["1. Rain fell.", "2. Wind", "3. Snow fell."], {1}),
        (["1. Rain fell.", "2. Snow fell.", "3. Wind"], {2}),
        (["1. Rain", "2. Snow fell."], {0}),
        (["1. Rain"], set()),
        (["1. Rain fell.", "1. Wind", "2. Snow fell."], set()),
        (["1. Rain fell.", "2. Wind", "2. Snow fell."], set()),
        (["1. Rain fell.", "2. Wind", "3. Hail", "2. Snow fell."], set()),
        (["Rain", "2026 results", "1.5 Wind"], set()),
        ([], set()),
    ],
)
def test_what_looks_like_a_heading_may_be_the_paragraph_that_is_due(
    texts: list[str], due: set[int]
) -> None:
    assert numbers_due(texts) == due


def test_a_letter_may_be_a_roman_numeral() -> None:
    assert set(ordinals("(i)")) == {("letter", 9), ("roman", 1)}
    assert set(ordinals("(iv)")) == {("roman", 4)}
    assert set(ordinals("(bb)")) == {("letter", 28)}
    assert set(ordinals("(7)")) == {("digit", 7)}


def paths(*markers: str) -> list[str]:
    outline = Outline()
    return [" ".join(outline.path(marker)) for marker in markers]


def test_items_open_lists_inside_lists_and_go_back() -> None:
    markers = ("(a)", "(i)", "(ii)", "(b)", "(i)", "(c)")
    assert paths(*markers) == ["(a)", "(a) (i)", "(a) (ii)", "(b)", "(b) (i)", "(c)"]


def test_after_h_comes_the_letter_i_and_after_b_the_numeral() -> None:
    letters = [f"({letter})" for letter in "abcdefghij"]
    assert paths(*letters) == letters
    assert paths("(a)", "(b)", "(i)")[-1] == "(b) (i)"


def test_ideographs_stand_inside_letters() -> None:
    assert paths("(a)", "(一)", "(二)", "(b)", "(一)")[-2:] == ["(b)", "(b) (一)"]


def test_a_lost_item_does_not_open_a_list() -> None:
    assert paths("(a)", "(b)", "(d)")[-1] == "(d)"


def test_a_cleared_outline_begins_anew() -> None:
    outline = Outline()
    outline.path("(a)")
    outline.clear()
    assert outline.path("(i)") == ("(i)",)


@given(st.integers(min_value=1, max_value=26))
def test_a_list_of_letters_stays_one_list(length: int) -> None:
    letters = [f"({chr(ord('a') + at)})" for at in range(length)]
    assert paths(*letters) == letters


@given(SCOPES, NOTATIONS, COUNTS)
def test_a_count_is_read_as_it_was_printed(scope: str, notation: str, count: int) -> None:
    assert counted(printed_number(scope, notation, count)) == (scope, notation, count)


@given(SCOPES, NOTATIONS, COUNTS, st.integers(min_value=0, max_value=40))
def test_a_range_has_all_that_lies_between(scope: str, notation: str, low: int, more: int) -> None:
    ends = [printed_number(scope, notation, count) for count in (low, min(low + more, 99))]
    found = [counted(number) for number in between(ends[0], ends[1])]
    assert [each[2] for each in found if each] == list(range(low + 1, min(low + more, 99)))


@pytest.mark.parametrize(
    ("low", "high"), [("29E.3", "29F.5"), ("4.3", "4.V"), ("x", "y.z"), ("1", "999")]
)
def test_numbers_of_two_numberings_are_no_range(low: str, high: str) -> None:
    assert list(between(low, high)) == []
