"""Generated tables with a misprinted figure: who names it, beside a solver and a rule of thumb."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.bench.accuracy.milp import solve
from tests.bench.generate import COLUMNS, EXPENDITURE, MONEY, PERCENTAGE, Tables, generate
from tests.bench.matrix_of_tables import documents_of, leanings_of, percentages_of, relations_of
from tests.bench.stopwatch import against_target
from tests.bench.tidy import figures_of_frame, grid_of_frame, tidy_frame
from unbudget_check.diagnosis.judging import ties_of
from unbudget_check.diagnosis.localisation.localise import localise
from unbudget_check.diagnosis.localisation.repairs import Hints, Likeness, likeness_of
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.judgement.regime import grade, learn_regime
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.outcome import Bound, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.diagnosis.localisation.board import Ties
    from unbudget_check.diagnosis.localisation.search import Cause

COUNT, SLIPS, CELLS = 3_600, 0.01, 96
SOLVED = 150  # the solver takes tens of milliseconds a table
REGIMES: dict[str, tuple[int, ...]] = {
    "additive": (),
    "published": (EXPENDITURE,),
    "drifting": MONEY,
}
LAYOUT = "  {:<11}{:<34}{:>8}{:>9}{:>9}{:>9}{:>9}{:>11}"
HEAD = ("tables", "method", "tables", "first", "alone", "repaired", "in range", "ms a table")


@dataclass(frozen=True)
class Trial:
    """Generated tables, what is broken in them, and which cell of which table is wrong."""

    clean: Tables
    printed: Tables
    ties: Ties
    broken: Mapping[int, Sequence[int]]  # table -> its broken ties
    wrong: Mapping[int, int]  # table with one error that shows -> the figure


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of one table: the first suspect, whether it is alone, and its change."""

    figure: int | None
    alone: bool = False
    change: int | None = None
    span: tuple[int, int] = (1, 0)


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    rows = [
        f"Localisation: {COUNT:,} generated tables of 12 x 8 figures, {SLIPS:.0%} misprinted;",
        "those with one error that shows; 'first' counts the right cell as first or only suspect",
        "",
        LAYOUT.format(*HEAD),
    ]
    for name, columns in REGIMES.items():
        trial = prepare(columns)
        answers, seconds = ours(trial)
        rows.append(_row(name, "this program", trial, answers, seconds))
        lone = _without_lone_sums(trial)
        rows.append(_row(name, "... without columns of lone sums", trial, answers, seconds, lone))
        rows.append(_row(name, "largest residual", trial, *largest_residual(trial)))
        some = dict(list(trial.wrong.items())[:SOLVED])
        solved = solve(trial.ties, {table: trial.broken[table] for table in some})
        for method, (found, took) in solved.items():
            named = {table: Answer(figure, alone=True) for table, figure in found.items()}
            rows.append(_row(name, method, trial, named, took, some))
        rows += _rest(trial, answers)
        rows.append(against_target("milliseconds a broken table", 1000 * seconds, 1.0))
        first = _share(trial, answers)
        rows.append(against_target("tables not named exactly, %", 100 - 100 * first, 5.0))
    return [*rows, "  the rest are figures with one relation, which cannot be told apart for sure"]


