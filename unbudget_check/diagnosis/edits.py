"""Two versions of a document compared figure by figure, and what of the edit was forgotten."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.diagnosis.proofs import difference
from unbudget_check.messages.telling import unchecked
from unbudget_check.model.facts import Spot
from unbudget_check.model.message import saying
from unbudget_check.model.number import EXACT, comparable, total_of
from unbudget_check.model.report import Change, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Where
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.report import Unchecked

# So many changed figures are listed; the others are counted.
LISTED = 20
_Key = tuple[str, ...]


def edit_between(before: DocumentFacts, now: DocumentFacts) -> Edit:
    """What changed in the tables: figures are the same by table, row and column, not by place.

    Of several figures that are called alike the first is compared with the first.
    """
    old, new = _figures(before), _figures(now)
    changes: dict[str, Change] = {}
    added = removed = 0
    for key, figures in new.items():
        known = old.get(key, [])
        added += max(len(figures) - len(known), 0)
        for figure, other in zip(figures, known, strict=False):
            numbers = now.numbers[figure], before.numbers[other]
            if comparable(numbers[0]) != comparable(numbers[1]):
                where = where_of(now, now.spots[figure])
                texts = text_of(before, before.spots[other]), text_of(now, now.spots[figure])
                changed = difference(*numbers)
                changes[where.address or where.cell or ""] = Change(where, *texts, changed)
    for key, known in old.items():
        removed += max(len(known) - len(new.get(key, [])), 0)
    return Edit(changes, len(changes), added, removed)


def _figures(facts: DocumentFacts) -> dict[_Key, list[int]]:
    """The figures of the tables under what they are called."""
    found: dict[_Key, list[int]] = defaultdict(list)
    for figure, spot in enumerate(facts.spots):
        if not isinstance(spot, Spot):
            continue
        where, table = where_of(facts, spot), facts.tables[spot.table]
        sheet = table.address.rpartition("!")[0]
        name = where.table or table.title or sheet
        steps = (name, where.part, where.row, where.column, where.item)
        found[tuple(step or "" for step in steps)].append(figure)
    return found


def told_edit(
    edit: Edit, old: str, document: Where, findings: Sequence[Finding]
) -> Iterator[Unchecked]:
    """What is to be said of an edit; ``findings`` are those that it made."""
    counts = saying(
        "edit-counts", old=old, changed=edit.changed, added=edit.added, removed=edit.removed
    )
    yield unchecked(document, counts)
    for finding in findings:
        for proof in finding.relations:
            yield from _forgotten(edit, old, proof)
    for change in list(edit.changes.values())[:LISTED]:
        told = saying("edit-changed", before=change.before or "–", now=change.now or "–")
        yield unchecked(change.where, told)


def broken_by(edit: Edit, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings with a sum that held to the last digit before the edit, and does not now.

    That it held, and that it was the edit which broke it, is more than the figures of one version
    can say: such a finding is as grave and as sure as its rule.
    """
    for finding in findings:
        if any(_held_before(edit, proof) for proof in finding.relations):
            yield finding


def _held_before(edit: Edit, proof: Proof) -> bool:
    if proof.residual is None:
        return False
    stated = edit.changes.get(proof.where.address or "")
    moved = [] if stated is None else [stated.difference]
    for part in proof.parts:
        change = edit.changes.get(part.where.address or "")
        if change is not None:
            moved.append(EXACT.multiply(change.difference, -part.coefficient))
    return bool(moved) and total_of(moved) == proof.residual


def _forgotten(edit: Edit, old: str, proof: Proof) -> Iterator[Unchecked]:
    """A stated figure that stayed as it was, though what it is made of changed."""
    if (proof.where.address or "") in edit.changes:
        return
    parts = [edit.changes.get(part.where.address or "") for part in proof.parts]
    for change in [each for each in parts if each is not None][:1]:
        place = ", ".join(filter(None, (change.where.row, change.where.column)))
        told = saying("edit-forgotten", part=place, before=change.before, now=change.now, old=old)
        yield unchecked(proof.where, told)
