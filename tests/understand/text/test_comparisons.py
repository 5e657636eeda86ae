"""Results beside their targets, and what rose or fell: the sentences of every language."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from unbudget_check.lexicon import language_codes, load_language
from unbudget_check.model.document import Cell, Table
from unbudget_check.model.number import Number, decimal_of
from unbudget_check.model.prose import Passage, PassageKind
from unbudget_check.understand.text.comparisons import comparisons_of, movements_of
from unbudget_check.understand.text.measures import series_of

if TYPE_CHECKING:
    from unbudget_check.model.prose import Comparison, Movement, Quantity


def examples(name: str) -> list[tuple[str, str, list[str]]]:
    """(Code, text, what is found) of all language files."""
    found = []
    for code in language_codes():
        source = files("unbudget_check.lexicon") / f"{code}.toml"
        raw: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
        found += [(code, each["text"], each["found"]) for each in raw.get(name, ())]
    return found


def passage(text: str) -> tuple[Passage, ...]:
    return (Passage(0, PassageKind.PARAGRAPH, text),)


def shown(quantity: Quantity | None) -> str:
    return f"{decimal_of(quantity.number):f}" if quantity else ""


def compared(text: str, code: str = "en") -> tuple[Comparison, ...]:
    return comparisons_of(passage(text), {}, code)


def moved(text: str, code: str = "en") -> tuple[Movement, ...]:
    return movements_of(passage(text), code)


@pytest.mark.parametrize(("code", "text", "found"), examples("comparison_examples"))
def test_a_result_and_its_target(code: str, text: str, found: list[str]) -> None:
    told = [
        " ".join([*map(shown, each.reached), each.outturn.value, shown(each.target)]).strip()
        for each in compared(text, code)
    ]
    assert told == found


@pytest.mark.parametrize(("code", "text", "found"), examples("movement_examples"))
def test_a_rise_or_fall(code: str, text: str, found: list[str]) -> None:
    words = {1: "rose", -1: "fell"}
    told = [f"{shown(m.first)} {words[m.direction]} {shown(m.last)}" for m in moved(text, code)]
    assert told == found


@pytest.mark.parametrize("code", language_codes())
def test_every_language_has_the_words(code: str) -> None:
    english = load_language("en").comparisons
    terms = load_language(code).comparisons
    assert set(terms) == set(english)
    for name in ("exceeded", "met", "missed", "planned", "reached", "rose", "fell", "movements"):
        assert terms[name]


@pytest.mark.parametrize(
    "text",
    [
        "Contracts were reduced from 1 May to 30 June.",
        "Posts were reduced from P-4 to P-3, and the rank rose from 5th to 3rd.",
        "The increase is shown in table 4.1, from 5 per cent to 8 vessels.",
        "A decrease in the growth from 5 per cent to 9 per cent.",
        "Resolution 79/12 asks for growth from 2025 to 2026.",
    ],
)
def test_what_is_no_movement(text: str) -> None:
    assert not moved(text)


def test_two_outcomes_side_by_side_are_not_taken_apart() -> None:
    text = "The work reached 2 ports and 14 cities, which met the planned target and exceeded the "
    assert not compared(f"{text}planned target of 3 cities, respectively.")


def test_two_outcomes_of_one_sentence_have_their_own_results() -> None:
    text = (
        "The work contributed to 15 surveys, which met the planned target, and to the lighting of "
        "46 quays, which did not meet the planned target of 65."
    )
    first, second = compared(text)
    assert (shown(first.reached[0]), first.target) == ("15", None)
    assert (shown(second.reached[0]), shown(second.target)) == ("46", "65")


def test_years_and_resolutions_are_no_results() -> None:
    text = "In 2024, resolution 79/144 led to 12 ports of 8 kinds, which met the planned target."
    (found,) = compared(text)
    assert [shown(each) for each in found.reached] == ["12", "8"]


def table(*rows: str) -> Table:
    cells = tuple(
        tuple(Cell(text.strip(), r, c) for c, text in enumerate(row.split("|")))
        for r, row in enumerate(rows)
    )
    return Table(cells, len(cells[0]))


ENGLISH = load_language("en")


def test_a_chart_with_a_row_for_each_year() -> None:
    (found,) = series_of(table("| Planned | Actual", "2023 | – | 8", "2024 | 13 | 14"), ENGLISH)
    assert found.reached == {2023: Number(8), 2024: Number(14)}
    assert found.planned == {2024: Number(13)}


def test_a_chart_of_two_measures() -> None:
    heads = "| Ports (planned) | Ports (actual) | Ships (planned) | Ships (actual)"
    found = {each.name: each for each in series_of(table(heads, "2024 | 3 | 4 | 5 | 6"), ENGLISH)}
    assert found["ports"].planned == {2024: Number(3)}
    assert found["ships"].reached == {2024: Number(6)}


def test_a_table_of_words_whose_cells_begin_with_a_number() -> None:
    heads = "2023 (actual) | 2024 (actual) | 2025 (planned)"
    (found,) = series_of(table(heads, "Survey of ports | Twelve ports lit | 20 ports lit"), ENGLISH)
    assert found.reached == {2024: Number(12)}
    assert found.planned == {2025: Number(20)}
    assert found.nouns == {2024: "ports", 2025: "ports"}


def test_a_table_of_money_is_no_measure() -> None:
    assert not series_of(table("| 2024 expenditure | 2025 approved", "Posts | 5 | 6"), ENGLISH)


@pytest.mark.parametrize(
    ("heading", "falls"),
    [("Result 2: fewer accidents at work", True), ("Result 2: training", False)],
)
def test_a_heading_may_say_that_less_is_better(heading: str, falls: bool) -> None:  # noqa: FBT001
    said = "4.7 The work led to 48 cases, which exceeded the planned target of 53."
    texts = [
        Passage(0, PassageKind.PARAGRAPH, "4.6 Fewer ships came.", "4.6"),
        Passage(1, PassageKind.HEADING, heading),
        Passage(2, PassageKind.PARAGRAPH, said, "4.7", body=4),
        Passage(3, PassageKind.PARAGRAPH, said.replace("4.7", "4.8"), "4.8", body=4),
    ]
    assert [each.falls for each in comparisons_of(texts, {}, "en")] == [falls, False]
