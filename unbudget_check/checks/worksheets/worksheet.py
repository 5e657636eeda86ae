"""The formulas of a workbook: each is a tie that must hold, and may be wrong as it is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.checks.worksheets.cells import FormulaCells, formula_cells
from unbudget_check.checks.worksheets.defects import STALE, defects_of
from unbudget_check.evidence.settle import trial_of
from unbudget_check.model.claims import CERTAIN, NO_TABLE, Computed, Relation, Skipped, place_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.message import saying
from unbudget_check.model.number import total_of
from unbudget_check.worksheet.evaluate import NOISE
from unbudget_check.worksheet.grammar import NotEvaluatedError
from unbudget_check.worksheet.linear import kind_of

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims, Remark
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule
    from unbudget_check.worksheet.evaluate import Address

SHOWN, OTHERWISE = "shown", "formula-otherwise"
# Figures with finer digits are shown in no format of amounts: nobody adds them up as displayed.
FINEST_SHOWN = -6
# Cells that a remark names before it says that there are more.
NAMED = 5
# Ties of more cells, or more terms in all, are evaluated but not written out.
LONGEST_TIE, MOST_TERMS = 2_000, 500_000


def check_worksheet(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each formula with the defect that the rule names.

    Where it names what is shown, write the ties that formulas are.
    """
    if not facts.worksheets:
        return
    defect = rule.parameters["defect"]
    if defect == SHOWN:
        told = {name for name, _ in _defects(facts, claims)}
        _write_ties(formula_cells(facts), number, claims, dated=STALE in told)
    claims.remarks += [
        replace(remark, rule=number) for name, remark in _defects(facts, claims) if name == defect
    ]


def _defects(facts: DocumentFacts, claims: Claims) -> tuple[tuple[str, Remark], ...]:
    """All defects of the workbook, looked for once."""
    if claims.defects is None:
        claims.defects = defects_of(formula_cells(facts))
    return claims.defects


def _write_ties(cells: FormulaCells, number: int, claims: Claims, *, dated: bool) -> None:
    """Write each formula that holds as a tie, and list those that nobody can evaluate here.

    Those whose results are out of date are written where they are ``dated``: told as that.
    """
    unknown: defaultdict[str, list[Address]] = defaultdict(list)
    terms = 0
    for cell in cells.found.formulas():
        if cells.agrees(cell) is None and not cells.found.is_open(cell):
            unknown[_obstacle(cells, cell)].append(cell)
        figure = cells.figures.get(cell)
        if figure is None or not (cells.agrees(cell) or (dated and cells.agrees(cell) is False)):
            continue
        tie = _tie(cells, cell) if terms < MOST_TERMS else None
        if tie is not None and cells.shift(figure) is not None:
            terms += len(tie)
            claims.ties.append(_tied(cells, cell, tie, number))
        elif cells.agrees(cell):
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
    """The function that is not evaluated, or the formula itself where it is something else."""
    try:
        cells.found.evaluate(cell)
    except NotEvaluatedError as error:
        if str(error).isupper():
            return str(error)
    return f"={cells.found.formula(cell)}"


def _tie(cells: FormulaCells, cell: Address) -> tuple[tuple[int, int], ...] | None:
    """A formula as figures with weights, its own first, or None where cells differ in scale."""
    linear = cells.linear(cell)
    if linear is None or linear.is_rounded or not linear.is_plain or cell in linear.terms:
        return None
    if not 0 < len(linear.terms) <= LONGEST_TIE:
        return None
    figure = cells.figures[cell]
    if cells.facts.numbers[figure].exponent < FINEST_SHOWN:
        return None
    found, own = [(figure, 1)], cells.shift(figure)
    for term, weight in linear.terms.items():
        part = cells.figures.get(term)
        if part is None or cells.shift(part) != own:
            return None
        found.append((part, -int(weight)))
    return tuple(found)


def _tied(
    cells: FormulaCells, cell: Address, terms: tuple[tuple[int, int], ...], number: int
) -> Relation:
    """The tie of a formula, between the figures that are shown."""
    facts, spot = cells.facts, cells.spots[cell]
    place = place_of(facts.tables[spot.table], spot.row, spot.column)
    return Relation(spot.table, number, terms, place, "", "", CERTAIN)


def reconcile(facts: DocumentFacts, claims: Claims) -> None:
    """Take back what the layout of tables claims of totals whose formulas say something else.

    A formula that was run, and in which nothing is wrong, says what its author meant. Ties that
    hold stay, and so do those that hold once the defects are mended: they prove these.
    """
    cells = formula_cells(facts)
    numbers = list(facts.numbers)
    for _, remark in _defects(facts, claims):
        for figure, number in remark.changes:
            numbers[figure] = number
    declared = {cells.figures[cell] for cell in cells.found.formulas() if cell in cells.figures}
    declared = {figure for figure in declared if cells.agrees(cells.addresses[figure])}
    kept = []
    for tie in claims.ties:
        figure, table = tie.terms[0][0], tie.table
        tables = {spot.table for f, _ in tie.terms if isinstance(spot := facts.spots[f], Spot)}
        trials = [trial_of(tie.terms, each, facts.counts) for each in (facts.numbers, numbers)]
        is_here = table != NO_TABLE and len(tables) == 1 and not tie.excuse
        is_fine = facts.numbers[figure].exponent < FINEST_SHOWN and trials[0].holds
        holds = _agree_as_stored(cells, tie) or any(t.stated == t.computed for t in trials)
        # What is stored tells whether a difference is one of rounding.
        is_loose = trials[0].holds and not holds and any(f in declared for f, _ in tie.terms)
        is_made = figure in declared and (is_fine or not holds)
        if not (is_here and (is_loose or is_made)):
            kept.append(tie)
        elif not is_fine:
            claims.skipped.append(Skipped(table, OTHERWISE))
    claims.ties[:] = kept
    # What a formula makes and its column makes, too, is one tie.
    first = {(each.stated, each.kind): each for each in reversed(claims.computed)}
    claims.computed[:] = reversed(first.values())


def _agree_as_stored(cells: FormulaCells, tie: Relation) -> bool:
    """Whether a tie holds in what is stored, as it must where formulas make one of its figures."""
    amounts = []
    for figure, weight in tie.terms:
        cell = cells.addresses.get(figure)
        if cell is None:
            return False
        stored, shift = cells.found.stored(cell), cells.shift(figure)
        if stored is None or shift is None:
            return False
        amounts.append(stored.scaleb(shift) * weight)
    return abs(total_of(amounts)) <= NOISE * total_of(map(abs, amounts))


def without_computed(facts: DocumentFacts, claims: Claims) -> Claims:
    """The claims without the percentages that formulas reckon, in whatever way they do."""
    cells = formula_cells(facts)
    computed = {figure for figure, cell in cells.addresses.items() if cells.agrees(cell)}
    claims.percentages[:] = [each for each in claims.percentages if each.stated not in computed]
    return claims
