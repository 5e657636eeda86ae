"""The sentence about one finding, as an officer would say it, from the rule's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.diagnosis.proofs import changed, figures_of_tie, rule_of_tie, sum_of
from unbudget_check.diagnosis.suspects import stands_out
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.claims import NO_TABLE, PercentClaim
from unbudget_check.model.facts import CellKind, Spot
from unbudget_check.model.finding import Localisation
from unbudget_check.model.message import Message, saying
from unbudget_check.model.number import NIL, from_scaled, number_of, printed
from unbudget_check.model.prose import Span
from unbudget_check.rulebook.rule import message_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.diagnosis.localisation.search import Cause
    from unbudget_check.diagnosis.proofs import Case
    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Proof, Suspect
    from unbudget_check.model.message import Value
    from unbudget_check.model.number import Number

# Whether brackets are printed for minus, and whether the sign is missing -> what is said of it.
SIGNS = {
    (True, True): "sentences.brackets_missing",
    (True, False): "sentences.brackets_added",
    (False, True): "sentences.minus_missing",
    (False, False): "sentences.minus_added",
}
OPEN = "…"  # a range without an end
# Which sentence says that no figure could be named.
UNLOCALISED = {
    Localisation.NONE: "sentences.none",
    Localisation.GIVEN_UP: "sentences.given_up",
}
# Addends that a sentence prints; more are only counted.
SHOWN = 4
# One relation proves a figure; that several agree is worth saying.
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A cause with all that is to be said of it; ``ties`` are in the order of ``proofs``."""

    cause: Cause
    ties: Sequence[int]
    proofs: Sequence[Proof]
    suspects: Sequence[Suspect]
    changes: Mapping[int, int]


def tell(case: Case, about: ToldCause) -> Message:
    """What is wrong by the first tie, which figure is to blame, and what it should be."""
    cause, suspects = about.cause, about.suspects
    told = tell_relation(case, about.ties[0], about.proofs[0], about.changes)
    if cause.misplaced:
        return _misplaced(case, about, told)
    if cause.localisation is Localisation.CELLS:
        return _together(case, about, told)
    if cause.localisation is Localisation.CELL:
        return _named(case, about, told)
    if cause.localisation in UNLOCALISED:
        return saying(UNLOCALISED[cause.localisation], told=told)
    if suspects[1:] and suspects[0].slip and stands_out(cause):
        figure = cause.suspects[0].figure
        item = _item(case, figure, suspects[0], _table_told(case, about.ties[0]))
        return saying("sentences.likeliest", told=told, count=len(suspects), item=item)
    return told


def _together(case: Case, about: ToldCause, told: Message) -> Message:
    """The sentence on several cells that have one cause: a line, a copy, or a row left out."""
    table, left_out = _table_told(case, about.ties[0]), about.cause.left_out
    rest = zip(about.cause.suspects[1:], about.suspects[1:], strict=True)
    cells = tuple(_item(case, at.figure, replace(each, slip=None), table) for at, each in rest)
    if left_out < 0:
        return saying("sentences.together", told=told, cells=cells)
    row = where_of(case.facts, case.facts.spots[left_out]).row or ""
    return saying("sentences.left_out", told=told, cells=cells, row=row)


def _misplaced(case: Case, about: ToldCause, told: Message) -> Message:
    """The sentence on an amount of which one place has too much and the other too little."""
    table, scale = _table_told(case, about.ties[0]), case.judged.figures.scale
    stated = {figures_of_tie(case, tie)[0] for tie in about.ties}
    figures = [each.figure for each in about.cause.suspects]
    amount = from_scaled(about.cause.misplaced, scale, case.facts.numbers[figures[0]].exponent)
    places = []
    for figure, each in zip(figures, about.suspects, strict=True):
        place = said_place(each.where, table)
        if each.proposed is not None:
            place = _item(case, figure, replace(each, slip=None), table)
        elif figure in stated:
            place = saying("sentences.added_up", where=place)
        places.append(place)
    over, under = places
    said = printed(amount, case.notation)
    return saying("sentences.misplaced", told=told, amount=said, over=over, under=under)


