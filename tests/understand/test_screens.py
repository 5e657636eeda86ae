"""Lines of tables are screened all at once: no sum is lost by it, and little is searched."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.work import calls
from unbudget_check.understand.tables import found_sums
from unbudget_check.understand.tables.found_sums import find_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Line = list[tuple[int, int] | None]

# How figures of a table may be spread: amounts, counts, changes, mostly nil, round, of any size.
SPREADS: tuple[Callable[[Random], int | None], ...] = (
    lambda random: random.randrange(1_000, 99_999),
    lambda random: random.randrange(60),
    lambda random: random.randrange(-5_000, 5_000),
    lambda random: random.choice([0, 0, None, random.randrange(1, 3_000), -random.randrange(900)]),
    lambda random: random.choice([100, 200, 300, 500, 1_000, 1_500]),
    lambda random: int(10 ** random.uniform(1, 7)),
)
COLUMNS = 4


def _lines(spread: int, seed: int) -> list[Line]:
    """A table with sums in it: of a run before or after, of lines at distances, of any two."""
    random = Random(seed)
    count = random.choice([12, 60, 61, 130])
    rows = [[SPREADS[spread](random) for _ in range(COLUMNS)] for _ in range(count)]
    for _ in range(12):
        at, step = random.randrange(count), random.randrange(1, 13)
        run = random.randrange(2, 60)
        shapes: Sequence[Sequence[int]] = (
            range(at - run, at),
            range(at + 1, at + run),
            [each for each in range(at - run, at) if each != at - 2],
            range(at - 4 * step, at + 3 * step, step),
            [at + random.randrange(-32, 33) for _ in range(2)],
        )
        shape = random.choice(shapes)
        parts = [each for each in shape if 0 <= each < count and each != at]
        if len(parts) > 1:
            rows[at] = [sum(rows[part][c] or 0 for part in parts) for c in range(COLUMNS)]
            if random.random() < 0.3:
                rows[at][random.randrange(COLUMNS)] = random.randrange(9_999)
    quanta = [random.choice([0, 1, 1, 10]) for _ in range(COLUMNS)]
    return [
        [None if figure is None else (figure, quanta[c]) for c, figure in enumerate(row)]
        for row in rows
    ]


@pytest.mark.parametrize("spread", range(len(SPREADS)))
def test_no_sum_is_lost(spread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [_lines(spread, seed) for seed in range(6)]
    known = [(10, list(range(10)), False)]
    screened = [find_sums(table, known[: at % 2]) for at, table in enumerate(tables)]
    monkeypatch.setattr(found_sums, "_screened", lambda _, lines, __: lines.crossing[:, 0] >= 0)
    assert screened == [find_sums(table, known[: at % 2]) for at, table in enumerate(tables)]
    assert spread in {1, 4} or any(screened)


def test_a_table_of_blanks_has_no_sums() -> None:
    assert not find_sums([[None]] * 3, [(2, [0, 1], False)])


def test_lines_that_are_no_sums_cost_hardly_any_work() -> None:
    def listed(count: int) -> list[Line]:
        random = Random(count)
        return [[(random.randrange(1_000, 999_999), 1) for _ in range(5)] for _ in range(count)]

    short, long_ = listed(500), listed(4_500)
    more = calls(lambda: find_sums(long_)) - calls(lambda: find_sums(short))
    assert more < 160 * (len(long_) - len(short))
