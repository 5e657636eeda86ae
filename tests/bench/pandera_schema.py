"""The same sums by interval as a pandera schema: one check a tie over whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import Check, Column, DataFrameSchema

from tests.bench.generate import COLUMNS, ITEMS
from tests.bench.pandas_script import FOOTED, TIES

if TYPE_CHECKING:
    from collections.abc import Callable


def frame_for_schema(values: pd.DataFrame, quanta: pd.DataFrame) -> pd.DataFrame:
    """Values and quanta side by side in one frame, as a schema wants it."""
    flat = [each.add_prefix(kind) for kind, each in (("value ", values), ("quantum ", quanta))]
    return pd.concat(flat, axis=1).reset_index()


def schema_of_tables() -> DataFrameSchema:
    """Whole numbers in every column, seven footings and two ties of each row."""
    columns = {
        f"{kind} {name}": Column("int64") for kind in ("value", "quantum") for name in COLUMNS
    }
    checks = [Check(_tie(stated, parts), name=stated) for stated, parts in TIES.items()]
    checks += [Check(_footing(column), name=f"footing of {column}") for column in FOOTED]
    return DataFrameSchema(columns, checks=checks)


def broken_by_schema(schema: DataFrameSchema, frame: pd.DataFrame) -> int:
    """How many printed rows the schema reports, over all checks."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return len(errors.failure_cases[["check", "index"]].drop_duplicates())
    return 0


def _tie(stated: str, parts: list[str]) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    names = [stated, *parts]
    spans = [f"quantum {name}" for name in names]
    addends = [f"value {name}" for name in parts]

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        distances = 2 * (frame[f"value {stated}"] - frame[addends].sum(axis=1)).abs()
        return distances <= frame[spans].sum(axis=1)

    return holds


def _footing(column: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        values, is_total = frame[f"value {column}"], frame["row"] == ITEMS
        parts = values.mask(is_total, 0).groupby(frame["table"]).transform("sum")
        spans = frame[f"quantum {column}"].groupby(frame["table"]).transform("sum")
        return (2 * (values - parts).abs() <= spans) | ~is_total

    return holds
