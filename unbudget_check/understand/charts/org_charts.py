"""Organization charts, understood: units with their posts by source of funds and grade."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, groupby
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import BORNE_OUT_BITS, Trial, weigh
from unbudget_check.model.charts import ChartSum, FigureLabel, Organization, OrgUnit, Staff
from unbudget_check.model.meaning import OVERALL, REGULAR
from unbudget_check.model.number import Number
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.understand.charts.org_boxes import Box, PlacedCount
    from unbudget_check.understand.charts.words import Drawn
    from unbudget_check.understand.text.entities import Entities

# Other boxes that must list a grade before its absence from one is a lost line.
SEVERAL = 2
# Nearly all boxes: all but one in so many.
MISSING_POSTS = 3
# Columns in which a box prints its lists.
MOST_LIST_COLUMNS = 8
STRANGE = "box-strange"
LOST = "box-lost"
OTHERWISE = "box-otherwise"
_BRACKETED = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A printed number of posts, and what it counts; ``wider`` adds the lists above its own."""

    total: PlacedCount
    parts: tuple[PlacedCount, ...]
    wider: tuple[PlacedCount, ...] = ()

    @property
    def trial(self) -> Trial:
        """The sum as it is weighed."""
        values = [each.count.value for each in self.parts]
        return Trial(
            self.total.count.value, sum(values), 0, sum(map(bool, values)), len(values) + 1
        )

    def without(self, mark: str) -> _Sum:
        """The same without the posts that carry a footnote mark."""
        kept = tuple(each for each in self.parts if not mark or mark not in each.count.marks)
        return replace(self, parts=kept)


def organizations_of(
    boxes: Sequence[Box], entities: Entities, drawn: Drawn
) -> tuple[Organization, ...]:
    """The organization charts of a document."""
    scopes = sorted({"", *entities.scopes})
    found = []
    for _, group in groupby(boxes, key=lambda box: box.drawing):
        drawing = _named(group)
        known = {id(p): _count(drawn, p, label) for box in drawing for p, label in _labelled(box)}
        source = "" if any(box.headings for box in drawing) else REGULAR
        lost = list(_lost(drawing))
        sums = [list(_sums(box, drawing[:at], lost[at])) for at, box in enumerate(drawing)]
        units = []
        for box, is_lost, (kept, clear) in zip(drawing, lost, _meant(drawing, sums), strict=True):
            unclear = STRANGE if box.is_strange else LOST if is_lost else "" if clear else OTHERWISE
            tallies = [
                ChartSum(known[id(s.total)], tuple(known[id(p)] for p in s.parts)) for s in kept
            ]
            total = known[id(box.total)] if box.total else None
            named = tuple(_entities(box, scopes, entities))
            staff = tuple(_staff(box, known, source))
            units.append(OrgUnit(" ".join(box.name), named, staff, total, tuple(tallies), unclear))
        found.append(Organization(tuple(units), drawing[0].year))
    return tuple(found)


def _named(group: Iterable[Box]) -> list[Box]:
    """The boxes of a drawing; one without a name has that of the list above it in its frame."""
    found: list[Box] = []
    for box in group:
        if found and box.frame and not box.name and found[-1].frame == box.frame:
            box.name = found[-1].name
        found.append(box)
    return found


