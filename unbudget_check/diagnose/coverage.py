"""What was and was not checked in one document: every figure is in some relation or listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.model.location import Where
from unbudget_check.model.outcome import Bound, Verdict
from unbudget_check.model.report import Coverage, Unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from unbudget_check.diagnose.judging import Judged
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts

UNTOTALLED = "no total, change or percentage ties these figures together"
LONELY = "no total, change or percentage of this table reaches these figures"
UNCLEAR = "structure unclear: no rows above add up to this total in enough columns"
NIL_BASE = "the percentage cannot be judged: its base is nil"


def coverage_of(facts: DocumentFacts, claims: Claims, judged: Judged) -> Coverage:
    """The counts of a document and the list of what was left unchecked, with reasons."""
    reached = _reached(facts, claims, judged)
    verdicts, bounds = judged.verdicts, judged.bounds
    excused = np.array([bool(claim.excuse) for claim in claims.percentages], dtype=bool)
    beyond = bounds == Bound.BEYOND
    broken = verdicts >= Verdict.IMPLAUSIBLE
    unknown = np.array([bool(excuse) for excuse in claims.excuses], dtype=bool)
    unjudged = int((bounds == Bound.UNJUDGED).sum() + (beyond & excused).sum())
    unjudged += int((broken & unknown).sum())
    checked = {table for table, *_ in _tables_of(facts, reached)}
    return Coverage(
        tables_read=len(facts.tables),
        tables_checked=len(checked),
        unchecked=tuple(_unchecked(facts, claims, judged, reached)),
        figures_read=len(facts.numbers),
        figures_checked=int(reached.sum()),
        exact=int((verdicts == Verdict.EXACT).sum() + (bounds == Bound.EXACT).sum()),
        rounding=int((verdicts == Verdict.DRIFT).sum() + (bounds == Bound.WITHIN).sum()),
        broken=int((broken & ~unknown).sum() + (beyond & ~excused).sum()),
        relations_unchecked=unjudged + sum(skipped.relations for skipped in claims.skipped),
        remarks=tuple(Unchecked(Where(facts.path), remark) for remark in facts.remarks),
    )


def _reached(facts: DocumentFacts, claims: Claims, judged: Judged) -> NDArray[np.bool_]:
    """Which figures stand in some relation that was judged."""
    reached = np.zeros(len(facts.numbers), dtype=bool)
    reached[judged.relations.figures] = True
    for claim, bound in zip(claims.percentages, judged.bounds, strict=True):
        if bound != Bound.UNJUDGED:
            reached[[claim.stated, claim.part, claim.base]] = True
    return reached


def _tables_of(
    facts: DocumentFacts, reached: NDArray[np.bool_]
) -> Iterator[tuple[int, TableFacts]]:
    touched = {facts.spots[figure].table for figure in np.flatnonzero(reached)}
    for index in sorted(touched):
        yield index, facts.tables[index]


def _unchecked(
    facts: DocumentFacts, claims: Claims, judged: Judged, reached: NDArray[np.bool_]
) -> Iterator[Unchecked]:
    left: dict[int, int] = {}
    for figure in np.flatnonzero(~reached):
        table = facts.spots[figure].table
        left[table] = left.get(table, 0) + 1
    touched = {index for index, _ in _tables_of(facts, reached)}
    for index, table in enumerate(facts.tables):
        where = Where(facts.path, table.number, table.part, address=table.address or None)
        for label in table.unclear:
            row = Where(facts.path, table.number, table.part, label, address=table.address or None)
            yield Unchecked(row, UNCLEAR)
        if index in left:
            yield Unchecked(where, LONELY if index in touched else UNTOTALLED, left[index])
        for skipped in claims.skipped:
            if skipped.table == index:
                yield Unchecked(where, skipped.reason)
        nil = sum(
            claim.table == index and bound == Bound.UNJUDGED
            for claim, bound in zip(claims.percentages, judged.bounds, strict=True)
        )
        if nil:
            yield Unchecked(where, NIL_BASE, nil)
        excuses = {
            claim.excuse
            for claim, bound in zip(claims.percentages, judged.bounds, strict=True)
            if claim.table == index and claim.excuse and bound == Bound.BEYOND
        }
        excuses.update(
            excuse
            for excuse, verdict, stands in zip(
                claims.excuses, judged.verdicts, claims.tables, strict=True
            )
            if excuse and stands == index and verdict >= Verdict.IMPLAUSIBLE
        )
        for excuse in sorted(excuses):
            yield Unchecked(where, excuse)
