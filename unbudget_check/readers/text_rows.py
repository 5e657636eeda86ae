"""The rows of a table put together from its printed lines: wrapped labels, headings, strays."""

from __future__ import annotations

import re
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
NARROWEST = 30  # places of a column of labels in which words are broken
LOOSE = 6  # letters are not all equally wide
_LETTERED = re.compile(r"[A-Z]\.\s")
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
    """The rows so far, the lines without figures that wait for their row, and the label widths.

    ``widths`` are the two greatest widths of label lines: how wide the column of labels is.
    """

    rows: list[TableRow] = field(default_factory=list)
    waiting: list[Textline] = field(default_factory=list)
    widths: tuple[int, ...] = ()


def gather_rows(
    body: Sequence[tuple[Textline, Tail | None]],
    is_row: Callable[[Textline, Tail], bool],
    repeated: frozenset[str],
) -> tuple[list[TableRow], int]:
    """The rows of a table, and how many of its lines they take; ``repeated`` are its heading lines.

    What follows the last row with figures is no longer the table.
    """
    printed = [
        (textline, tail if tail is not None and is_row(textline, tail) else None)
        for textline, tail in body
    ]
    gathering = _Gathering(widths=_widths(printed))
    taken = 0
    for at, (textline, tail) in enumerate(printed):
        if textline.bare in repeated:
            continue
        if tail is not None:
            _take_figures(gathering, textline, tail)
            taken = at + 1
        elif not _is_stray(textline):
            gathering.waiting.append(textline)
            if len(gathering.waiting) > LONGEST_PAUSE:
                break
    return gathering.rows, taken


def wraps(upper: Textline, lower: Textline, widths: Sequence[int] = ()) -> bool:
    """Whether a label goes on in the next line.

    ``widths`` are those of the widest label lines: a line was broken where the first word of the
    next one did not fit. Only another line that is as wide shows how wide the column is.
    """
    if has_outline_mark(lower.bare):
        return False
    if upper.runs_on or upper.bare.endswith(_OPEN_ENDS) or has_open_bracket(upper.bare):
        return True
    if upper.closed or (upper.bare.endswith(_CLOSED_ENDS) and not is_item(upper)):
        return False
    own = width(upper.bare)
    if lower.bare[:1].islower() or (own >= WIDE_LABEL and not lower.bare[:1].isupper()):
        return True
    column = next((other for other in widths if other != own), 0)
    first = width(lower.bare.split(maxsplit=1)[0])
    is_broken = own <= column + LOOSE and own + 1 + first > column
    return is_broken and column >= NARROWEST and not _LETTERED.match(upper.bare)


def is_item(textline: Textline) -> bool:
    """Whether a line begins a numbered item, rather than a lettered heading or none."""
    return has_outline_mark(textline.bare) and not _LETTERED.match(textline.bare)


def has_open_bracket(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)


def has_label(textline: Textline, tail: Tail) -> bool:
    """Whether words stand before the figures of a line."""
    return bool(textline.text[: tail.atoms[0].start].strip())


def _widths(printed: Sequence[tuple[Textline, Tail | None]]) -> tuple[int, ...]:
    """The two greatest widths of label lines, down to the last row with figures."""
    last = max((at for at, (_, tail) in enumerate(printed) if tail is not None), default=0)
    found = {
        width(textline.text[: tail.atoms[0].start].strip() if tail else textline.bare)
        for textline, tail in printed[: last + 1]
    }
    return tuple(sorted(found, reverse=True)[:2])


def _take_figures(gathering: _Gathering, textline: Textline, tail: Tail) -> None:
    """Adds a row with figures, and the waiting lines as its label or as headings above it."""
    groups = _grouped(gathering.waiting, gathering.widths)
    gathering.waiting = []
    label: tuple[Textline, ...] = ()
    if not has_label(textline, tail):
        label = groups.pop() if groups else ()
    else:
        if groups and wraps(groups[-1][-1], textline, gathering.widths):
            label = groups.pop()
        label = (*label, textline)
    gathering.rows.extend(TableRow(group) for group in groups)
    gathering.rows.append(TableRow(label, textline, tail))


def _grouped(waiting: Sequence[Textline], widths: Sequence[int]) -> list[tuple[Textline, ...]]:
    """Lines without figures, those together that are one wrapped label."""
    groups: list[tuple[Textline, ...]] = []
    for textline in waiting:
        if textline.beside_mark and not has_outline_mark(textline.bare):
            # A running header beside a page mark interrupts the table.
            continue
        if groups and wraps(groups[-1][-1], textline, widths):
            groups[-1] = (*groups[-1], textline)
        else:
            groups.append((textline,))
    return groups


def _is_stray(textline: Textline) -> bool:
    """A page number, or figures that pictures leave: nothing but digits and marks."""
    return not any(map(str.isalpha, textline.bare))
