"""Organization charts: each box adds up, and all boxes together show the posts of the tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE, Skipped
from unbudget_check.model.meaning import POSTS, Kind
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.model.charts import Organization, Staff, Unit
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

OVERALL, REGULAR = "overall", "regular"
PLACE = ("posts", "organization", "")
UNLIKE = "boxes-unlike"
# One agreement may be chance: a chart belongs to tables with which it has more in common.
FEWEST = 2
# Component, what is counted, source of funds -> the figure of a table.
Targets = dict[tuple[str, str, str], int]
# A figure of a table and the figures of boxes that make it up.
Tie = tuple[int, tuple[int, ...]]


def check_organization_sums(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write total - counts = 0 for every sum that a box of an organization chart prints."""
    del rule
    for chart in facts.organizations:
        tallies = [tally for unit in chart.units for tally in unit.tallies]
        held = sum(not _residual(facts, tally.total, tally.parts) for tally in tallies)
        if len(tallies) > FEWEST and 2 * held < len(tallies):
            claims.skipped.append(Skipped(NO_TABLE, UNLIKE, len(tallies)))
            continue
        for tally in tallies:
            signs = [1, *(-1 for _ in tally.parts)]
            claims.add(NO_TABLE, number, [[tally.total, *tally.parts]], signs, [PLACE])
        doubts = ((unit.unclear, unit.name) for unit in chart.units if unit.unclear)
        claims.skipped.extend(Skipped(NO_TABLE, reason, label=name) for reason, name in doubts)


def check_organization_table(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write posts of a table - the counts of the boxes = 0: by component, in all, and by grade."""
    del rule
    tables = _targets(facts)
    for chart in facts.organizations:
        for total, parts in _chosen(facts, chart, tables):
            signs = [1, *(-1 for _ in parts)]
            claims.add(NO_TABLE, number, [[total, *parts]], signs, [PLACE])


def _targets(facts: DocumentFacts) -> Mapping[str, Targets]:
    """Numbering -> the proposed posts of its tables in the latest year."""
    found: defaultdict[str, Targets] = defaultdict(dict)
    latest: dict[str, int] = {}
    for fact in facts.meanings:
        meaning = fact.meaning
        if meaning.kind is Kind.PROPOSED and meaning.unit == "posts" and meaning.year:
            if meaning.year > latest.setdefault(meaning.scope, meaning.year):
                latest[meaning.scope] = meaning.year
                found[meaning.scope].clear()
            if meaning.year == latest[meaning.scope]:
                key = meaning.entity, meaning.measure, meaning.source
                found[meaning.scope].setdefault(key, fact.figure)
    return found


def _chosen(
    facts: DocumentFacts, chart: Organization, tables: Mapping[str, Targets]
) -> Sequence[Tie]:
    """The ties to the tables of the part of the document with which the chart mostly agrees."""
    best: tuple[int, list[Tie]] = (0, [])
    for scope, targets in tables.items():
        ties = list(_ties(facts, chart, scope, targets))
        agreed = sum(not _residual(facts, *tie) for tie in ties)
        if agreed >= FEWEST and 2 * agreed >= len(ties) and agreed > best[0]:
            best = agreed, ties
    return best[1]


def _ties(facts: DocumentFacts, chart: Organization, scope: str, targets: Targets) -> Iterator[Tie]:
    sources = dict.fromkeys(staff.source for unit in chart.units for staff in unit.staff)
    for source in sources:
        posts = _posts(chart, scope, source)
        if posts is None:
            continue
        wanted = {
            entity: figure
            for (entity, measure, paid), figure in targets.items()
            if measure == POSTS and paid == source and entity != OVERALL
        }
        yield from _by_component(facts, wanted, posts)
        overall = targets.get((OVERALL, POSTS, source))
        every = tuple(figure for figures in posts.values() for figure in figures)
        if overall is None or not every:
            continue
        holds = not _residual(facts, overall, every)
        if holds or _covers(facts, wanted, posts):
            yield overall, every
        if holds:
            yield from _by_grade(chart, source, targets)


def _posts(chart: Organization, scope: str, source: str) -> dict[str, tuple[int, ...]] | None:
    """Component -> the figures of its boxes for one source; "" has boxes of no known component.

    None where a box does not tell how many posts the source pays.
    """
    found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for unit, staff in _paid(chart, source):
        figures = _figures(unit, staff)
        if not figures:
            return None
        found[dict(unit.entities).get(scope, "")] += figures
    return dict(found)


def _paid(chart: Organization, source: str) -> Sequence[tuple[Unit, Staff]]:
    """The boxes with posts from a source of funds."""
    pairs = ((unit, staff) for unit in chart.units for staff in unit.staff)
    return [(unit, staff) for unit, staff in pairs if staff.source == source]


def _figures(unit: Unit, staff: Staff) -> tuple[int, ...]:
    """The printed number of posts, else the total of a box with one source, else the grades."""
    if staff.stated is not None:
        return () if unit.unclear and not unit.tallies else (staff.stated,)
    if len(unit.staff) == 1 and unit.total is not None:
        return (unit.total,)
    return tuple(figure for _, figure in staff.grades) if not unit.unclear else ()


def _by_component(
    facts: DocumentFacts, wanted: Mapping[str, int], posts: Mapping[str, tuple[int, ...]]
) -> Iterator[Tie]:
    """Each component against its boxes.

    A box without a component may belong to any that has too few posts; where just one lacks
    what all such boxes have, they are its own.
    """
    nameless = posts.get("", ())
    short = []
    for entity, figure in wanted.items():
        parts = posts.get(entity, ())
        if nameless and _residual(facts, figure, parts) > 0:
            short.append((figure, (*parts, *nameless)))
        elif parts:
            yield figure, parts
    if len(short) == 1 and not _residual(facts, *short[0]):
        yield short[0]


def _covers(
    facts: DocumentFacts, wanted: Mapping[str, int], posts: Mapping[str, tuple[int, ...]]
) -> bool:
    """Whether every component with posts has a box."""
    paid = [entity for entity, figure in wanted.items() if facts.numbers[figure].units]
    return bool(paid) and all(entity in posts for entity in paid)


def _by_grade(chart: Organization, source: str, targets: Targets) -> Iterator[Tie]:
    """Each grade of the grade table against all boxes, where these list all their posts."""
    paid = _paid(chart, source)
    if any(unit.unclear or not staff.grades for unit, staff in paid):
        return
    found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for grade, figure in (each for _, staff in paid for each in staff.grades):
        found[grade] += (figure,)
    for grade, figures in found.items():
        target = targets.get((OVERALL, grade, source))
        if target is not None:
            yield target, figures


def _residual(facts: DocumentFacts, total: int, parts: Sequence[int]) -> Decimal:
    """How much the parts fall short."""
    return decimal_of(facts.numbers[total]) - sum(decimal_of(facts.numbers[p]) for p in parts)
