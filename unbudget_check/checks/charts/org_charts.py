"""Organization charts: each box adds up, and all boxes together show the posts of the tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE, Skipped
from unbudget_check.model.facts import Reading, Spot
from unbudget_check.model.meaning import OVERALL, POSTS, Kind
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.model.charts import Organization, OrgUnit, Staff
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

_ORGANIZATION = ("posts", "organization", "")
# A total below a list is that of the list; against a difference of any size words prove nothing.
PRINTED_TOTAL_BITS = 8
# The same component, source of funds and year in a chart and a table.
SAME_WORDS_BITS = 3
PRINTED_YEAR_BITS = 3
_LEVELS = (Kind.PROPOSED, Kind.APPROVED)
# Numbering of the tables, kind of their posts, year.
Key = tuple[str, Kind, int]
# Component, what is counted, source of funds -> the figure of a table.
Targets = dict[tuple[str, str, str], int]
# A figure of a table and the figures of boxes that make it up.
Tie = tuple[int, tuple[int, ...]]


def check_organization_sums(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write total - counts = 0 for every sum that a box of an organization chart prints."""
    for chart in facts.organizations:
        tallies = [tally for unit in chart.units for tally in unit.tallies]
        if tallies:
            spot = facts.spots[tallies[0].total]
            at = claims.read(Reading("boxes", spot, prior=PRINTED_TOTAL_BITS))
            for tally in tallies:
                _write(claims, number, (tally.total, tally.parts), at)
        doubts = ((unit.unclear, unit.name) for unit in chart.units if unit.unclear)
        claims.skipped.extend(Skipped(NO_TABLE, reason, label=name) for reason, name in doubts)


def check_organization_table(
    facts: DocumentFacts, _rule: Rule, number: int, claims: Claims
) -> None:
    """Write posts of a table - the counts of the boxes = 0: by component, in all, and by grade.

    Of which year and which part of the document a chart is, its figures decide, unless a heading
    says the year.
    """
    tables = _targets(facts)
    for at, chart in enumerate(facts.organizations):
        dated = {key: each for key, each in tables.items() if key[2] == chart.year}
        for source in dict.fromkeys(
            s.source for unit in chart.units for s in unit.staff if s.source
        ):
            known: list[object] = []
            for (scope, _, _), targets in (dated or tables).items():
                for view, ties in enumerate(_ties(facts, chart, scope, source, targets)):
                    shown = (view, *((facts.numbers[total], parts) for total, parts in ties))
                    if not ties or shown in known:
                        continue
                    known.append(shown)
                    spot = facts.spots[ties[0][1][0]]
                    table = _table_of(facts, ties[0][0])
                    contest = "organization", at, source, view
                    prior = SAME_WORDS_BITS + (PRINTED_YEAR_BITS if dated else 0)
                    reading = Reading("organization", spot, table, prior, contest)
                    mark = claims.read(reading)
                    for tie in ties:
                        _write(claims, number, tie, mark)


def _write(claims: Claims, number: int, tie: Tie, reading: int) -> None:
    total, parts = tie
    signs = [1, *(-1 for _ in parts)]
    claims.add(NO_TABLE, number, [[total, *parts]], signs, [_ORGANIZATION], reading=reading)


def _table_of(facts: DocumentFacts, figure: int) -> str:
    spot = facts.spots[figure]
    return (facts.tables[spot.table].number or "") if isinstance(spot, Spot) else ""


def _targets(facts: DocumentFacts) -> Mapping[Key, Targets]:
    """Numbering, kind and year -> the posts that tables approve or propose, the latest first."""
    found: defaultdict[Key, Targets] = defaultdict(dict)
    for fact in facts.meanings:
        meaning = fact.meaning
        if meaning.kind in _LEVELS and meaning.unit == "posts" and meaning.year:
            key = meaning.entity, meaning.measure, meaning.source
            found[meaning.scope, meaning.kind, meaning.year].setdefault(key, fact.figure)
    return dict(sorted(found.items(), key=lambda each: -each[0][2]))


def _ties(
    facts: DocumentFacts, chart: Organization, scope: str, source: str, targets: Targets
) -> tuple[list[Tie], list[Tie]]:
    """What the boxes of a chart must add up to: by component and in all, and by grade."""
    posts = _posts(chart, scope, source)
    unpaid = [unit for unit in chart.units if not all(staff.source for staff in unit.staff)]
    unknown = {dict(unit.entities).get(scope, "") for unit in unpaid}
    if posts is None or "" in unknown:
        return [], []
    wanted = {
        entity: figure
        for (entity, measure, paid), figure in targets.items()
        if measure == POSTS and paid == source and entity not in {OVERALL, *unknown}
    }
    ties = list(_by_component(facts, wanted, posts))
    overall = targets.get((OVERALL, POSTS, source))
    every = tuple(figure for figures in posts.values() for figure in figures)
    if overall is None or not every or unknown:
        return ties, []
    holds = not _residual(facts, overall, every)
    if not holds and not _covers(facts, wanted, posts):
        return ties, []
    ties.append((overall, every))
    return ties, list(_by_grade(chart, source, targets))


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


def _paid(chart: Organization, source: str) -> Sequence[tuple[OrgUnit, Staff]]:
    """The boxes with posts from a source of funds."""
    pairs = ((unit, staff) for unit in chart.units for staff in unit.staff)
    return [(unit, staff) for unit, staff in pairs if staff.source == source]


def _figures(unit: OrgUnit, staff: Staff) -> tuple[int, ...]:
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