def tell_rounded(case: Case, tie: int, proof: Proof) -> Message:
    """The sentence about a relation that holds by rounding only, or only as a workbook keeps it."""
    as_stored = tie in case.judged.as_stored
    name = "sentences.as_stored" if as_stored else "sentences.rounded"
    return saying(name, told=tell_relation(case, tie, proof, {}))


def _named(case: Case, about: ToldCause, told: Message) -> Message:
    """The sentence that names one figure, and the relations that agree on it."""
    ties, suspect = about.ties, about.suspects[0]
    figure = about.cause.suspects[0].figure
    spot = case.facts.spots[figure]
    meant = _meant(case, suspect)
    if figures_of_tie(case, ties[0])[0] != figure:
        stated = placed(case, spot, case.facts.numbers[figure])["stated"]
        place = said_place(suspect.where, _table_told(case, ties[0]))
        told = saying("sentences.named", told=told, where=place, stated=stated, meant=meant)
    elif suspect.slip or len(suspect.witnesses) >= SEVERAL:
        told = saying("sentences.should", told=told, meant=meant)
    if len(suspect.witnesses) >= SEVERAL:
        named = [_witness(case, ties[at], figure) for at in suspect.witnesses]
        witnesses = tuple(dict.fromkeys(named))
        told = saying("sentences.agree", told=told, count=len(named), witnesses=witnesses)
    return told


def _meant(case: Case, suspect: Suspect) -> str | Message:
    """What a suspect should be: a figure or a range, with the slip."""
    figure: str | Message
    # In running text a word, not a bracket, gives a figure its sign.
    if suspect.is_opposite:
        return saying("sentences.opposite")
    if suspect.proposed is not None:
        figure = _signed(case, suspect.proposed) if suspect.proposed else NIL
    elif suspect.low is None or suspect.high is None:
        figure = OPEN
    else:
        low, high = _signed(case, suspect.low), _signed(case, suspect.high)
        figure = saying("suspects.range", low=low, high=high)
    if not suspect.slip:
        return figure
    slip = saying(f"slips.{suspect.slip}")
    if suspect.slip == Slip.SIGN and suspect.proposed is not None:
        slip = saying(SIGNS[case.notation.minus == "(", suspect.proposed < 0])
    return saying("sentences.slip", figure=figure, slip=slip)


def _item(case: Case, figure: int, suspect: Suspect, told: str) -> Message:
    """A suspect figure in half a sentence; ``told`` is the table that has been named."""
    place = said_place(suspect.where, told)
    stated = placed(case, case.facts.spots[figure], case.facts.numbers[figure])["stated"]
    return saying("sentences.item", where=place, stated=stated, meant=_meant(case, suspect))


def _table_told(case: Case, tie: int) -> str:
    """The table of the figure that a tie states."""
    return table_of(where_of(case.facts, case.facts.spots[figures_of_tie(case, tie)[0]]))


def table_of(where: Where) -> str:
    """Number and part of a table, as they are cited."""
    return " ".join(filter(None, (where.table, where.part)))


def said_place(where: Where, told: str = "") -> str | Message:
    """A place in a sentence: row and column, their table or chart, or a paragraph.

    ``told`` is the table that has been named already.
    """
    table = table_of(where)
    kind, name = ("table", table) if table else ("figure", where.figure or "")
    if not (where.row or where.column or name):
        name = " ".join(filter(None, (where.paragraph, where.item)))
        return saying("places.paragraph", name=name) if name else saying("sentences.text")
    named = saying(f"places.{kind}", name=name) if name and name != told else ""
    row = ", ".join(filter(None, (where.row, where.item)))
    steps = [step for step in (named, row, where.column) if step]
    if not steps:
        return saying("sentences.text")
    return reduce(lambda one, other: saying("sentences.cell", row=one, column=other), steps)


