"""The same figure in two tables, and the sum over all components against the overall figure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.checks.once import once
from unbudget_check.model.claims import NO_TABLE, Skipped
from unbudget_check.model.meaning import Fact, Kind, Meaning, View
from unbudget_check.model.number import Number, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims, Place
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

OVERALL = "overall"
UNLIKE = "tables-unlike"
# A sum of one component is no sum.
FEWEST = 2
# Views in which a measure of a component stands, to be added up over all components.
_SUMMED = (View.CATEGORIES, View.OBJECTS, View.GRADES)


def check_restated(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write figure - the same figure in another table = 0, where the two tables mostly agree."""
    del rule
    pairs: defaultdict[tuple[View, View], list[tuple[Fact, Fact]]] = defaultdict(list)
    for first, *others in _by_meaning(facts).values():
        for other in (each for each in others if each.table != first.table):
            pairs[first.view, other.view].append((first, other))
    for found in pairs.values():
        if not _mostly_add_up(facts, found):
            claims.skipped.append(Skipped(found[0][1].table, UNLIKE, len(found)))
            continue
        for first, other in found:
            if not _is_rounded_anew(facts, first, other):
                _write([other, first], [1, -1], number, claims)


def check_components(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write overall figure - that of each component = 0, where all components show it."""
    del rule
    by_meaning = _by_meaning(facts)
    components = _components(facts)
    sums: defaultdict[tuple[View, View], list[list[Fact]]] = defaultdict(list)
    for meaning, same in by_meaning.items():
        if meaning.entity == OVERALL and same[0].view is not View.COMPONENTS:
            listed = components[meaning.scope, meaning.source, meaning.unit]
            parts = list(_parts(meaning, by_meaning, listed))
            if len(parts) >= FEWEST:
                sums[same[0].view, parts[0].view].append([same[0], *parts])
    for found in sums.values():
        if _mostly_add_up(facts, found):
            for whole, *parts in found:
                _write([whole, *parts], [1, *(-1 for _ in parts)], number, claims)


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
        same = by_meaning.get(meaning.of(entity))
        if same is None:
            return
        found.append(same[0])
    yield from (fact for fact in found if fact.view in _SUMMED)


def _mostly_add_up(facts: DocumentFacts, groups: Iterable[Sequence[Fact]]) -> bool:
    """Whether in at least a third of the groups the first figure is the sum of the others.

    Groups of nothing but nil have no say. Amounts that mean different things agree hardly ever,
    and one wrong split of a total is wrong in most columns.
    """
    told = [[_value(facts, fact) for fact in group] for group in groups]
    agreed = [whole == sum(parts) for whole, *parts in told if whole or any(parts)]
    return 3 * sum(agreed) >= len(agreed)


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
) -> None:
    """One tie, the coarser tables' figures scaled to the finest."""
    finest = min(fact.scale for fact in members)
    weights = [s * int(10 ** (f.scale - finest)) for s, f in zip(signs, members, strict=True)]
    claims.add(NO_TABLE, number, [[fact.figure for fact in members]], weights, [_place(members)])


def _place(members: Sequence[Fact]) -> Place:
    """Copies are exact; what was spent is rounded anew in every table, like all such."""
    meaning = members[0].meaning
    if meaning.kind is Kind.SPENT:
        return meaning.unit, "expenditure", ""
    return meaning.unit, "resources", "restated" if len(members) == FEWEST else "components"
