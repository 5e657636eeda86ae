"""The matrix alone: build and judge millions of figures, beside pandas and pandera."""

from __future__ import annotations

import tracemalloc
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tests.bench.generate import MONEY, generate
from tests.bench.matrix_of_tables import percentages_of, relations_of
from tests.bench.pandas_script import check_wide
from tests.bench.pandera_schema import broken_by_schema, frame_for_schema, schema_of_tables
from tests.bench.stopwatch import against_target, medians
from tests.bench.tidy import figures_of_frame, grid_of_frame, tidy_frame, wide_frames
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.outcome import Bound

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from unbudget_check.model.outcome import Judgement

SIZES = (360, 3_600, 36_000)
RUNS = 7
MATRIX, TIDY, WIDE, SCHEMA = (
    "matrix: build and judge",
    "pandas script",
    "pandas script, its table made wide before",
    "pandera schema",
)


def build_and_judge(frame: pd.DataFrame) -> tuple[Judgement, NDArray[np.int8]]:
    """From a data file in memory to the bounds of all its ties."""
    grid, figures = grid_of_frame(frame), figures_of_frame(frame)
    linear = judge(figures, relations_of(grid))
    return linear, judge_percentages(figures, percentages_of(grid))


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    frames = {size: tidy_frame(generate(size, MONEY, 0.01)) for size in SIZES}
    largest = frames[SIZES[-1]]
    return [
        f"The matrix alone: {SIZES[-1]:,} tables of 12 x 8 figures ({len(largest):,} figures)",
        *_speed(largest),
        *_memory(largest),
        *_linearity(frames),
    ]


def _speed(frame: pd.DataFrame) -> list[str]:
    values, quanta = wide_frames(frame)
    schema = schema_of_tables()
    seconds = medians(
        {
            MATRIX: lambda: build_and_judge(frame),
            TIDY: lambda: check_wide(*wide_frames(frame)),
            WIDE: lambda: check_wide(values, quanta),
            SCHEMA: lambda: broken_by_schema(schema, frame_for_schema(*wide_frames(frame))),
        },
        RUNS,
    )
    matrix = seconds[MATRIX]
    from_wide = matrix / seconds[WIDE]
    return [
        *(f"  {name:<62}{each:>8.3f} s" for name, each in seconds.items()),
        f"  the matrix and the script agree on every linear tie: {_agree(frame)}",
        against_target("matrix / pandas script", matrix / seconds[TIDY], 1.0),
        f"  {'matrix / pandas script from a wide table (no target)':<62}{from_wide:>8.2f}",
        against_target("matrix / pandera schema", matrix / seconds[SCHEMA], 0.2),
    ]


def _agree(frame: pd.DataFrame) -> str:
    """Whether the bounds of all linear ties are the same (footings stand column by column here)."""
    footings, *rows, _ = check_wide(*wide_frames(frame))
    script = np.concatenate([footings.T.ravel(), *rows])
    ours = build_and_judge(frame)[0].bounds
    beyond = int((ours == Bound.BEYOND).sum())
    return f"{'yes' if np.array_equal(script, ours) else 'NO'} ({beyond:,} beyond their bound)"


def _memory(frame: pd.DataFrame) -> list[str]:
    """Peak of everything that is allocated on the way, with the figures themselves."""
    tracemalloc.start()
    build_and_judge(frame)
    own = int(frame[["value", "quantum"]].memory_usage(index=False).sum())
    peak = tracemalloc.get_traced_memory()[1] + own
    tracemalloc.stop()
    return [against_target("peak memory, bytes a figure", peak / len(frame), 200)]


def _linearity(frames: dict[int, pd.DataFrame]) -> list[str]:
    works = {str(size): partial(build_and_judge, frame) for size, frame in frames.items()}
    seconds = medians(works, RUNS)
    cost = {size: seconds[str(size)] / len(frames[size]) for size in SIZES}
    rows = [f"  {size:>7,} tables: {cost[size] * 1e9:6.0f} ns a figure" for size in SIZES]
    ratio = cost[SIZES[-1]] / cost[SIZES[0]]
    return [*rows, against_target("cost of a figure, largest run / smallest run", ratio, 1.5)]
