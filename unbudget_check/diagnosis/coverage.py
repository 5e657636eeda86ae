"""What was and was not checked in one document: every figure is in some relation or listed.

So are sentences with amounts, and running text that looks like rows of figures: nothing that
carries figures may vanish without a word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.diagnosis.localisation.board import figures_of
from unbudget_check.diagnosis.places import below_table, where_in, where_of
from unbudget_check.evidence.settle import refused
from unbudget_check.messages.telling import unchecked
from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.document import Where, page_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.message import saying
from unbudget_check.model.outcome import Bound, Verdict
from unbudget_check.model.prose import PassageKind
from unbudget_check.model.report import Coverage, Tally
from unbudget_check.notation.in_text import side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from unbudget_check.diagnosis.judging import Judged
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.model.report import Unchecked
    from unbudget_check.rulebook.rule import Rule


ROWS_IN_TEXT = "rows-in-text"
ROWS_UNREAD = "rows-unread"
# Fewer rows are no table: a sentence may name two years twice.
MIN_ROWS = 3
# Captions name years, and what a drawing prints is checked as such.
_OTHER = frozenset({PassageKind.CAPTION, PassageKind.DRAWING})

UNEXPLAINED = "unexplained"

Sentence = tuple[int, int]

UNTOTALLED = "untotalled"
LONELY = "lonely"
UNCLEAR = "unclear"
UNCLEAR_COLUMN = "unclear-column"
NIL_BASE = "nil-base"

EXACT, ROUNDING, BROKEN = range(3)
_VERDICTS = {
    Verdict.EXACT: EXACT,
    Verdict.DRIFT: ROUNDING,
    Verdict.IMPLAUSIBLE: BROKEN,
    Verdict.IMPOSSIBLE: BROKEN,
}
_BOUNDS = {Bound.EXACT: EXACT, Bound.WITHIN: ROUNDING, Bound.BEYOND: BROKEN}


def rows_in_text(facts: DocumentFacts) -> Iterator[Unchecked]:
    """Each stretch of text that holds rows of figures, ragged or not, with their number."""
    stretch: list[tuple[Passage, list[int]]] = []
    for passage in facts.prose.passages:
        widths = _widths(passage)
        if not widths:
            yield from _told(facts, stretch)
            stretch = []
        else:
            stretch.append((passage, widths))
    yield from _told(facts, stretch)


def _widths(passage: Passage) -> list[int]:
    """How many figures stand side by side, place by place."""
    if passage.kind in _OTHER:
        return []
    return [len(row) for row in side_by_side(passage.text)]


def _told(
    facts: DocumentFacts, stretch: Sequence[tuple[Passage, list[int]]]
) -> Iterator[Unchecked]:
    found = [width for _, widths in stretch for width in widths]
    if len(found) < MIN_ROWS:
        return
    first = stretch[0][0]
    where = Where(
        facts.path,
        paragraph=first.number or None,
        line=first.line,
        address=first.address or None,
    )
    yield unchecked(where, ROWS_IN_TEXT, sum(found))


def sentences_of(facts: DocumentFacts) -> dict[Sentence, list[int]]:
    """(passage, sentence) -> the positions of its mentions, in reading order."""
    found: dict[Sentence, list[int]] = {}
    for at, mention in enumerate(facts.prose.mentions):
        found.setdefault((mention.span.passage, mention.sentence), []).append(at)
    return found


def untied_sentences(facts: DocumentFacts, reached: NDArray[np.bool_]) -> Iterator[Unchecked]:
    """The sentences of which no figure stands in a relation, with the reason."""
    mentions = facts.prose.mentions
    reasons = {each.mention: each.reason for each in facts.prose.statements}
    for listed in sentences_of(facts).values():
        if not any(reached[mentions[at].figure] for at in listed):
            told = (reasons.get(at, "") for at in listed)
            reason = next(filter(None, told), UNEXPLAINED)
            yield unchecked(where_in(facts, mentions[listed[0]].span), reason)


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
        address = table.address or None
        page = page_of(address)
        below = below_table(facts, table)
        where = Where(facts.path, table.number, table.part, page=page, address=address, below=below)
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
    yield from (
        unchecked(Where(facts.path, address=address), ROWS_UNREAD, figures)
        for address, figures in facts.unread
    )
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
    address, below = found.address or None, below_table(facts, found)
    return Where(facts.path, found.number, found.part, address=address, below=below)
