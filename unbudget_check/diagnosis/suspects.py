"""What a report says of a suspect cell: the figure it should be, the slip, and the witnesses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.hints import usual_exponent
from unbudget_check.diagnosis.localisation.board import mends
from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.diagnosis.proofs import changed, figures_of_tie
from unbudget_check.evidence.slips import ANY_VALUE
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.finding import MISPLACED, Suspect
from unbudget_check.model.number import Number, decimal_of, from_scaled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from unbudget_check.diagnosis.localisation.repairs import Repair
    from unbudget_check.diagnosis.localisation.search import Cause, Suspicion
    from unbudget_check.diagnosis.proofs import Case

# Of several values that rounding leaves, the one that a slip explains is proposed when it is so
# much likelier than the next (thousandths of a natural logarithm: four times).
CLEAR = 1386
# And one of several figures is called the likeliest when it is that (twenty times).
LIKELIEST = 3000


def suspects_of(case: Case, cause: Cause, ties: Sequence[int]) -> tuple[Suspect, ...]:
    """The suspects of a cause; ``ties`` are the relations of its finding, as they are proved."""
    through: defaultdict[int, list[int]] = defaultdict(list)
    for at, tie in enumerate(ties):
        for figure in set(figures_of_tie(case, tie)):
            through[figure].append(at)
    return tuple(
        _suspect(case, each, [(at, ties[at]) for at in through[each.figure]], cause)
        for each in cause.suspects
    )


def _suspect(
    case: Case, suspicion: Suspicion, ties: Sequence[tuple[int, int]], cause: Cause
) -> Suspect:
    """One suspect, with the relations of its finding that its figure stands in."""
    figure = suspicion.figure
    spot = case.facts.spots[figure]
    repair = proposal(case, suspicion)
    low, high = _range(case, suspicion)
    return Suspect(
        where_of(case.facts, spot),
        text_of(case.facts, spot),
        decimal_of(_proposed(case, figure, repair)) if repair else None,
        MISPLACED if cause.misplaced else _slip(suspicion, repair),
        _witnesses(case, suspicion, repair, ties),
        low,
        high,
    )


def _proposed(case: Case, figure: int, repair: Repair) -> Number:
    """The figure that should be printed; it needs no digits that its column does not print."""
    number, exponent = changed(case, figure, repair.change), usual_exponent(case.facts, figure)
    fits = exponent > number.exponent and number.units % 10 ** (exponent - number.exponent) == 0
    return from_scaled(number.units, number.exponent, exponent) if fits else number


def _range(case: Case, suspicion: Suspicion) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest figure that all ties allow, as printed; None where there is no end."""
    if suspicion.is_open:
        return None, None
    changes = [repair.change for repair in suspicion.repairs] or suspicion.span
    low, high = (changed(case, suspicion.figure, end(changes)) for end in (min, max))
    return decimal_of(low), decimal_of(high)


def proposal(case: Case, suspicion: Suspicion) -> Repair | None:
    """The one value that the ties name, or that a slip picks out of their range; else None.

    A percentage is the quotient of what is printed, whatever else rounding would allow.
    """
    first, *others = suspicion.repairs or (None,)
    if first is None or not others or _is_percentage(case, suspicion.figure):
        return first
    clear = others[0].cost - first.cost >= CLEAR
    return first if clear and first.slip is not None and first.slip not in ANY_VALUE else None


def stands_out(cause: Cause) -> bool:
    """Whether the first of several suspects is clearly likelier than the next."""
    return cause.suspects[1].cost - cause.suspects[0].cost >= LIKELIEST


def _is_percentage(case: Case, figure: int) -> bool:
    return bool((case.judged.percentages.stated == figure).any())


def _slip(suspicion: Suspicion, repair: Repair | None) -> str | None:
    """The likeliest slip; it may be sure although the value that was meant is not: a dash."""
    if repair is not None:
        return repair.slip.value if repair.slip else None
    slips = {each.slip for each in suspicion.repairs}
    slip = slips.pop() if len(slips) == 1 else None
    return slip.value if slip else None


def _witnesses(
    case: Case, suspicion: Suspicion, repair: Repair | None, ties: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """The positions of the relations that hold once this figure, and nothing else, is right.

    A percentage that is to blame may be the quotient of corrected amounts.
    """
    figure, tried = suspicion.figure, (repair.change,) if repair else suspicion.span
    found = []
    for at, tie in ties:
        claim = case.claims.tie(tie)
        is_quotient = isinstance(claim, PercentClaim) and claim.figures[0] == figure
        if is_quotient or any(mends(case.judged.ties, tie, figure, change) for change in tried):
            found.append(at)
    return tuple(found)