def _meant(
    drawing: Sequence[Box], sums: Sequence[Sequence[_Sum]]
) -> Iterator[tuple[list[_Sum], bool]]:
    """The sums of each box as the figures bear them out, and whether that is clear of all.

    Posts with a footnote mark may be left out of all numbers of a drawing (they are abolished), a
    total may count what stands above it in its frame, and a list may go on from a frame without
    any number. Of a sum that holds in none of these ways, and may be meant in several, nothing is
    claimed.
    """
    every = [each for own in sums for each in own]
    letters = sorted({mark for each in every for part in each.parts for mark in part.count.marks})
    mark = max(letters, key=lambda letter: _support(every, letter), default="")
    if mark and _support(every, mark) < BORNE_OUT_BITS:
        mark = ""
    several = [each for each in every if each.wider]
    narrow = weigh(each.without(mark).trial for each in several)
    wide = weigh(replace(each, parts=each.wider).without(mark).trial for each in several)
    open_boxes = [box for box in drawing if box.frame and not (box.stated or box.total)]
    lists = [tuple(each for _, each in box.items) for box in open_boxes]
    for box, own in zip(drawing, sums, strict=True):
        kept: list[_Sum] = []
        for each in own:
            plain = each.without(mark)
            ways = [plain]
            if each.wider:
                ways.insert(wide.bits < narrow.bits, replace(each, parts=each.wider).without(mark))
            if box.frame:
                ways += [replace(plain, parts=(*plain.parts, *more)) for more in lists]
            held = next((way for way in ways if way.trial.holds), None)
            others = (each.without(letter) for letter in ("", *letters))
            is_doubtful = (each.wider and wide.bits == narrow.bits) or (lists and not box.headings)
            if held is not None:
                kept.append(held)
            elif not is_doubtful and not any(other.trial.holds for other in others):
                kept.append(ways[0])
        yield kept, len(kept) == len(own)


def _support(sums: Iterable[_Sum], mark: str) -> int:
    """The bits by which sums are better without the posts that carry a mark."""
    marked = [s for s in sums if any(mark in part.count.marks for part in s.parts)]
    without = weigh(each.without(mark).trial for each in marked)
    return without.bits - weigh(each.trial for each in marked).bits


def _listed(box: Box) -> set[tuple[str, str]]:
    """(source of funds, grade) of the posts that a box lists, as far as their place tells."""
    sources = {column: heading.source for column, heading in box.headings.items()}
    return {(sources.get(column, REGULAR), each.count.name) for column, each in box.items}


def _lost(boxes: Sequence[Box]) -> Iterator[bool]:
    """For each box of a chart, whether a line of it seems to be lost.

    It lists too few posts, and none of a grade that nearly all others list from the same source.
    Word keeps boxes whole; of one without a frame a line may be lost with the text of its page.
    """
    lists = [_listed(box) for box in boxes]
    times = Counter(each for listed in lists for each in listed)
    paid = Counter(source for listed in lists for source in {source for source, _ in listed})
    for box, listed in zip(boxes, lists, strict=True):
        others = paid.copy()
        others.subtract({source for source, _ in listed})
        yield (
            not box.frame
            and _is_short(box)
            and any(
                each not in listed
                and MISSING_POSTS * times[each] >= others[each[0]] * (MISSING_POSTS - 1)
                for each in times
                if others[each[0]] >= SEVERAL
            )
        )


def _is_short(box: Box) -> bool:
    ends = [box.total] if box.total else list(box.stated.values())
    listed = sum(each.count.value for _, each in box.items)
    return listed < sum(each.count.value for each in ends)


def _labelled(box: Box) -> Iterator[tuple[PlacedCount, FigureLabel]]:
    """Every count of a box with its printed place."""
    name, items = " ".join(box.name), _sorted(box)
    for column, each in box.items if items is None else items:
        heading = box.headings.get(column) if items is not None else None
        yield (
            each,
            FigureLabel(row=name, column=heading.printed if heading else "", item=each.count.name),
        )
    for column, each in box.stated.items():
        heading = box.headings.get(column)
        yield each, FigureLabel(row=name, column=heading.printed if heading else "")
    if box.total:
        yield box.total, FigureLabel(row=name)


def _count(drawn: Drawn, placed: PlacedCount, label: FigureLabel) -> int:
    """Take a printed number of posts into the vector."""
    at, count = placed.at, placed.count
    start = at.start + count.start
    passage = drawn.passage(at.address, at.text, at.row)
    span = Span(passage, start, start + count.end - count.start)
    return drawn.add(Number(count.value), span, label, counted=True)


