"""The same documents as Word and as PDF files: are tables, figures, text and findings the same?

The pairs lie beside the project, if anywhere: ``../shared/more/docx`` and ``../shared/more/pdf``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import PROJECT
from unbudget_check.engine import check, read, understand
from unbudget_check.model.document import Paragraph
from unbudget_check.model.facts import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from unbudget_check.model.document import Document
    from unbudget_check.model.facts import DocumentFacts

FOLDER = PROJECT.parent / "shared" / "more"


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair: how many of what the Word file shows the PDF file shows, too."""

    name: str
    cells: tuple[int, int]
    captions: tuple[int, int]
    paragraphs: tuple[int, int]
    findings: tuple[int, int]
    more: int  # findings in the PDF file alone


def pairs(folder: Path = FOLDER) -> list[tuple[Path, Path]]:
    """The Word and PDF files of one name."""
    found = sorted((folder / "pdf").glob("*.pdf")) if folder.is_dir() else []
    return [(folder / "docx" / f"{each.stem}.docx", each) for each in found]


def compare(word: Path, pdf: Path) -> Compared:
    """A Word document beside the PDF file of the same name."""
    ours, theirs = (_shown(str(path)) for path in (word, pdf))
    counts = [(sum((a & b).values()), sum(a.values())) for a, b in zip(ours, theirs, strict=True)]
    more = sum((theirs[3] - ours[3]).values())
    return Compared(word.stem, counts[0], counts[1], counts[2], counts[3], more)


def _shown(path: str) -> Sequence[Counter[tuple[str, ...]]]:
    """Figure cells with label and heading, captions, paragraphs and findings of a document."""
    facts = understand(path).facts
    (result,) = check([path]).documents
    found = Counter(
        (
            each.code,
            *map(_bare, (each.where.table, each.where.row, each.where.column, each.stated_text)),
        )
        for each in result.findings
    )
    return _cells(facts), _captions(facts), _paragraphs(read(path)), found


def _cells(facts: DocumentFacts) -> Counter[tuple[str, ...]]:
    """Every figure of a table that is no chart, with its row label and column heading."""
    return Counter(
        (_bare(cell.text), _bare(table.rows[row].label), _bare(table.columns[column].heading))
        for table in facts.tables
        for row, cells in enumerate(table.cells)
        for column, cell in enumerate(cells)
        if cell is not None
        and column
        and table.numerals[row][column].reading in {CellKind.FIGURE, CellKind.NIL}
    )


def _captions(facts: DocumentFacts) -> Counter[tuple[str, ...]]:
    return Counter((each.number, _bare(each.title)) for each in facts.tables if each.number)


def _paragraphs(document: Document) -> Counter[tuple[str, ...]]:
    return Counter((_bare(each.text),) for each in document.blocks if isinstance(each, Paragraph))


def _bare(text: str | None) -> str:
    """A text without blanks and soft hyphens: where lines break is no difference."""
    return re.sub(r"[\s\u00ad]+", "", (text or "").replace("\u2011", "-")).casefold()


def report() -> Iterator[str]:
    """The pairs one by one, and all together."""
    yield "Word and PDF files of the same documents: what both show"
    done = [compare(*pair) for pair in pairs()]
    if not done:
        yield "  there are none beside the project"
        return
    for each in done:
        counts = (each.cells, each.captions, each.paragraphs, each.findings)
        named = zip(("cells", "captions", "paragraphs", "findings"), counts, strict=True)
        told = ", ".join(f"{name} {same}/{count}" for name, (same, count) in named)
        yield f"  {each.name}: {told}, {each.more} more findings"
    same, count = (sum(each.cells[at] for each in done) for at in (0, 1))
    yield f"  figure cells alike: {same} of {count} ({100 * same / count:.1f}%)"
