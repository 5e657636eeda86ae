"""Sentences that cite the table of another source of funds, or another one than those beside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.model.meaning import ALL_SOURCES
from unbudget_check.model.prose import ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage, Reference, Span

OVERALL, REGULAR = "overall", "regular"
# A sentence that rests on a table names it so close to its beginning.
BEGINNING = 45
# So many paragraphs rest on one table, and only one of them on another.
SIBLINGS = 3


def other_source(
    facts: DocumentFacts, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References to the part of a table that is about another source of funds."""
    sources = _sources(facts)
    for each in references:
        source = _source_of(facts.prose.passages[each.at.passage])
        found = sources.get((each.number, each.part))
        if each.kind is not ReferenceKind.TABLE or not source or found in (None, source):
            continue
        parts = [
            part
            for (number, part), own in sources.items()
            if (number, own) == (each.number, source)
        ]
        if each.part and len(parts) == 1 and _leads(facts, each):
            yield each.at, f"{each.number} {parts[0]}"


def _sources(facts: DocumentFacts) -> Mapping[tuple[str, str], str]:
    """Number and part of a table -> its source of funds, where all of it has one."""
    found: dict[tuple[str, str], set[str]] = {}
    for fact in facts.meanings:
        table = facts.tables[fact.table]
        if table.number and table.part and fact.meaning.source != ALL_SOURCES:
            found.setdefault((table.number, table.part), set()).add(fact.meaning.source)
    return {key: next(iter(own)) for key, own in found.items() if len(own) == 1}


def _source_of(passage: Passage) -> str:
    """The source of funds that a passage is about; without a heading, the regular budget."""
    bearing = passage.bearing
    is_regular = bearing.factor or bearing.entity == OVERALL
    return bearing.source or (REGULAR if is_regular else "")


def _leads(facts: DocumentFacts, reference: Reference) -> bool:
    """Whether a passage begins with a reference: As shown in tables ..."""
    body = facts.prose.passages[reference.at.passage].body
    return reference.at.start - body < BEGINNING


def apart(facts: DocumentFacts, references: Iterable[Reference]) -> Iterator[tuple[Span, str]]:
    """References to another table than the one on which all other paragraphs beside rest."""
    groups: dict[tuple[str, str], dict[int, list[Reference]]] = {}
    for each in references:
        bearing = facts.prose.passages[each.at.passage].bearing
        is_about_changes = bearing.factor or (each.part and not bearing.source)
        if (
            each.kind is ReferenceKind.TABLE
            and bearing.entity == OVERALL
            and is_about_changes
            and _leads(facts, each)
        ):
            cited = groups.setdefault((bearing.scope, bearing.source), {})
            cited.setdefault(each.at.passage, []).append(each)
    for cited in groups.values():
        yield from _odd_one(cited)


def _odd_one(cited: Mapping[int, list[Reference]]) -> Iterator[tuple[Span, str]]:
    times = Counter(
        table for each in cited.values() for table in {(r.number, r.part) for r in each}
    )
    if len(cited) < SIBLINGS or not times:
        return
    usual, count = times.most_common(1)[0]
    if count != len(cited) - 1:
        return
    for each in cited.values():
        if len(each) == 1 and (each[0].number, each[0].part) != usual:
            yield each[0].at, " ".join(usual).strip()
