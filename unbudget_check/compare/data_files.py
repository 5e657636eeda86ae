"""Two versions of a data file compared cell by cell, whatever the order of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from unbudget_check.model.comparison import Change, Edit
from unbudget_check.model.document import Where
from unbudget_check.model.number import Number, decimal_of
from unbudget_check.model.outcome import Rounding
from unbudget_check.tidy.amounts import Labels, Status
from unbudget_check.tidy.data import apart_columns, data_of, needed_columns, text_columns
from unbudget_check.tidy.printed import text_of
from unbudget_check.tidy.sheet import load
from unbudget_check.tidy.tree import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.options import TidyMapping
    from unbudget_check.readers.source import MappedFile
    from unbudget_check.tidy.data import Data

# Changed cells that are kept with their addresses; all are counted.
HELD = 10_000


def data_edit(before: MappedFile, now: MappedFile) -> Edit:
    """What changed from one version of a data file to the next, sheet by sheet.

    A row is the same by its unique columns, else by all labels; of equal rows the first is
    compared with the first. Raises UnreadableError for what is no such file.
    """
    old, new = (_sheets(each) for each in (before, now))
    changes: list[Change] = []
    changed = added = removed = 0
    for at, data in enumerate(new):
        if at >= len(old):
            added += _count(data)
            continue
        edit = _sheet_edit(old[at], data, now.path)
        changes += edit.changes
        changed += edit.changed
        added, removed = added + edit.added, removed + edit.removed
    removed += sum(_count(data) for data in old[len(new) :])
    return Edit(tuple(changes), changed, added, removed)


def _sheets(file: MappedFile) -> list[Data]:
    mapping = file.mapping
    sheets, _ = load(file.fetch(), needed_columns(mapping), text_columns(mapping))
    needed = set(needed_columns(mapping))
    return [
        data_of(sheet, mapping, None, Rounding.UNKNOWN)
        for sheet in sheets
        if needed <= set(sheet.columns)
    ]


def _count(data: Data) -> int:
    return sum(int((each.statuses == Status.FIGURE).sum()) for each in data.amounts)


def _sheet_edit(old: Data, new: Data, path: str) -> Edit:
    keys = [_joint(old.labels[name], new.labels[name]) for name in _key_columns(new.mapping)]
    size = len(old.sheet)
    same = numbered(np.zeros(size + len(new.sheet), dtype=np.int32), *keys)
    old_keys, new_keys = _nth(same[:size], same[size:])
    count = int(max(old_keys.max(initial=-1), new_keys.max(initial=-1))) + 1
    row_before = np.full(count, -1, dtype=np.int64)
    row_before[old_keys] = np.arange(size)
    matched = row_before[new_keys]
    both = np.flatnonzero(matched >= 0)
    changes: list[Change] = []
    changed = added = removed = 0
    gone = np.ones(size, dtype=bool)
    gone[matched[both]] = False
    for column, (one, other) in enumerate(zip(old.amounts, new.amounts, strict=True)):
        scale = min(one.scale, other.scale)
        before_all, now_all = one.at_scale(scale), other.at_scale(scale)
        before, now = before_all[matched[both]], now_all[both]
        here = other.statuses[both] == Status.FIGURE
        there = one.statuses[matched[both]] == Status.FIGURE
        differ = both[(here & there & (before != now)) | (here != there)]
        changed += len(differ)
        added += int((other.statuses[matched < 0] == Status.FIGURE).sum())
        removed += int((one.statuses[gone] == Status.FIGURE).sum())
        for row in differ[: max(HELD - len(changes), 0)].tolist():
            where = Where(
                path,
                row=new.label(row, in_full=True),
                column=new.heading(row, column),
                address=new.sheet.place(row, new.names[column]),
                line=new.sheet.line(row),
            )
            texts = text_of(old, int(matched[row]), column), text_of(new, row, column)
            moved = int(now_all[row]) - int(before_all[matched[row]])
            changes.append(Change(where, *texts, decimal_of(Number(moved, scale))))
    return Edit(tuple(changes), changed, added, removed)


def _key_columns(mapping: TidyMapping) -> Sequence[str]:
    if mapping.unique:
        return mapping.unique
    names = (*apart_columns(mapping), *mapping.labels, mapping.code, mapping.kind, mapping.measure)
    return tuple(dict.fromkeys(name for name in names if name))


def _joint(one: Labels, other: Labels) -> NDArray[np.int32]:
    """The codes of both versions, the same text under the same number."""
    numbers = {text: at for at, text in enumerate(one.texts)}
    translated = [numbers.setdefault(text, len(numbers)) for text in other.texts]
    codes = np.array([*translated, -1], dtype=np.int32)[other.codes]
    return np.concatenate([one.codes, codes])


def _nth(old: NDArray[np.int32], new: NDArray[np.int32]) -> tuple[NDArray[np.int32], ...]:
    """The keys of both versions, with the first, second ... of equal rows told apart."""
    counts = [pd.Series(each).groupby(each).cumcount().to_numpy() for each in (old, new)]
    joint = numbered(np.concatenate([old, new]), np.concatenate(counts).astype(np.int32))
    return joint[: len(old)], joint[len(old) :]
