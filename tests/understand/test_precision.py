"""To which precision a table is printed: whole figures that all end in noughts are rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.as_printed import facts_of
from unbudget_check.model.number import quantum_of

if TYPE_CHECKING:
    from unbudget_check.model.facts import DocumentFacts

HUNDREDS = """
Région      |   2025 |   2026
Nord        | 12 300 | 13 100
Sud         |  8 700 |  8 400
Est         |  4 200 |  4 500
Ensemble    | 25 300 | 26 000
"""


def quanta(facts: DocumentFacts) -> set[int]:
    return {quantum_of(number, -4) for number in facts.numbers}


def test_a_table_in_whole_hundreds_is_rounded_to_hundreds() -> None:
    assert quanta(facts_of(HUNDREDS, language="fr")) == {1_000_000}


def test_one_figure_that_ends_otherwise_was_not_rounded() -> None:
    assert quanta(facts_of(HUNDREDS.replace("4 500", "4 510"), language="fr")) == {100_000}
    assert quanta(facts_of(HUNDREDS.replace("4 500", "4 501"), language="fr")) == {10_000}


def test_a_few_round_figures_prove_nothing() -> None:
    assert quanta(facts_of("Item | 2026\nDesks | 200\nTotal | 200\n")) == {10_000}


def test_what_is_rounded_to_hundreds_was_not_counted_one_by_one() -> None:
    facts = facts_of(HUNDREDS, ("Tableau 1", "Logements", "(Nombre de postes)"), language="fr")
    assert not any(facts.counts)


@pytest.mark.parametrize("noughts", [1, 2, 3])
@given(figures=st.lists(st.integers(211, 9_999).filter(lambda n: n % 10), min_size=8, max_size=12))
def test_the_noughts_of_all_figures_are_the_precision(figures: list[int], noughts: int) -> None:
    rows = "\n".join(f"Item {at} | {value * 10**noughts}" for at, value in enumerate(figures))
    facts = facts_of(f"Item | Amount\n{rows}\n")
    distinct = len(set(figures))
    assert quanta(facts) == {10_000 * 10**noughts if distinct * noughts * 33 >= 240 else 10_000}


def test_decimals_that_are_all_nought_are_no_precision() -> None:
    rows = "\n".join(
        f"Ward {at} | {value}.0000" for at, value in enumerate((1312, 2401, 977, 1203))
    )
    assert quanta(facts_of(f"Ward | Beds\n{rows}\n")) == {10_000}


PEOPLE = [48_215, 31_940, 27_365, 19_180, 12_655, 9_030, 6_475, 4_820, 3_115, 1_390, 845]
# One draws at random which of two neighbouring multiples is published.
BASES = pytest.mark.parametrize(("base", "step"), [(5, 80_000), (3, 40_000)])


def residents(base: int, *more: str) -> str:
    people = [base * (value // 5) for value in (*PEOPLE, *(value + 35 for value in PEOPLE))]
    lines = [f"District {at} | {value}" for at, value in enumerate(people)]
    return "\n".join(["District | Residents", *lines, f"Total | {sum(people) + 3 * base}", *more])


@BASES
def test_persons_rounded_to_a_base_drift_by_less_than_it(base: int, step: int) -> None:
    assert quanta(facts_of(residents(base))) == {step}


@BASES
def test_means_beside_rounded_persons_and_one_misprint_change_nothing(base: int, step: int) -> None:
    facts = facts_of(residents(base, "Persons a dwelling | 2.5", f"District 23 | {base * 100 + 1}"))
    assert quanta(facts) == {step, 1_000}


def test_persons_that_were_counted_are_no_multiples() -> None:
    table = residents(3).replace("1", "2")
    assert quanta(facts_of(table)) == {10_000}


@pytest.mark.parametrize("total", ["7 250 000", "7,250,000"])
def test_amounts_set_in_tens_of_thousands_add_up_to_the_last_dollar(total: str) -> None:
    table = (
        f"Item | Amount\nProposal | {total}\nReduction | (40 000)\nNet | 7 220 000\nLift | 90 000\n"
    )
    assert quanta(facts_of(table)) == {10_000}


def test_rows_of_rounded_amounts_drift_beside_finer_rows() -> None:
    """A program sets five decimals everywhere; what was typed in millions stays so."""
    years = range(8)
    rows = [
        "Item | " + " | ".join(f"Year {year}" for year in years),
        "Profit | " + " | ".join(f"{73.3 + 11.7 * year:.5f}" for year in years),
        "Tax | " + " | ".join(f"{13.2 + 3.1 * year:.5f}" for year in years),
        "Cover | " + " | ".join(f"{2.38 + 0.17 * year:.5f}" for year in years),
    ]
    numbers = facts_of("\n".join(rows)).numbers
    assert {quantum_of(number, -5) for number in numbers} == {10_000, 1_000}
