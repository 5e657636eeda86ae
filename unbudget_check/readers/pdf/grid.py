"""Put the lines of one table of a page together: its columns, its headings, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.figures import is_entry, is_piece, is_torn, may_join
from unbudget_check.readers.pdf.cells import Grid, PrintedCell, box_of, cell_of, indent, row_of
from unbudget_check.readers.pdf.columns import (
    CENTRED,
    EDGE,
    column_at,
    edges_of,
    mostly,
    parted_at,
    placed,
)
from unbudget_check.readers.pdf.segments import opens_item, text_of
from unbudget_check.readers.pdf.words import BLANK_GAP, OVERPRINTED, is_right_to_left
from unbudget_check.readers.text.words import has_open_bracket

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.pdf.columns import Placed
    from unbudget_check.readers.pdf.regions import Region
    from unbudget_check.readers.pdf.rules import Rule
    from unbudget_check.readers.pdf.segments import Parted, Segment
    from unbudget_check.readers.pdf.words import Line, Word


SAME_ROW = 0.88  # of the distance of two rows: lines that are closer are one row
WRAPPED = 1.45  # type sizes between the lines of a cell at most
SLACK = 1.15  # of the usual distance
FILLED = 0.6  # of the width of its column, which a wrapped label takes at least
OPEN_ENDS = ("/", ",", "，", "、", "-", "–", "(", "（", "&", ":")


def heading_rows(
    lines: Sequence[Parted], edges: Sequence[float], region: Region
) -> list[list[PrintedCell]]:
    """The headings: those that span several columns above those of single columns."""
    if not lines:
        return []
    spanning: dict[tuple[int, int], list[Segment]] = {}
    single: dict[int, list[Segment]] = {}
    lowest = max(each.line.y for each in lines)
    for line in lines:
        for first, last, piece in _heading_places(line, edges, region, lowest):
            if last > first:
                spanning.setdefault((first, last), []).append(piece)
            else:
                single.setdefault(first, []).append(piece)
    levels = _levels(spanning)
    rows: list[list[PrintedCell]] = []
    count = len(edges) - 1
    for level in levels:
        row: list[PrintedCell] = []
        for first, last in sorted(level):
            row.append(cell_of(spanning[first, last], first, last))
        rows.append(_filled(row, count))
    leaves = [cell_of(single[at], at, at) for at in sorted(single)]
    rows.append(_filled(leaves, count))
    return rows


def _levels(
    spanning: dict[tuple[int, int], list[Segment]],
) -> list[list[tuple[int, int]]]:
    """Spanning headings that stand side by side, from the top."""
    levels: list[list[tuple[int, int]]] = []
    for span in sorted(spanning, key=lambda s: (spanning[s][0].words[0].y, s)):
        for level in levels:
            if all(span[1] < a or span[0] > b for a, b in level):
                level.append(span)
                break
        else:
            levels.append([span])
    return levels


def _filled(cells: Sequence[PrintedCell], count: int) -> list[PrintedCell]:
    row: list[PrintedCell] = []
    at = 0
    for cell in sorted(cells, key=lambda c: c.column):
        row += [PrintedCell("", "", n) for n in range(at, cell.column)]
        row.append(cell)
        at = cell.column + cell.columns
    return row + [PrintedCell("", "", n) for n in range(at, count)]


def _heading_places(
    heading: Parted, edges: Sequence[float], region: Region, lowest: float
) -> list[tuple[int, int, Segment]]:
    """The pieces of a line of headings with the columns that each stands over."""
    return [
        (*_span_of(piece, heading.line, edges, region, lowest), piece)
        for segment in heading.cells
        for piece in parted_at(segment, edges)
    ]


def _span_of(
    piece: Segment,
    line: Line,
    edges: Sequence[float],
    region: Region,
    lowest: float,
) -> tuple[int, int]:
    middle = (piece.x0 + piece.x1) / 2
    rule = next((r for r in region.rules if line.y < r.y < lowest), None)
    span = next(((a, b) for a, b in rule.spans if a <= middle <= b), None) if rule else None
    if span is not None:
        # A heading over several others stands alone on a rule of its own, mostly in its middle.
        beside = [w for w in line.words if span[0] <= w.x0 <= span[1] and w not in piece.words]
        centred = abs(middle - (span[0] + span[1]) / 2) <= CENTRED * (span[1] - span[0])
        first, last = column_at(span[0] + EDGE, edges), column_at(span[1] - EDGE, edges)
        partly = last - first < len(edges) - 3
        if last > first and (centred or partly) and not beside:
            return first, last
    first, last = column_at(piece.x0 + 0.5, edges), column_at(piece.x1 - 0.5, edges)
    if span is None:
        above = next((r for r in reversed(region.rules) if r.y < line.y and len(r.edges) > 2), None)
        merged = _piece_of(above, middle) if above else None
        if merged is not None:
            beside = [w for w in line.words if merged[0] <= w.x0 <= merged[1]]
            a, b = column_at(merged[0] + EDGE, edges), column_at(merged[1] - EDGE, edges)
            centred = abs(middle - sum(merged) / 2) <= CENTRED / 2 * (merged[1] - merged[0])
            if (
                b > a
                and a <= first <= last <= b
                and centred
                and all(word in piece.words for word in beside)
            ):
                return a, b
    if last == first:
        return first, first
    covered = mostly(piece, edges, first, last)
    if covered[0] == covered[1]:
        return covered
    around = edges[covered[0]], edges[covered[1] + 1]
    centred = abs(middle - sum(around) / 2) <= CENTRED / 2 * (around[1] - around[0])
    if line.y >= lowest - 0.5 * line.size or not centred:
        at = column_at(middle, edges)
        return at, at
    return covered


def _piece_of(rule: Rule, x: float) -> tuple[float, float] | None:
    """The piece of a rule, from edge to edge, that stands over a place."""
    return next(((a, b) for a, b in pairwise(rule.edges) if a <= x <= b), None)


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
    torn = [bool(at) and _may_be_torn(*pieces[at - 1 : at + 1]) for at in range(len(lines))]
    pitch = _pitch(lines, figured, torn)
    spacing = _Spacing(edges, region, pitch, _usual(lines), labels, boxes)
    rows: list[list[list[Placed]]] = []
    taken: set[int] = set()
    for at, line in enumerate(lines):
        if rows and spacing.is_boxed(lines[at - 1], line):
            rows[-1].append(pieces[at])
            continue
        again = figured[at] & taken
        if rows and torn[at] and spacing.is_torn(lines[at - 1], line, *pieces[at - 1 : at + 1]):
            rows[-1].append(pieces[at])
            taken |= figured[at]
            continue
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


def _pitch(lines: Sequence[Line], figured: Sequence[set[int]], torn: Sequence[bool]) -> float:
    """The smallest distance of two rows that both print figures in a column; 0 where none do."""
    rows = pairwise(zip(lines, figured, strict=True))
    found = [
        b.y - a.y
        for ((a, fa), (b, fb)), one in zip(rows, torn[1:], strict=True)
        if fa & fb and not one
    ]
    return min(found, default=0.0)


def _may_be_torn(upper: Sequence[Placed], lower: Sequence[Placed]) -> bool:
    """Whether all figures of two lines may be parts of one, as in cells too narrow for them."""
    pairs = _above_each_other(upper, lower)
    return bool(pairs) and all(may_join(a.words[-1].text, b.words[0].text) for a, b, _ in pairs)


def _above_each_other(
    upper: Sequence[Placed], lower: Sequence[Placed]
) -> list[tuple[Segment, Segment, int]]:
    """What stands in the same column in two lines, the labels apart."""
    above = {first: piece for first, _, piece in upper if first}
    return [(above[first], piece, first) for first, _, piece in lower if first in above]


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

    def is_torn(
        self, upper: Line, lower: Line, above: Sequence[Placed], below: Sequence[Placed]
    ) -> bool:
        """Whether figures go on in a lower line: closer than rows are, or too wide for a column."""
        size = max(upper.size, lower.size)
        if lower.y - upper.y > WRAPPED * size or self._is_ruled(upper, lower):
            return False
        if lower.y - upper.y < SAME_ROW * self.pitch:
            return True
        pairs = _above_each_other(above, below)
        labels = self.labels[id(upper)], self.labels[id(lower)]
        if any(is_torn(a.words[-1].text, b.words[0].text) for a, b, _ in pairs):
            return True
        return (not all(labels) or self._is_wrapped(*labels)) and any(
            a.x1 - a.x0 + b.x1 - b.x0 + BLANK_GAP * size > self.edges[at + 1] - self.edges[at]
            for a, b, at in pairs
        )

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


def grid_of(
    parted: Sequence[Parted],
    region: Region,
    style: NumberStyle,
    known: tuple[float, ...] = (),
) -> Grid | None:
    """The table of a region, with ``known`` edges of its columns, if any; None without columns."""
    lines = [parted[n] for n in range(region.first, region.last + 1)]
    headed = region.headed or _headed(lines, region)
    header, body = lines[:headed], lines[headed:]
    numbers = [each for each in header if each.numbers]
    header = [each for each in header if not each.numbers]
    edges, ruled = (known, True) if known else edges_of(lines, body, region, style)
    if len(edges) < 3:
        return None
    columns = len(edges) - 1
    torn = [each for each in header if numbers and _is_torn_formula(each)]
    header = [each for each in header if each not in torn]
    headings = heading_rows(header, edges, region)
    headings += [
        row_of([placed(each, edges) for each in (*torn, line)], columns) for line in numbers
    ]
    rows = headings + [row_of(row, columns) for row in rows_of(body, edges, region, style)]
    indent(rows[len(headings) :])
    box = box_of([word for each in lines for word in each.line.words])
    figures = sum(
        is_entry(cell.text, style) for row in rows[len(headings) :] for cell in row if cell.column
    )
    grid = Grid(rows, len(headings), edges, box.y0, box.y1, figures=figures, sure=ruled)
    rest = rows[len(headings) :]
    grid.spoiled = _is_overprinted(body) or _has_strays(rest, style) or _are_torn(rest)
    if not known:
        grid.again = partial(grid_of, parted, region, style)
    if _is_read_from_the_right(lines):
        _mirror(grid)
    return grid


def _is_overprinted(body: Sequence[Parted]) -> bool:
    """Whether figures are printed over figures, as in columns too narrow for them."""
    return any(
        is_piece(a.text) and is_piece(b.text) and a.x1 - b.x0 > OVERPRINTED * a.size
        for each in body
        for a, b in pairwise(each.line.words)
        if not (a.mark or b.mark)
    )


def _has_strays(rows: Sequence[Sequence[PrintedCell]], style: NumberStyle) -> bool:
    """Whether figures without any word stand closer to a row than rows do: parts of figures."""
    found: list[tuple[float, bool]] = []  # where the figures of each row begin, and whether alone
    for row in rows:
        boxes = [cell.box for cell in row[1:] if cell.box and is_entry(cell.text, style)]
        if boxes:
            words = any(map(str.isalpha, "".join(cell.text for cell in row)))
            found.append((min(box.y0 for box in boxes), words))
    steps = [(b[0] - a[0], a[1] and b[1]) for a, b in pairwise(found)]
    pitch = min((step for step, labelled in steps if labelled), default=0.0)
    return any(step < SAME_ROW * pitch for step, labelled in steps if not labelled)


def _are_torn(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether a figure begins in one row and ends in the next: who knows which others do."""
    return any(
        is_torn(upper.text, lower.text)
        for above, below in pairwise(rows)
        for upper, lower in zip(above, below, strict=False)
        if upper.column and upper.column == lower.column and upper.columns == lower.columns
    )


