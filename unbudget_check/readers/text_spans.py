"""Heading rows whose cells slid to the left because merged cells were lost, put back in place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.text_changes import run_of_changes
from unbudget_check.readers.text_concepts import concept_of
from unbudget_check.readers.text_numbering import is_numbering

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

DOUBT = "The headings could not be assigned to the columns."


@dataclass(frozen=True, slots=True)
class Span:
    """One heading cell: its text, its first column, and how many columns it covers."""

    text: str
    column: int
    columns: int = 1


def place_headings(
    heads: Sequence[Sequence[str]], filled: Collection[int], width: int, code: str | None
) -> tuple[list[tuple[Span, ...]], str]:
    """Every heading row with its cells over the right columns, and a doubt where that failed.

    ``filled`` are the columns that hold figures; each of them must have a heading.
    """
    heads = [_compressed(row, width) for row in heads]
    leaf_at = next((at for at in reversed(range(len(heads))) if not _is_numbering(heads[at])), -1)
    if leaf_at < 0:
        return [_as_printed(_shifted(row, width)) for row in heads], ""
    leaf = heads[leaf_at] if len(heads[leaf_at]) == width else _trimmed(heads[leaf_at])
    uppers = [_trimmed(row) for row in heads[:leaf_at]]
    doubt = ""
    merged = _under_groups(uppers[-1], leaf, width, code) if uppers else None
    if merged is not None:
        upper, lower = merged
        placed = [upper, _as_printed(lower)]
        uppers, leaf = uppers[:-1], lower
    else:
        leaf = _labelled(leaf, width, code)
        placed = [_as_printed(leaf)]
    for row in reversed(uppers):
        spans = _over(row, leaf, width, code)
        doubt = doubt or ("" if spans else DOUBT)
        placed.insert(0, spans or _as_printed(row))
    placed.extend(_as_printed(_shifted(row, width)) for row in heads[leaf_at + 1 :])
    headed = {span.column for row in placed for span in row if span.text and span.columns == 1}
    return placed, doubt if headed.issuperset(filled) else DOUBT


def _compressed(row: Sequence[str], width: int) -> Sequence[str]:
    """Spacer cells left out of a row that has more cells than the table has columns."""
    filled = [text for text in row if text]
    if len(row) <= width or len(filled) not in (width - 1, width):
        return row[:width] if not any(row[width:]) else row
    return filled if len(filled) == width else ("", *filled)


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns; a label may stand before the numbers."""
    filled = [text for text in row if text]
    return is_numbering(" ".join(filled)) or is_numbering(" ".join(filled[1:]))


def _as_printed(row: Sequence[str]) -> tuple[Span, ...]:
    return tuple(Span(text, column) for column, text in enumerate(row))


def _shifted(row: Sequence[str], width: int) -> Sequence[str]:
    """Column numbers stand over figures: where the label column has none, it has no cell."""
    marks = [text for text in row if text]
    return ("", *marks) if len(marks) == width - 1 and row[:1] != ("",) else row


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _labelled(leaf: Sequence[str], width: int, code: str | None) -> Sequence[str]:
    """The lowest heading row; an empty heading over the labels may have been lost."""
    if len(leaf) == width - 1 and leaf[0] and concept_of(leaf[0], code) not in ("", "label"):
        return ("", *leaf)
    return leaf


def _under_groups(
    upper: Sequence[str], lower: Sequence[str], width: int, code: str | None
) -> tuple[tuple[Span, ...], Sequence[str]] | None:
    """Two rows that share the columns: the lower one has cells under the groups only.

    Each cell of the upper row that is no group reaches down; its text then counts for the column.
    """
    if not lower or not all(lower) or len(lower) >= width:
        return None
    groups = [at for at, text in enumerate(upper) if concept_of(text, code) == "change"]
    if len(upper) - len(groups) + len(lower) != width or not groups:
        groups = [at for at, text in enumerate(upper) if text and at]
    if not groups or len(upper) - len(groups) + len(lower) != width:
        return None
    each, rest = divmod(len(lower), len(groups))
    run = run_of_changes([concept_of(text, code) for text in lower])
    if len(groups) == 1 and run is not None and run[0] == 0:
        # What follows the factors of change stands beside them, not below their heading.
        each, rest = run[1], 0
    if rest:
        return None
    spans: list[Span] = []
    leaves: list[str] = []
    below = iter(lower)
    for at, text in enumerate(upper):
        if at in groups:
            spans.append(Span(text, len(leaves), each))
            leaves.extend(next(below) for _ in range(each))
        else:
            spans.append(Span("", len(leaves)))
            leaves.append(text)
    leaves.extend(below)
    spans.extend(Span("", at) for at in range(sum(span.columns for span in spans), len(leaves)))
    return tuple(spans), tuple(leaves)


def _over(
    upper: Sequence[str], leaf: Sequence[str], width: int, code: str | None
) -> tuple[Span, ...] | None:
    """A row of groups over complete headings, each group over its columns; None if that fails."""
    filled = [(at, text) for at, text in enumerate(upper) if text]
    if not filled:
        return _as_printed(("",) * width)
    changes = [at for at, text in filled if concept_of(text, code) == "change"]
    run = run_of_changes([concept_of(text, code) for text in leaf])
    if len(changes) == 1 and run is not None:
        return _around(upper, changes[0], run, width)
    first = max(filled[0][0], 1) if len(filled) > 1 or filled[0][0] else 0
    groups = [(at, text) for at, text in filled if at >= first]
    if not groups or (filled[0][0] == 0 and len(filled) == 1):
        return None
    if (width - first) % len(groups) == 0 and _is_even(groups, width, first, len(upper)):
        each = (width - first) // len(groups)
        starts = [first + each * n for n in range(len(groups))]
        spans = [Span(text, start, each) for (_, text), start in zip(groups, starts, strict=True)]
    elif len(upper) == len(leaf):
        ends = [at for at, _ in groups[1:]] + [width]
        spans = [Span(t, at, end - at) for (at, t), end in zip(groups, ends, strict=True)]
    else:
        return None
    lead = [text for at, text in filled if at < first]
    return (Span(lead[0] if lead else "", 0), *(Span("", n) for n in range(1, first)), *spans)


def _is_even(groups: Sequence[tuple[int, str]], width: int, first: int, printed: int) -> bool:
    """Whether groups have slid together, or stand where even spans put them."""
    each = (width - first) // len(groups)
    is_slid = printed < width and len({b - a for (a, _), (b, _) in pairwise(groups)}) <= 1
    return is_slid or all(at == first + each * n for n, (at, _) in enumerate(groups))


def _around(
    upper: Sequence[str], change: int, run: tuple[int, int], width: int
) -> tuple[Span, ...]:
    """The heading of changes over its run; what stood left of it stays left, the rest right."""
    first, count = run
    texts = [""] * width
    for at, text in enumerate(upper[:change]):
        if text and at < first:
            texts[at] = text
    behind = [text for text in upper[change + 1 :] if text]
    for text, column in zip(
        reversed(behind), range(width - 1, first + count - 1, -1), strict=False
    ):
        texts[column] = text
    spans = [Span(text, column) for column, text in enumerate(texts)]
    return (*spans[:first], Span(upper[change], first, count), *spans[first + count :])
