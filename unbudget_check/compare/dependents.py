"""Which figures an edit forgot: they stayed, although figures on which they depend are others now.

A tie that is believed in held with the figures of the old version, and does not hold with those of
the new one; some of its figures are others, and the one that it states is not. Both versions are
asked for their ties: a row that was put in is known to the new one only, and a table in which the
edit broke most ties may be understood in the old one only.

What follows further up agrees with a forgotten figure for as long as that one is wrong: the figures
that break ties of the new version once the forgotten ones are corrected.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from unbudget_check.compare.new_rows import left_out
from unbudget_check.diagnosis.judging import broken_ties, judge_claims
from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.diagnosis.proofs import Case, proof_of
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.comparison import Dependence, LeftUnchanged
from unbudget_check.model.facts import Spot
from unbudget_check.model.number import EXACT, Number, decimal_of, number_of, printed, total_of
from unbudget_check.model.prose import Span
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.compare.alignment import Alignment
    from unbudget_check.model.claims import Relation
    from unbudget_check.model.comparison import Change
    from unbudget_check.model.facts import DocumentFacts

    Home = tuple[str, int]

TABLE, PASSAGE = "table", "passage"
# More levels of totals than that no document has; figures that still move then contradict.
MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a document, understood and judged, and what is the same in both.

    ``changes`` are those of figures of the new version, the ones that only it has among them;
    ``gone`` those of figures that only the old one has.
    """

    before: Case
    now: Case
    same: Alignment
    changes: Mapping[int, Change]
    gone: Mapping[int, Change]


def left_unchanged(versions: Versions) -> Iterator[LeftUnchanged]:
    """The figures that were forgotten, each once, in reading order."""
    found: dict[tuple[Dependence, int], LeftUnchanged] = {}
    for at, left in (*_by_new_ties(versions), *_by_old_ties(versions), *_by_new_rows(versions)):
        key = (Dependence.PARTS if left.kind is Dependence.PARTS else Dependence.TOTAL), at
        known = found.setdefault(key, left)
        more = [each for each in left.changes if each not in known.changes]
        found[key] = replace(known, changes=(*known.changes, *more))
    direct = {at: left for (kind, at), left in found.items() if kind is not Dependence.PARTS}
    told = [*((at, left) for (_, at), left in found.items()), *_further_up(versions, direct)]
    yield from (left for _, left in sorted(told, key=itemgetter(0)))


def _further_up(
    versions: Versions, direct: Mapping[int, LeftUnchanged]
) -> Iterator[tuple[int, LeftUnchanged]]:
    """What must be another figure, too, once the forgotten ones are as they are expected.

    A figure of which two ties expect different things is not told, nor what would follow from a
    sentence alone: tables are not made of sentences.
    """
    now, failed = versions.now, _failed(versions.now)
    said = {each for at, each in versions.changes.items() if _is_said(now.facts, at)}
    roots = {
        at: left
        for at, left in direct.items()
        if left.expected is not None and not said.issuperset(left.changes)
    }
    found: dict[int, LeftUnchanged] = {}
    moving: dict[int, LeftUnchanged] = {}
    for _ in range(MOST_LEVELS if roots else 0):
        known = {**roots, **found}
        numbers = [
            number_of(known[at].expected or decimal_of(own)) if at in known else own
            for at, own in enumerate(now.facts.numbers)
        ]
        asked = _with(now, numbers)
        moving = {
            at: left
            for at, left in _one_step(asked, known, failed).items()
            if at in versions.same.figures and at not in versions.changes and at not in direct
        }
        if not moving:
            break
        found.update(moving)
    for at, left in found.items():
        if at not in moving:
            stated = decimal_of(now.facts.numbers[at])
            yield at, _placed(replace(left, stated=stated, is_indirect=True), now.facts, at)


def _one_step(
    asked: Case, known: Mapping[int, LeftUnchanged], failed: frozenset[int]
) -> dict[int, LeftUnchanged]:
    """The figures of the ties that break only with the corrections that are ``known``."""
    found: defaultdict[int, list[LeftUnchanged]] = defaultdict(list)
    for tie in broken_ties(asked.judged):
        stated, *parts = asked.claims.tie(tie).figures
        moved = [each for each in parts if each in known] or [
            each for each in (stated,) if each in known
        ]
        if tie in failed or not moved:
            continue
        left = _forgotten(asked, tie, moved, {each: known[each].changes[0] for each in moved})
        if left is not None and left[1].kind is not Dependence.PARTS:
            changes = dict.fromkeys(change for each in moved for change in known[each].changes)
            found[left[0]].append(replace(left[1], changes=tuple(changes)))
    return {at: each[0] for at, each in found.items() if len({one.expected for one in each}) == 1}


