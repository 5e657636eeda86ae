"""What the proofs of findings say of an edit: which it broke, and which figures it forgot."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.model.comparison import Change, Dependence, Edit, LeftUnchanged
from unbudget_check.model.number import EXACT, total_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from unbudget_check.model.finding import Finding, Proof

    Moved = Mapping[str, Change]


def broken_by(edit: Edit, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with a sum that held to the last digit before the edit, and does not now.

    That it held, and that it was the edit which broke it, is more than the figures of one version
    can say: such a finding is as grave and as sure as its rule.
    """
    moved = _by_address(edit)
    for finding in findings:
        if any(_held_before(moved, proof) for proof in finding.relations):
            yield finding


def left_in_proofs(edit: Edit, findings: Iterable[Finding]) -> Iterator[LeftUnchanged]:
    """The stated figures that stayed as they were, though what they are made of is other now."""
    moved = _by_address(edit)
    for finding in findings:
        for proof in finding.relations:
            if (proof.where.address or "") in moved or not _held_before(moved, proof):
                continue
            parts = [moved.get(part.where.address or "") for part in proof.parts]
            yield LeftUnchanged(
                Dependence.TOTAL,
                proof.where,
                "",
                proof.stated,
                proof.computed,
                tuple(each for each in parts if each is not None),
                proof.code,
                finding.severity,
                finding.notation,
            )


def _by_address(edit: Edit) -> Moved:
    """The changes by their addresses; several at one address cannot be told apart."""
    counts = Counter(each.where.address for each in edit.changes)
    return {
        each.where.address: each
        for each in edit.changes
        if each.where.address and counts[each.where.address] == 1
    }


def _held_before(moved: Moved, proof: Proof) -> bool:
    if proof.residual is None:
        return False
    stated = moved.get(proof.where.address or "")
    terms = [] if stated is None else [(stated, 1)]
    for part in proof.parts:
        change = moved.get(part.where.address or "")
        if change is not None:
            terms.append((change, -part.coefficient))
    differences = [_times(change.difference, count) for change, count in terms]
    known = [each for each in differences if each is not None]
    return bool(known) and len(known) == len(terms) and total_of(known) == proof.residual


def _times(difference: Decimal | None, count: int) -> Decimal | None:
    return None if difference is None else EXACT.multiply(difference, count)
