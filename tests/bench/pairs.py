"""One document in two formats: how much of what is understood and found is the same in both.

``python -m tests.bench.pairs [--list N] FIRST SECOND`` compares two files, or all pairs of two
folders by file name without its ending. The first is the one that is trusted. ``--list`` prints
what is only in one of them, at most N of each kind.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check import engine
from unbudget_check.diagnosis.places import heading_of, label_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.finding import Severity
from unbudget_check.model.options import Wishes
from unbudget_check.model.prose import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding

# What is compared, in printed order. A figure cell is equal with its value, row and column.
FIGURES, VALUES, ROWS, COLUMNS = "figure cells", "values", "values by row", "values by column"
TABLES, CAPTIONS, NUMBERS = "table numbers", "captions", "paragraph numbers"
PARAGRAPHS, FINDINGS = "paragraphs", "findings"
KINDS = (FIGURES, VALUES, ROWS, COLUMNS, TABLES, CAPTIONS, NUMBERS, PARAGRAPHS, FINDINGS)
LAYOUT = "  {:<44}" + "{:>10}" * len(KINDS)
WIDEST = 42
# What a format cannot keep: pictures hold no figures, and drawings are placed by each its own way.
PRINTED = (PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.NOTE)


class Shared(NamedTuple):
    """How many things of one kind stand in the first, in the second and in both of two files."""

    first: int
    second: int
    both: int

    def __str__(self) -> str:
        """The share of those in both, by the one that has more, and the number that differ."""
        most = max(self.first, self.second)
        if not most:
            return "–"
        differing = most - self.both
        return f"{1000 * self.both // most / 10:.1f}% {differing}" if differing else "100%"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two files compared: by kind what is shared, and what stands in only one of them."""

    name: str
    shared: dict[str, Shared]
    only_first: dict[str, list[str]]
    only_second: dict[str, list[str]]


def compare(first: str, second: str) -> Likeness:
    """Compare what is understood and found in two files; raises UserError where one is unread."""
    one, other = _contents(first), _contents(second)
    return Likeness(
        Path(first).stem,
        {
            kind: Shared(one[kind].total(), other[kind].total(), (one[kind] & other[kind]).total())
            for kind in KINDS
        },
        {kind: sorted((one[kind] - other[kind]).elements()) for kind in KINDS},
        {kind: sorted((other[kind] - one[kind]).elements()) for kind in KINDS},
    )


def report(first: Path, second: Path, most: int = 0) -> list[str]:
    """All pairs of two folders, or of two files, as printed rows, and their sums."""
    pairs = list(_pairs(first, second))
    rows = [
        f"Pairs: {first} and {second}",
        LAYOUT.format("document (share in both, differ)", *KINDS),
    ]
    totals: dict[str, list[Shared]] = {kind: [] for kind in KINDS}
    for each in pairs:
        found = compare(*map(str, each))
        rows.append(LAYOUT.format(found.name[:WIDEST], *map(str, found.shared.values())))
        for kind in KINDS:
            totals[kind].append(found.shared[kind])
            for mark, texts in (("-", found.only_first[kind]), ("+", found.only_second[kind])):
                rows.extend(f"    {mark} {kind}: {text}" for text in texts[:most])
    sums = [Shared(*map(sum, zip(*totals[kind], strict=True))) if pairs else "" for kind in KINDS]
    return [*rows, LAYOUT.format(f"all {len(pairs)}", *map(str, sums))]


def _pairs(first: Path, second: Path) -> Iterator[tuple[Path, Path]]:
    if not first.is_dir():
        yield first, second
        return
    others = {path.stem: path for path in sorted(second.iterdir()) if _is_document(path)}
    for path in sorted(first.iterdir()):
        if path.stem in others:
            yield path, others[path.stem]


def _is_document(path: Path) -> bool:
    from unbudget_check.readers.paths import endings

    return path.suffix.lower() in endings()


def _contents(path: str) -> dict[str, Counter[str]]:
    """By kind what one document holds, as texts that are the same in any format."""
    facts = engine.understand(path).facts
    figures = list(_figures(facts))
    passages = [each for each in facts.prose.passages if each.kind in PRINTED]
    result = engine.check([path], Wishes()).documents[0]
    captions = facts.prose.captions
    return {
        FIGURES: Counter(map(" | ".join, figures)),
        VALUES: Counter(each[0] for each in figures),
        ROWS: Counter(" | ".join(each[:2]) for each in figures),
        COLUMNS: Counter(" | ".join(each[::2]) for each in figures),
        TABLES: Counter(f"{each.number} {each.part or ''}".strip() for each in facts.tables),
        CAPTIONS: Counter(_plain(f"{each.kind} {each.number} {each.title}") for each in captions),
        NUMBERS: Counter(each.number for each in passages if each.number),
        PARAGRAPHS: Counter(_plain(each.text) for each in passages),
        FINDINGS: Counter(_told(result.findings)),
    }


def _figures(facts: DocumentFacts) -> Iterator[tuple[str, str, str]]:
    """Value, row label and column heading of every figure that stands in a table."""
    for spot, number in zip(facts.spots, facts.numbers, strict=True):
        if isinstance(spot, Spot):
            table = facts.tables[spot.table]
            value = f"{number.units}e{number.exponent}"
            heading = heading_of(table, spot.column)
            yield value, _plain(label_of(table, spot.row)), _plain(heading)


def _told(findings: Iterable[Finding]) -> Iterator[str]:
    """Rule, place and figures of what is told, notes apart."""
    for each in findings:
        if each.severity is not Severity.NOTE:
            where = each.where
            places = where.table, where.part, where.paragraph, where.figure
            labels = where.row, where.column, where.item
            figures = each.stated, each.computed
            told = [each.code, *(str(it) if it else "" for it in places), *map(_plain, labels)]
            yield " | ".join([*told, *map(str, figures)])


def _plain(text: str | None) -> str:
    """A text without what no two formats keep alike: blanks, and one kind of hyphen."""
    return "".join((text or "").split()).replace("\u2011", "-")


def main(arguments: Sequence[str]) -> int:
    """Print the comparison that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--list", type=int, default=0, metavar="N", dest="most")
    asked = parser.parse_args(arguments)
    print(*report(asked.first, asked.second, asked.most), sep="\n")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
