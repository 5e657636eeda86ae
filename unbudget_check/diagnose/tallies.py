"""How the relations of every rule came out, table by table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.location import Where
from unbudget_check.model.outcome import Bound, Verdict
from unbudget_check.model.report import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.diagnose.judging import Judged
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

EXACT, ROUNDING, BROKEN = range(3)
_VERDICTS = {
    Verdict.EXACT: EXACT,
    Verdict.DRIFT: ROUNDING,
    Verdict.IMPLAUSIBLE: BROKEN,
    Verdict.IMPOSSIBLE: BROKEN,
}
_BOUNDS = {Bound.EXACT: EXACT, Bound.WITHIN: ROUNDING, Bound.BEYOND: BROKEN}


def tallies_of(
    facts: DocumentFacts, rules: Sequence[Rule], claims: Claims, judged: Judged
) -> tuple[Tally, ...]:
    """Counts by rule and table, in the order of the tables; what was not judged is not counted."""
    counts: dict[tuple[int, int], Counter[int]] = {}
    for table, rule, outcome in _outcomes(claims, judged):
        counts.setdefault((table, rule), Counter())[outcome] += 1
    return tuple(
        Tally(rules[rule].code, _where(facts, table), *(found[each] for each in range(3)))
        for (table, rule), found in sorted(counts.items())
    )


def _outcomes(claims: Claims, judged: Judged) -> Iterator[tuple[int, int, int]]:
    """(table, rule, outcome) of every relation and every percentage that was judged."""
    rules = judged.relations.rules.tolist()
    verdicts = judged.verdicts.tolist()
    for relation, (tie, rule) in enumerate(zip(claims.kept, rules, strict=True)):
        outcome = _VERDICTS[verdicts[relation]]
        if outcome != BROKEN or not tie.excuse:
            yield tie.table, rule, outcome
    for claim, bound in zip(claims.percentages, judged.bounds.tolist(), strict=True):
        if bound in _BOUNDS and not (bound == Bound.BEYOND and claim.excuse):
            yield claim.table, claim.rule, _BOUNDS[bound]


def _where(facts: DocumentFacts, table: int) -> Where:
    if table == NO_TABLE:
        return Where(facts.path)
    found = facts.tables[table]
    return Where(facts.path, found.number, found.part, address=found.address or None)
