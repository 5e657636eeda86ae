"""The same figure in two tables, and the sum over all components against the overall figure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import weigh
from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.facts import Reading
from unbudget_check.model.meaning import (
    NON_POST,
    OVERALL,
    POST,
    RESOURCES,
    Fact,
    Kind,
    Meaning,
    View,
)
from unbudget_check.model.number import Number, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims, Place
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

    _Pair = tuple[Fact, Fact]

# The same entity, measure, kind, year and source in two tables: words alone make it likely.
SAME_WORDS_BITS = 3
# Amounts that are there, as against changes between them.
LEVELS = (Kind.SPENT, Kind.APPROVED, Kind.PROPOSED)
# A sum of one component is no sum.
FEWEST_COMPONENTS = 2
# Views in which a measure of a component stands, to be added up over all components.
_SUMMED = (View.CATEGORIES, View.OBJECTS, View.GRADES)


def check_restated(facts: DocumentFacts, _rule: Rule, number: int, claims: Claims) -> None:
    """Write figure - the same figure in another table = 0; that one restates the other is read."""
    pairs: defaultdict[tuple[int, int], list[tuple[Fact, Fact]]] = defaultdict(list)
    for first, *others in _by_meaning(facts).values():
        for other in (each for each in others if each.table != first.table):
            pairs[first.table, other.table].append((first, other))
    for (table, _), found in pairs.items():
        for group in _apart([each for each in found if not _is_rounded_anew(facts, *each)], facts):
            spot = facts.spots[group[0][1].figure]
            restated = facts.tables[table].number or ""
            # Dashes for all figures of a column that is repeated are one slip, as for totals.
            at = claims.read(Reading("restated", spot, restated, SAME_WORDS_BITS, sums=True))
            for first, other in group:
                _write([other, first], [1, -1], number, claims, at)


def _apart(found: Sequence[_Pair], facts: DocumentFacts) -> Iterator[Sequence[_Pair]]:
    """The pairs of two tables by what must be believed of each: most are of one reading.

    A row whose levels all fail is another record with some of the same changes (the same office on
    a gross and on a net basis), and a column that fails in each row is another column.
    """
    columns: defaultdict[Kind, list[_Pair]] = defaultdict(list)
    records: defaultdict[object, list[_Pair]] = defaultdict(list)
    for pair in found:
        meaning = pair[0].meaning
        columns[meaning.kind].append(pair)
        if meaning.kind in LEVELS:
            records[meaning.record, meaning.unit].append(pair)
    lost = {kind for kind, pairs in columns.items() if _is_refuted(pairs, facts)}
    others = {record for record, pairs in records.items() if _is_refuted(pairs, facts)}
    groups: defaultdict[object, list[_Pair]] = defaultdict(list)
    for pair in found:
        meaning = pair[0].meaning
        record = meaning.record, meaning.unit
        is_other = record in others and meaning.kind in LEVELS
        groups[record if is_other else meaning.kind if meaning.kind in lost else None].append(pair)
    yield from groups.values()


def _is_refuted(pairs: Iterable[_Pair], facts: DocumentFacts) -> bool:
    """Whether several pairs of their own speak against being the same, and fewer for it."""
    trials = []
    for first, other in pairs:
        terms = _terms([other, first], [1, -1])
        trials.append(trial_of(terms, facts.numbers, facts.counts, sums=True))
    found = weigh(trials)
    return found.failed > max(found.held, 1)


def check_components(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write overall figure - that of each component = 0, where all components show it."""
    by_meaning = _by_meaning(facts)
    components = _components(facts)
    summed: dict[Meaning, list[Fact]] = {}
    for meaning, same in by_meaning.items():
        # Totals that the tables of the components make up bear out that these are all of them.
        whole = _in_own_table(same) if meaning.entity == OVERALL else None
        if whole is not None:
            listed = components[meaning.scope, meaning.source, meaning.unit]
            parts = list(_parts(meaning, by_meaning, listed))
            if len(parts) >= FEWEST_COMPONENTS:
                summed[meaning] = [whole, *parts]
    sums: defaultdict[tuple[View, View, int], list[list[Fact]]] = defaultdict(list)
    for meaning, found in summed.items():
        if not _is_summed_by_halves(meaning, summed):
            sums[found[0].view, found[1].view, found[0].table].append(found)
    for groups in sums.values():
        spot = facts.spots[groups[0][0].figure]
        at = claims.read(Reading("components", spot, prior=SAME_WORDS_BITS))
        for whole, *parts in groups:
            _write([whole, *parts], [1, *(-1 for _ in parts)], number, claims, at)