def _staff(box: Box, known: Mapping[int, int], otherwise: str) -> Iterator[Staff]:
    """The posts in each column of a box; ``otherwise`` is the source of one without a heading."""
    lists = _lists(box)
    for column in _columns(box):
        heading, stated = box.headings.get(column), box.stated.get(column)
        listed = lists[column] if lists is not None else ()
        grades = tuple((each.count.name, known[id(each)]) for each in listed)
        source = heading.source if heading else otherwise
        yield Staff(source, known[id(stated)] if stated else None, grades)


def _columns(box: Box) -> list[int]:
    items = _sorted(box) or ()
    return sorted({*box.headings, *box.stated, *(column for column, _ in items)})


def _lists(box: Box) -> dict[int, tuple[PlacedCount, ...]] | None:
    """The listed posts by the column of their source; None where that is not known."""
    items = _sorted(box)
    if items is None:
        return None
    return {column: tuple(p for at, p in items if at == column) for column in _columns(box)}


def _sorted(box: Box) -> tuple[tuple[int, PlacedCount], ...] | None:
    """The listed posts, each in the column of its source of funds; None where that is not known.

    Cells say it. Without them the list of a source may stand in several columns of print: the
    columns are dealt out from left to right so that the list of some source adds up.
    """
    if box.is_gridded or len(box.headings) <= 1:
        return tuple(box.items)
    sums: Counter[int] = Counter()
    for column, each in box.items:
        sums[column] += each.count.value
    printed, sources = sorted(sums), sorted(box.headings)
    if len(printed) > MOST_LIST_COLUMNS:
        return None
    best, dealt = 0, None
    for cuts in combinations_with_replacement(range(len(printed) + 1), len(sources) - 1):
        ends = zip((0, *cuts), (*cuts, len(printed)), strict=True)
        deal = {
            c: s for s, (low, high) in zip(sources, ends, strict=True) for c in printed[low:high]
        }
        held = sum(
            stated.count.value == sum(sums[c] for c, s in deal.items() if s == source)
            for source, stated in box.stated.items()
        )
        if held > best:
            best, dealt = held, deal
    return tuple((dealt[column], each) for column, each in box.items) if dealt else None


def _sums(box: Box, before: Sequence[Box], is_lost: bool) -> Iterator[_Sum]:  # noqa: FBT001
    """Grades add up to the number of each source, and all of these to the total of a box."""
    if box.is_strange:
        return
    lists, columns = _lists(box), _columns(box)
    is_stated = all(column in box.stated for column in columns)
    if lists is not None and not is_lost:
        for column, stated in box.stated.items():
            if lists[column]:
                yield _Sum(stated, lists[column])
    if box.total is None:
        return
    above = [end for other in _above(box, before) for end in _ends(other)]
    if not is_lost or is_stated:
        ends = tuple(_ends(box))
        if ends:
            yield _Sum(box.total, ends, (*above, *ends) if above else ())
    if lists is None and is_stated and not is_lost:
        yield _Sum(box.total, tuple(each for _, each in box.items))


def _ends(box: Box) -> Iterator[PlacedCount]:
    """What makes up all posts of a box: the number of each source, or its list."""
    lists, columns = _lists(box), _columns(box)
    if lists is None and not all(column in box.stated for column in columns):
        yield from (each for _, each in box.items)
        return
    for column in columns:
        if column in box.stated:
            yield box.stated[column]
        else:
            yield from lists[column] if lists is not None else ()


def _above(box: Box, before: Sequence[Box]) -> Iterator[Box]:
    """The boxes above one in its frame that have no total of their own."""
    for other in reversed(before):
        if not box.frame or other.frame != box.frame or other.total is not None:
            return
        yield other


def _entities(box: Box, scopes: Iterable[str], entities: Entities) -> Iterator[tuple[str, str]]:
    """What the name of a unit, or the words in brackets below it, means in each numbering.

    A box with lists of several units is of none.
    """
    if box.others:
        return
    whole = " ".join(box.name)
    names = (*_BRACKETED.findall(whole), *box.name, whole)
    for scope in scopes:
        keys = (entities.of(name, scope) for name in names)
        found = next((key for key in keys if key and key != OVERALL), "")
        if found:
            yield scope, found
