"""Organization charts, understood: units with their posts by source of funds and grade."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations_with_replacement, groupby
from typing import TYPE_CHECKING

from unbudget_check.extract.drawings.org_lines import SOURCES
from unbudget_check.extract.prose.entities import OVERALL
from unbudget_check.model.charts import Label, Organization, Staff, Tally, Unit
from unbudget_check.model.number import Number
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.extract.drawings.drawn import Drawn
    from unbudget_check.extract.drawings.org_boxes import Box, Placed
    from unbudget_check.extract.prose.entities import Entities

REGULAR = SOURCES[0]
# So many other boxes must list a grade before its absence from one tells of a lost line.
SEVERAL = 2
# Nearly all boxes: all but one in so many.
NEARLY = 3
# A box prints its lists in so many columns.
WIDEST = 8
STRANGE = "box-strange"
LOST = "box-lost"
_BRACKETED = re.compile(r"\(([^()]+)\)")


def organizations_of(
    boxes: Sequence[Box], entities: Entities, drawn: Drawn
) -> tuple[Organization, ...]:
    """The organization charts of a document."""
    scopes = sorted({"", *entities.scopes})
    found = []
    for _, group in groupby(boxes, key=lambda box: box.drawing):
        drawing = list(group)
        pairs = zip(drawing, _lost(drawing), strict=True)
        units = (_unit(box, scopes, entities, drawn, has_lost=lost) for box, lost in pairs)
        found.append(Organization(tuple(units)))
    return tuple(found)


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
                each not in listed and NEARLY * times[each] >= others[each[0]] * (NEARLY - 1)
                for each in times
                if others[each[0]] >= SEVERAL
            )
        )


def _is_short(box: Box) -> bool:
    ends = [box.total] if box.total else list(box.stated.values())
    listed = sum(each.count.value for _, each in box.items)
    return listed < sum(each.count.value for each in ends)


def _unit(
    box: Box, scopes: Iterable[str], entities: Entities, drawn: Drawn, *, has_lost: bool
) -> Unit:
    """One box with its figures in the vector."""
    name = " ".join(box.name)
    items = _sorted(box)
    columns = sorted({*box.headings, *box.stated, *(column for column, _ in items or ())})
    staff = tuple(_staff(box, name, column, items or (), drawn) for column in columns)
    total = _count(drawn, box.total, Label(row=name)) if box.total else None
    unclear = STRANGE if box.is_strange else LOST if has_lost else ""
    tallies = [] if box.is_strange else list(_sums(staff, total))
    if not unclear and items is not None:
        tallies.extend(_lists(staff, total))
    elif not unclear and total is not None:
        label = Label(row=name)
        pooled = (_count(drawn, p, replace(label, item=p.count.name)) for _, p in box.items)
        tallies.append(Tally(total, tuple(pooled)))
    named = tuple(_entities(box, scopes, entities))
    return Unit(name, named, staff, total, tuple(tallies), unclear)


def _count(drawn: Drawn, placed: Placed, label: Label) -> int:
    """Take a printed number of posts into the vector."""
    at, count = placed.at, placed.count
    start = at.start + count.start
    passage = drawn.passage(at.address, at.text, at.row)
    span = Span(passage, start, start + count.end - count.start)
    return drawn.add(Number(count.value), span, label, counted=True)


def _staff(
    box: Box, name: str, column: int, items: Iterable[tuple[int, Placed]], drawn: Drawn
) -> Staff:
    """The posts in one column of a box."""
    heading, stated = box.headings.get(column), box.stated.get(column)
    label = Label(row=name, column=heading.printed if heading else "")
    grades = tuple(
        (each.count.name, _count(drawn, each, replace(label, item=each.count.name)))
        for at, each in items
        if at == column
    )
    figure = _count(drawn, stated, label) if stated else None
    return Staff(heading.source if heading else REGULAR, figure, grades)


def _sorted(box: Box) -> tuple[tuple[int, Placed], ...] | None:
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
    if len(printed) > WIDEST:
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


def _sums(staff: Sequence[Staff], total: int | None) -> Iterator[Tally]:
    """The sources of funds add up to the total of the box."""
    stated = [each.stated for each in staff if each.stated is not None]
    if total is not None and stated and len(stated) == len(staff):
        yield Tally(total, tuple(stated))


def _lists(staff: Sequence[Staff], total: int | None) -> Iterator[Tally]:
    """The grades add up to the number of each source or, where none is printed, to the total."""
    for each in staff:
        if each.stated is not None and each.grades:
            yield Tally(each.stated, tuple(figure for _, figure in each.grades))
    if total is not None and any(each.stated is None for each in staff):
        parts = [
            figure
            for each in staff
            for figure in ([f for _, f in each.grades] if each.stated is None else [each.stated])
        ]
        yield Tally(total, tuple(parts))


def _entities(box: Box, scopes: Iterable[str], entities: Entities) -> Iterator[tuple[str, str]]:
    """What the name of a unit, or the words in brackets below it, means in each numbering."""
    whole = " ".join(box.name)
    names = (*_BRACKETED.findall(whole), *box.name, whole)
    for scope in scopes:
        keys = (entities.of(name, scope) for name in names)
        found = next((key for key in keys if key and key != OVERALL), "")
        if found:
            yield scope, found
