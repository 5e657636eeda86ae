"""Findings: each root cause, remark and rounded sum under its rule, with place and proof."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.diagnosis.causes import (
    Explained,
    causes_of,
    changes_of,
    explained,
    is_corrected,
    unexplained,
)
from unbudget_check.diagnosis.places import excerpt_of, quote_of, text_of, where_of
from unbudget_check.diagnosis.proofs import (
    Case,
    changed,
    difference,
    figures_of_tie,
    proof_of,
    rule_of_tie,
)
from unbudget_check.diagnosis.sentences import ToldCause, placed, tell, tell_rounded
from unbudget_check.diagnosis.suspects import suspects_of
from unbudget_check.evidence.slips import slip_between
from unbudget_check.evidence.weight import confidence_of
from unbudget_check.messages import ENGLISH
from unbudget_check.messages.telling import spoken, spoken_in
from unbudget_check.model.claims import CERTAIN, PercentClaim, Relation
from unbudget_check.model.document import Where
from unbudget_check.model.facts import Spot, Standing
from unbudget_check.model.finding import (
    CONFIDENCES,
    SEVERITIES,
    Confidence,
    Finding,
    Localisation,
    Severity,
    Suspect,
)
from unbudget_check.model.message import Message
from unbudget_check.model.number import Number, decimal_of, number_of, printed, scaled
from unbudget_check.model.outcome import Verdict
from unbudget_check.model.prose import Span
from unbudget_check.notation.printed_style import notation_in
from unbudget_check.rulebook.rule import message_of, rule_text, rule_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.diagnosis.localisation.search import Cause
    from unbudget_check.model.claims import Remark
    from unbudget_check.model.facts import DocumentFacts, Settled
    from unbudget_check.model.faults import Faults
    from unbudget_check.model.finding import Excerpt, Proof
    from unbudget_check.rulebook.rule import Rule


Place = tuple[int, int, int, int, int]
# What joins two neighbours of a list has no more characters: " and ", ", ", " to ".
JOINT_CHARS = 6


def place_in(facts: DocumentFacts, spot: Spot | Span) -> Place:
    """Where something stands in reading order: text comes after the tables that precede it."""
    if isinstance(spot, Span):
        passage = facts.prose.passages[spot.passage]
        return passage.follows - 1, 1, spot.passage, spot.start, spot.end
    return spot.table, 0, spot.row, spot.column, spot.item


def excerpt_at(
    facts: DocumentFacts, spot: Spot | Span, parts: Sequence[tuple[Spot | Span, int]] = ()
) -> Excerpt | None:
    """The piece of the table around a cell; running text is quoted instead."""
    return None if isinstance(spot, Span) else excerpt_of(facts, spot, parts)


def finding_under(case: Case, rule: Rule, spot: Spot | Span) -> Finding:
    """A finding about one place, with all that its rule says of it and nothing of its figures."""
    facts = case.facts
    return replace(
        _bare(case, rule, spot),
        excerpt=excerpt_at(facts, spot),
        quote=quote_of(facts, spot) if isinstance(spot, Span) else None,
        advice=rule_text(rule, "fix", facts.language),
        notation=notation_in(facts, spot),
    )


def titled_finding(case: Case, rule: Rule, spot: Spot | Span) -> tuple[Place, Finding]:
    """A finding of which nothing is said but its place and the title of its rule."""
    title = Message(f"title.{rule.code}", wording=rule_texts(rule, "title"))
    bare = replace(_bare(case, rule, spot), confidence=Confidence.LOW)
    return place_in(case.facts, spot), spoken(bare, case.facts.language, title)


def _bare(case: Case, rule: Rule, spot: Spot | Span) -> Finding:
    """A finding with its rule and place alone."""
    facts = case.facts
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        facts.path,
        where_of(facts, spot),
        text_of(facts, spot),
        stated=None,
        computed=None,
        residual=None,
        allowance=None,
        message="",
    )


def both_told(first: Finding, second: Finding) -> Finding:
    """The first finding with the messages of both, one behind the other, in each language."""
    return spoken(first, spoken_in(first, ENGLISH), *first.told, *second.told)


def remark_finding(
    case: Case, remark: Remark, changes: Mapping[int, int], by: Explained
) -> tuple[Place, Finding]:
    """The finding about one remark, and where it stands; ``by`` are the ties that it explains.

    What the figures around a cell prove it to be (``changes``) goes before what its digits suggest.
    """
    rule = case.rules[remark.rule]
    finding = finding_under(case, rule, remark.at)
    if remark.stated:
        heading = replace(finding.where, row=None)
        finding = replace(finding, where=heading, stated_text=remark.stated)
    number = remark.computed
    if isinstance(remark.at, Spot) and number is not None:
        figure = case.facts.tables[remark.at.table].grid[remark.at.row][remark.at.column]
        number = changed(case, figure, changes[figure]) if figure in changes else number
    computed = decimal_of(number) if number is not None else None
    meant = printed(number, finding.notation) if number is not None else remark.text
    said = placed(replace(case, notation=finding.notation), remark.at)
    if remark.stated:
        said["stated"] = remark.stated
    said |= {"computed": meant, "count": remark.text, "other": remark.other}
    language, place = case.facts.language, where_of(case.facts, remark.at)
    return place_in(case.facts, remark.at), replace(
        spoken(finding, language, message_of(rule, language, place, **said)),
        computed=computed,
        relations=_proofs(case, remark.reading) + tuple(proof_of(case, tie, {}) for tie in by.ties),
        excerpt=excerpt_at(case.facts, remark.at, remark.parts)
        if remark.parts
        else finding.excerpt,
        suspects=tuple(_others(case, [by.instead]))
        if by.instead
        else (
            Suspect(finding.where, finding.stated_text, computed),
            *_others(case, remark.instead),
        ),
        localisation=Localisation.CELL
        if by.instead
        else Localisation.ALTERNATIVES
        if remark.instead
        else finding.localisation,
    )


def _others(case: Case, instead: Iterable[tuple[int, Number]]) -> list[Suspect]:
    """The figures that may be wrong in place of the one that is remarked on, likely slips first."""
    found = []
    for figure, meant in instead:
        stated, spot = case.facts.numbers[figure], case.facts.spots[figure]
        finest = min(stated.exponent, meant.exponent)
        slip = slip_between(scaled(stated, finest), scaled(meant, finest))
        where, text = where_of(case.facts, spot), text_of(case.facts, spot)
        found.append(Suspect(where, text, decimal_of(meant), slip.value if slip else None))
    return sorted(found, key=lambda suspect: suspect.slip is None)


def _proofs(case: Case, reading: int) -> tuple[Proof, ...]:
    """What is written under a reading that proves a remark."""
    if reading == CERTAIN:
        return ()
    kept = enumerate(case.claims.kept)
    return tuple(proof_of(case, at, {}) for at, tie in kept if tie.reading == reading)


def rounded_finding(case: Case, tie: int) -> tuple[Place, Finding]:
    """A note on a sum that misses by what rounding explains, and where it stands."""
    figures = figures_of_tie(case, tie)
    spot, proof = case.facts.spots[figures[0]], proof_of(case, tie, {})
    rule = rule_of_tie(case, tie)
    finding = finding_under(case, rule, spot)
    told = replace(case, notation=finding.notation)
    parts = [
        (case.facts.spots[figure], -coefficient)
        for figure, coefficient in case.judged.relations.terms(tie)
        if figure != figures[0]
    ]
    return place_in(case.facts, spot), replace(
        spoken(finding, case.facts.language, tell_rounded(told, tie, proof)),
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        stated=decimal_of(case.facts.numbers[figures[0]]),
        computed=proof.computed,
        residual=proof.residual,
        allowance=proof.allowance,
        relations=(proof,),
        excerpt=excerpt_at(case.facts, spot, parts),
        localisation=Localisation.NONE,
        advice="",
    )


def find(case: Case, faults: Faults, *, rounded: bool = False) -> tuple[Finding, ...]:
    """All findings of a document, in reading order; what concerns one cell is one finding.

    ``rounded`` adds a note on each sum that holds by rounding only; those that hold between the
    numbers that a workbook keeps, and not between those that it shows, have one always. A finding
    that this program fails to tell is reported by the title of its rule alone.
    """
    proofs = faults.guarded(lambda: explained(case), dict[int, Explained])
    proved = {tie for each in proofs.values() for tie in each.ties}
    causes = faults.guarded(lambda: causes_of(case, proved), lambda: unexplained(case))
    changes = changes_of(causes)
    told: list[tuple[int, Callable[[], tuple[Place, Finding]]]] = [
        (cause.ties[0], partial(_finding, case, cause, changes)) for cause in causes
    ]
    held = list(case.judged.as_stored)
    if rounded:
        held = np.flatnonzero(case.judged.verdicts == Verdict.DRIFT).tolist()
    told += [(tie, partial(rounded_finding, case, tie)) for tie in held]
    found: list[tuple[Place, Finding]] = []
    for tie, tell_it in told:
        rule, figure = rule_of_tie(case, tie), figures_of_tie(case, tie)[0]
        found += _guarded(case, faults, rule, case.facts.spots[figure], tell_it)
    meant = {figure: changed(case, figure, change) for figure, change in changes.items()}
    broken = {each for cause in causes for tie in cause.ties for each in figures_of_tie(case, tie)}
    for at, remark in enumerate(case.claims.remarks):
        if not broken.isdisjoint(remark.unless) or is_corrected(case, remark, meant):
            continue
        by = proofs.get(at, Explained())
        meant |= [by.instead] if by.instead else []
        tell_it = partial(_remark, case, remark, changes, by)
        found += _guarded(case, faults, case.rules[remark.rule], remark.at, tell_it)
    return tuple(_fold(sorted(found, key=lambda pair: pair[0])))


def _remark(
    case: Case, remark: Remark, changes: Mapping[int, int], by: Explained
) -> tuple[Place, Finding]:
    """The finding about a remark, as grave as the ties that it explains."""
    place, finding = remark_finding(case, remark, changes, by)
    graver = [_severity(case, rule_of_tie(case, tie), [tie]) for tie in by.ties]
    severity = max((finding.severity, *graver), key=SEVERITIES.index)
    return place, replace(finding, severity=severity)


def _guarded(
    case: Case,
    faults: Faults,
    rule: Rule,
    at: Spot | Span,
    tell_it: Callable[[], tuple[Place, Finding]],
) -> Sequence[tuple[Place, Finding]]:
    """A finding, or its place and the title of its rule where telling more fails, or nothing."""
    table = case.facts.tables[at.table] if isinstance(at, Spot) else None
    where = Where(case.facts.path, table.number, table.part) if table else Where(case.facts.path)

    def plain() -> Sequence[tuple[Place, Finding]]:
        return faults.guarded(lambda: [titled_finding(case, rule, at)], list, where=where)

    return faults.guarded(
        lambda: [tell_it()], plain, "internal-fault-finding", where, rule=rule.code
    )


def _fold(found: Sequence[tuple[Place, Finding]]) -> Iterator[Finding]:
    """One finding a cell: the graver one, with the figure that the sums name and all proofs.

    Findings that each leave several cells to choose from stay apart.
    """
    kept: list[tuple[Place, Finding]] = []
    for place, finding in found:
        last = kept[-1] if kept else None
        if last and last[0] == place and _is_one_cell(last[1]) and _is_one_cell(finding):
            kept[-1] = place, _joined(last[1], finding)
        elif last and _is_one_list(last[1], finding):
            kept[-1] = place, _listed(last[1], finding)
        else:
            kept.append((place, finding))
    return (finding for _, finding in kept)


def _is_one_list(one: Finding, other: Finding) -> bool:
    """Whether two remarks of a rule are about neighbours in one list: tables 8 and 9."""
    first, second = one.quote, other.quote
    if first is None or second is None or one.relations or other.relations:
        return False
    if (one.code, first.text) != (other.code, second.text) or first.end > second.start:
        return False
    between = first.text[first.end : second.start]
    # A word of its own, such as figure, begins another list.
    is_bare = second.text[second.start : second.start + 1].isdecimal()
    return is_bare and len(between) <= JOINT_CHARS and not any(map(str.isdecimal, between))


def _listed(one: Finding, other: Finding) -> Finding:
    """Two remarks on one list as one, about the whole piece of it."""
    first, second = one.quote, other.quote
    assert first is not None  # noqa: S101  both are quoted
    assert second is not None  # noqa: S101
    piece = first.text[first.start : second.end]
    return replace(
        both_told(one, other),
        stated_text=" ".join(piece.split()),
        quote=replace(first, end=second.end),
        suspects=(*one.suspects, *other.suspects),
        localisation=Localisation.CELLS,
        computed=None,
    )


def _is_one_cell(finding: Finding) -> bool:
    return finding.localisation is Localisation.CELL or not finding.relations


def _joined(one: Finding, other: Finding) -> Finding:
    """Two findings about one cell as one; among equals, what is written wrongly comes first."""
    first, second = sorted(
        (one, other),
        key=lambda each: (-SEVERITIES.index(each.severity), bool(each.relations)),
    )
    proved = second if second.relations and not first.relations else first
    return replace(
        both_told(first, second),
        stated=proved.stated,
        computed=proved.computed,
        residual=proved.residual,
        allowance=proved.allowance,
        relations=(*first.relations, *second.relations),
        suspects=proved.suspects,
        excerpt=proved.excerpt,
        localisation=proved.localisation,
    )


def _finding(case: Case, cause: Cause, changes: Mapping[int, int]) -> tuple[Place, Finding]:
    """The finding about one root cause; its proofs are the ties that it breaks."""
    facts = case.facts
    ties = sorted(cause.ties, key=lambda tie: _telling(case, cause, tie))
    # A percentage is reported with corrected amounts, unless it is the proof that these are wrong.
    others = dict(changes)
    if cause.localisation is Localisation.CELL:
        others.pop(cause.suspects[0].figure, None)
    proofs = tuple(proof_of(case, tie, others) for tie in ties)
    suspects = suspects_of(case, cause, ties)
    rule, figure = rule_of_tie(case, ties[0]), _told_figure(case, cause, ties[0])
    computed = _computed(case, cause, ties[0], proofs[0].computed)
    spot, number = facts.spots[figure], facts.numbers[figure]
    about = ToldCause(cause, ties, proofs, suspects, others)
    finding = finding_under(case, rule, spot)
    told = tell(replace(case, notation=finding.notation), about)
    finding = replace(
        spoken(finding, facts.language, told),
        severity=_severity(case, rule, ties),
        confidence=_confidence(case, rule, ties),
        stated=decimal_of(number),
        computed=computed,
        residual=difference(number, number_of(computed)) if computed is not None else None,
        allowance=proofs[0].allowance,
        relations=proofs,
        suspects=suspects,
        excerpt=excerpt_at(facts, spot, _parts(case, ties[0], figure)),
        localisation=cause.localisation,
    )
    return place_in(facts, spot), finding


def _told_figure(case: Case, cause: Cause, tie: int) -> int:
    """The figure under which a cause is reported: the one to blame, or the one a tie states."""
    if cause.misplaced or cause.localisation in {Localisation.CELL, Localisation.CELLS}:
        return cause.suspects[0].figure
    return figures_of_tie(case, tie)[0]


def _telling(case: Case, cause: Cause, tie: int) -> tuple[bool, bool, bool, bool, int, int]:
    """Which tie is told first: one that by itself names the correction and states the suspect."""
    judged, claim = case.judged, case.claims.tie(tie)
    figure = _told_figure(case, cause, tie)
    is_other, is_elsewhere = figure not in claim.figures, claim.figures[0] != figure
    if isinstance(claim, PercentClaim):
        return True, is_other, False, is_elsewhere, 0, tie
    change = next((s.change for s in cause.suspects if s.figure == figure), 0)
    residual = int(judged.judgement.residuals[tie])
    names_it = any(f == figure and c * change == -residual for f, c in claim.terms)
    return False, is_other, not names_it, is_elsewhere, -int(judged.verdicts[tie]), tie


def _computed(case: Case, cause: Cause, tie: int, proved: Decimal | None) -> Decimal | None:
    """The told figure recalculated from the first tie alone, or as it should be.

    None where it may be as large as one likes.
    """
    figure, claim = _told_figure(case, cause, tie), case.claims.tie(tie)
    if figure == claim.figures[0]:
        return proved
    if isinstance(claim, Relation):
        coefficient = dict(claim.terms).get(figure, 0)
        residual = int(case.judged.judgement.residuals[tie])
        if coefficient and residual % coefficient == 0:
            return decimal_of(changed(case, figure, -residual // coefficient))
    suspicion = cause.suspects[0]
    return None if suspicion.is_open else decimal_of(changed(case, figure, suspicion.change))


def _parts(case: Case, tie: int, figure: int) -> list[tuple[Spot | Span, int]]:
    """The other figures of a tie, with the sign by which they enter the told figure, or 0."""
    spots, claim = case.facts.spots, case.claims.tie(tie)
    if isinstance(claim, PercentClaim):
        return [(spots[f], 0) for f in claim.figures if f != figure]
    terms = dict(claim.terms)
    own = terms.pop(figure, 1)
    return [(spots[f], -c if own > 0 else c) for f, c in terms.items()]


def _severity(case: Case, rule: Rule, ties: Sequence[int]) -> Severity:
    """The rule's severity; a warning where rounding might explain it, a note while undecided."""
    settled = [_settled(case, tie) for tie in ties]
    if all(found is not None and found.standing is Standing.UNDECIDED for found in settled):
        return Severity.NOTE
    if _is_impossible(case, ties) or rule.severity is not Severity.ERROR:
        return rule.severity
    return Severity.WARNING


