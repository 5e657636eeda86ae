"""A plain mixed-integer program for the same question: the fewest figures to change.

Its solver is not installed with this project; where ``highspy`` is found, it is timed beside us.
Every answer of a solver is one of perhaps several: it does not tell whether others are as good.
Percentages are left out: they are no linear relations.
"""

from __future__ import annotations

import time
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from unbudget_check.diagnosis.localisation.board import sums_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.diagnosis.localisation.board import Ties

CELLS = 96  # of a generated table, numbered one after another
# How much a figure may change: ten times the largest, at least.
MARGIN = 10
TIGHT = {"mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9}
SETTINGS: dict[str, dict[str, float]] = {"HiGHS, default": {}, "HiGHS, tight": TIGHT}


def solve(
    ties: Ties, broken: Mapping[int, Sequence[int]]
) -> dict[str, tuple[dict[int, int | None], float]]:
    """Setting -> the one figure that it changes in each table, if it is one; seconds a table."""
    if find_spec("highspy") is None:
        return {}
    found = {}
    for name, options in SETTINGS.items():
        started = time.perf_counter()
        answers = {table: _table(ties, each, options) for table, each in broken.items()}
        found[name] = answers, (time.perf_counter() - started) / max(len(broken), 1)
    return found


def _table(ties: Ties, broken: Sequence[int], options: Mapping[str, float]) -> int | None:
    """The only figure that the cheapest solution changes, or None."""
    highspy: Any = import_module("highspy")  # an extra: see the first docstring
    relations = _relations_near(ties, broken)
    if not relations:
        return None
    figures = sorted({figure for r in relations for figure, _ in ties.relations.terms(r)})
    bound = MARGIN * max(abs(int(ties.figures.values[figure])) for figure in figures)
    model = highspy.Highs()
    model.silent()
    for option, value in options.items():
        model.setOptionValue(option, value)
    changes = {f: model.addIntegral(lb=-bound, ub=bound) for f in figures}
    switches = {f: model.addBinary(obj=1) for f in figures}
    for figure in figures:
        model.addConstr(changes[figure] <= bound * switches[figure])
        model.addConstr(changes[figure] >= -bound * switches[figure])
    for relation in relations:
        slack, residual = ties.limits[relation] // 2, int(ties.residuals[relation])
        total = sum(c * changes[figure] for figure, c in ties.relations.terms(relation))
        model.addConstr(total <= slack - residual)
        model.addConstr(total >= -slack - residual)
    model.run()
    values = model.getSolution().col_value
    changed = [f for f in figures if abs(values[changes[f].index]) > 0.5]
    return changed[0] if len(changed) == 1 else None


def _relations_near(ties: Ties, broken: Sequence[int]) -> list[int]:
    """The relations of the table in which these are broken."""
    sums = [relation for relation in broken if relation < len(ties.relations)]
    if not sums:
        return []
    table = ties.relations.terms(sums[0])[0][0] // CELLS
    return sums_with(ties, range(table * CELLS, table * CELLS + CELLS))
