"""Sums that figures bear out without words: the same search among columns and among rows."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import pytest

from unbudget_check.understand.tables.found_sums import as_sum, find_sums

Line = list[tuple[int, int] | None]


def lines_of(*lines: list[int]) -> list[Line]:
    """Lines of exact figures."""
    return [[(figure, 0) for figure in line] for line in lines]


def found_in(lines: list[Line], least: int = 3) -> set[tuple[int, tuple[int, ...]]]:
    """Each total with its parts."""
    return {(each.total, each.parts) for each in find_sums(lines, least=least)}


def drawn(count: int, length: int, seed: int = 7) -> list[list[int]]:
    """Lines of random figures that have nothing to do with one another."""
    random = Random(seed)
    return [[random.randint(100, 99_999) for _ in range(length)] for _ in range(count)]


def added(*lines: list[int]) -> list[int]:
    """The sum of lines, figure by figure."""
    return [sum(figures) for figures in zip(*lines, strict=True)]


def test_months_make_quarters_and_quarters_the_year() -> None:
    months = drawn(12, 5)
    quarters = [added(*months[at : at + 3]) for at in range(0, 12, 3)]
    lines = [line for at in range(4) for line in (*months[3 * at : 3 * at + 3], quarters[at])]
    lines.append(added(*quarters))
    expected = {(3, (0, 1, 2)), (7, (4, 5, 6)), (11, (8, 9, 10)), (15, (12, 13, 14))}
    assert found_in(lines_of(*lines)) == expected | {(16, (3, 7, 11, 15))}


@pytest.mark.parametrize("is_above", [True, False])
def test_a_total_may_stand_before_or_after_its_parts(is_above: bool) -> None:  # noqa: FBT001
    parts = drawn(4, 6)
    lines = [added(*parts), *parts] if is_above else [*parts, added(*parts)]
    assert found_in(lines_of(*lines)) == {(0, (1, 2, 3, 4)) if is_above else (4, (0, 1, 2, 3))}


def test_the_same_column_of_each_group_is_added_up_at_regular_distances() -> None:
    groups = [drawn(2, 8, seed) for seed in (1, 2, 3)]
    lines = [line for women, men in groups for line in (added(women, men), women, men)]
    women, men = (added(*(group[at] for group in groups)) for at in (0, 1))
    lines = [added(women, men), women, men, *lines]
    found = found_in(lines_of(*lines))
    assert {(1, (4, 7, 10)), (2, (5, 8, 11)), (0, (1, 2)), (3, (4, 5))} <= found


def test_what_is_counted_among_the_others_is_no_part() -> None:
    married, single, widowed, widows, divorced = drawn(5, 7)
    total = added(married, single, widowed, divorced)
    lines = lines_of(total, married, single, widowed, widows, divorced)
    assert found_in(lines) == {(0, (1, 2, 3, 5))}


def test_prices_that_grow_alike_are_no_sums() -> None:
    """Each column is a multiple of the same rates, so that all rows hold or fail together."""
    rates = [1835, 1744, 1841, 1844, 1815, 1768, 1822]
    lines = [[rate * days // 10 for rate in rates] for days in (7, 16, 23, 38, 45, 61)]
    rounded: list[Line] = [[(figure, 1) for figure in line] for line in lines]
    assert found_in(rounded) == set()


def test_figures_that_have_nothing_to_do_with_one_another_make_no_sum() -> None:
    for seed in range(5):
        assert found_in(lines_of(*drawn(25, 4, seed))) == set()


def test_rates_among_the_amounts_are_exceptions() -> None:
    one, other = drawn(2, 9)
    total = added(one, other)
    for line, rate in ((one, 310), (other, 290), (total, 302)):
        line += [rate, rate + 7, rate - 20]
    (found,) = find_sums(lines_of(one, other, total), least=3)
    assert (found.total, found.parts) == (2, (0, 1))
    assert found.exceptions == {9, 10, 11}


def test_one_misprint_is_no_exception() -> None:
    parts = drawn(3, 9)
    total = added(*parts)
    total[4] += 300
    (found,) = find_sums(lines_of(*parts, total), least=3)
    assert not found.exceptions
    assert found.weight.failed == 1


def test_a_running_total_does_not_hide_the_total() -> None:
    months = drawn(6, 5)
    running = list(accumulate(months, added))
    lines = [line for pair in zip(months, running, strict=True) for line in pair]
    found = found_in(lines_of(*lines))
    assert {(2 * at + 1, (2 * at - 1, 2 * at)) for at in range(2, 6)} <= found


def test_a_column_finer_than_the_total_prints_is_no_part_of_it() -> None:
    """A share beside its amounts adds up with them, as far as whole numbers can tell."""
    random = Random(7)
    old = [random.randrange(100, 9000) for _ in range(12)]
    change = [random.randrange(10, 900) for _ in range(12)]
    share = [random.randrange(1, 49) for _ in range(12)]
    new = [a + b for a, b in zip(old, change, strict=True)]
    lines = [
        [(100 * value, 100) for value in new],
        [(100 * value, 100) for value in old],
        [(100 * value, 100) for value in change],
        [(value, 1) for value in share],
    ]
    (found,) = find_sums(lines)
    assert (found.total, found.parts) == (0, (1, 2))


def test_the_run_that_holds_everywhere_is_preferred_to_the_wider_one() -> None:
    """The third column is nil in most rows, where it seems to belong to the sum beside it."""
    kept, foil, first = (
        (7, 14, 8, 5, 6, 17, 24, 9),
        (1, 3, 2, 4, 5, 6, 8, 7),
        (0, 0, 0, 0, 0, 0, 0, 4),
    )
    total = [a + b for a, b in zip(kept, foil, strict=True)]
    lines = [[(v * 113, 0) for v in line] for line in (total, kept, foil, first)]
    found = find_sums(lines, least=3)
    assert [(each.total, each.parts) for each in found] == [(0, (1, 2))]


def test_a_line_is_no_total_of_its_copy_and_of_what_is_nil_beside_it() -> None:
    (copied,), (others,) = drawn(1, 8, 1), drawn(1, 9, 2)
    lines = lines_of([0] * 8 + others, copied + [0] * 9)
    stated: Line = [*((figure, 0) for figure in copied), *[None] * 9]
    assert found_in([*lines, stated]) == set()


def test_a_part_that_came_up_once_belongs_to_the_sum_that_lacks_it() -> None:
    opening, other, moved, more = drawn(4, 7)
    once = [0, 0, 312, 0, 0, 0, 0]
    closing = added(opening, moved, once)
    lines = lines_of(opening, other, once, moved, more, closing)
    assert found_in(lines) == {(5, (0, 2, 3))}
    # What it comes to is not what is lacking: then it has nothing to do with the sum.
    closing = added(opening, moved, [0, 0, 400, 0, 0, 0, 0])
    assert found_in(lines_of(opening, other, once, moved, more, closing)) == {(5, (0, 3))}


def test_what_a_total_is_spent_on_may_fail_where_what_it_comes_from_holds() -> None:
    one, two, spent = drawn(3, 7)
    total = added(one, two)
    left = added(total, [-figure for figure in spent])
    wrong = [*left[:3], left[3] + 3000, *left[4:]]
    for kept in (left, wrong):
        assert found_in(lines_of(one, two, total, spent, kept)) == {(2, (0, 1)), (2, (3, 4))}
    # Of two readings with the same parts only that which holds is one.
    assert found_in(lines_of(one, two, [0, 0, 0, 5, 0, 0, 0], total)) == {(3, (0, 1))}


def test_the_other_split_of_a_total_is_found_beside_a_known_difference() -> None:
    """Roads and rails, each in good and in bad repair: all in bad = all - all in good."""
    good, bad, bad_rails = drawn(3, 6)
    good_rails = [figure - 11 * at - 13 for at, figure in enumerate(good)]
    roads = [whole - rails for whole, rails in zip(good, good_rails, strict=True)]
    lines = [roads, good_rails, good, bad, bad_rails, added(good, bad)]
    known = [as_sum(3, [5, 2], [1, -1])]
    found = {(each.total, each.parts) for each in find_sums(lines_of(*lines), known)}
    assert found == {(2, (0, 1))}


@pytest.mark.parametrize(
    ("known", "taken"),
    [
        ((4, [1, 2], [1, 1]), (4, [1, 2], False)),
        ((4, [1, 2], [1, -1]), (1, [4, 2], False)),
        ((4, [2, 1, 3], [-1, 1, -1]), (1, [4, 2, 3], False)),
        ((4, [1, 2, 3], [1, 1, -1]), (4, [1, 2, 3], True)),
    ],
)
def test_what_is_left_of_a_total_is_a_part_of_it(
    known: tuple[int, list[int], list[int]], taken: tuple[int, list[int], bool]
) -> None:
    assert as_sum(*known) == taken


def test_the_same_lines_make_no_second_total_that_is_less_exact() -> None:
    """The country = the continent + the isles, which are nil almost everywhere."""
    parts = drawn(17, 6)
    continent, isles = added(*parts), [0, 0, 8, 0, 0, 8]
    lines = [added(continent, isles), continent, *parts, isles]
    rounded: list[Line] = [[(figure, 1) for figure in line] for line in lines]
    assert found_in(rounded) == {(1, tuple(range(2, 19))), (0, (1, 19))}
