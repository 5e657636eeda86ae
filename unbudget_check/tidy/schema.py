"""The declared shape of a data file as a pandera schema over whole columns, in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa

from unbudget_check.model.message import saying
from unbudget_check.tidy.amounts import Status
from unbudget_check.tidy.data import filled_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.tidy.data import Complaint, Data

FILLED, FIGURE = "filled", "figure"
REPEATED = "multiple_fields_uniqueness"


def misfits(data: Data, most: int) -> tuple[list[tuple[int, Complaint]], int]:
    """What does not fit the mapping, by rows: the first ``most`` of each kind, and how many more.

    Validated are the numbers of the texts and what was read in each cell of figures: pandera sees
    small whole numbers only.
    """
    columns: dict[str, Any] = {name: labels.codes for name, labels in data.labels.items()}
    columns |= {
        name: amounts.statuses for name, amounts in zip(data.names, data.amounts, strict=True)
    }
    try:
        _schema(data).validate(pd.DataFrame(columns, copy=False), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases: list[dict[str, Any]] = errors.failure_cases.to_dict("records")
        return _first(list(_told(data, cases)), most)
    return [], 0


def _schema(data: Data) -> pa.DataFrameSchema:
    filled = pa.Check(lambda codes: codes >= 0, name=FILLED, error=FILLED)
    figure = pa.Check(lambda found: found != Status.WRONG, name=FIGURE, error=FIGURE)
    columns = {name: pa.Column(checks=filled) for name in filled_columns(data.mapping)}
    columns |= {name: pa.Column(checks=figure) for name in data.names}
    return pa.DataFrameSchema(
        columns, unique=list(data.mapping.unique) or None, report_duplicates="exclude_first"
    )


def _told(data: Data, cases: Sequence[dict[str, Any]]) -> Iterator[tuple[str, int, Complaint]]:
    """The failure cases of pandera: each with its kind and row, as a place and a sentence."""
    unique = data.mapping.unique
    for case in cases:
        column, check = case["column"], case["check"]
        row = int(case["index"]) if case["index"] is not None else 0
        if check == REPEATED:
            if column == unique[-1]:
                named = ", ".join(f'"{name}"' for name in unique)
                place = data.sheet.named_place(row, unique[0])
                yield check, row, (place, saying("row-again", columns=named))
        elif check == FILLED:
            yield check, row, (data.sheet.named_place(row, column), saying("label-blank"))
        elif check == FIGURE:
            text = str(data.sheet.columns[column][row].as_py())
            yield check, row, (data.sheet.named_place(row, column), saying("no-figure", text=text))


def _first(
    told: Sequence[tuple[str, int, Complaint]], most: int
) -> tuple[list[tuple[int, Complaint]], int]:
    kept: dict[str, list[tuple[int, Complaint]]] = {}
    for kind, row, complaint in told:
        kept.setdefault(kind, []).append((row, complaint))
    first = [each for found in kept.values() for each in found[:most]]
    return first, len(told) - len(first)
