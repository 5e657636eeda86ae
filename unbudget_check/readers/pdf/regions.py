"""Where tables stand among the lines of a page: bands between rules, and runs of lines with cells.

A heading between two rules opens a table; the lines below belong to it as long as they show cells,
or are a label between two that do. Without rules, a run of lines with figures is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.years import is_year
from unbudget_check.readers.pdf.rules import clustered
from unbudget_check.readers.pdf.segments import closes_table, has_leaders, opens_item, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.readers.pdf.rules import Drawn, Rule, Upright
    from unbudget_check.readers.pdf.segments import Parted

TALLEST_HEADING = 170.0  # points between the two rules of a heading
NARROWEST = 60.0  # points of a rule that bounds a table
OUTSIDE = 8.0  # points that text may stand over the end of its rules
MOST_WAITING = 8  # lines without cells between two rows
FARTHEST = 5.0  # type sizes from one row to the next without a rule between
FARTHEST_RULED = 9.0
BETWEEN = 3.0  # points between boxes that touch
LEAST_EDGES = 3  # of two boxes side by side, or one below the other
CLOSED = 3.2  # type sizes below its last rule within which a table may go on
CLOSE = 1.5  # type sizes between two lines of a cell
ENOUGH_ROWS = 2  # with figures, in a table without rules
ENOUGH_LINES = 3  # with cells, in a table without rules and figures
MOST_LINES_BELOW = 60  # of text above the last rule of a table
MOST_LABELS = 3  # at the end of a page, before the rows that they head
LABEL_PITCH = 1.3  # of the distance of rows, within which they stand
BESIDE = 20.0  # points of a column at least, to count as one of a heading


@dataclass(slots=True)
class Region:
    """The lines of one table: ``first`` to ``last`` of the flow, of which ``headed`` are headings.

    ``rules`` are those within it and at its ends. It is ``ruled`` where rules bound its headings,
    ``boxed`` where they bound its cells.
    """

    first: int
    last: int
    headed: int
    rules: list[Rule] = field(default_factory=list)
    uprights: list[Upright] = field(default_factory=list)
    ruled: bool = False
    boxed: bool = False


def find_regions(parted: Sequence[Parted], drawn: Drawn, language: Language | None) -> list[Region]:
    """The tables among the lines of one flow, from the top."""
    boxed = _boxed(parted, drawn)
    found = list(boxed)
    begin = 0
    for region in [*boxed, None]:
        end = region.first if region else len(parted)
        finder = _Finder(parted[begin:end], drawn, language)
        at = 0
        while at < end - begin:
            at = finder.step(at)
        finder.close()
        for each in finder.regions:
            each.first, each.last = each.first + begin, each.last + begin
        found += finder.regions
        begin = region.last + 1 if region else end
    return sorted(found, key=lambda region: region.first)


def _boxed(parted: Sequence[Parted], drawn: Drawn) -> list[Region]:
    """The tables whose cells are boxed: at least two of them side by side, one below the other."""
    groups: list[list[Upright]] = []
    for upright in sorted(drawn.uprights, key=lambda u: u.y0):
        if groups and upright.y0 <= max(u.y1 for u in groups[-1]) + BETWEEN:
            groups[-1].append(upright)
        else:
            groups.append([upright])
    found = []
    for group in groups:
        edges = clustered([u.x for u in group])
        top, bottom = min(u.y0 for u in group), max(u.y1 for u in group)
        rules = [
            r
            for r in drawn.rules
            if top - BETWEEN <= r.y <= bottom + BETWEEN
            and r.x1 > edges[0] + OUTSIDE
            and r.x0 < edges[-1] - OUTSIDE
        ]
        inside = [
            n
            for n, each in enumerate(parted)
            if top < each.line.y < bottom + 1
            and each.line.x0 >= edges[0] - OUTSIDE
            and each.line.x1 <= edges[-1] + OUTSIDE
        ]
        if len(edges) < LEAST_EDGES or len(rules) < LEAST_EDGES or not inside:
            continue
        if inside == list(range(inside[0], inside[-1] + 1)):
            region = Region(inside[0], inside[-1], 0, rules, group, ruled=True, boxed=True)
            found.append(region)
    return found


def _heading_bands(parted: Sequence[Parted], rules: Sequence[Rule]) -> dict[int, tuple[int, Rule]]:
    """First line -> number of lines and upper rule of each heading between two rules."""
    found: dict[int, tuple[int, Rule]] = {}
    closing: dict[Rule, int] = {}  # rules under headings -> the first lines of these
    wide = [rule for rule in rules if _length(rule) >= NARROWEST]
    for at, upper in enumerate(wide):
        lower = next(
            (
                r
                for r in wide[at + 1 :]
                if r.x0 <= upper.x0 + OUTSIDE and r.x1 >= upper.x1 - OUTSIDE
            ),
            None,
        )
        if lower is None or lower.y - upper.y > TALLEST_HEADING:
            continue
        inside = [
            n
            for n, each in enumerate(parted)
            if upper.y < each.line.y and each.line.y < lower.y + 1
        ]
        if not inside or any(parted[n].closing for n in inside):
            continue
        if not _may_head([parted[n] for n in inside]):
            continue
        lines = [parted[n].line for n in inside]
        if min(line.x0 for line in lines) < lower.x0 - OUTSIDE:
            continue
        if max(line.x1 for line in lines) > lower.x1 + OUTSIDE:
            continue
        heads = [parted[n] for n in inside]
        if _columns_under(lower, heads) > 1 or _heads_labels(heads, parted[inside[-1] + 1 :]):
            before = closing.get(upper)
            if before is not None and not _heads_rows(parted, inside[-1] + 1):
                continue  # the text of a table that the band above heads
            if before is not None:
                del found[before]
            found[inside[0]] = (len(inside), upper)
            closing[lower] = inside[0]
    return found


def _heads_labels(heading: Sequence[Parted], below: Sequence[Parted]) -> bool:
    """Whether a heading stands over the labels of the rows right below it, and none beside it."""
    row = next((each for each in below[: MOST_LABELS + 1] if each.figures), None)
    return row is not None and max(each.line.x1 for each in heading) < row.segments[1].x0 - BESIDE


def _heads_rows(parted: Sequence[Parted], at: int) -> bool:
    """Whether rows of figures stand right below a heading, after labels at most."""
    below = parted[at : at + MOST_LABELS + 1]
    first = next((n for n, each in enumerate(below) if each.is_tabular), None)
    return first is not None and below[first].figures > 0


def _may_head(lines: Sequence[Parted]) -> bool:
    """Whether lines between two rules are a heading: at most one number, as of a day, in three.

    A row of figures has several, or is one line.
    """
    rows = [each for each in lines if _is_row(each)]
    return 3 * len(rows) <= len(lines) and all(each.figures == 1 for each in rows)


def _is_row(each: Parted) -> bool:
    """Whether a line is a row of figures rather than a heading, which may open with a year."""
    first, *others = (is_year(text_of(segment.words)) for segment in each.segments)
    return each.figures > 0 and not (first and sum(others) == each.figures)


def _columns_under(rule: Rule, lines: Sequence[Parted]) -> int:
    """How many columns, as the pieces of a rule show them, have words above them."""
    edges = list(rule.edges)
    filled = set()
    for each in lines:
        for segment in each.segments:
            middle = (segment.x0 + segment.x1) / 2
            filled.add(sum(edge < middle for edge in edges))
    wide = max(len(each.cells) for each in lines)
    return max(len(filled) if len(edges) > 2 else 1, wide)


def _length(rule: Rule) -> float:
    return sum(b - a for a, b in rule.spans)


class _Finder:
    """Goes down the lines of a flow and gathers the tables."""

    def __init__(
        self,
        parted: Sequence[Parted],
        drawn: Drawn,
        language: Language | None,
    ) -> None:
        self.parted, self.drawn, self.language = parted, drawn, language
        self.bands = _heading_bands(parted, drawn.rules)
        self.regions: list[Region] = []
        self.open: Region | None = None
        self.tabular: list[int] = []  # lines with cells in the open region
        self.starts: list[set[int]] = []  # of the cells of rows in tables without rules

    def step(self, at: int) -> int:
        """Take one line, or a whole heading; the next line to look at."""
        each = self.parted[at]
        if at in self.bands:
            count, upper = self.bands[at]
            self.close()
            self.open = Region(at, at + count - 1, count, [upper], ruled=True)
            self.tabular = []
            return at + count
        region = self.open
        if region is None:
            if each.is_tabular and not closes_table(each, self.language):
                self.tabular = [at]
                above = self._heading_above(at)
                self.open = Region(above, at, at - above)
            return at + 1
        if self._ends(at, region):
            self.close()
            return at if each.is_tabular else at + 1
        if each.is_tabular or self._is_framed(at):
            self.tabular.append(at)
            region.last = at
        elif region.last == at - 1 and self._wraps(at):
            region.last = at
        return at + 1

    def _ends(self, at: int, region: Region) -> bool:
        """Whether a line cannot be part of the open table."""
        each = self.parted[at]
        wraps = region.last == at - 1 and self._wraps(at)
        inside = self._is_framed(at) or self._heads_entries(at) or (wraps and not each.closing)
        if closes_table(each, self.language) and not inside:
            return True
        if self._is_apart(at, region) or (not wraps and self._is_outside(each, region)):
            return True
        return not each.is_tabular and self._is_text(at, region)

    def _heads_entries(self, at: int) -> bool:
        """Whether a line stands between entries that dots lead to their pages."""
        around = self.parted[max(at - 1, 0) : at + 2]
        return len(around) > 2 and all(has_leaders(each.line.words) for each in around[::2])

    def _is_apart(self, at: int, region: Region) -> bool:
        """Whether a line is too far below the last one, in another box, or below a last rule."""
        each, before = self.parted[at], self.parted[at - 1]
        size = max(each.line.size, before.line.size)
        between = self._rules_between(before.line.y, each.line.y)
        if self._frame(at) != self._frame(region.first):
            return True
        figured = region.ruled or any(self.parted[n].figures for n in self.tabular)
        if not figured and any(self._closes(rule, region) for rule in between):
            return True
        farthest = FARTHEST_RULED if region.ruled else FARTHEST
        if each.line.y - before.line.y > farthest * size and not between:
            return True
        if at == region.first + region.headed:
            return each.line.y - before.line.y > FARTHEST_RULED * size
        return region.ruled and any(
            each.line.y - rule.y > CLOSED * each.line.size and self._closes(rule, region)
            for rule in between
        )

    def _is_outside(self, each: Parted, region: Region) -> bool:
        """Whether a line reaches beyond the table; rows without rules may."""
        left, right = self._extent(region)
        if not region.ruled and not any(self.parted[n].figures for n in self.tabular):
            left = min(left, each.line.x0)  # headings of figures only, above the first label
        beyond = each.line.x0 < left - OUTSIDE or each.line.x1 > right + 2 * OUTSIDE
        return beyond and (region.ruled or not each.is_tabular)

    def _is_text(self, at: int, region: Region) -> bool:
        """Whether lines without cells are running text, rather than labels of what follows."""
        if at - region.last > MOST_WAITING:
            return True
        waiting = [self.parted[n] for n in range(region.last + 1, at + 1)]
        start = self._second_column()
        across = [w for w in waiting if start and w.line.x1 > start + BESIDE and w.line.x0 < start]
        return len(across) > 1 or (len(across) == 1 and _is_sentence(across[0]))

    def _extent(self, region: Region) -> tuple[float, float]:
        """The left and right end of the open table."""
        if region.ruled:
            below = [r for r in region.rules if _length(r) >= NARROWEST]
            return min(r.x0 for r in below), max(r.x1 for r in below)
        lines = [self.parted[n].line for n in self.tabular]
        return min(line.x0 for line in lines), max(line.x1 for line in lines)

    def _second_column(self) -> float:
        """Where the second column begins in most rows; 0 where nothing shows it."""
        starts = sorted(
            self.parted[n].segments[1].x0 for n in self.tabular if self.parted[n].is_tabular
        )
        return starts[len(starts) // 4] if starts else 0.0

    def _rules_between(self, upper: float, lower: float) -> list[Rule]:
        return [r for r in self.drawn.rules if upper < r.y <= lower and _length(r) >= NARROWEST]

    def _closes(self, rule: Rule, region: Region) -> bool:
        """Whether a rule runs along the whole open table."""
        left, right = self._extent(region)
        return rule.x0 <= left + OUTSIDE and rule.x1 >= right - OUTSIDE

    def _heading_above(self, at: int) -> int:
        """The first of the lines above a row that stand over its figures only."""
        first = at
        start = self.parted[at].segments[1].x0 - BESIDE
        while first and not self.parted[first - 1].is_tabular:
            upper, lower = self.parted[first - 1].line, self.parted[first].line
            if upper.x0 < start or lower.y - upper.y > FARTHEST / 2 * lower.size:
                break
            first -= 1
        return first

    def _wraps(self, at: int) -> bool:
        """Whether a line goes on with a cell of the row above, in another column than the first."""
        upper, lower = self.parted[at - 1].line, self.parted[at].line
        start = self._second_column()
        close = lower.y - upper.y <= CLOSE * max(lower.size, upper.size)
        return bool(self.tabular) and close and lower.x0 >= start - 1 > 0

    def _frame(self, at: int) -> Upright | None:
        """The left side of the smallest box drawn around a line, of four rules."""
        line = self.parted[at].line
        sides = [u for u in self.drawn.uprights if u.y0 < line.y < u.y1]
        boxes = [
            (b.x - a.x, a)
            for a in sides
            if a.x <= line.x0 + 1
            for b in sides
            if b.x >= line.x1 - 1 and abs(a.y0 - b.y0) + abs(a.y1 - b.y1) < OUTSIDE
        ]
        return min(boxes)[1] if boxes else None

    def _is_framed(self, at: int) -> bool:
        """Whether vertical rules pass a line inside the table: its cells are boxed."""
        y = self.parted[at].line.y
        return sum(u.y0 < y < u.y1 for u in self.drawn.uprights) > 2

    def close(self) -> None:
        """End the open table, if its lines bear it out."""
        region, self.open = self.open, None
        if region is None:
            return
        self._finish(region)
        rows = [n for n in self.tabular if self.parted[n].figures]
        if region.ruled:
            heading = self.parted[region.first : region.first + region.headed]
            columns = max(len(each.cells) for each in heading)
            rows_below = region.last >= region.first + region.headed
            sure = bool(self.tabular) or (rows_below and columns >= LEAST_EDGES)
        else:
            sure = len(rows) >= ENOUGH_ROWS or len(self.tabular) >= ENOUGH_LINES
            wide = sum(1 for r in region.rules if _length(r) >= NARROWEST)
            sure = sure or (bool(rows) and wide > 1)
            starts = [{round(s.x0) for s in self.parted[n].segments} for n in self.tabular]
            known = all(any(own <= row for row in self.starts) for own in starts)
            sure = sure or (not rows and known)
            self.starts += starts if sure else []
        if sure:
            self.regions.append(region)

    def _finish(self, region: Region) -> None:
        """Take in what stands between the last row and the rule below it."""
        parted = self.parted
        # Below a heading alone, the rule under it is not the end.
        alone = region.ruled and not self.tabular and region.last + 1 < len(parted)
        last = parted[region.last + alone].line
        closing = next(
            (
                r
                for r in self.drawn.rules
                if r.y > last.y - 0.5 * last.size and _length(r) >= NARROWEST
            ),
            None,
        )
        if closing is not None:
            whole = region.ruled and self._closes(closing, region)
            uppers = [upper for _, upper in self.bands.values()]
            most = MOST_LINES_BELOW if whole and closing not in uppers else 4
            far = FARTHEST / 2 if most > 4 else 2
            at = region.last + 1
            while (
                at < len(parted)
                and parted[at].line.y < closing.y
                and at - region.last <= most
                and not closes_table(parted[at], self.language)
                and parted[at].line.y - parted[at - 1].line.y
                <= (FARTHEST if alone and at == region.last + 1 else far) * parted[at].line.size
                and not (opens_item(parted[at].text) and not region.ruled)
            ):
                at += 1
            if at >= len(parted) or parted[at].line.y > closing.y:
                region.last = at - 1
        region.last += self._labels_below(region)
        top = parted[region.first].line.top
        bottom = parted[region.last].line.bottom
        for rule in self.drawn.rules:
            above = top - 14 <= rule.y <= bottom + 14
            if above and rule not in region.rules:
                region.rules.append(rule)
        region.rules.sort(key=lambda r: r.y)
        region.uprights = [u for u in self.drawn.uprights if u.y0 < bottom and u.y1 > top]

    def _labels_below(self, region: Region) -> int:
        """How many labels stand between the last row and the end of a column or page."""
        rest = self.parted[region.last + 1 :]
        if not rest or len(rest) > MOST_LABELS or len(self.tabular) < ENOUGH_ROWS:
            return 0
        pitch = min(
            self.parted[b].line.y - self.parted[a].line.y for a, b in pairwise(self.tabular[-4:])
        )
        start, above = self._second_column(), self.parted[region.last].line
        for each in rest:
            far = each.line.y - above.y > LABEL_PITCH * pitch
            if far or each.line.x1 > start or closes_table(each, self.language):
                return 0
            above = each.line
        return len(rest)


def _is_sentence(each: Parted) -> bool:
    return len(each.text.split()) > 12
