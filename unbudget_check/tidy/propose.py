"""Find the mapping of a data file: what its columns mean, so that most of its sums hold.

Columns are distinguished by their contents; which of them are levels, codes of parents, marks of
totals or amounts never summed across is decided by the sums: every mapping that the columns allow
is tried, and the one under which most sums hold, and fewest fail, is proposed. It stays a proposal:
a person has to look at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from unbudget_check.lexicon import normalise
from unbudget_check.model.options import TidyMapping
from unbudget_check.model.outcome import Rounding, Verdict
from unbudget_check.notation.years import is_year
from unbudget_check.tidy.amounts import Status, amounts_of, labels_of, number_style
from unbudget_check.tidy.data import data_of, needed_columns
from unbudget_check.tidy.matrix import is_additive
from unbudget_check.tidy.tree import numbered, prefixes_of, total_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from unbudget_check.tidy.amounts import Amounts, Labels
    from unbudget_check.tidy.data import Data
    from unbudget_check.tidy.sheet import DataSheet

# Rows that are looked at; totals stand among their parts, so the first rows show how they are.
SAMPLED = 100_000
# Levels and measures that are tried in every order and combination.
MOST_LEVELS, MOST_MEASURES = 5, 14
# What tells only few rows apart may be something that is never summed across.
FEW_ROWS = 40
CURRENCY = re.compile(r"[A-Z]{3}|[$€£¥₹₽]")
# Sums that must hold to outweigh one that fails, when a mapping is judged.
AGAINST = 4
# Rows that must say something, and nearly all hold, before an equation is proposed.
FEWEST_ROWS = 4
HOLDS = 97  # of 100 rows


@dataclass(frozen=True, slots=True)
class Checked:
    """What the proposed mapping would check of one kind, and how it comes out."""

    kind: str
    held: int
    failed: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping and what it would check; ``others`` are columns that it leaves out."""

    mapping: TidyMapping
    checks: tuple[Checked, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns by what stands in them, in the order of the file."""

    labels: Mapping[str, Labels]
    amounts: Mapping[str, Amounts]
    apart: tuple[str, ...]  # years and currencies
    identities: tuple[str, ...]  # no two rows alike
    codes: tuple[str, ...]


def propose(sheet: DataSheet) -> Proposal | None:
    """The mapping under which most sums of a sheet hold, or None where it is no data.

    The sheet has all of its columns.
    """
    found = _columns(_head(sheet))
    if not found.amounts or not found.labels:
        return None
    sample = _head(sheet)
    best = max(
        ((mapping, _score(sample, mapping)) for mapping in _candidates(found)),
        key=lambda pair: pair[1],
    )[0]
    mapping = _with_equations(_with_unique(found, best), found)
    if is_additive(_judged(sample, mapping).result):
        mapping = replace(mapping, exact=True)
    return under(sheet, mapping)


def under(sheet: DataSheet, mapping: TidyMapping) -> Proposal:
    """What a mapping checks of a sheet that has its columns."""
    named = needed_columns(mapping)
    others = tuple(name for name in sheet.columns if name not in named)
    return Proposal(mapping, tuple(_checks(_judged(sheet, mapping))), others)


def _head(sheet: DataSheet) -> DataSheet:
    if len(sheet) <= SAMPLED:
        return sheet
    columns = {name: column.slice(0, SAMPLED) for name, column in sheet.columns.items()}
    return replace(sheet, columns=columns, numbers=sheet.numbers[:SAMPLED])


def _columns(sheet: DataSheet) -> _Columns:
    style = number_style(list(sheet.columns.values()), None)
    labels: dict[str, Labels] = {}
    amounts: dict[str, Amounts] = {}
    apart: list[str] = []
    identities: list[str] = []
    codes: list[str] = []
    for name, column in sheet.columns.items():
        texts = labels_of(column)
        if not texts.texts:
            continue
        found = amounts_of(column, style)
        if _is_figures(found) and not _is_coded(found, texts, column, is_first=not labels):
            amounts[name] = found
            continue
        labels[name] = texts
        shorts = len(texts.texts) <= FEW_ROWS
        if shorts and all(is_year(t) or CURRENCY.fullmatch(t) for t in texts.texts):
            apart.append(name)
        elif len(texts.texts) == len(sheet) > 1:
            identities.append(name)
        if all(any(map(str.isdigit, t)) and " " not in t for t in texts.texts[:FEW_ROWS]):
            codes.append(name)
    known = [set(labels[name].texts) for name in codes if name in identities]
    for name in [n for n, each in amounts.items() if not int(each.decimals.max(initial=0))]:
        texts = labels_of(sheet.columns[name])
        if any(own.issuperset(texts.texts) and len(texts.texts) < len(own) for own in known):
            labels[name] = texts  # what names rows by their codes is no amount
            del amounts[name]
    labels = {name: labels[name] for name in sheet.columns if name in labels}
    return _Columns(labels, amounts, tuple(apart), tuple(identities), tuple(codes))


def _is_figures(found: Amounts) -> bool:
    """Whether nearly everything in a column is a figure; some may be damaged or missing."""
    figures = int((found.statuses == Status.FIGURE).sum())
    wrong = int((found.statuses == Status.WRONG).sum())
    return figures > 0 and 20 * wrong <= figures


def _is_coded(found: Amounts, texts: Labels, column: pa.Array, *, is_first: bool) -> bool:
    """Whether whole numbers are names: years, codes with noughts before, all different, first."""
    if int(found.decimals.max(initial=0)) or pa.types.is_floating(column.type):
        return False
    if all(map(is_year, texts.texts)):
        return True
    padded = any(len(text) > 1 and text.startswith("0") for text in texts.texts)
    different = len(texts.texts) == len(found.values) > FEWEST_ROWS
    counted = different and bool((np.diff(found.values) == 1).all())
    return padded or counted or (is_first and bool((found.values >= 0).all()))


def _candidates(found: _Columns) -> Iterator[TidyMapping]:
    """Every mapping that the columns allow; the first is the plainest."""
    measures = tuple(found.amounts)
    free = [n for n in found.labels if n not in (*found.apart, *found.identities)]
    names = tuple(free) or tuple(found.labels)
    plain = TidyMapping(names, measures, within=found.apart)
    yield plain
    yield from _coded(found, measures)
    kinds = [n for n in free if _marks_totals(found.labels[n]) and len(found.labels[n].texts) <= 6]
    few = [n for n in free if len(found.labels[n].texts) <= FEW_ROWS and n not in kinds]
    for within in _subsets(few):
        apart = (*found.apart, *within)
        levels = [n for n in free if n not in within]
        for kind in (None, *kinds):
            rest = [n for n in levels if n != kind][:MOST_LEVELS] or list(found.identities)[:1]
            words = tuple(_total_texts(found.labels[kind])) if kind else ()
            for order in _orders(rest, found.labels):
                yield replace(
                    plain, labels=order, within=apart, hierarchy=True, kind=kind, totals=words
                )
            if rest and kind:
                ordered = tuple(sorted(words, key=lambda w: _standing(found.labels[kind], w)))
                labels = tuple(rest)
                yield replace(plain, labels=labels, within=apart, kind=kind, totals=ordered)
            elif rest:
                yield replace(plain, labels=tuple(rest), within=apart)


def _coded(found: _Columns, measures: tuple[str, ...]) -> Iterator[TidyMapping]:
    """Charts of accounts: a code and its parent's, or codes that begin one another."""
    for code in (*found.codes, *(n for n in found.identities if n not in found.codes)):
        own = found.labels[code]
        known = set(own.texts)
        others = [n for n in found.labels if n != code and n not in found.apart]
        names = tuple(n for n in others if n not in found.codes) or (code,)
        for parent in others:
            above = found.labels[parent].texts
            if known.issuperset(above) and len(above) < len(known):
                labels = tuple(n for n in names if n != parent) or (code,)
                yield TidyMapping(labels, measures, code=code, parent=parent, within=found.apart)
        begun = sum(above >= 0 for above in prefixes_of(own.texts)[0]) if len(known) < 20_000 else 0
        if code in found.codes and 4 * begun >= len(known):
            yield TidyMapping(names, measures, code=code, within=found.apart)


def _subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield ()
    for size in (1, 2):
        yield from combinations(names[:MOST_LEVELS], size)


def _orders(names: Sequence[str], labels: Mapping[str, Labels]) -> Iterator[tuple[str, ...]]:
    """The levels as the file has them, then from few texts to many, then in any other order."""
    orders = [tuple(names), tuple(sorted(names, key=lambda n: len(labels[n].texts)))]
    orders += permutations(names) if len(names) <= 3 else []
    yield from (each for each in dict.fromkeys(orders) if each)


def _marks_totals(labels: Labels) -> bool:
    return any(True for _ in _total_texts(labels))


def _total_texts(labels: Labels) -> Iterator[str]:
    """The texts of a column that say total, in some language, alone or at the end."""
    words = total_words(TidyMapping())
    for text in labels.texts:
        folded = normalise(text)
        if folded in words or any(piece in words for piece in re.split(r"[\s_-]+", folded)):
            yield text


def _standing(labels: Labels, word: str) -> int:
    """How many rows a mark has: totals of few are subtotals of others' subtotals."""
    return -int((labels.codes == labels.texts.index(word)).sum())


def _score(sheet: DataSheet, mapping: TidyMapping) -> tuple[int, int]:
    """How much the sums speak for a mapping, and, where they say as much, its plainness."""
    data = _judged(sheet, mapping)
    telling = data.result.judgement.carriers > 2
    exact = int((telling & (data.result.verdicts == Verdict.EXACT)).sum())
    failed = len(data.result.broken)
    nested = mapping.hierarchy and len(mapping.labels) > 1
    return exact - AGAINST * failed, nested - len(mapping.within) - 2 * (mapping.kind is not None)


def _judged(sheet: DataSheet, mapping: TidyMapping) -> Data:
    return data_of(sheet, mapping, None, Rounding.UNKNOWN)


def _with_unique(found: _Columns, mapping: TidyMapping) -> TidyMapping:
    """The columns that tell every row, so that a row that is there twice is found."""
    if found.identities and mapping.code not in found.identities:
        return replace(mapping, unique=found.identities[:1])
    names = (*mapping.within, *((mapping.code,) if mapping.code else mapping.labels))
    if mapping.kind:
        names = (*names, mapping.kind)
    told = numbered(*(found.labels[name].codes for name in names))
    is_key = len(np.unique(told)) == len(told) > 1
    return replace(mapping, unique=names) if is_key else mapping


def _with_equations(mapping: TidyMapping, found: _Columns) -> TidyMapping:
    """What ties the columns of figures of a row; else the measures of a column of names."""
    if len(mapping.measures) > 1:
        names = mapping.measures[:MOST_MEASURES]
        columns = [found.amounts[name] for name in names]
        there = np.stack([c.statuses == Status.FIGURE for c in columns], axis=1)
        scale = min(column.scale for column in columns)
        values = np.stack([c.at_scale(scale) for c in columns], axis=1)
        return replace(mapping, equations=tuple(_equations(names, values, there)))
    for name in (*mapping.within, *mapping.labels):
        longer = _by_measure(mapping, found, name)
        if longer is not None:
            return longer
    return mapping


def _by_measure(mapping: TidyMapping, found: _Columns, name: str) -> TidyMapping | None:
    """The same mapping with a column of measures, where equations tie what it tells apart."""
    labels = found.labels[name]
    if not 3 <= len(labels.texts) <= MOST_MEASURES or mapping.code == name or name in found.apart:
        return None
    rest = tuple(n for n in (*mapping.within, *mapping.labels) if n != name)
    if not rest:
        return None
    item = numbered(*(found.labels[n].codes for n in rest))
    (figures,) = found.amounts.values()
    size = int(item.max()) + 1, len(labels.texts)
    values = np.zeros(size, dtype=figures.values.dtype)
    count = np.zeros(size, dtype=np.int64)
    rows = np.flatnonzero((figures.statuses == Status.FIGURE) & (labels.codes >= 0))
    np.add.at(values, (item[rows], labels.codes[rows]), figures.values[rows])
    np.add.at(count, (item[rows], labels.codes[rows]), 1)
    equations = tuple(_equations(labels.texts, values, count == 1))
    if not equations:
        return None
    return replace(
        mapping,
        labels=tuple(n for n in mapping.labels if n != name) or rest[:1],
        within=tuple(n for n in mapping.within if n != name),
        measures=(),
        measure=name,
        value=next(iter(found.amounts)),
        equations=equations,
    )


def _equations(
    names: Sequence[str], values: NDArray[np.int64], there: NDArray[np.bool_]
) -> Iterator[str]:
    """Sums and differences of columns that nearly every row bears out.

    Of the ways to write one tie the column that stands last is the stated one; long sums of
    neighbours come first, and what follows from ties already found is left out.
    """
    tied: list[frozenset[int]] = []
    for stated, parts in _shapes(len(names)):
        members = frozenset((stated, *(at for at, _ in parts)))
        if any(members <= known or known <= members for known in tied):
            continue
        rows = there[:, sorted(members)].all(axis=1)
        rows &= (values[:, sorted(members)] != 0).sum(axis=1) > 2
        if rows.sum() < FEWEST_ROWS:
            continue
        computed = sum(sign * values[rows, at] for at, sign in parts)
        if 100 * (values[rows, stated] == computed).sum() >= HOLDS * rows.sum():
            tied.append(members)
            yield _written(names, stated, parts)


def _shapes(count: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """(Stated column, signed parts): runs of neighbours and their sum, then pairs, then three."""
    for length in range(count - 1, 2, -1):
        for start in range(count - length + 1):
            run = [(at, 1) for at in range(start, start + length)]
            yield from ((at, run) for at in (start + length, start - 1) if 0 <= at < count)
    for size in (2, 3):
        for stated in range(count - 1, -1, -1):
            others = [at for at in range(count) if at != stated]
            for chosen in combinations(others, size):
                for signs in _signs(size):
                    yield stated, list(zip(chosen, signs, strict=True))


def _signs(size: int) -> Iterable[tuple[int, ...]]:
    if size == 2:
        return ((1, 1), (1, -1), (-1, 1))
    return ((1, 1, 1), (1, 1, -1), (1, -1, 1), (1, -1, -1), (-1, 1, 1), (-1, -1, 1), (-1, 1, -1))


def _written(names: Sequence[str], stated: int, parts: Sequence[tuple[int, int]]) -> str:
    ordered = sorted(parts, key=lambda part: -part[1])
    told = [("- " if sign < 0 else "+ ") + _quoted(names[at]) for at, sign in ordered]
    return f"{_quoted(names[stated])} = {' '.join(told).removeprefix('+ ')}"


def _quoted(name: str) -> str:
    if re.fullmatch(r"[^\W\d]\w*", name):
        return name
    return f'"{name}"' if "'" in name else f"'{name}'"


def _checks(data: Data) -> Iterator[Checked]:
    kinds = data.result.kinds
    every = np.bincount(kinds, minlength=len(data.kinds))
    failed = np.bincount(kinds[data.result.broken], minlength=len(data.kinds))
    for kind, name in enumerate(data.kinds):
        if every[kind]:
            yield Checked(name, int(every[kind] - failed[kind]), int(failed[kind]))
