"""Find the bodies of a document: a further office or mission with "overall" tables of its own.

Two tables that both speak of the whole, and whose figures contradict each other throughout, do not
speak of the same whole: between them begins another body, at the heading that opens it. From there
on whatever is overall is that of the body, and its components are its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import Trial, standing_of, weigh
from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import Standing, TableFacts
from unbudget_check.model.meaning import OVERALL
from unbudget_check.model.prose import PassageKind
from unbudget_check.understand.tables.meaning import facts_of
from unbudget_check.understand.text.entities import (
    in_body,
    is_known,
    is_overview,
)
from unbudget_check.understand.text.items import heading_marker, unnumbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.figures import Vector
    from unbudget_check.model.meaning import Fact, Meaning
    from unbudget_check.model.prose import Passage
    from unbudget_check.understand.text.entities import Entities


# Meaning -> amount in one unit, of all that one table says of the whole.
Said = dict["Meaning", int]


@dataclass(frozen=True, slots=True)
class _Body:
    """A body: its key and the passage with which it begins."""

    key: str
    start: int


def settle_bodies(
    passages: tuple[Passage, ...],
    tables: Sequence[TableFacts],
    entities: Entities,
    vector: Vector,
) -> tuple[tuple[Passage, ...], tuple[Fact, ...]]:
    """The passages, with what is overall in each further body named after that body, and the facts.

    What the tables say depends on the passages around them, but on nothing that these state.
    """
    said: defaultdict[str, dict[int, Said]] = defaultdict(dict)
    facts = facts_of(tables, passages, entities)
    overall = [fact for fact in facts if fact.meaning.entity == OVERALL]
    units = [vector.numbers[fact.figure].exponent + fact.scale for fact in overall]
    finest = min(units, default=0)
    for fact, unit in zip(overall, units, strict=True):
        amount = vector.numbers[fact.figure].units * int(10 ** (unit - finest))
        said[fact.meaning.scope].setdefault(fact.table, {})[fact.meaning] = amount
    headings = [each for each in passages if each.kind is PassageKind.HEADING]
    bodies = [body for each in said.values() for body in _bodies(each, headings, tables, entities)]
    if not bodies:
        return passages, facts
    passages = tuple(_told(passages, bodies))
    return passages, facts_of(tables, passages, entities)


def _bodies(
    said: Mapping[int, Said],
    headings: Sequence[Passage],
    tables: Sequence[TableFacts],
    entities: Entities,
) -> Iterator[_Body]:
    """The further bodies of one numbered part, in the order of its tables about the whole."""
    current: list[int] = []
    used: Counter[str] = Counter()
    times_of = Counter(each.text for each in headings)
    for table, own in said.items():
        standings = [_standing(own, said[other]) for other in current]
        if Standing.REFUTED not in standings or Standing.BORNE_OUT in standings:
            current.append(table)
            continue
        between = [each for each in headings if current[-1] < each.follows <= table]
        opening = _opening(between, times_of, tables[table], entities)
        if opening is not None:
            used[opening.key] += 1
            times = used[opening.key]
            yield _Body(opening.key if times == 1 else f"{opening.key} ({times})", opening.start)
            current = [table]


def _standing(own: Said, other: Said) -> Standing:
    """Whether two tables speak of the same whole."""
    both = own.keys() & other.keys()
    return standing_of(weigh(Trial(own[m], other[m], addends=1, terms=2) for m in both))


def _opening(
    headings: Sequence[Passage], times: Mapping[str, int], table: TableFacts, entities: Entities
) -> _Body | None:
    """The heading between two tables about the whole that opens a body, or None.

    It carries a marker and comes once, unlike the headings that every body has; without any such
    it is the first heading that means nothing else, where the table is said to be overall.
    """
    own = [each for each in headings if times[each.text] == 1]
    ranked = [(heading_marker(each.text), each) for each in own]
    marked = [(rank, each) for rank, each in ranked if rank is not None]
    code = entities.language.code
    if marked:
        highest = min(rank for rank, _ in marked)
        start = next(each for rank, each in reversed(marked) if rank == highest)
        overviews = (
            h.index for h in headings if h.index > start.index and is_overview(h.text, code)
        )
        overview = next(overviews, -1)
        inner = [each for _, each in marked if start.index <= each.index < overview]
        return _body((inner or [start])[-1], start)
    if entities.of(table.title.partition(":")[0], "") == OVERALL:
        near = [h for h in own if h.follows == headings[-1].follows and not is_known(h.text, code)]
        return _body(near[0], near[0]) if near else None
    repeated = [h for h in headings if times[h.text] > 1 and is_overview(h.text, code)]
    return _body(repeated[-1], repeated[-1]) if repeated else None


def _body(heading: Passage, start: Passage) -> _Body:
    return _Body(normalise(unnumbered(heading.text)).strip(" .:;"), start.index)


def _told(passages: Iterable[Passage], bodies: Sequence[_Body]) -> Iterator[Passage]:
    """The passages; what a body's heading leaves open is about the body as a whole."""
    starts = {body.start: body for body in bodies}
    body, open_entity = "", None
    for passage in passages:
        bearing = passage.bearing
        if passage.index in starts:
            body, open_entity = starts[passage.index].key, bearing.entity
        elif bearing.entity != open_entity:
            open_entity = None
        if not body:
            yield passage
            continue
        entity = body if open_entity is not None else in_body(bearing.entity, body)
        yield replace(
            passage,
            bearing=replace(bearing, entity=entity, body=body),
            entity=in_body(passage.entity, body),
        )
