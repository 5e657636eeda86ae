"""An independent oracle for the interval verdicts: Arelle's XBRL Calculations 1.1 check.

Arelle is not installed with this project. Where its command is found (or named in ARELLE), sums
of every kind, many of them just at the end of their allowance, are judged by both.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.bench.xbrl import Sum, write_report
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.figures import figures_of
from unbudget_check.model.number import Number
from unbudget_check.model.outcome import Bound, Rounding
from unbudget_check.model.relations import RelationWriter

if TYPE_CHECKING:
    from unbudget_check.model.outcome import Judgement

COUNT, SEED = 3_000, 2026
COMMAND = "arelleCmdLine"
# Our mode, Arelle's option and the message by which it reports an inconsistent sum. When amounts
# are truncated some intervals are open, and Arelle 2.47 differs where two intervals just touch: it
# lets one closed end suffice, while a common amount needs both, and it does not exchange the ends
# of a part that is subtracted, so that figures which agree to the last digit can count as broken.
MODES = (
    (Rounding.UNKNOWN, "round-to-nearest", "calc11e:inconsistentCalculationUsingRounding"),
    (Rounding.TRUNCATED, "truncation", "calc11e:inconsistentCalculationUsingTruncation"),
)


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    title = f"Oracle: {COUNT:,} sums, Arelle's XBRL Calculations 1.1 check"
    command = shutil.which(os.environ.get("ARELLE", COMMAND))
    if command is None:
        return [title, f"  skipped: no {COMMAND} here (pip install arelle-release; set ARELLE)"]
    sums = draw_sums(random.Random(SEED), COUNT)
    rows = [title]
    for rounding, mode, message in MODES:
        ours, theirs = beyond(sums, rounding), inconsistent(command, sums, mode, message)
        ends, differing = touching(sums, rounding), ours ^ theirs
        known = differing & ends
        rows += [
            f"  {mode}: {COUNT - len(differing):,} of {COUNT:,} agree",
            f"    broken here {len(ours):,}, there {len(theirs):,}; just at an end {len(ends):,}",
            f"    different at an end {len(known):,}, elsewhere {len(differing - known):,}",
        ]
    return rows


def draw_sums(chance: random.Random, count: int) -> list[Sum]:
    """Sums of 2 to 12 parts, of one or of mixed precision, off by about their allowance."""
    return [_draw_sum(chance) for _ in range(count)]


def _draw_sum(chance: random.Random) -> Sum:
    size = chance.randint(2, 12)
    mixed = chance.random() < 0.3
    exponents = [chance.choice((-2, -1, 0, 2)) if mixed else -1 for _ in range(size + 1)]
    counts = [chance.random() < 0.1 for _ in exponents]
    parts = [Number(chance.choice((0, chance.randint(-999, 9_999))), e) for e in exponents[1:]]
    weights = [1] * size if chance.random() < 0.5 else chance.choices((1, -1), k=size)
    hundredths = sum(w * _hundredths(p) for w, p in zip(weights, parts, strict=True))
    reach = sum(10 ** (e + 2) for e, c in zip(exponents, counts, strict=True) if not c) // 2
    step = 10 ** (exponents[0] + 2)
    off = chance.choice((0, reach, -reach, chance.randint(-2 * reach - 2, 2 * reach + 2)))
    total = Number((hundredths + off) // step, exponents[0])
    return Sum(total, tuple(parts), tuple(weights), tuple(counts))


def _hundredths(number: Number) -> int:
    return number.units * int(10 ** (number.exponent + 2))


def beyond(sums: list[Sum], rounding: Rounding) -> set[int]:
    """The sums that this program finds outside their bound."""
    return {n for n, bound in enumerate(_judged(sums, rounding).bounds) if bound == Bound.BEYOND}


def touching(sums: list[Sum], rounding: Rounding) -> set[int]:
    """The sums that are off by exactly their allowance."""
    judgement = _judged(sums, rounding)
    return set(np.flatnonzero(abs(judgement.deviations) == judgement.allowances).tolist())


def _judged(sums: list[Sum], rounding: Rounding) -> Judgement:
    numbers = [number for each in sums for number in (each.total, *each.parts)]
    counts = [count for each in sums for count in each.counts]
    writer, first = RelationWriter(), 0
    for each in sums:
        members = range(first, first + len(each.counts))
        writer.add([list(members)], [1, *(-weight for weight in each.weights)], 0, 0)
        first += len(each.counts)
    return judge(figures_of(numbers, counts), writer.finish(), rounding)


def inconsistent(command: str, sums: list[Sum], mode: str, message: str) -> set[int]:
    """The sums that Arelle finds inconsistent, by the contexts that its messages name."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_report(Path(folder), sums)
        options = {"--file": str(path), "--calc": mode, "--internetConnectivity": "offline"}
        spread = [word for option in options.items() for word in option]
        order = [command, "--validate", "--logFormat", "[%(messageCode)s] %(message)s", *spread]
        result = subprocess.run(order, capture_output=True, text=True, check=True)  # noqa: S603
    rows = [row for row in result.stdout.splitlines() if message in row]
    return {int(re.findall(r"context c(\d+)", row)[0]) for row in rows}
