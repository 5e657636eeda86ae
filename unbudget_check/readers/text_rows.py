"""The rows of a table put together from its printed lines: wrapped labels, headings, strays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.readers.text_pages import has_outline_mark
from unbudget_check.readers.text_words import width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.readers.text_cuts import Tail
    from unbudget_check.readers.text_pages import Textline

# Lines without figures after which a table is over.
LONGEST_PAUSE = 30
_OPEN_ENDS = ("/", ",", "，", "、", "-", "(", "（", "&")
_CLOSED_ENDS = (":", "：", ".", "。", ";", "；")
WIDE_LABEL = 50  # places that a label takes when it fills its column
_BRACKETS = (("(", ")"), ("（", "）"))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row: the lines of its label, and the line and tail of its figures, if it has any.

    A line that carries both label and figures is the last of ``label_lines``.
    """

    label_lines: tuple[Textline, ...]
    textline: Textline | None = None
    tail: Tail | None = None


@dataclass(slots=True)
class _Gathering:
    """The rows so far, and the lines without figures that wait for their row."""

    rows: list[TableRow] = field(default_factory=list)
    waiting: list[Textline] = field(default_factory=list)


def gather_rows(
    body: Sequence[tuple[Textline, Tail | None]],
    is_row: Callable[[Textline, Tail], bool],
    repeated: frozenset[str],
) -> tuple[list[TableRow], int]:
    """The rows of a table, and how many of its lines they take; ``repeated`` are its heading lines.

    What follows the last row with figures is no longer the table.
    """
    gathering = _Gathering()
    taken = 0
    for at, (textline, tail) in enumerate(body):
        if textline.bare in repeated:
            continue
        if tail is not None and is_row(textline, tail):
            _take_figures(gathering, textline, tail)
            taken = at + 1
        elif not _is_stray(textline):
            gathering.waiting.append(textline)
            if len(gathering.waiting) > LONGEST_PAUSE:
                break
    return gathering.rows, taken


def wraps(upper: Textline, lower: Textline) -> bool:
    """Whether a label goes on in the next line."""
    if has_outline_mark(lower.bare):
        return False
    if upper.runs_on or upper.bare.endswith(_OPEN_ENDS) or lower.bare[:1].islower():
        return True
    fills_its_column = width(upper.bare) >= WIDE_LABEL and not upper.closed
    goes_on = fills_its_column and not lower.bare[:1].isupper()
    return has_open_bracket(upper.bare) or (goes_on and not upper.bare.endswith(_CLOSED_ENDS))


def has_open_bracket(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)


def has_label(textline: Textline, tail: Tail) -> bool:
    """Whether words stand before the figures of a line."""
    return bool(textline.text[: tail.atoms[0].start].strip())


def _take_figures(gathering: _Gathering, textline: Textline, tail: Tail) -> None:
    """Adds a row with figures, and the waiting lines as its label or as headings above it."""
    groups = _grouped(gathering.waiting)
    gathering.waiting = []
    label: tuple[Textline, ...] = ()
    if not has_label(textline, tail):
        label = groups.pop() if groups else ()
    else:
        if groups and wraps(groups[-1][-1], textline):
            label = groups.pop()
        label = (*label, textline)
    gathering.rows.extend(TableRow(group) for group in groups)
    gathering.rows.append(TableRow(label, textline, tail))


def _grouped(waiting: Sequence[Textline]) -> list[tuple[Textline, ...]]:
    """Lines without figures, those together that are one wrapped label."""
    groups: list[tuple[Textline, ...]] = []
    for textline in waiting:
        if textline.beside_mark and not has_outline_mark(textline.bare):
            # A running header beside a page mark interrupts the table.
            continue
        if groups and wraps(groups[-1][-1], textline):
            groups[-1] = (*groups[-1], textline)
        else:
            groups.append((textline,))
    return groups


def _is_stray(textline: Textline) -> bool:
    """A page number, or figures that pictures leave: nothing but digits and marks."""
    return not any(map(str.isalpha, textline.bare))