def _settled(case: Case, tie: int) -> Settled | None:
    """The reading under which a tie was written, or None for a certain one."""
    claim = case.claims.tie(tie)
    return None if claim.reading == CERTAIN else case.claims.settled[claim.reading]


def _is_impossible(case: Case, ties: Sequence[int]) -> bool:
    """Whether no rounding at all explains some of these ties; percentages are told only then."""
    return any(
        isinstance(case.claims.tie(tie), PercentClaim)
        or case.judged.verdicts[tie] == Verdict.IMPOSSIBLE
        for tie in ties
    )


def _confidence(case: Case, rule: Rule, ties: Sequence[int]) -> Confidence:
    """The best that the reading of any tie bears, one step lower for each reason to doubt."""
    spots = (case.facts.spots[figure] for tie in ties for figure in figures_of_tie(case, tie))
    tables = {spot.table for spot in spots if isinstance(spot, Spot)}
    doubts = int(any(case.facts.tables[table].doubt for table in tables))
    doubts += not _is_impossible(case, ties)
    level = max(_level(case, rule, tie) for tie in ties)
    return CONFIDENCES[max(level - doubts, 0)]


def _level(case: Case, rule: Rule, tie: int) -> int:
    """The confidence that one tie bears, as a position in CONFIDENCES."""
    settled = _settled(case, tie)
    if settled is not None:
        return CONFIDENCES.index(confidence_of(settled))
    claim = case.claims.tie(tie)
    doubted = isinstance(claim, Relation) and bool(claim.doubt)
    return CONFIDENCES.index(rule.confidence) - doubted
