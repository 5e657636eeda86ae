"""The heading lines above the first row of a table: which they are, and how they may be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.readers.text_count import count_columns
from unbudget_check.readers.text_edges import edges_of, lone_edges
from unbudget_check.readers.text_headings import Heading, readings_of
from unbudget_check.readers.text_numbering import is_numbering, label_before, numbering_of
from unbudget_check.readers.text_pages import has_outline_mark
from unbudget_check.readers.text_stacked import Columns, read_stacked
from unbudget_check.readers.text_tails import VOTES, weigh_tails
from unbudget_check.readers.text_terms import covered, pieces_of
from unbudget_check.readers.text_words import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_pages import Textline
    from unbudget_check.readers.text_words import Atom


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading lines of a stretch, how they may be read, and where the rows begin.

    ``printed`` are the same lines as they stand; the first ``lead`` lines are not part of it.
    """

    textlines: tuple[Textline, ...]
    readings: tuple[Heading, ...]
    numbering: tuple[str, ...]
    begin: int
    printed: tuple[Textline, ...] = ()
    lead: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers of columns that the headings may mean, the most usual one first."""
        counts = dict.fromkeys(len(heading.leaves) for heading in self.readings)
        if self.numbering:
            counts.setdefault(len(self.numbering), None)
            counts.setdefault(len(self.numbering) - 1, None)
        return tuple(count for count in counts if count)


def read_headings(above: Sequence[Textline], code: str | None, *, is_labelled: bool) -> Headings:
    """The heading lines above a first row; lines of labels right above it are left to the rows."""
    pieces = pieces_of(above, code)
    known = [
        is_known or is_numbering(textline.text)
        for is_known, textline in zip(covered(above, pieces), above, strict=True)
    ]
    marked = next(
        (at for at, line in enumerate(above) if has_outline_mark(line.bare) and not known[at]),
        len(above),
    )
    if any(known[:marked]):
        end = max(at for at in range(marked) if known[at]) + 1
    else:
        end = marked if is_labelled else max(marked - 1, 0)
    lines = tuple(above[:end])
    words, numbering = _without_numbering(lines)
    return Headings(words, readings_of(pieces_of(words, code)), numbering, end, lines)


def _without_numbering(
    lines: Sequence[Textline],
) -> tuple[tuple[Textline, ...], tuple[str, ...]]:
    """Heading lines without the numbers of the columns, and those numbers."""
    words = []
    numbers = []
    for line in lines:
        if not is_numbering(line.text):
            words.append(line)
            continue
        label = label_before(line.text)
        numbers.append(line.text[len(label) :])
        if label.strip():
            words.append(replace(line, text=label, bare=label.strip()))
    return tuple(words), numbering_of(numbers)


def stacked_headings(
    textlines: Sequence[Textline],
    atoms: Sequence[tuple[Atom, ...]],
    first: int,
    code: str | None,
) -> Headings | None:
    """The headings by their place, in a table that is still set in columns."""
    if not first:
        return None
    body = textlines[first:]
    tails = weigh_tails(body, atoms[first:], ())
    rows = [
        (textline.text, tail)
        for textline, tail in zip(body, tails, strict=True)
        if tail is not None and len(tail.atoms) >= VOTES
    ]
    if len(rows) == 1:
        edges = lone_edges(*rows[0])
    else:
        edges = edges_of(rows, count_columns([tail for _, tail in rows], ()))
    if not edges:
        return None
    full = [(text, tail) for text, tail in rows if tail.fewest == len(edges) == tail.most]
    left = min(place_of(text, tail.atoms[0].start) for text, tail in full)
    stacked = read_stacked(textlines[:first], Columns(left, edges), code)
    if stacked is None:
        return None
    printed = tuple(textlines[stacked.first : stacked.end])
    words, numbering = _without_numbering(printed)
    heading = stacked.heading
    if len(words) < len(printed):
        # The column numbers at the bottom are no words of a heading.
        leaves = (replace(leaf, last=min(leaf.last, len(words) - 1)) for leaf in heading.leaves)
        heading = replace(heading, leaves=tuple(leaves))
    return Headings(words, (heading,), numbering, stacked.end, printed, lead=stacked.first)
