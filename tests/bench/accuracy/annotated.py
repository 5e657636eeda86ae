"""Slips planted in totals that others annotated in 385 real tables, and how many are told.

The tables are the validation set of L. Jiang et al., Aggregation Detection in CSV Files (EDBT
2022). A slip transposes two digits of a printed total, changes one, or loses its sign.
"""

from __future__ import annotations

import ast
import csv
import gzip
import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.stopwatch import against_target
from unbudget_check import engine
from unbudget_check.model.finding import Severity
from unbudget_check.model.number import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.model.finding import Finding

DATA = Path(__file__).resolve().parents[4] / "shared" / "more" / "aggregations.jl.gz"
PLANTED, SEED = 300, 2022
TITLE = "Slips in annotated totals of real tables"

Table = list[list[str]]
Place = tuple[int, int]


class Total(NamedTuple):
    """One annotated sum: its table, the place of the total and those of its parts."""

    table: int
    at: Place
    parts: tuple[Place, ...]


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    if not DATA.is_file():
        return [TITLE, f"  skipped: there is no {DATA.name} in ../shared/more"]
    tables, totals = _read()
    chance = random.Random(SEED)
    chosen = chance.sample([each for each in totals if _holds(tables, each)], PLANTED)
    with TemporaryDirectory() as folder:
        told = sum(_is_told(tables, each, Path(folder), chance) for each in chosen)
        wrong = sum(bool(_errors(table, Path(folder))) for table in tables)
    return [
        TITLE,
        against_target(f"of {PLANTED} slips not told, %", 100 - 100 * told / PLANTED, 5.0),
        against_target(f"of {len(tables)} tables as published, with an error told", wrong, 0.0),
    ]


def _read() -> tuple[list[Table], list[Total]]:
    tables: list[Table] = []
    totals: list[Total] = []
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            found = json.loads(line)
            tables.append(_literal(found["table_array"]))
            for each in _literal(found["aggregation_annotations"]):
                parts = tuple((row, column) for row, column in each["aggregatee_indices"])
                if each["operator"] == "Sum" and len(parts) > 1:
                    row, column = each["aggregator_index"]
                    totals.append(Total(number, (row, column), parts))
    return tables, totals


def _literal(text: Any) -> Any:  # noqa: ANN401  either form occurs
    return ast.literal_eval(text) if isinstance(text, str) else text


def _holds(tables: Sequence[Table], total: Total) -> bool:
    """Whether a sum adds up as printed, of figures in plain notation."""
    table = tables[total.table]
    try:
        stated, *parts = (_plain(table[r][c]) for r, c in (total.at, *total.parts))
    except ValueError:
        return False
    return abs(stated) > 99 and abs(stated - sum(parts)) * 1_000_000 < abs(stated)


def _plain(text: str) -> Decimal:
    """A figure in plain notation; a blank is nil, and what is no figure raises ValueError."""
    return exact(text.replace(",", "").replace(" ", "") or "0")


def _is_told(tables: Sequence[Table], total: Total, folder: Path, chance: random.Random) -> bool:
    """Whether a slip in a total is told, in a relation or as a suspect."""
    row, column = total.at
    table = [list(cells) for cells in tables[total.table]]
    table[row][column] = _slipped(table[row][column], chance)
    return any(
        total.at in set(_places(found))
        for found in engine.check([_written(table, folder)]).findings
        if found.severity is not Severity.NOTE
    )


def _slipped(text: str, chance: random.Random) -> str:
    """The text with one slip among its first digits, which are worth telling."""
    if text.startswith("-") and chance.random() < 1 / 3:
        return text[1:]
    digits = [at for at, letter in enumerate(text) if letter.isdigit()][:3]
    one, two = digits[:2]
    if text[one] != text[two] and chance.random() < 1 / 2:
        return text[:one] + text[two] + text[one + 1 : two] + text[one] + text[two + 1 :]
    at = chance.choice(digits)
    other = chance.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]


def _errors(table: Table, folder: Path) -> list[Finding]:
    found = engine.check([_written(table, folder)]).findings
    return [each for each in found if each.severity is Severity.ERROR]


def _written(table: Table, folder: Path) -> str:
    path = folder / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table)
    return str(path)


def _places(found: Finding) -> Iterator[Place]:
    """The cells that a finding names: where it is, the suspects, and all figures of its proof."""
    proved = (part.where for proof in found.relations for part in proof.parts)
    for where in (found.where, *(each.where for each in found.suspects), *proved):
        words = (where.address or "").replace(",", "").split()
        if len(words) == 4:  # row 5, column B
            column = 0
            for letter in words[3]:
                column = column * 26 + ord(letter) - 64
            yield int(words[1]) - 1, column - 1