def _witness(case: Case, tie: int, figure: int) -> str | Message:
    """Where a relation that agrees is to be seen: along the row, down the column, elsewhere."""
    spots = [case.facts.spots[each] for each in figures_of_tie(case, tie)]
    own, where = case.facts.spots[figure], where_of(case.facts, spots[0])
    if isinstance(case.claims.tie(tie), PercentClaim):
        return saying("sentences.percentage", name=where.row) if where.row else said_place(where)
    elsewhere = [spot for spot in spots if _table_at(spot) != _table_at(own)]
    if elsewhere or isinstance(own, Span):
        where = where_of(case.facts, (elsewhere or spots)[0])
        if where.table is None:
            return said_place(where)
        return saying("places.table", name=table_of(where))
    cells = [spot for spot in spots if isinstance(spot, Spot)]
    # Of several sums along one line, the total tells which is meant.
    if all(spot.column == own.column for spot in cells):
        kind, name, total = "column", where.column, where.row
        is_own = cells[0].row == own.row
    else:
        kind, name, total = "row", where.row, where.column
        is_own = cells[0].column == own.column
    named = name or ""
    return saying(f"places.{kind}", name=named if is_own else f"{named} ({total or ''})")


def _table_at(spot: Spot | Span) -> int:
    return NO_TABLE if isinstance(spot, Span) else spot.table


def tell_relation(case: Case, tie: int, proof: Proof, changes: Mapping[int, int]) -> Message:
    """The rule's sentence about one relation or percentage; ``changes`` are known corrections."""
    facts, rule = case.facts, rule_of_tie(case, tie)
    claim = case.claims.tie(tie)
    figures = claim.figures
    if isinstance(claim, PercentClaim):
        parts = " / ".join(_corrected(case, each, changes) for each in figures[1:])
    else:
        addends = sum_of(case, tie).parts
        parts = _addends([(_as_printed(case, figure), sign) for figure, sign in addends])
    return message_of(
        rule,
        facts.language,
        where_of(facts, facts.spots[figures[0]]),
        **placed(case, facts.spots[figures[0]], facts.numbers[figures[0]]),
        computed=_signed(case, proof.computed),
        residual=_signed(case, proof.residual),
        allowance=_signed(case, proof.allowance),
        count=str(len(figures) - 1),
        parts=parts,
        other=said_place(where_of(facts, facts.spots[figures[1]])),
    )


def placed(case: Case, spot: Spot | Span, number: Number | None = None) -> dict[str, Value]:
    """The words for the place of a cell or a piece of text, and what is printed there."""
    where = where_of(case.facts, spot)
    text = text_of(case.facts, spot)
    if isinstance(spot, Span):
        place = said_place(where)
        return {"where": place, "row": place, "stated": text, "text": text}
    table = table_of(where)
    row = ", ".join(filter(None, (where.row, where.item)))
    return {
        "row": row,
        "column": where.column or "",
        "table": table,
        "where": said_place(where),
        "stated": printed(number, case.notation) if where.item and number is not None else text,
        "text": text,
    }


def _signed(case: Case, amount: Decimal | None) -> str:
    return printed(number_of(amount), case.notation) if amount is not None else ""


def _as_printed(case: Case, figure: int) -> str:
    """A figure in a sentence; nil stays the dash that the table prints."""
    spot = case.facts.spots[figure]
    if isinstance(spot, Span):
        return printed(case.facts.numbers[figure], case.notation)
    numeral = case.facts.tables[spot.table].numerals[spot.row][spot.column]
    if numeral.reading is CellKind.NIL:
        return text_of(case.facts, spot)
    return printed(case.facts.numbers[figure], case.notation)


def _corrected(case: Case, figure: int, changes: Mapping[int, int]) -> str:
    """A figure as it should be, where that is known."""
    if figure in changes:
        return printed(changed(case, figure, changes[figure]), case.notation)
    return _as_printed(case, figure)


def _addends(parts: Sequence[tuple[str, int]]) -> str:
    """The addends as an officer writes them: 12.0 + 3.5 - 0.5, shortened where there are many."""
    # Of a sentence, a decrease has its minus: less -3.5 is 3.5 more.
    parts = [
        (figure[1:], -sign) if sign < 0 and figure.startswith("-") else (figure, sign)
        for figure, sign in parts
    ]
    shown = parts if len(parts) <= SHOWN else parts[: SHOWN - 1]
    told = " ".join(
        f"{'-' if sign < 0 else '+'} {'' if abs(sign) == 1 else f'{abs(sign)} x '}{figure}"
        for figure, sign in shown
    ).removeprefix("+ ")
    return told if len(shown) == len(parts) else f"{told} + ... ({len(parts)})"
