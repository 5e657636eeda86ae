"""Which corrections a report proves, and how they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.finding import Confidence, Localisation
from unbudget_check.notation.reprint import reprint
from unbudget_check.reporters.words import figure_of, meant_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding, Suspect
    from unbudget_check.notation.reprint import Reprint

# All cells of such a finding are wrong; of others nothing tells which one is.
NAMED = frozenset({Localisation.CELL, Localisation.CELLS})


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell or a piece of text, the figure that it prints, and the one that it should print.

    ``witness`` is the position, in the relations of the finding, of the first that names it.
    """

    suspect: Suspect
    stated: Decimal
    proposed: Decimal
    witness: int


def repairs_of(finding: Finding) -> tuple[Repair, ...]:
    """What is proved to be wrong and what it should be; nothing where any of it is in doubt.

    A repair is proved when no other figure can be to blame, no other value is left by rounding, and
    some relation names it; a finding without high confidence proves none.
    """
    if finding.confidence is not Confidence.HIGH or finding.localisation not in NAMED:
        return ()
    repairs = tuple(_proved(finding))
    return repairs if len(repairs) == len(finding.suspects) else ()


def _proved(finding: Finding) -> Iterator[Repair]:
    for suspect in finding.suspects:
        stated = _stated(suspect, finding)
        if stated is None or suspect.proposed is None or not suspect.witnesses:
            continue
        repair = Repair(suspect, stated, suspect.proposed, suspect.witnesses[0])
        is_unique = suspect.low == suspect.high or _is_computed(suspect, finding)
        if is_unique and _is_figure(repair, finding):
            yield repair


def _stated(suspect: Suspect, finding: Finding) -> Decimal | None:
    """The value that a cell prints, as the relations have it."""
    told: list[tuple[Where, Decimal | None]] = []
    for proof in finding.relations:
        told += [(proof.where, proof.stated), *((part.where, part.stated) for part in proof.parts)]
    own = (stated for where, stated in told if where == suspect.where)
    return next((each for each in own if each is not None), None)


def _is_computed(suspect: Suspect, finding: Finding) -> bool:
    """Whether a relation computes the proposed figure for the cell itself, as a percentage is."""
    witnesses = (finding.relations[at] for at in suspect.witnesses)
    return any(
        each.where == suspect.where and each.computed == suspect.proposed for each in witnesses
    )


def _is_figure(repair: Repair, finding: Finding) -> bool:
    """Whether another figure corrects the text; where words are wrong, none does."""
    text = repair.suspect.stated
    if repair.suspect.is_opposite:
        return False
    is_bare = not any(map(str.isalpha, text)) or repair.suspect.where.item is not None
    return is_bare or reprint_in(text, repair, finding) is not None


def reprint_in(text: str, repair: Repair, finding: Finding) -> Reprint | None:
    """What to print where in a text that holds the wrong figure."""
    return reprint(text, repair.stated, repair.proposed, finding.notation)


def printed_pair(repair: Repair, finding: Finding) -> tuple[str, str]:
    """What is printed, and what should be, both as the document prints it.

    Of a cell that lists several figures only the one in question is shown.
    """
    suspect = repair.suspect
    text = shown(suspect.stated)
    if suspect.where.item is None:
        put = reprint_in(text, repair, finding)
        if put is not None:
            return text, text[: put.start] + put.figure + text[put.end :]
    was = figure_of(repair.stated, finding.notation) if suspect.where.item else text
    return was, meant_of(suspect, finding.notation)