def _is_torn_formula(each: Parted) -> bool:
    """Whether a line is the beginning of formulas that go on below: (6)=(5)-."""
    texts = [text_of(segment.words) for segment in each.segments]
    return all("=" in text and text.startswith("(") for text in texts)


def _headed(lines: Sequence[Parted], region: Region) -> int:
    """The lines above the first row of figures, less the labels right above it; 0 without figures.

    Labels that head the rows stand apart from the headings, by a rule or by more than a line.
    """
    first = next((at for at, each in enumerate(lines) if each.figures), 0)
    for at in range(1, first):
        upper, lower = lines[at - 1].line, lines[at].line
        parted = any(
            upper.y < r.y < lower.y and r.x0 <= lower.x0 + 1 and r.x1 >= upper.x1 - 1
            for r in region.rules
        )
        apart = lower.y - upper.y > WRAPPED * max(upper.size, lower.size)
        rest = lines[at:first]
        if (parted or apart or opens_item(lines[at].text)) and not any(r.is_tabular for r in rest):
            return at
    return first


def _is_read_from_the_right(lines: Sequence[Parted]) -> bool:
    return is_right_to_left("".join(each.text for each in lines))


def _mirror(grid: Grid) -> None:
    """Count the columns from the right."""
    for row in grid.rows:
        for cell in row:
            cell.column = grid.columns - cell.column - cell.columns
        row.reverse()
