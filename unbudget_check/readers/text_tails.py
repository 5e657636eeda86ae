"""The tails of the printed lines of one table, weighed together; numbers of labels taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.readers.text_cuts import Tail, weigh
from unbudget_check.readers.text_labels import atoms_of_label, numbers_in_labels
from unbudget_check.readers.text_words import spaces_thousands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_pages import Textline
    from unbudget_check.readers.text_words import Atom

# Figures that a line must have before it counts as a row whose columns are not known yet.
VOTES = 2


def weigh_tails(
    body: Sequence[Textline], atoms: Sequence[tuple[Atom, ...]], counts: Sequence[int]
) -> list[Tail | None]:
    """The tails with the prices of their cuts, numbers that end labels taken off."""
    spaced = spaces_thousands([tail for tail in atoms if len(tail) >= VOTES])
    own = [
        tail[atoms_of_label(textline.text[: tail[0].start].strip(), tail, spaced=spaced) :]
        if tail
        else tail
        for textline, tail in zip(body, atoms, strict=True)
    ]
    tails = [weigh(tail, spaced=spaced) if tail else None for tail in own]
    at_rows = [at for at, tail in enumerate(tails) if tail is not None and len(tail.atoms) >= VOTES]
    labels = [body[at].text[: own[at][0].start].strip() for at in at_rows]
    numbered = numbers_in_labels(labels, [t for at in at_rows if (t := tails[at])], counts)
    for position in numbered:
        tails[at_rows[position]] = weigh(own[at_rows[position]][1:], spaced=spaced)
    return tails
