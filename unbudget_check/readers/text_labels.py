"""Numbers that end a row label, such as "Subprogramme 2", and are no figure of the first column."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.readers.text_rows import has_open_bracket
from unbudget_check.readers.text_words import Kind, is_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.readers.text_cuts import Tail
    from unbudget_check.readers.text_words import Atom

LARGEST = 99
LONG_LABEL = 30  # characters from which a label with a colon is a text
MOST_SKIPPED = 3  # atoms at the front that may belong to the label
# A label does not end so: the number that follows is part of it, as in "Subtotal, 1".
_OPEN_ENDS = (",", "，", "、", "/", "&")


def atoms_of_label(label: str, atoms: Sequence[Atom], *, spaced: bool) -> int:
    """How many of the first atoms belong to the label, by print alone.

    A bracket that the label opens is closed by them; a number follows a comma. A year that follows
    words belongs to them, too, where thousands are spaced: 2 025 would be a figure.
    """
    if not label or not atoms:
        return 0
    if has_open_bracket(label):
        ends = [at for at, atom in enumerate(atoms[:-1]) if atom.closed and not atom.opened]
        return ends[0] + 1 if ends and ends[0] < MOST_SKIPPED else 0
    if len(atoms) == 1 or atoms[0].kind is not Kind.FIGURE:
        return 0
    is_text = len(label) > LONG_LABEL and label.endswith((":", "："))
    if is_text and any(atom.decimals > 0 for atom in atoms):
        # "Number of sessions: 1" among amounts with decimals.
        return int(is_small_number(atoms[0]))
    if label.endswith(_OPEN_ENDS):
        return int(is_small_number(atoms[0]))
    return int(spaced and is_year(atoms[0]))


def is_small_number(atom: Atom) -> bool:
    """Whether an atom is a number such as labels end in."""
    return atom.text.isdecimal() and int(atom.text) <= LARGEST


def numbers_in_labels(
    labels: Sequence[str], tails: Sequence[Tail], headed: Iterable[int]
) -> frozenset[int]:
    """The rows whose first atom counts labels that are otherwise the same: 1, 2, 3, ...

    Only where these rows have one figure more than the others or than the headings allow.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, (label, tail) in enumerate(zip(labels, tails, strict=True)):
        if label and _count(tail) is not None:
            groups[label].append(at)
    found: set[int] = set()
    for members in groups.values():
        counts = [_count(tails[at]) or 0 for at in members]
        if len(members) > 1 and counts == list(range(counts[0], counts[0] + len(counts))):
            others = [tail for at, tail in enumerate(tails) if at not in members]
            if _is_one_too_many([tails[at] for at in members], others, headed):
                found.update(members)
    return frozenset(found)


def _count(tail: Tail) -> int | None:
    """The small whole number that a tail begins with."""
    first = tail.atoms[0]
    return int(first.text) if is_small_number(first) and len(tail.atoms) > 1 else None


def _is_one_too_many(
    members: Sequence[Tail], others: Sequence[Tail], headed: Iterable[int]
) -> bool:
    """Whether the rows fit the headings, or the other rows, only without their first atom."""
    fewest, most = min(t.fewest for t in members), max(t.most for t in members)
    counts = set(headed)
    if any(most - 1 == count for count in counts) and most not in counts:
        return True
    if any(tail.most >= most for tail in others) or not others:
        return False
    return any(tail.fewest <= most - 1 <= tail.most for tail in others) and fewest > 1
