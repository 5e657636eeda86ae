"""The end of a printed line cut into figures: nothing is missed, nothing dear is chosen."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.lexicon import load_language
from unbudget_check.readers.text.columns import count_columns
from unbudget_check.readers.text.cuts import LIMIT, Tail, cut, weigh
from unbudget_check.readers.text.words import tail_of

STYLE = load_language("en").numbers
WORDS = ["1", "12", "300", "075", "2.5", "600.4", "(3", "001.5)", "(4.0)", "–", "n/a", "1 234"]


def tail(text: str, *, spaced: bool = True) -> Tail:
    return weigh(tail_of(text, STYLE), spaced=spaced)


def figures(text: str, count: int, *, skip: int = 0) -> list[str]:
    """The cheapest cuts of a line into so many figures, as text, bars between figures."""
    weighed = tail(text)
    cuts = cut(weighed, skip, count)
    atoms = weighed.atoms
    return [
        "|".join(text[atoms[first].start : atoms[last].end] for first, last in spans)
        for spans in (cuts.spans() if cuts else ())
    ]


@pytest.mark.parametrize(
    ("text", "count", "cuts"),
    [
        ("450 2 452", 3, ["450|2|452"]),
        ("450 2 452", 2, ["450|2 452"]),
        ("1 019.5  983.0", 2, ["1 019.5|983.0"]),
        ("33 434 33 230 33 251 33 500", 4, ["33 434|33 230|33 251|33 500"]),
        ("1 200 300 1 500", 3, ["1 200|300|1 500", "1|200 300|1 500", "1 200 300|1|500"]),
        ("(3 001.5) 2 000.0", 2, ["(3 001.5)|2 000.0"]),
        ("100 n/a n/a n/a 100", 5, ["100|n/a|n/a|n/a|100"]),
        ("5  300  200", 2, ["5  300|200", "5|300  200"]),
        ("5 300  200", 2, ["5 300|200"]),
        ("7 1\u00a0200 8 300", 4, ["7|1\u00a0200|8|300"]),
        ("12 45.0 1.0", 2, ["12 45.0|1.0"]),
        ("– – –", 2, []),
    ],
)
def test_cuts(text: str, count: int, cuts: list[str]) -> None:
    assert sorted(figures(text, count)) == sorted(cuts)


def test_the_first_atoms_may_be_left_to_the_label() -> None:
    assert figures("1 12 369.3 10 304.1", 2, skip=1) == ["12 369.3|10 304.1"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.integers(1, 9))
def test_no_cut_is_cheaper_and_none_as_cheap_is_missed(words: list[str], count: int) -> None:
    weighed = tail("label " + " ".join(words))
    joins = len(weighed.atoms) - count
    prices = [pair.price for pair in weighed.regular]
    if not 0 <= joins <= len(prices):
        return
    totals = [sum(some) for some in combinations(prices, joins)]
    cuts = cut(weighed, 0, count)
    assert cuts is not None
    assert cuts.price == min(totals)
    assert len(list(cuts.spans())) == min(totals.count(min(totals)), LIMIT)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=200), st.integers(1, 200))
def test_every_cut_uses_every_atom_once_and_in_order(words: list[str], count: int) -> None:
    weighed = tail(" ".join(words))
    cuts = cut(weighed, 0, count)
    for spans in cuts.spans() if cuts else ():
        used = [at for first, last in spans for at in range(first, last + 1)]
        assert used == list(range(len(weighed.atoms)))
        assert len(spans) == count


@pytest.mark.parametrize(
    ("rows", "headed", "count"),
    [
        (["450 2 452", "65 — 65"], (), 3),
        (["450 2 452", "24 2 452"], (2,), 2),
        (["1.0 2.0 3.0", "1.0 2.0 3.0", "5 6", "7 8"], (), 3),
        (["1 2 3", "4 5", "6"], (), 0),
        (["1 2 3"], (3,), 3),
        (["1 2 3"], (4,), 0),
    ],
)
def test_rows_and_headings_agree_on_the_columns(
    rows: list[str], headed: tuple[int, ...], count: int
) -> None:
    assert count_columns([tail(row) for row in rows], headed) == count


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("Travel of staff 12.1 – (1.0)", ["12.1", "–", "(1.0)"]),
        ("P-2/1 22 – 22", ["22", "–", "22"]),
        ("Posts 25 a 26", ["25", "26"]),
        ("Rent 5.0 %", ["5.0"]),
        ("Rent 1O5.3 110.0", ["1O5.3", "110.0"]),
        ("the sum of 12 000 dollars", []),
        ("see A/80/6", []),
    ],
)
def test_the_words_at_the_end_that_are_figures(text: str, atoms: list[str]) -> None:
    assert [atom.text for atom in tail_of(text, STYLE)] == atoms