def _by_new_ties(versions: Versions) -> Iterator[tuple[int, LeftUnchanged]]:
    """What is broken now, and held before: with the old figures, or as a like tie of other rows.

    A figure that was not there was nothing; where all were nothing, that the tie held says nothing.
    """
    now, partners = versions.now, versions.same.figures
    old = versions.before.facts.numbers
    asked = _with(now, [old[at] if at is not None else None for at in map(partners.get, _all(now))])
    failed, like = _failed(asked), _held_ties(versions.before)
    for tie in broken_ties(now.judged):
        figures = now.claims.tie(tie).figures
        gone: list[Change] = []
        if tie in failed:
            known = {partners[each] for each in figures if each in partners}
            names = now.rules[now.claims.tie(tie).rule].code, partners.get(figures[0], -1)
            match = [each for each in like.get(names, ()) if 2 * len(known & each) >= len(each)]
            if not match:
                continue
            gone = [versions.gone[each] for each in sorted(match[0]) if each in versions.gone]
        elif not any(asked.facts.numbers[each].units for each in figures):
            continue
        changed = [each for each in figures if each in versions.changes]
        found = _forgotten(now, tie, changed, versions.changes, gone)
        if found is not None:
            yield found[0], _placed(found[1], now.facts, found[0])


def _held_ties(case: Case) -> dict[tuple[str, int], list[frozenset[int]]]:
    """The figures of the ties that hold, by rule and stated figure."""
    found: defaultdict[tuple[str, int], list[frozenset[int]]] = defaultdict(list)
    failed = _failed(case)
    for tie in range(len(case.claims.kept) + len(case.claims.percentages)):
        claim = case.claims.tie(tie)
        if tie not in failed:
            found[case.rules[claim.rule].code, claim.figures[0]].append(frozenset(claim.figures))
    return found


def _by_old_ties(versions: Versions) -> Iterator[tuple[int, LeftUnchanged]]:
    """What held before, and is broken with the new figures; one that is gone is nothing.

    Where the new version has further figures the tie may be another one by now.
    """
    before, now = versions.before, versions.now.facts
    partners = {there: here for here, there in versions.same.figures.items()}
    asked = _with(
        before,
        [now.numbers[at] if at is not None else None for at in map(partners.get, _all(before))],
    )
    changes = {
        **{at: versions.changes[to] for at, to in partners.items() if to in versions.changes},
        **versions.gone,
    }
    grown, failed = _grown(versions), _failed(before)
    for tie in broken_ties(asked.judged):
        figures = before.claims.tie(tie).figures
        if not any(before.facts.numbers[each].units for each in figures):
            continue
        if tie not in failed and not grown.intersection(_homes(before.facts, figures)):
            changed = [each for each in figures if each in changes]
            found = _forgotten(asked, tie, changed, changes)
            if found is not None:
                figure = partners[found[0]]
                yield figure, _placed(found[1], now, figure)


def _by_new_rows(versions: Versions) -> Iterator[tuple[int, LeftUnchanged]]:
    """The totals that do not take in rows which were put among their parts."""
    before, now = versions.before, versions.now.facts
    failed = _failed(before)
    for each in left_out(before, versions.now, versions.same):
        if each.tie not in failed:
            rule = before.rules[before.claims.tie(each.tie).rule]
            changed = [versions.changes[part] for part in each.parts if part in versions.changes]
            gone = [versions.gone[part] for part in each.gone]
            left = LeftUnchanged(
                Dependence.TOTAL,
                where_of(now, now.spots[each.total]),
                "",
                decimal_of(now.numbers[each.total]),
                total_of([decimal_of(now.numbers[part]) for part in each.parts]),
                (*changed, *gone),
                rule.code,
                rule.severity,
            )
            yield each.total, _placed(left, now, each.total)


def figure_text(facts: DocumentFacts, figure: int) -> str:
    """A figure as printed; of a list in one cell only the figure itself."""
    spot = facts.spots[figure]
    if isinstance(spot, Spot) and spot.item:
        return printed(facts.numbers[figure], notation_in(facts, spot))
    return text_of(facts, spot)


def _all(case: Case) -> range:
    return range(len(case.facts.numbers))


