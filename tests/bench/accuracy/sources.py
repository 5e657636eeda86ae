"""The documents in which slips are planted: real ones, the samples, and random tables."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from tests.as_printed import MONEY, POSTS, document
from tests.bench.accuracy.planting import Known
from tests.compose.cases import CASES
from tests.compose.printed import count, tenths
from tests.growing import Node, added, lettered, plain, unnamed, with_changes, written_variance
from unbudget_check.engine import read

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
CORPUS = PROJECT.parent / "shared" / "corpus"
WORDS = ("Bureau", "Centre", "Division", "Facility", "Group", "Office", "Service", "Unit", "Branch")
RANDOM_TABLES = 60


def real_documents() -> Iterator[Known]:
    """The fascicles, where they are at hand."""
    for folder in ("docx", "text"):
        for path in sorted((CORPUS / folder).glob("*")):
            yield Known(path.name, read(str(path)))


def samples() -> Iterator[Known]:
    """The clean sample documents, in every format."""
    for case in CASES:
        path = PROJECT / "sample_data" / "clean" / case.folder / case.name
        yield Known(case.folder, read(str(path)))


def random_tables(seed: int = 2026) -> Iterator[Known]:
    """Nested tables of money and of posts, with and without words that name their totals."""
    chance = random.Random(seed)
    for number in range(RANDOM_TABLES):
        posts = number % 3 == 2
        shape = (lettered, plain, unnamed)[number % 3 if not posts else 0]
        tree = _tree(chance, 3, 400 if posts else 99_999)
        rows = with_changes(shape(tree))
        text = written_variance(rows, show=count if posts else tenths)
        yield Known(f"random {number}", document(text, POSTS if posts else MONEY))


def _tree(chance: random.Random, depth: int, most: int) -> Node:
    parts = tuple(
        _tree(chance, depth - 1, most)
        if depth > 1 and chance.random() < 0.4
        else Node(_name(chance), _item(chance, most))
        for _ in range(chance.randrange(2, 6))
    )
    return Node(_name(chance), added(part.figures for part in parts), parts)


def _name(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS, 2))


def _item(chance: random.Random, most: int) -> tuple[int, ...]:
    base = chance.randrange(most // 10, most)
    spent = base * chance.randrange(70, 120) // 100
    factors = (
        chance.randrange(-base // 4, base // 4 + 1) if chance.random() < share else 0
        for share in (0.3, 0.2, 0.6)
    )
    return spent, base, *factors
