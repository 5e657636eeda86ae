"""What was and was not checked in one document: every figure is in some relation or listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.diagnose.localisation.ties import figures_of
from unbudget_check.diagnose.places import where_of
from unbudget_check.diagnose.sentence_coverage import sentences_of, untied_sentences
from unbudget_check.diagnose.unread import rows_in_text
from unbudget_check.evidence.settle import refused
from unbudget_check.languages.telling import unchecked
from unbudget_check.model.facts import Spot
from unbudget_check.model.location import Where
from unbudget_check.model.outcome import Bound, Verdict
from unbudget_check.model.report import Coverage
from unbudget_check.model.saying import saying

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from unbudget_check.diagnose.judging import Judged
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.report import Unchecked

UNTOTALLED = "untotalled"
LONELY = "lonely"
UNCLEAR = "unclear"
UNCLEAR_COLUMN = "unclear-column"
NIL_BASE = "nil-base"


def coverage_of(facts: DocumentFacts, claims: Claims, judged: Judged) -> Coverage:
    """The counts of a document and the list of what was left unchecked, with reasons."""
    found = reached(facts, claims, judged)
    verdicts, bounds = judged.verdicts, judged.bounds
    excused = np.array([bool(claim.excuse) for claim in claims.percentages], dtype=bool)
    beyond = bounds == Bound.BEYOND
    broken = verdicts >= Verdict.IMPLAUSIBLE
    unknown = np.array([bool(tie.excuse) for tie in claims.kept], dtype=bool)
    unjudged = int((bounds == Bound.UNJUDGED).sum() + (beyond & excused).sum())
    unjudged += int((broken & unknown).sum())
    checked = set(_tables_of(facts, np.flatnonzero(found)))
    sentences, untied = len(sentences_of(facts)), tuple(untied_sentences(facts, found))
    return Coverage(
        tables_read=len(facts.tables),
        tables_checked=len(checked),
        unchecked=tuple(_unchecked(facts, claims, judged, found)),
        figures_read=sum(1 for _ in _tables_of(facts, range(len(facts.numbers)))),
        figures_checked=sum(1 for _ in _tables_of(facts, np.flatnonzero(found))),
        exact=int((verdicts == Verdict.EXACT).sum() + (bounds == Bound.EXACT).sum())
        + sum(each.holds for each in claims.computed),
        rounding=int((verdicts == Verdict.DRIFT).sum() + (bounds == Bound.WITHIN).sum()),
        broken=int((broken & ~unknown).sum() + (beyond & ~excused).sum())
        + sum(not each.holds for each in claims.computed),
        relations_unchecked=unjudged
        + sum(skipped.relations for skipped in claims.skipped)
        + sum(settled.weight.failed for settled in refused(claims)),
        remarks=tuple(unchecked(Where(facts.path), remark) for remark in facts.remarks),
        sentences_read=sentences,
        sentences_tied=sentences - len(untied),
        untied=untied,
    )


def _tables_of(facts: DocumentFacts, figures: Iterable[int]) -> Iterator[int]:
    """The table of each figure that stands in one."""
    spots = (facts.spots[figure] for figure in figures)
    return (spot.table for spot in spots if isinstance(spot, Spot))


def reached(facts: DocumentFacts, claims: Claims, judged: Judged) -> NDArray[np.bool_]:
    """Which figures stand in some relation that was judged."""
    found = np.zeros(len(facts.numbers), dtype=bool)
    found[judged.relations.figures] = True
    for claim, bound in zip(claims.percentages, judged.bounds, strict=True):
        if bound != Bound.UNJUDGED:
            found[[claim.stated, claim.part, claim.base]] = True
    for each in claims.computed:
        found[[each.stated, *each.parts]] = True
    return found


def crossed(judged: Judged) -> frozenset[int]:
    """The figures in which two relations meet that have no other figure in common."""
    ties = judged.ties
    sets: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    for tie in range(len(ties.relations) + len(ties.percentages)):
        members = frozenset(figures_of(ties, tie))
        for figure in members if tie not in ties.excused else ():
            sets[figure].append(members)
    return frozenset(
        figure
        for figure, found in sets.items()
        if any(len(one & other) == 1 for one, other in combinations(found, 2))
    )


def _unchecked(
    facts: DocumentFacts, claims: Claims, judged: Judged, found: NDArray[np.bool_]
) -> Iterator[Unchecked]:
    """What was read and not checked, table by table."""
    left = Counter(_tables_of(facts, np.flatnonzero(~found)))
    touched = set(_tables_of(facts, np.flatnonzero(found)))
    reasons = _reasons(claims, judged)
    unclear = {at for at, each in enumerate(facts.tables) if each.unclear or each.unclear_columns}
    explained = _explained(facts, claims, unclear) if unclear else set()
    for index, table in enumerate(facts.tables):
        where = Where(facts.path, table.number, table.part, address=table.address or None)
        rows = {table.rows[row].label for at, row, _ in explained if at == index and row >= 0}
        columns = {table.columns[c].heading for at, _, c in explained if at == index and c >= 0}
        for label in table.unclear:
            if label not in rows:
                yield unchecked(replace(where, row=label), UNCLEAR)
        for heading in table.unclear_columns:
            if heading not in columns:
                yield unchecked(replace(where, column=heading), UNCLEAR_COLUMN)
        if left[index]:
            yield unchecked(where, LONELY if index in touched else UNTOTALLED, left[index])
        for reason, times in sorted(reasons[index].items()):
            yield unchecked(where, reason, times if reason == NIL_BASE else 0)
    yield from rows_in_text(facts)
    for address, told in claims.unevaluated:
        yield unchecked(Where(facts.path, address=address), told)
    for settled in refused(claims):
        reading = settled.reading
        told = saying(f"reading-{reading.kind}", other=reading.other)
        yield unchecked(where_of(facts, reading.at), told)


def _explained(
    facts: DocumentFacts, claims: Claims, tables: Collection[int]
) -> set[tuple[int, int, int]]:
    """The rows and columns of some tables that a tie states from others: (table, row, column).

    A column that was called a total may be a quotient of others, a row a difference; the other of
    the two numbers is -1.
    """
    found: set[tuple[int, int, int]] = set()
    stated = [
        *([figure for figure, _ in tie.terms] for tie in claims.kept),
        *([each.stated, each.part, each.base] for each in claims.percentages),
        *([each.stated, *each.parts] for each in claims.computed),
    ]
    for first, *others in stated:
        spot = facts.spots[first]
        if not isinstance(spot, Spot) or spot.table not in tables:
            continue
        parts = [each for each in map(facts.spots.__getitem__, others) if isinstance(each, Spot)]
        if any(each.row == spot.row and each.column != spot.column for each in parts):
            found.add((spot.table, -1, spot.column))
        if any(each.column == spot.column and each.row != spot.row for each in parts):
            found.add((spot.table, spot.row, -1))
    return found


def _reasons(claims: Claims, judged: Judged) -> defaultdict[int, Counter[str]]:
    """Table -> why relations of it were not judged, or prove nothing, with counts."""
    reasons: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for skipped in claims.skipped:
        reasons[skipped.table][skipped.reason] += skipped.relations
    for claim, bound in zip(claims.percentages, judged.bounds, strict=True):
        if bound == Bound.UNJUDGED:
            reasons[claim.table][NIL_BASE] += 1
        elif bound == Bound.BEYOND and claim.excuse:
            reasons[claim.table][claim.excuse] += 1
    for relation in np.flatnonzero(judged.verdicts >= Verdict.IMPLAUSIBLE):
        tie = claims.kept[relation]
        if tie.excuse:
            reasons[tie.table][tie.excuse] += 1
    return reasons
