"""Which rows of a data file are the parts of which totals, as its mapping states it.

A *node* is one total and what belongs to it: ``own[row]`` numbers the node that a row states,
``part[row]`` the node of which a row is a part, -1 for none. Nothing else is known of a tree, and
nothing is guessed: a node without a stated total, or without parts, is checked by nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from unbudget_check.lexicon import language_codes, load_language, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.options import TidyMapping
    from unbudget_check.tidy.amounts import Labels

NONE = -1
SEPARATED = re.compile(r"[^\W_]+[^\w\s]+[^\W_]")


@dataclass(frozen=True, slots=True)
class Tree:
    """One way in which rows add up; ``levels[node]`` tells sums of one kind from another."""

    own: NDArray[np.int32]
    part: NDArray[np.int32]
    levels: NDArray[np.int32]
    names: tuple[str, ...]

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.levels)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet as its mapping names them.

    ``group`` numbers what is never summed across. ``depths`` say how many labels of a row say what
    it is about, before a blank or the word for a total; ``totals`` which rows are totals.
    """

    group: NDArray[np.int32]
    labels: tuple[Labels, ...]
    totals: NDArray[np.bool_]
    depths: NDArray[np.int32]


def numbered(*keys: NDArray[np.int32]) -> NDArray[np.int32]:
    """One number a row for what it has in several columns of numbers, -1 among them."""

    def joined(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.int32]:
        width = int(other.max(initial=-1)) + 2
        codes, _ = pd.factorize(one * width + other + 1)
        return codes.astype(np.int64, copy=False)

    return reduce(joined, keys)


def total_words(mapping: TidyMapping) -> frozenset[str]:
    """How rows of totals are called: as the mapping says, else as languages call them."""
    if mapping.totals:
        return frozenset(map(normalise, mapping.totals))
    rows = [load_language(code).rows for code in language_codes()]
    return frozenset(
        term for each in rows for kind in ("total", "subtotal") for term in each.get(kind, ())
    )


def rows_of(mapping: TidyMapping, columns: Mapping[str, Labels], group: NDArray[np.int32]) -> Rows:
    """What each row is about; ``columns`` are those that the mapping names."""
    words = total_words(mapping)
    labels = tuple(columns[name] for name in mapping.labels)
    size = len(group)
    depths = np.full(size, len(labels), dtype=np.int32)
    called = np.zeros(size, dtype=bool)
    filled = np.zeros(size, dtype=np.int32)
    for level, each in reversed(list(enumerate(labels))):
        named = _flagged(each, words) if mapping.kind is None else np.zeros(size, dtype=bool)
        blank = each.codes == NONE
        filled = np.where((filled == 0) & ~blank & ~named, level + 1, filled)
        depths = np.where(named, level, np.where(called | (filled > level), depths, level))
        called |= named
    if mapping.kind is not None:
        totals = _flagged(columns[mapping.kind], words)
    else:
        totals = called | (depths < len(labels))
    return Rows(group, labels, totals, depths)


def _flagged(labels: Labels, words: frozenset[str]) -> NDArray[np.bool_]:
    longest, starts = 2 * max(map(len, words)), {word[:1] for word in words}
    likely = (len(text) <= longest and text[:1].casefold() in starts for text in labels.texts)
    flags = [
        maybe and normalise(text) in words for maybe, text in zip(likely, labels.texts, strict=True)
    ]
    found: NDArray[np.bool_] = np.array([*flags, False])[labels.codes]
    return found


def trees_of(mapping: TidyMapping, rows: Rows, columns: Mapping[str, Labels]) -> list[Tree]:
    """Every way in which the rows of a sheet add up."""
    if mapping.code is not None and mapping.parent is not None:
        return [_by_parent(mapping, rows, columns)]
    if mapping.code is not None:
        return [_by_prefix(mapping, rows, columns[mapping.code])]
    if mapping.kind is not None and not mapping.hierarchy:
        return [_by_order(mapping, rows, columns[mapping.kind])]
    if mapping.hierarchy:
        return [_by_levels(mapping, rows)]
    return list(_by_margins(mapping, rows))


