"""The lines of a table put together as rows: which of them go on with the cells above."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.figures import is_entry
from unbudget_check.readers.pdf.columns import placed
from unbudget_check.readers.pdf.segments import opens_item, text_of
from unbudget_check.readers.text.words import has_open_bracket

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.pdf.columns import Placed
    from unbudget_check.readers.pdf.regions import Region
    from unbudget_check.readers.pdf.segments import Parted
    from unbudget_check.readers.pdf.words import Line, Word

SAME_ROW = 0.88  # of the distance of two rows: lines that are closer are one row
WRAPPED = 1.45  # type sizes between the lines of a cell at most
SLACK = 1.15  # of the usual distance
FILLED = 0.6  # of the width of its column, which a wrapped label takes at least
OPEN_ENDS = ("/", ",", "，", "、", "-", "–", "(", "（", "&", ":")


def rows_of(
    body: Sequence[Parted], edges: Sequence[float], region: Region, style: NumberStyle
) -> list[list[list[Placed]]]:
    """The pieces of the body by rows and lines: closer than two rows of figures, or wrapped."""
    lines = [each.line for each in body]
    pieces = [placed(each, edges) for each in body]
    figured = [_figured(each, style) for each in pieces]
    labels = {id(line): _label(each) for line, each in zip(lines, pieces, strict=True)}
    across = [r for r in region.rules if r.x0 <= edges[0] + 8 and r.x1 >= edges[-1] - 8]
    boxes = region.boxed and 3 * len(across) >= 2 * sum(map(bool, figured))
    spacing = _Spacing(edges, region, _pitch(lines, figured), _usual(lines), labels, boxes)
    rows: list[list[list[Placed]]] = []
    taken: set[int] = set()
    for at, line in enumerate(lines):
        if rows and spacing.is_boxed(lines[at - 1], line):
            rows[-1].append(pieces[at])
            continue
        again = figured[at] & taken
        if rows and not again and spacing.goes_on(lines[at - 1], line, figured=bool(figured[at])):
            rows[-1].append(pieces[at])
            taken |= figured[at]
        else:
            rows.append([pieces[at]])
            taken = set(figured[at])
    return rows


def _figured(pieces: Sequence[Placed], style: NumberStyle) -> set[int]:
    """The columns in which a line prints figures."""
    return {first for first, _, piece in pieces if first and is_entry(text_of(piece.words), style)}


def _label(pieces: Sequence[Placed]) -> list[Word]:
    """The words of a line in its first column."""
    return [word for first, _, piece in pieces if not first for word in piece.words]


def _pitch(lines: Sequence[Line], figured: Sequence[set[int]]) -> float:
    """The smallest distance of two rows that both print figures in a column; 0 where none do."""
    found = [
        b.y - a.y for (a, fa), (b, fb) in pairwise(zip(lines, figured, strict=True)) if fa & fb
    ]
    return min(found, default=0.0)


@dataclass(frozen=True, slots=True)
class _Spacing:
    """What decides whether lines are one row: columns, rules, and the distances of rows and lines.

    ``pitch`` is the smallest distance of two rows of figures, 0 where there are none; ``usual``
    that of lines.
    """

    edges: Sequence[float]
    region: Region
    pitch: float
    usual: float
    labels: Mapping[int, Sequence[Word]]  # of each line, by its identity
    boxes: bool = False  # rules part all rows

    def goes_on(self, upper: Line, lower: Line, *, figured: bool) -> bool:
        """Whether a line belongs to the row of the line above it; ``figured`` with figures."""
        distance = lower.y - upper.y
        size = max(upper.size, lower.size)
        above, below = self.labels[id(upper)], self.labels[id(lower)]
        text = text_of(below)
        if distance > 2 * size or self._is_ruled(upper, lower) or (text and opens_item(text)):
            return False
        if not self.pitch:
            return distance <= min(SLACK * self.usual, WRAPPED * size)
        if distance > min(WRAPPED * size, SLACK * self.pitch):
            return False
        if distance < SAME_ROW * self.pitch:
            return True
        if not below:
            # Only other columns go on.
            return not figured
        return bool(above) and self._is_wrapped(above, below)

    def is_boxed(self, upper: Line, lower: Line) -> bool:
        """Whether two lines stand in the same box, where every row has one."""
        return self.boxes and not self._is_ruled(upper, lower)

    def _is_ruled(self, upper: Line, lower: Line) -> bool:
        """Whether a rule under the labels parts two lines."""
        rules = self.region.rules
        return any(upper.y < r.y < lower.y and r.x0 <= self.edges[1] for r in rules)

    def _is_wrapped(self, upper: Sequence[Word], lower: Sequence[Word]) -> bool:
        """Whether a label goes on below: by its words, or as its next word did not fit."""
        above, below = text_of(upper), text_of(lower)
        if below[:1].islower() or above.endswith(OPEN_ENDS) or has_open_bracket(above):
            return True
        left, right = self.edges[:2]
        end = max(word.x1 for word in upper)
        first = lower[0].x1 - lower[0].x0
        return first + 0.25 * lower[0].size > right - end and end > left + FILLED * (right - left)


def _usual(lines: Sequence[Line]) -> float:
    """The smallest usual distance between lines of a table."""
    steps = sorted(b.y - a.y for a, b in pairwise(lines))
    return steps[len(steps) // 4] if steps else 0.0
