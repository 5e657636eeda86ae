"""What one publisher prints in its own manner is data, and its neutral twin is read alike."""

from __future__ import annotations

import re

import pytest

from tests.as_printed import check, facts_of, sums, table_of
from unbudget_check.model.meaning import REGULAR, Kind
from unbudget_check.profiles import NEUTRAL, factors, form, profiles, sources
from unbudget_check.readers.text.pages import find_symbol

# The section of a number in the manner of one publisher, and in that of anybody.
SECTIONS = ("29E", "8.II", "IS1", "4", "12")
TOTALS = """\
Item        | 2026 | 2027
A. Harbour  |      |
1. Piers    | 10.5 | 11.5
2. Cranes   | 20.0 | 21.0
{a}  | 30.5 | 32.5
B. Town     |      |
1. Streets  | 40.5 | 42.0
2. Lamps    |  5.0 |  6.0
{b}  | 45.5 | 48.0
Total       | 76.0 | 80.5
"""


def numbered(section: str, counts: tuple[int, ...]) -> str:
    said = "The harbour office kept a berth open."
    return "\n".join(f"¶ {section}.{count} {said}" for count in counts)


def test_the_neutral_profile_is_asked_last_and_every_form_is_a_pattern() -> None:
    assert [*profiles()][-1] == NEUTRAL
    for profile in profiles().values():
        for name, pattern in profile["forms"].items():
            assert re.compile(pattern).groups == 0
            assert pattern in form(name)
    with pytest.raises(KeyError):
        form("no-such-form")


def test_what_only_one_publisher_prints_is_no_part_of_the_neutral_profile() -> None:
    section = re.compile(profiles()[NEUTRAL]["forms"]["section"])
    assert [bool(section.fullmatch(each)) for each in SECTIONS] == [False, False, False, True, True]
    assert all(re.fullmatch(form("section"), each) for each in SECTIONS)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_number_left_out_is_found_in_every_manner_of_numbering(section: str) -> None:
    found = check(numbered(section, (1, 2, 3, 4, 6, 7, 8, 9, 10))).findings
    assert [each.stated_text for each in found] == [f"{section}.6"]
    assert list(check(numbered(section, tuple(range(1, 10)))).findings) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_reference_to_nothing_is_found_in_every_manner_of_numbering(section: str) -> None:
    text = numbered(section, tuple(range(1, 9)))
    cited = f"{text}\n¶ {section}.9 See paragraph {section}.40 above."
    assert [each.stated_text for each in check(cited).findings] == [f"paragraph {section}.40"]


@pytest.mark.parametrize("section", ["29E.", "8.II.", "4.", ""])
def test_a_caption_has_its_number_in_every_manner(section: str) -> None:
    table = "Item | 2026\nPiers | 10\nCranes | 20\nTotal | 30\n"
    assert table_of(table, (f"Table {section}7", "Harbour")).number == f"{section}7"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Subtotal, A", "Subtotal, B"), ("Total A", "Total B"), ("Subtotal (A)", "Subtotal (B)")],
)
def test_a_total_names_its_group_in_every_manner(first: str, second: str) -> None:
    found = sums(table_of(TOTALS.format(a=first, b=second)))
    assert found[first] == ["Piers", "Cranes"]
    assert found[second] == ["Streets", "Lamps"]


def test_a_symbol_is_that_of_a_publisher_and_others_have_none() -> None:
    assert find_symbol("A/99/6 (Sect. 40)\n\nHarbours\n") == "A/99/6 (Sect. 40)"
    assert find_symbol("City budget 2026/27\n\nN/A\n\nHarbours\n") is None


def test_where_no_source_of_funds_is_named_the_first_is_meant() -> None:
    table = """
    Category of expenditure | 2026 appropriation | 2027 requirements | Variance
    Crews                   |               80.0 |              90.0 |     10.0
    Berths                  |               20.0 |              15.0 |    (5.0)
    Total                   |              100.0 |             105.0 |      5.0
    """
    unit = "(Thousands of dollars)"
    plain = facts_of(table, ("Table 2", "Financial resources", unit)).meanings
    assert {fact.meaning.source for fact in plain} == {REGULAR} == {sources()[0]}
    named = facts_of(table, ("Table 2", "Registry: resources (harbour fund)", unit)).meanings
    assert {fact.meaning.source for fact in named} == {"harbour fund"}


# Piers, and so on: approved, three factors, their sum, estimate.
HARBOUR = """\
Item | 2026 approved | {names} | Total changes | 2027 estimate
Piers | 50.0 | 3.0 | 2.0 | {tides} | 4.0 | 54.0
Cranes | 30.0 | 1.0 | 2.0 | 3.0 | 6.0 | 36.0
Berths | 20.0 | 1.5 | 1.2 | 1.0 | 3.7 | 23.7
Locks | 41.0 | 2.4 | (1.3) | 2.2 | 3.3 | 44.3
Buoys | 12.5 | 0.7 | 1.6 | (2.1) | 0.2 | 12.7
Total | 153.5 | 8.6 | 5.5 | 3.1 | 17.2 | 170.7
"""


@pytest.mark.parametrize(
    "names",
    [("Technical adjustments", "New mandates", "Other changes"), ("Wages", "Ice", "Tides")],
)
def test_factors_add_up_to_the_change_whoever_names_them(names: tuple[str, ...]) -> None:
    unit = ("Table 1", "Harbour", "(Thousands of dollars)")
    right, wrong = (
        HARBOUR.format(names=" | ".join(names), tides=tides) for tides in ("(1.0)", "(9.0)")
    )
    assert list(check(right, unit).findings) == []
    (finding,) = check(wrong, unit).findings
    likeliest = finding.suspects[0]
    assert (likeliest.where.row, likeliest.where.column) == ("Piers", names[2])
    assert str(likeliest.proposed) == "-1.0"
    assert {Kind(name) for name in factors()} == {Kind.TECHNICAL, Kind.MANDATES, Kind.OTHER}


@pytest.mark.parametrize(("number", "is_other"), [("A/99/7", True), ("72/266", True), ("7", False)])
def test_what_numbers_another_document_is_known_by_its_form(number: str, is_other: bool) -> None:  # noqa: FBT001
    assert (re.search(form("document_number"), number) is not None) is is_other
