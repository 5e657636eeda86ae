"""How often the verdicts are right: precision and recall on tables with planted slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.bench.generate import EXPENDITURE, MONEY, PERCENTAGE, Tables, generate
from tests.bench.matrix_of_tables import documents_of, leanings_of, percentages_of, relations_of
from tests.bench.tidy import figures_of_frame, grid_of_frame, tidy_frame
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.judgement.regime import grade, learn_regime
from unbudget_check.judgement.residuals import judge, sums
from unbudget_check.model.outcome import Bound, Rounding, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from unbudget_check.model.relations import Relations

COUNT, SLIPS = 3_600, 0.01
# Which columns are rounded cell by cell; in published fascicles only the amounts spent are.
REGIMES: dict[str, tuple[int, ...]] = {
    "additive": (),
    "published": (EXPENDITURE,),
    "drifting": MONEY,
}


@dataclass(frozen=True, slots=True)
class Score:
    """``flagged`` relations, of which ``right`` hold a slip; ``found`` of ``planted`` cells."""

    right: int
    flagged: int
    found: int
    planted: int

    @property
    def precision(self) -> float:
        """The share of flagged relations that contain a planted cell."""
        return self.right / max(self.flagged, 1)

    @property
    def recall(self) -> float:
        """The share of planted cells that stand in some flagged relation."""
        return self.found / max(self.planted, 1)


def scores(tables: Tables, rounding: Rounding) -> dict[str, Score]:
    """The score of each way to judge the linear relations of generated tables."""
    frame = tidy_frame(tables)
    figures, grid = figures_of_frame(frame), grid_of_frame(frame)
    relations = relations_of(grid)
    judgement = judge(figures, relations, rounding)
    drifting = learn_regime(judgement, relations, documents_of(grid), leanings_of(grid))
    verdicts = grade(judgement, relations, drifting)
    flags = {
        "exact always": judgement.residuals != 0,
        "intervals always": judgement.bounds == Bound.BEYOND,
        "regime learned, graded": verdicts >= Verdict.IMPLAUSIBLE,
    }
    return {name: _score(tables, relations, flag) for name, flag in flags.items()}


def _score(tables: Tables, relations: Relations, flagged: NDArray[np.bool_]) -> Score:
    planted = tables.planted.copy()
    planted[..., PERCENTAGE] = False
    cells = planted.ravel()
    hit = sums(cells[relations.figures], relations.pointers, np.int32) > 0
    seen = np.zeros(len(cells), dtype=np.bool_)
    seen[relations.figures[np.repeat(flagged, np.diff(relations.pointers))]] = True
    found = int((cells & seen).sum())
    return Score(int((hit & flagged).sum()), int(flagged.sum()), found, int(cells.sum()))


def score_percentages(tables: Tables, rounding: Rounding) -> Score:
    """The same for percentages beyond their bound; a slip may be in the part or base, too."""
    frame = tidy_frame(tables)
    ties = percentages_of(grid_of_frame(frame))
    flagged = judge_percentages(figures_of_frame(frame), ties, rounding) == Bound.BEYOND
    cells = tables.planted.ravel()
    hit = cells[ties.stated] | cells[ties.parts] | cells[ties.bases]
    stated = cells[ties.stated]
    found = int((stated & flagged).sum())
    return Score(int((hit & flagged).sum()), int(flagged.sum()), found, int(stated.sum()))


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    rows = [f"Verdicts: {COUNT:,} tables, {SLIPS:.0%} of the figures misprinted", ""]
    head = ("tables", "rounding mode", "rule", "precision", "recall", "planted")
    layout = "  {:<10} {:<10} {:<23} {:>10} {:>7} {:>8}"
    rows.append(layout.format(*head))
    for regime, columns in REGIMES.items():
        tables = generate(COUNT, columns, SLIPS)
        for mode in (Rounding.UNKNOWN, Rounding.HALF_AWAY):
            every = {**scores(tables, mode), "percentages": score_percentages(tables, mode)}
            for rule, score in every.items():
                shares = (f"{score.precision:.4f}", f"{score.recall:.4f}", score.planted)
                rows.append(layout.format(regime, mode, rule, *shares))
    return [*rows, "  targets, graded: precision 1.00; recall 1.00 additive, 0.96 drifting"]