def _with(case: Case, numbers: Sequence[Number | None]) -> Case:
    """The same ties with other figures, judged; None stands for nothing."""
    filled = tuple(
        Number(0, own.exponent) if other is None else other
        for own, other in zip(case.facts.numbers, numbers, strict=True)
    )
    facts = replace(case.facts, numbers=filled)
    return replace(case, facts=facts, judged=judge_claims(facts, case.claims, case.judged.rounding))


def _failed(case: Case) -> frozenset[int]:
    """The ties that do not hold, or of which nothing can be said."""
    return frozenset((*case.judged.ties.excused, *broken_ties(case.judged)))


def _grown(versions: Versions) -> set[Home]:
    """The tables and sentences of the old version whose new one has further figures."""
    facts, same = versions.now.facts, versions.same
    tables = {each.new: each.old for each in same.tables}
    come = [each for each in versions.changes if each not in same.figures]
    found: set[Home] = set()
    for kind, at in _homes(facts, come):
        known = tables if kind == TABLE else same.passages
        if at in known:
            found.add((kind, known[at]))
    return found


def _homes(facts: DocumentFacts, figures: Iterable[int]) -> set[Home]:
    """The tables and passages in which figures stand."""
    spots = (facts.spots[figure] for figure in figures)
    return {
        (TABLE, each.table) if isinstance(each, Spot) else (PASSAGE, each.passage) for each in spots
    }


def _forgotten(
    case: Case,
    tie: int,
    changed: Sequence[int],
    changes: Mapping[int, Change],
    gone: Sequence[Change] = (),
) -> tuple[int, LeftUnchanged] | None:
    """The figure of a tie that stayed; None where both sides of it are others, or none is.

    ``gone`` are parts that it had before.
    """
    claim = case.claims.tie(tie)
    stated, *parts = claim.figures
    is_part_left = stated in changed
    count = len(changed) + len(gone)
    if not count or (is_part_left and count > 1):
        return None
    kind, expected = Dependence.TOTAL, proof_of(case, tie, {}).computed
    if isinstance(claim, PercentClaim):
        kind = Dependence.PERCENTAGE
    elif len(parts) == 1:
        kind = Dependence.REPEATED
        expected = _mirrored(case, claim) if is_part_left else expected
    if is_part_left and kind is not Dependence.REPEATED:
        kind = Dependence.PARTS
    left = parts[0] if is_part_left and kind is Dependence.REPEATED else stated
    if kind is not Dependence.PARTS and _is_said(case.facts, left):
        kind = Dependence.SENTENCE
    rule = case.rules[claim.rule]
    every = (*(changes[each] for each in changed), *gone)
    told = sorted(every, key=lambda each: each.difference is None)
    where = where_of(case.facts, case.facts.spots[left])
    printed = decimal_of(case.facts.numbers[left])
    return left, LeftUnchanged(
        kind,
        where,
        "",
        printed,
        None if expected is None else _in_digits_of(printed, expected),
        tuple(told),
        rule.code,
        rule.severity,
    )


def _mirrored(case: Case, claim: Relation) -> Decimal | None:
    """What a figure must be that is stated again elsewhere: the same, or the same with a sign."""
    (stated, one), (_, other) = claim.terms
    tens = len(str(abs(other))) - 1
    if abs(other) != 10**tens:
        return None
    value = EXACT.multiply(decimal_of(case.facts.numbers[stated]), -one if other > 0 else one)
    return value.scaleb(-tens, EXACT)


def _in_digits_of(printed: Decimal, value: Decimal) -> Decimal:
    """A value with as many decimals as a printed figure, or more where it needs them.

    Dollars of a sentence are thousands in a table: $3,715,200 is 3 715.2 there, not 3 715.200.
    """
    shortest = value.normalize(EXACT)
    finest = min(printed, shortest, key=lambda each: each.as_tuple().exponent)
    return shortest.quantize(finest, context=EXACT)


def _is_said(facts: DocumentFacts, figure: int) -> bool:
    spot = facts.spots[figure]
    return isinstance(spot, Span) and spot not in facts.labels


def _placed(left: LeftUnchanged, facts: DocumentFacts, figure: int) -> LeftUnchanged:
    """The same in the new version of the document."""
    spot = facts.spots[figure]
    return replace(
        left,
        where=where_of(facts, spot),
        printed=figure_text(facts, figure),
        notation=notation_in(facts, spot),
    )
