"""The declared shape of a data file as a pandera schema, and what does not fit, in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandera.pandas as pa

from unbudget_check.model.saying import saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from unbudget_check.languages import NumberStyle
    from unbudget_check.model.saying import Saying
    from unbudget_check.model.wishes import TidyMapping

FILLED = "filled"
PRINTED = "printed-number"
REPEATED = "multiple_fields_uniqueness"
MISSING = "column_in_dataframe"


def complaints_of(
    frame: pd.DataFrame,
    mapping: TidyMapping,
    styles: Sequence[NumberStyle],
    place: Callable[[int, str], str],
) -> tuple[tuple[str, Saying], ...]:
    """Every cell of a data file that does not fit its mapping: (place, what is wrong) pairs.

    ``frame`` is what ``data_frame`` makes; ``place(row, column name)`` says where a cell stands.
    A figure must be printed as one of ``styles`` prints it, or be blank, a dash or "n/a".
    """
    try:
        _schema(frame, mapping, styles).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases: list[dict[str, Any]] = errors.failure_cases.to_dict("records")
        return tuple(_told(cases, mapping, place))
    return ()


def key_columns(mapping: TidyMapping) -> list[str]:
    """The columns that together name one row of the file, once."""
    parts = (mapping.table, *mapping.labels, mapping.measure)
    return [name for name in parts if name is not None]


def figure_columns(mapping: TidyMapping) -> list[str]:
    """The columns that hold figures."""
    return [mapping.value] if mapping.value else list(mapping.measures)


def _schema(
    frame: pd.DataFrame, mapping: TidyMapping, styles: Sequence[NumberStyle]
) -> pa.DataFrameSchema:
    keys, figures = key_columns(mapping), figure_columns(mapping)
    # In a hierarchy the deeper labels of a total are blank.
    blank = set(mapping.labels[1:]) if mapping.hierarchy else set[str]()
    filled = pa.Check(lambda texts: texts.str.strip() != "", name=FILLED, error=FILLED)
    pattern = "|".join(f"(?:{_number_pattern(style)})" for style in styles)
    printed = pa.Check(
        lambda texts: texts.str.strip().str.fullmatch(pattern, flags=re.IGNORECASE),
        name=PRINTED,
        error=PRINTED,
    )
    columns = {name: pa.Column(checks=None if name in blank else filled) for name in keys}
    columns |= {name: pa.Column(checks=printed) for name in figures}
    return pa.DataFrameSchema(
        columns,
        unique=[name for name in keys if name in frame.columns] or None,
        report_duplicates="exclude_first",
    )


def _number_pattern(style: NumberStyle) -> str:
    """A blank, a dash, "n/a", or digits with the groups, brackets and signs of a language."""
    decimal = "".join(map(re.escape, style.decimal))
    groups = "|".join(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+" for mark in style.group)
    digits = rf"(?:(?:{groups}|\d+)(?:[{decimal}]\d+)?|[{decimal}]\d+)\s?%?"
    signs = "[-−–—‑+]"
    money = r"(?:[A-Z]{0,3}\s?[$€£¥]\s?)?"
    number = (
        rf"{money}{signs}?\s?{money}{digits}|{money}\(\s?{money}{digits}\s?\)%?|{digits}{signs}"
    )
    words = (*style.nil, *(f"({dash})" for dash in style.nil), *style.absent)
    return "|".join(["", number, *map(re.escape, words)])


def _told(
    cases: Sequence[dict[str, Any]], mapping: TidyMapping, place: Callable[[int, str], str]
) -> Iterator[tuple[str, Saying]]:
    """The failure cases of pandera, each as a place and a sentence."""
    keys = key_columns(mapping)
    for case in cases:
        column, check = case["column"], case["check"]
        if check == MISSING:
            yield "heading row", saying("column-missing", column=str(case["failure_case"]))
        elif check == REPEATED and column == keys[-1]:
            named = ", ".join(f'"{name}"' for name in keys)
            where = place(int(case["index"]), keys[0])
            yield where, saying("row-again", columns=named)
        elif check == FILLED:
            yield place(int(case["index"]), column), saying("label-blank")
        elif check == PRINTED:
            text = str(case["failure_case"])
            yield place(int(case["index"]), column), saying("no-figure", text=text)