def _is_summed_by_halves(meaning: Meaning, summed: Mapping[Meaning, list[Fact]]) -> bool:
    """Whether a total of what was spent follows from posts and non-post resources, each summed.

    It adds up amounts that were rounded before, and so drifts twice as far.
    """
    is_spent = meaning.kind is Kind.SPENT and meaning.measure == RESOURCES
    return is_spent and all(replace(meaning, measure=each) in summed for each in (POST, NON_POST))


@once
def _by_meaning(facts: DocumentFacts) -> Mapping[Meaning, list[Fact]]:
    """Facts with the same meaning, in reading order."""
    groups: defaultdict[Meaning, list[Fact]] = defaultdict(list)
    for fact in facts.meanings:
        groups[fact.meaning].append(fact)
    return groups


def _components(facts: DocumentFacts) -> Mapping[tuple[str, str, str], list[str]]:
    """Scope, source and unit -> the components that the tables by component list."""
    listed: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for meaning in (fact.meaning for fact in facts.meanings if fact.view is View.COMPONENTS):
        if meaning.entity != OVERALL:
            listed[meaning.scope, meaning.source, meaning.unit].add(meaning.entity)
    return defaultdict(list, {key: sorted(entities) for key, entities in listed.items()})


def _parts(
    meaning: Meaning, by_meaning: Mapping[Meaning, list[Fact]], components: Iterable[str]
) -> Iterator[Fact]:
    """The same measure of every component, or nothing where one of them does not show it."""
    found = []
    for entity in components:
        fact = _in_own_table(by_meaning.get(meaning.of(entity), ()))
        if fact is None:
            return
        found.append(fact)
    yield from found


def _in_own_table(same: Iterable[Fact]) -> Fact | None:
    """The first of some facts that stands in a table of one component, not in a list of them."""
    return next((fact for fact in same if fact.view in _SUMMED), None)


def _is_rounded_anew(facts: DocumentFacts, first: Fact, other: Fact) -> bool:
    """Whether two amounts that were spent differ in the last digit: each table rounds its own."""
    if first.meaning.kind is not Kind.SPENT:
        return False
    quantum = max(facts.numbers[f.figure].exponent + f.scale for f in (first, other))
    missed = abs(_value(facts, first) - _value(facts, other))
    return 0 < missed <= comparable(Number(1, quantum))


def _value(facts: DocumentFacts, fact: Fact) -> int:
    """The amount in one unit, whatever the table counts in."""
    return comparable(facts.numbers[fact.figure], fact.scale)


def _write(
    members: Sequence[Fact],
    signs: Sequence[int],
    number: int,
    claims: Claims,
    reading: int,
) -> None:
    """One tie, the coarser tables' figures scaled to the finest."""
    figures, weights = zip(*_terms(members, signs), strict=True)
    claims.add(NO_TABLE, number, [figures], weights, [_place(members)], reading=reading)


def _terms(members: Sequence[Fact], signs: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The figures, each with its sign in the unit of the finest."""
    finest = min(fact.scale for fact in members)
    pairs = zip(members, signs, strict=True)
    return tuple((fact.figure, sign * int(10 ** (fact.scale - finest))) for fact, sign in pairs)


def _place(members: Sequence[Fact]) -> Place:
    """Copies are exact; what was spent is rounded anew in every table, like all such."""
    meaning = members[0].meaning
    if meaning.kind is Kind.SPENT:
        return meaning.unit, "expenditure", ""
    return (
        meaning.unit,
        "resources",
        "restated" if len(members) == FEWEST_COMPONENTS else "components",
    )
