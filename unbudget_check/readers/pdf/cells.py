"""The cells of a table as printed: text, footnote marks, place, depth of the label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.readers.pdf.rules import clustered
from unbudget_check.readers.pdf.segments import marks_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from unbudget_check.readers.pdf.columns import Placed
    from unbudget_check.readers.pdf.segments import Segment
    from unbudget_check.readers.pdf.words import Word

WIDE_SCRIPT = "\u2e80"  # from here on, scripts without blanks between words
INDENT = 4.0  # points between two depths of labels


class Box(NamedTuple):
    """A place on the upright page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PrintedCell:
    """The text of one cell, its footnote marks, and where it stands."""

    text: str
    marks: str
    column: int
    columns: int = 1
    rows: int = 1
    indent: int = 0
    box: Box | None = None


@dataclass(slots=True)
class Grid:
    """A table as it stands on one page: rows of cells, the first ``headed`` of them headings.

    ``edges`` are the left and right ends of its columns; ``again`` reads it with other ones.
    """

    rows: list[list[PrintedCell]]
    headed: int
    edges: tuple[float, ...]
    top: float
    bottom: float
    page: int = 0
    figures: int = 0
    sure: bool = True
    spoiled: bool = False  # figures over figures, or parts of them: none of them is read
    pages: list[int] = field(default_factory=list)
    again: Callable[[tuple[float, ...]], Grid | None] | None = None

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.edges) - 1


def box_of(words: Sequence[Word]) -> Box:
    """The box around words."""
    return Box(
        min(w.x0 for w in words),
        min(w.y - 0.75 * w.size for w in words),
        max(w.x1 for w in words),
        max(w.y + 0.25 * w.size for w in words),
    )


def cell_of(pieces: Sequence[Segment], first: int, last: int) -> PrintedCell:
    """The cell that one or more lines of text make."""
    texts = [text_of(piece.words) for piece in pieces]
    marks = "".join(marks_of(piece.words) for piece in pieces)
    words = [word for piece in pieces for word in piece.words]
    return PrintedCell(join(texts), marks, first, last - first + 1, box=box_of(words))


def join(texts: Sequence[str]) -> str:
    """Wrapped lines as one text; a hyphen at the end of a line keeps its words together."""
    joined = ""
    for text in texts:
        if joined.endswith("\u00ad"):
            joined = joined[:-1] + text
        elif not joined or not text or _is_tied(joined, text):
            joined += text
        else:
            joined += f" {text}"
    return joined


def _is_tied(upper: str, lower: str) -> bool:
    """Whether no blank stands between the end of a line and the beginning of the next."""
    if upper[-1] >= WIDE_SCRIPT and lower[0] >= WIDE_SCRIPT:
        return True
    return upper.endswith("-") and upper[-2:-1].isalnum()


def row_of(lines: Iterable[Iterable[Placed]], columns: int) -> list[PrintedCell]:
    """The cells of one row from the pieces of its lines, wrapped lines together."""
    gathered: dict[int, tuple[int, list[Segment]]] = {}
    for line in lines:
        for first, last, piece in line:
            if first in gathered:
                gathered[first] = (max(gathered[first][0], last), [*gathered[first][1], piece])
            else:
                gathered[first] = (last, [piece])
    cells = []
    taken = -1
    for first in sorted(gathered):
        last, pieces = gathered[first]
        following = min((f for f in gathered if f > first), default=columns)
        last = min(last, following - 1)
        cells += [PrintedCell("", "", at) for at in range(taken + 1, first)]
        cells.append(cell_of(pieces, first, last))
        taken = last
    cells += [PrintedCell("", "", at) for at in range(taken + 1, columns)]
    return cells


def indent(rows: Sequence[Sequence[PrintedCell]]) -> None:
    """Say how deep each label is set in, in steps of the table."""
    starts = [row[0].box.x0 for row in rows if row and row[0].box and row[0].text]
    if not starts:
        return
    levels = clustered(starts, INDENT)
    for row in rows:
        if row and row[0].box:
            x = row[0].box.x0
            row[0].indent = min(range(len(levels)), key=lambda n: abs(levels[n] - x))
