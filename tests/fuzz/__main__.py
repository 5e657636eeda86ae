"""``python -m tests.fuzz --count 10000 --seed 1``: damage documents, and keep what goes wrong.

The smallest input of each class of mistakes is written to build/fuzz; the exit code is 1 where
there is one.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

import click

from tests.conftest import PROJECT
from tests.fuzz.trial import trials

if TYPE_CHECKING:
    from tests.fuzz.mutations import Mutant

KEPT = PROJECT / "build" / "fuzz"


@click.command()
@click.option("--count", default=10_000, show_default=True, help="How many inputs.")
@click.option("--seed", default=1, show_default=True, help="Which ones.")
@click.option("--one", type=int, help="Try this input alone, and keep it.")
@click.pass_context
def main(context: click.Context, count: int, seed: int, one: int | None) -> None:
    """Damage documents, and say what goes wrong."""
    numbers = range(count) if one is None else [one]
    families: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    smallest: dict[str, Mutant] = {}
    for mutant, problem in trials(seed, numbers, len(os.sched_getaffinity(0))):
        families[mutant.family] += 1
        if problem or one is not None:
            kind = re.sub(r"\d+", "0", problem)
            classes[kind] += 1
            kept = smallest.get(kind)
            if kept is None or len(mutant.data) < len(kept.data):
                smallest[kind] = mutant
    click.echo(", ".join(f"{family} {times}" for family, times in families.items()))
    for kind, times in classes.most_common():
        mutant = smallest[kind]
        KEPT.mkdir(parents=True, exist_ok=True)
        path = KEPT / f"{seed}-{mutant.number}{mutant.suffix}"
        path.write_bytes(mutant.data)
        click.echo(f"{times} x {kind} ({mutant.family}, {path.relative_to(PROJECT)})")
    context.exit(1 if any(classes) else 0)


if __name__ == "__main__":
    main()