def _by_levels(mapping: TidyMapping, rows: Rows) -> Tree:
    """Levels of labels: a total adds up all rows below it that stand below no deeper total.

    With a ``kind`` column a total may have a name of its own in its last label: it totals the
    longest path of its labels below which there is something else.
    """
    paths = [rows.group]
    for each in rows.labels:
        paths.append(numbered(paths[-1], each.codes))
    depths = _stated_depths(rows, paths) if mapping.kind is not None else rows.depths
    own = np.full(len(depths), NONE, dtype=np.int32)
    part = own.copy()
    levels: list[NDArray[np.int32]] = []
    count = 0
    # An item of a kind column may stand beside the groups of its own path.
    reach = depths + (~rows.totals if mapping.kind is not None else 0)
    for level in range(len(paths) - 1, -1, -1):
        states = rows.totals & (depths == level)
        path = paths[level]
        below = (reach > level) & (path >= 0)
        size = int(path.max(initial=-1)) + 1
        has_parts = np.zeros(size, dtype=bool)
        has_parts[path[below]] = True
        # What has nothing below it is an item itself, however few labels it has.
        states &= has_parts[path]
        node = np.full(size, NONE, dtype=np.int32)
        stated = np.unique(path[states])
        node[stated] = np.arange(count, count + len(stated))
        own[states] = node[path[states]]
        joins = below & (part == NONE) & (node[path] >= 0)
        part[joins] = node[path[joins]]
        levels.append(np.full(len(stated), level, dtype=np.int32))
        count += len(stated)
    return Tree(own, part, np.concatenate(levels), ("", *mapping.labels))