def prepare(drifting: tuple[int, ...]) -> Trial:
    """Generate tables, judge them, and keep those with one error that breaks something."""
    clean, printed = generate(COUNT, drifting, 0), generate(COUNT, drifting, SLIPS)
    frame = tidy_frame(printed)
    figures, grid = figures_of_frame(frame), grid_of_frame(frame)
    relations, rates = relations_of(grid), percentages_of(grid)
    judgement = judge(figures, relations)
    regime = learn_regime(judgement, relations, documents_of(grid), leanings_of(grid))
    verdicts = grade(judgement, relations, regime)
    bounds = judge_percentages(figures, rates)
    count = len(relations)
    excused = frozenset((count + np.flatnonzero(bounds == Bound.UNJUDGED)).tolist())
    loose = regime[relations.places] | (verdicts == Verdict.DRIFT)
    ties = ties_of(figures, relations, judgement, loose, rates, excused)
    sums = np.flatnonzero(verdicts >= Verdict.IMPLAUSIBLE).tolist()
    beyond = np.flatnonzero(bounds == Bound.BEYOND).tolist()
    broken: defaultdict[int, list[int]] = defaultdict(list)
    for tie in sums:
        broken[relations.terms(tie)[0][0] // CELLS].append(tie)
    for rate in beyond:
        broken[int(rates.stated[rate]) // CELLS].append(count + rate)
    planted = printed.planted.reshape(COUNT, -1)
    single = np.flatnonzero(planted.sum(axis=1) == 1).tolist()
    wrong = {t: t * CELLS + int(planted[t].argmax()) for t in single if t in broken}
    return Trial(clean, printed, ties, broken, wrong)


def ours(trial: Trial) -> tuple[dict[int, Answer], float]:
    """The causes that this program finds, and the seconds that it takes for a broken table."""
    started = time.perf_counter()
    broken = [tie for ties in trial.broken.values() for tie in ties]
    causes = localise(trial.ties, broken, _hints(trial.printed))
    seconds = (time.perf_counter() - started) / len(trial.broken)
    found: defaultdict[int, list[Cause]] = defaultdict(list)
    for cause in causes:
        for suspicion in cause.suspects[:1]:
            found[suspicion.figure // CELLS].append(cause)
    return {table: _answer(each) for table, each in found.items()}, seconds


def _answer(causes: Sequence[Cause]) -> Answer:
    if len(causes) > 1:
        return Answer(None)
    first = causes[0].suspects[0]
    change = first.repairs[0].change if first.repairs else None
    return Answer(first.figure, len(causes[0].suspects) == 1, change, first.span)


def largest_residual(trial: Trial) -> tuple[dict[int, Answer], float]:
    """The rule of thumb: blame the figure whose sums miss by most together."""
    started = time.perf_counter()
    answers = {table: _worst(trial.ties, trial.broken[table]) for table in trial.wrong}
    return answers, (time.perf_counter() - started) / len(trial.wrong)


def _worst(ties: Ties, broken: Sequence[int]) -> Answer:
    missed: Counter[int] = Counter()
    for relation in (tie for tie in broken if tie < len(ties.relations)):
        for figure, _ in ties.relations.terms(relation):
            missed[figure] += abs(int(ties.residuals[relation]))
    most = max(missed.values(), default=0)
    worst = [figure for figure, total in missed.items() if total == most]
    return Answer(worst[0], alone=True) if len(worst) == 1 else Answer(None)


def _hints(tables: Tables) -> Hints:
    """What the other columns of a table tell, as for a document."""
    known: dict[tuple[int, int], Likeness | None] = {}
    summed = [column != PERCENTAGE for column in range(len(COLUMNS))]

    def odd(figure: int, value: int) -> int:
        table, cell = divmod(figure, CELLS)
        row, column = divmod(cell, len(COLUMNS))
        if (table, column) not in known:
            columns = (tables.printed[table] * summed).T.tolist()
            known[table, column] = likeness_of(columns, column)
        likeness = known[table, column]
        if likeness is None:
            return 0
        return likeness.cost(value, int(tables.printed[table, row, likeness.column]))

    return Hints(lambda _: 1, lambda _: None, odd)


def _without_lone_sums(trial: Trial) -> dict[int, int]:
    """The trials where the wrong figure stands in a column that rows check, too."""
    return {
        table: figure
        for table, figure in trial.wrong.items()
        if figure % len(COLUMNS) != EXPENDITURE
    }


def _row(
    name: str,
    method: str,
    trial: Trial,
    answers: Mapping[int, Answer],
    seconds: float,
    among: Mapping[int, int] | None = None,
) -> str:
    wrong = trial.wrong if among is None else among
    right = {t: a for t, a in answers.items() if t in wrong and a.figure == wrong[t]}
    alone = sum(answer.alone for answer in right.values())
    repaired = sum(a.change == _change(trial, t) for t, a in right.items())
    held = sum(a.span[0] <= _change(trial, t) <= a.span[1] for t, a in right.items())
    shares = [f"{100 * n / len(wrong):.1f}%" for n in (len(right), alone, repaired, held)]
    return LAYOUT.format(name, method, len(wrong), *shares, f"{1000 * seconds:.2f}")


def _share(trial: Trial, answers: Mapping[int, Answer]) -> float:
    right = sum(t in answers and answers[t].figure == f for t, f in trial.wrong.items())
    return right / max(len(trial.wrong), 1)


def _change(trial: Trial, table: int) -> int:
    cell = trial.wrong[table] % CELLS
    clean, printed = trial.clean.printed[table].ravel(), trial.printed.printed[table].ravel()
    return int(clean[cell]) - int(printed[cell])


def _rest(trial: Trial, answers: Mapping[int, Answer]) -> list[str]:
    """In which columns the figures stand that were not named first."""
    missed = Counter(
        COLUMNS[figure % len(COLUMNS)]
        for table, figure in trial.wrong.items()
        if table not in answers or answers[table].figure != figure
    )
    return [f"  not first: {', '.join(f'{n} {column}' for column, n in missed.most_common())}"]
