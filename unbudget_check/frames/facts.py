"""The facts of documents as a pandas frame whose columns keep a declared type."""

from __future__ import annotations

from dataclasses import asdict, fields
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from unbudget_check.model.fact_row import PERCENT, RATE, SHARE, FactRow, Origin
from unbudget_check.model.meaning import Kind, View

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE = ("year", "scale", "line")
AMOUNT, TRUTH = "value", "checked"
KINDS = (*Kind, RATE, SHARE)
UNITS = ("money", "posts", PERCENT)
# These apply to every fact.
FILLED = ("document", "language", "entity", "measure", "kind", "source", "unit", "scale", "origin")
_CHOICES = {"kind": KINDS, "unit": UNITS, "origin": tuple(Origin), "view": tuple(View)}


def facts_frame(rows: Iterable[FactRow]) -> pd.DataFrame:
    """One row a fact; raises pandera's SchemaError for what is no fact.

    Texts and whole numbers have the nullable types of pandas. An amount stays the exact
    ``decimal.Decimal`` that it is, so the column has dtype ``object``.
    """
    records = [{**asdict(row), "document": _encodable(row.document)} for row in rows]
    frame = pd.DataFrame(records, columns=[each.name for each in fields(FactRow)], dtype=object)
    return _schema().validate(frame)


def _encodable(path: str) -> str:
    """A path as text, though its bytes may be none: the letters that are not show as codes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _schema() -> pa.DataFrameSchema:
    columns = {each.name: _column(each.name) for each in fields(FactRow)}
    return pa.DataFrameSchema(columns, strict=True, coerce=True, ordered=True)


def _column(name: str) -> pa.Column:
    if name == AMOUNT:
        exact = pa.Check(lambda value: isinstance(value, Decimal), element_wise=True)
        return pa.Column(object, checks=exact)
    if name == TRUTH:
        return pa.Column(bool)
    dtype = pd.Int64Dtype() if name in WHOLE else pd.StringDtype()
    choices = _CHOICES.get(name)
    checks = pa.Check.isin([str(each) for each in choices]) if choices else None
    return pa.Column(dtype, checks=checks, nullable=name not in FILLED)
