"""The formulas of a workbook: each is a tie that must hold, and may be wrong as it is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.checks.formula_cells import FormulaCells, formula_cells
from unbudget_check.checks.formula_defects import STALE, defects_of
from unbudget_check.checks.places import place_of
from unbudget_check.evidence.settle import trial_of
from unbudget_check.model.claims import NO_TABLE, Computed, Skipped, Tied
from unbudget_check.model.facts import Spot
from unbudget_check.model.number import total_of
from unbudget_check.model.relations import TieKind
from unbudget_check.model.saying import saying
from unbudget_check.worksheet.evaluate import NOISE, NotEvaluatedError
from unbudget_check.worksheet.linear import kind_of

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.claims import Claims, Remark
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.worksheet.evaluate import Address

OTHERWISE, AVERAGE, ROUNDED = "formula-otherwise", "average", "shown-rounded"
# A remark names so many cells before it says that there are more.
NAMED = 5
# Ties of more cells, or more terms in all, are evaluated but not written out.
LONGEST_TIE, MOST_TERMS = 2_000, 500_000
_ADDED = frozenset({TieKind.SUM, TieKind.DIFFERENCE})


def check_worksheet(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each formula with the defect that the rule names.

    With the results that are out of date come the ties that all other formulas are.
    """
    if not facts.worksheets:
        return
    defect = rule.parameters["defect"]
    if defect == STALE:
        _write_ties(formula_cells(facts), number, claims)
    claims.remarks += [
        replace(remark, rule=number) for name, remark in _defects(facts, claims) if name == defect
    ]


def _defects(facts: DocumentFacts, claims: Claims) -> tuple[tuple[str, Remark], ...]:
    """All defects of the workbook, looked for once."""
    if claims.defects is None:
        claims.defects = defects_of(formula_cells(facts))
    return claims.defects


def _write_ties(cells: FormulaCells, number: int, claims: Claims) -> None:
    """Write each formula that holds as a tie, and list those that nobody can evaluate here."""
    unknown: defaultdict[str, list[Address]] = defaultdict(list)
    terms = 0
    for cell in cells.found.formulas():
        if cells.agrees(cell) is None and not cells.found.is_open(cell):
            unknown[_obstacle(cells, cell)].append(cell)
        figure = cells.figures.get(cell)
        if figure is None or not cells.agrees(cell):
            continue
        tie = _tie(cells, cell) if terms < MOST_TERMS else None
        if tie is not None and cells.shift(figure) is not None:
            terms += len(tie)
            claims.ties.append(_tied(cells, cell, tie, number))
        else:
            found = kind_of(cells.found, cell)
            parts = found[1] if found else cells.taken_by(cell)
            known = tuple(cells.figures[each] for each in parts if each in cells.figures)
            is_whole = found is not None and len(known) == len(parts)
            kind = found[0] if found is not None and is_whole else None
            claims.computed.append(Computed(figure, known, kind))
    for name, places in unknown.items():
        shown = ", ".join(cells.address(cell) for cell in places[:NAMED])
        more = ", ..." if len(places) > NAMED else ""
        told = saying("not-evaluated", count=len(places), names=name, cells=shown + more)
        claims.unevaluated.append((cells.address(places[0]), told))


def _obstacle(cells: FormulaCells, cell: Address) -> str:
    """The function, or the reference, that is not evaluated."""
    try:
        cells.found.evaluate(cell)
    except NotEvaluatedError as error:
        return str(error)
    return ""


def _tie(cells: FormulaCells, cell: Address) -> tuple[tuple[int, int], ...] | None:
    """A formula as figures with weights, its own first, or None where cells differ in scale."""
    linear = cells.linear(cell)
    if linear is None or linear.is_rounded or not linear.is_plain or cell in linear.terms:
        return None
    if not 0 < len(linear.terms) <= LONGEST_TIE:
        return None
    found = [(cells.figures[cell], 1)]
    own = cells.shift(cells.figures[cell])
    for term, weight in linear.terms.items():
        figure = cells.figures.get(term)
        if figure is None or cells.shift(figure) != own:
            return None
        found.append((figure, -int(weight)))
    return tuple(found)


def _tied(
    cells: FormulaCells, cell: Address, terms: tuple[tuple[int, int], ...], number: int
) -> Tied:
    """The tie of a formula; what is shown may differ from it by rounding alone."""
    facts, spot = cells.facts, cells.spots[cell]
    trial = trial_of(terms, facts.numbers, facts.counts)
    excuse = ROUNDED if trial.stated != trial.computed else ""
    place = place_of(facts.tables[spot.table], spot.row, spot.column)
    return Tied(spot.table, number, terms, place, "", excuse, -1)


def reconcile(facts: DocumentFacts, claims: Claims) -> None:
    """Take back what the layout of tables claims of totals whose formulas say something else.

    A formula that was run, and in which nothing is wrong, says what its author meant. Ties that
    hold stay, and so do those that hold once the defects are mended: they prove these.
    """
    if not facts.worksheets:
        return
    cells = formula_cells(facts)
    numbers = list(facts.numbers)
    for _, remark in _defects(facts, claims):
        for figure, number in remark.changes:
            numbers[figure] = number
    declared = {cells.figures[cell] for cell in cells.found.formulas() if cell in cells.figures}
    declared = {figure for figure in declared if cells.agrees(cells.addresses[figure])}
    kept = []
    for tie in claims.ties:
        if tie.terms[0][0] not in declared or tie.table == NO_TABLE or tie.excuse:
            kept.append(tie)
            continue
        tables = {spot.table for f, _ in tie.terms if isinstance(spot := facts.spots[f], Spot)}
        trials = [trial_of(tie.terms, each, facts.counts) for each in (facts.numbers, numbers)]
        if trials[0].stated != trials[0].computed and _agree_as_stored(cells, tie):
            kept.append(tie._replace(excuse=ROUNDED))
        elif len(tables) > 1 or any(trial.holds for trial in trials):
            kept.append(tie)
        else:
            claims.skipped.append(Skipped(tie.table, OTHERWISE))
    claims.ties[:] = kept
    claims.percentages[:] = [each for each in claims.percentages if each.stated not in declared]


def _agree_as_stored(cells: FormulaCells, tie: Tied) -> bool:
    """Whether a tie holds in what is stored, all of it in one scale."""
    amounts: list[Decimal] = []
    for figure, weight in tie.terms:
        cell = cells.addresses.get(figure)
        stored = cells.found.stored(cell) if cell is not None else None
        if stored is None:
            return False
        amounts.append(stored * weight)
    shifts = {cells.shift(figure) for figure, _ in tie.terms}
    total, size = total_of(amounts), total_of(map(abs, amounts))
    return len(shifts) == 1 and abs(total) <= NOISE * size
