"""Which rows and columns of two versions of a table are the same, by labels and figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.compare.pairing import best_pairs, pairs_of_keys, unpaired
from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import ColumnRole, RowRole
from unbudget_check.model.number import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.facts import Column, DocumentFacts, TableFacts

# Bits that two rows or columns have in common by their words, and by each figure.
SAME_LABEL, SAME_PATH, SAME_WORD, SAME_FIGURE, SAME_ROLE = 16, 8, 2, 4, 1
# Figures by which a line with another label is recognised; half of its figures as well.
LEAST_FIGURES = 2
# More rows of one label are compared in their order only.
MOST_COMPARED = 40_000
Side = tuple["DocumentFacts", "TableFacts"]


class _Line(NamedTuple):
    """A row or column: what it is called, below which headings, its kind and its figures."""

    label: str
    path: tuple[str, ...]
    role: str
    figures: Counter[int]

    @property
    def name(self) -> tuple[str, ...]:
        return (self.label, *self.path) if self.label else ()


def align_rows(old: Side, new: Side) -> dict[int, int]:
    """New -> old: rows of one name, else those that have most figures and words in common."""
    there, here = (_rows(*each) for each in (old, new))
    found = pairs_of_keys([each.name for each in there], [each.name for each in here])
    left = unpaired(len(there), found.values()), unpaired(len(here), found)
    pairs = _candidates([there[at] for at in left[0]], [here[at] for at in left[1]])
    found |= _best(there, here, ((left[0][at], left[1][to]) for at, to in pairs))
    return found | _between(there, here, found)


def _rows(facts: DocumentFacts, table: TableFacts) -> list[_Line]:
    found: list[_Line] = []
    above: dict[int, str] = {}
    heading = ""
    for row, grid in zip(table.rows, table.grid, strict=True):
        label = normalise(f"{row.code} {row.label}").strip()
        above = {depth: name for depth, name in above.items() if depth < row.depth}
        figures = Counter(comparable(facts.numbers[each]) for each in grid if each >= 0)
        del figures[0]
        path = (heading, *above.values(), row.grade)
        found.append(_Line(label, path, row.role.value, figures))
        if row.role is RowRole.HEADING:
            heading = label
        elif label:
            above[row.depth] = label
    return found


def _candidates(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """The pairs with the same label, or with a figure in common."""
    keys: tuple[defaultdict[str | int, list[int]], ...] = defaultdict(list), defaultdict(list)
    for holders, lines in zip(keys, (old, new), strict=True):
        for at, line in enumerate(lines):
            holders[line.label].append(at)
            for figure in line.figures:
                holders[figure].append(at)
    pairs: dict[tuple[int, int], None] = {}
    for key in keys[0].keys() & keys[1].keys():
        if key != "":
            one, other = keys[0][key], keys[1][key]
            is_many = len(one) * len(other) > MOST_COMPARED
            pairs |= dict.fromkeys(
                zip(one, other, strict=False) if is_many else product(one, other)
            )
    yield from pairs


def _best(
    old: Sequence[_Line], new: Sequence[_Line], pairs: Iterator[tuple[int, int]]
) -> dict[int, int]:
    scored = ((_bits(old[at], new[to]), at, to) for at, to in pairs)
    return best_pairs(each for each in scored if each[0])


def _bits(old: _Line, new: _Line) -> int:
    """What two lines have in common; 0 where they cannot be the same."""
    shared = (old.figures & new.figures).total()
    words = len(set(old.label.split()) & set(new.label.split()))
    is_named = old.label == new.label != ""
    count = min(old.figures.total(), new.figures.total())
    if not is_named and (shared < LEAST_FIGURES or 2 * shared < count):
        return 0
    return (
        SAME_LABEL * is_named
        + SAME_PATH * (old.path == new.path)
        + SAME_FIGURE * shared
        + SAME_WORD * words
        + SAME_ROLE * (old.role == new.role)
    )


def _between(
    old: Sequence[_Line], new: Sequence[_Line], found: Mapping[int, int]
) -> dict[int, int]:
    """New -> old: a row alone between two neighbours that are paired, and alike in its figures."""
    pairs: dict[int, int] = {}
    back = {there: here for here, there in found.items()}
    for here in unpaired(len(new), found):
        there = found[here - 1] + 1 if here and here - 1 in found else 0 if not here else None
        if there is None or there >= len(old) or there in back:
            continue
        is_last = here + 1 == len(new) and there + 1 == len(old)
        is_alone = is_last or found.get(here + 1) == there + 1
        one, other = old[there], new[here]
        nameless = one.label == other.label == "" and one.role == other.role
        if is_alone and (nameless or (one.figures and one.figures == other.figures)):
            pairs[here] = there
    return pairs


def align_columns(old: Side, new: Side, rows: Mapping[int, int]) -> dict[int, int]:
    """New -> old: columns of one heading, else those with the same figures in the same rows."""
    there, here = (_columns(table) for _, table in (old, new))
    found = pairs_of_keys([each.name for each in there], [each.name for each in here])
    scored = (
        (bits, at, to)
        for at in unpaired(len(there), found.values())
        for to in unpaired(len(here), found)
        if (bits := _column_bits(old, new, rows, at, to, _bits(there[at], here[to])))
    )
    return found | best_pairs(scored)


def _columns(table: TableFacts) -> list[_Line]:
    nothing: Counter[int] = Counter()
    return [
        _Line(
            normalise(each.heading),
            (normalise(each.group), str(each.year), each.mark),
            each.role.value,
            nothing,
        )
        for each in table.columns
    ]


def _column_bits(
    old: Side, new: Side, rows: Mapping[int, int], there: int, here: int, words: int
) -> int:
    """What two columns have in common by their words and, row by row, by their figures."""
    same = other = 0
    for row, before in rows.items():
        figure, known = new[1].grid[row][here], old[1].grid[before][there]
        if figure >= 0 and known >= 0:
            values = comparable(new[0].numbers[figure]), comparable(old[0].numbers[known])
            same += values[0] == values[1] != 0
            other += values[0] != values[1]
    is_borne_out = same >= max(LEAST_FIGURES, other)
    is_alike = _says_the_same(old[1].columns[there], new[1].columns[here])
    if not (words or is_borne_out or is_alike):
        return 0
    return words + SAME_FIGURE * same + SAME_ROLE


def _says_the_same(old: Column, new: Column) -> bool:
    """Whether two columns are of one kind and one year, or both without a heading."""
    if not old.heading and not new.heading:
        return True
    is_known = old.role not in {ColumnRole.AMOUNT, ColumnRole.TEXT, ColumnRole.FACTOR}
    return is_known and (old.role, old.year, old.side) == (new.role, new.year, new.side)
