"""Whether a percentage can be that of its part and base, against corners of exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judgement.drawing import KNOWN_MODES, MODES, ends, printed
from unbudget_check.judgement import percentages
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.model.figures import Figures
from unbudget_check.model.number import percentage
from unbudget_check.model.outcome import Bound, Rounding
from unbudget_check.model.relations import Percentages

if TYPE_CHECKING:
    from collections.abc import Sequence

# A stated percentage, its part and its base, in units of 10**scale, with their quanta.
Triple = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
SCALES = st.sampled_from([-2, -1, 0, 1])


def judged(
    triples: Sequence[Triple], mode: Rounding = Rounding.UNKNOWN, scale: int = -1, kind: str = "i8"
) -> list[int]:
    cells = np.array(triples, dtype=kind).reshape(-1, 2)
    numbers = np.arange(len(cells), dtype=np.int32).reshape(-1, 3)
    stated, parts, bases = numbers.T
    nil = np.zeros(len(numbers), dtype=np.int32)
    ties = Percentages(stated, parts, bases, nil, nil + 2, nil)
    bounds: list[int] = judge_percentages(
        Figures(cells[:, 0], cells[:, 1], scale), ties, mode
    ).tolist()
    return bounds


@st.composite
def triples(draw: st.DrawFn, scale: int) -> Triple:
    """A percentage near the quotient of its part and its base."""
    base = draw(st.integers(-30, 30).filter(bool))
    part = draw(st.integers(-30, 30))
    quotient = printed(Fraction(100 * part, base) / Fraction(10) ** scale, 1, Rounding.HALF_AWAY)
    stated = quotient + draw(st.integers(-5, 5)) * draw(st.sampled_from([1, 20]))
    quanta = [draw(st.sampled_from([0, 1])) for _ in range(2)]
    return (stated, 1), (part, quanta[0]), (base, quanta[1])


def can_be(triple: Triple, mode: Rounding, scale: int) -> bool:
    """Whether the quotients of all part and base amounts meet those printed as the percentage."""
    stated, part, base = (ends(*cell, mode) for cell in triple)
    corners = [
        (a[0] / b[0] * 100 / Fraction(10) ** scale, a[1] and (b[1] or not a[0]))
        for a, b in product(part, base)
    ]
    low, high = (pick(quotient for quotient, _ in corners) for pick in (min, max))
    owns_low, owns_high = ((end, True) in corners for end in (low, high))
    (least, owns_least), (most, owns_most) = stated
    return (low < most or (low == most and owns_low and owns_most)) and (
        high > least or (high == least and owns_high and owns_least)
    )


@given(st.data(), MODES, SCALES)
def test_a_percentage_is_beyond_its_bound_when_no_amounts_fit(
    data: st.DataObject, mode: Rounding, scale: int
) -> None:
    triple = data.draw(triples(scale))
    (bound,) = judged([triple], mode, scale)
    (low, _), (high, _) = ends(*triple[2], mode)
    if low <= 0 <= high:
        assert bound == Bound.UNJUDGED
    else:
        assert (bound != Bound.BEYOND) == can_be(triple, mode, scale)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9).filter(bool))
def test_the_printed_quotient_is_exact_and_nothing_else_is(part: int, base: int) -> None:
    right = percentage(part, base, -1).units
    rows: list[Triple] = [((right + by, 1), (part, 1), (base, 1)) for by in (0, 1, -1)]
    bounds = judged(rows)
    assert bounds[0] == Bound.EXACT
    assert Bound.EXACT not in bounds[1:]


@given(st.fractions(-500, 500), st.fractions(2, 500), st.sampled_from([-1, 1]), KNOWN_MODES)
def test_a_percentage_of_amounts_before_rounding_stays_in_its_bound(
    part: Fraction, base: Fraction, sign: int, mode: Rounding
) -> None:
    base *= sign
    cells = [printed(each, 1, mode) for each in (10 * 100 * part / base, 10 * part, 10 * base)]
    row: Triple = ((cells[0], 1), (cells[1], 1), (cells[2], 1))
    assert judged([row], mode)[0] in {Bound.EXACT, Bound.WITHIN}


@given(st.data(), MODES, SCALES)
def test_exact_integers_beyond_64_bits_give_the_same(
    data: st.DataObject, mode: Rounding, scale: int
) -> None:
    rows = data.draw(st.lists(triples(scale), min_size=1, max_size=5))
    assert judged(rows, mode, scale) == judged(rows, mode, scale, kind="O")


def test_amounts_too_large_for_64_bits_are_judged_exactly() -> None:
    base = 4 * 10**17
    rows: list[Triple] = [
        ((250, 1), (base // 4, 1), (base, 1)),
        ((251, 1), (base // 4, 1), (base, 1)),
    ]
    assert judged(rows) == [Bound.EXACT, Bound.BEYOND]


def test_the_size_of_the_chunks_changes_nothing() -> None:
    rows: list[Triple] = [((stated, 1), (3, 1), (7, 1)) for stated in range(420, 440)]
    whole = judged(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(percentages, "CHUNK", 3)
        assert judged(rows) == whole


def test_no_percentages_give_nothing() -> None:
    assert judged([]) == []


@pytest.mark.parametrize(
    ("stated", "part", "base", "bound"),
    [
        (0, 1, 5_000, Bound.EXACT),  # a dash for 0.02 per cent
        (0, 3, 5_000, Bound.WITHIN),  # 0.06: a dash only if the part was less than it prints
        (0, 4, 5_000, Bound.BEYOND),
        (-125, 10, -80, Bound.EXACT),
        (125, 10, -80, Bound.BEYOND),
        (1_000, 12, 0, Bound.UNJUDGED),
    ],
)
def test_percentages_as_they_look_in_print(stated: int, part: int, base: int, bound: Bound) -> None:
    assert judged([((stated, 1), (part, 1), (base, 1))]) == [bound]


def test_a_share_of_posts_leaves_no_room_for_rounding() -> None:
    rows: list[Triple] = [((stated, 1), (10, 0), (30, 0)) for stated in (333, 334)]
    assert judged(rows) == [Bound.EXACT, Bound.BEYOND]


@pytest.mark.parametrize("mode", list(Rounding))
def test_no_count_is_a_percentage_of_none(mode: Rounding) -> None:
    rows: list[Triple] = [((stated, 1), (12, 0), (0, 0)) for stated in (0, 100, 1_000)]
    assert judged(rows, mode) == [Bound.UNJUDGED] * 3