def _stated_depths(rows: Rows, paths: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """How many labels of a marked total name what it totals, and not itself."""
    depths = rows.depths.copy()
    left = rows.totals.copy()
    for level in range(len(rows.labels), -1, -1):
        path = paths[level]
        items = np.zeros(int(path.max(initial=-1)) + 1, dtype=bool)
        items[path[~rows.totals & (rows.depths >= level)]] = True
        fits = left & (rows.depths >= level) & items[path]
        depths[fits] = level
        left &= ~fits
    return depths


def _by_margins(mapping: TidyMapping, rows: Rows) -> Iterator[Tree]:
    """Labels that cross: a total along one of them adds up the rows that agree in all others."""
    words = total_words(mapping)
    flags = [_flagged(each, words) for each in rows.labels]
    codes = [
        np.where(flag, NONE - 1, each.codes) for flag, each in zip(flags, rows.labels, strict=True)
    ]
    codes = [each + 1 for each in codes]  # -1: a total, 0: blank
    found = np.zeros(len(rows.group), dtype=bool)
    for along in range(1, len(codes) + 1):
        for chosen in combinations(range(len(codes)), along):
            own = np.logical_and.reduce([flags[at] for at in chosen])
            if along > 1:
                own &= ~found
            parts = np.logical_and.reduce([~flags[at] for at in chosen])
            if not own.any():
                continue
            others = [codes[at] for at in range(len(codes)) if at not in chosen]
            node = numbered(rows.group, *others)
            tree = _of_nodes(mapping.labels[chosen[0]], node, own, parts)
            found |= own & np.isin(node, node[parts])
            yield tree


def _of_nodes(
    name: str, node: NDArray[np.int32], own: NDArray[np.bool_], parts: NDArray[np.bool_]
) -> Tree:
    count = int(node.max(initial=-1)) + 1
    return Tree(
        np.where(own, node, NONE),
        np.where(parts, node, NONE),
        np.zeros(count, dtype=np.int32),
        (name,),
    )


def _by_order(mapping: TidyMapping, rows: Rows, kinds: Labels) -> Tree:
    """Marked totals below their items, in the order of the file.

    ``totals`` name the ranks, the lowest first: a row is a part of the next total below it that
    ranks higher.
    """
    ranks = {normalise(word): at + 1 for at, word in enumerate(mapping.totals)}
    flagged = total_words(mapping)
    of_text = [ranks.get(normalise(t), int(normalise(t) in flagged)) for t in kinds.texts] + [0]
    rank = np.array(of_text, dtype=np.int32)[kinds.codes]
    order = np.argsort(rows.group, kind="stable")
    group, rank_in = rows.group[order], rank[order]
    size = len(order)
    part = np.full(size, NONE, dtype=np.int32)
    places = np.arange(size)
    for level in range(int(rank.max(initial=0)) - 1, -1, -1):
        higher = np.flatnonzero(rank_in > level)
        following = np.searchsorted(higher, places, side="right")
        there = (rank_in == level) & (following < len(higher))
        after = higher[np.minimum(following, max(len(higher) - 1, 0))] if len(higher) else places
        there &= group[after] == group
        part[there] = after[there]
    own_in = np.where(rank_in > 0, places, NONE)
    own, joined = np.full(size, NONE, dtype=np.int32), np.full(size, NONE, dtype=np.int32)
    own[order], joined[order] = own_in, part
    return Tree(own, joined, rank_in, ("", *mapping.totals) if mapping.totals else ("", ""))


def _by_parent(mapping: TidyMapping, rows: Rows, columns: Mapping[str, Labels]) -> Tree:
    """Codes and the codes of their parents: a row that names itself, or none, is at the top."""
    own_codes = columns[mapping.code or ""]
    parents = columns[mapping.parent or ""]
    numbers = {text: at for at, text in enumerate(own_codes.texts)}
    translated = np.array([numbers.get(text, NONE) for text in parents.texts] + [NONE])
    above = translated[parents.codes]
    above[above == own_codes.codes] = NONE
    return _of_codes(rows, own_codes.codes, above, np.zeros(len(numbers) + 1, dtype=np.int32))


def _by_prefix(mapping: TidyMapping, rows: Rows, codes: Labels) -> Tree:
    """Codes of which the longest one that another begins with is the row that it is a part of."""
    above_code, levels = prefixes_of(codes.texts)
    above = np.array([*above_code, NONE], dtype=np.int32)[codes.codes]
    del mapping
    return _of_codes(rows, codes.codes, above, np.array([*levels, 0], dtype=np.int32))


def prefixes_of(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each code the number of the longest other one that it begins with, and its level.

    Where codes are cut by marks (1.10), whole pieces count: 1.1 does not begin 1.10. Codes that
    all have one length are filled up with noughts: 1200 is a part of 1000.
    """
    numbers = {text: at for at, text in enumerate(texts)}
    cut = any(SEPARATED.search(text) for text in texts)
    width = {len(text) for text in texts}
    padded = not cut and len(width) == 1 and any(text.endswith("0") for text in texts)
    full = width.pop() if padded else 0
    above, levels = [], []
    for text in texts:
        found = [numbers[start] for start in _starts(text, full, cut=cut) if start in numbers]
        above.append(found[0] if found else NONE)
        levels.append(len(found))
    return above, levels


def _starts(text: str, full: int, *, cut: bool) -> Iterator[str]:
    """What a code begins with, the longest first."""
    if cut:
        marks = [found.start() for found in re.finditer(r"[^\w]+", text)]
        yield from (text[:at] for at in reversed(marks) if at)
    elif full:
        stem = text.rstrip("0")
        yield from (
            text[:at].ljust(full, "0")
            for at in range(len(stem) - 1, 0, -1)
            if text[:at].ljust(full, "0") != text and text[at - 1] != "0"
        )
    else:
        yield from (text[:at] for at in range(len(text) - 1, 0, -1))


def _of_codes(
    rows: Rows, code: NDArray[np.int32], above: NDArray[np.int32], level: NDArray[np.int32]
) -> Tree:
    """The tree of rows with codes; a code without parts states nothing."""
    width = int(max(code.max(initial=-1), above.max(initial=-1))) + 2
    keys = rows.group.astype(np.int64) * width
    nodes, seen = pd.factorize(
        np.concatenate([keys[code >= 0] + code[code >= 0], keys[above >= 0] + above[above >= 0]])
    )
    count = int((code >= 0).sum())
    own = np.full(len(code), NONE, dtype=np.int32)
    part = own.copy()
    own[code >= 0] = nodes[:count]
    part[above >= 0] = nodes[count:]
    levels = level[np.asarray(seen, dtype=np.int32) % width]
    return Tree(own, part, levels, tuple("" for _ in range(int(levels.max(initial=0)) + 1)))
