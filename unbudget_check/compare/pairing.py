"""Which things of two lists are the same, by the evidence of what they have in common.

Evidence is counted in bits: what few others have says more. Nothing is paired by its place; of
pairs that are equally likely the one whose places are nearest comes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

Feature = TypeVar("Feature", bound="Hashable")
Key = TypeVar("Key", bound="Collection[object]")

# What more pairs than this have in common tells none of them apart, and would take long to count.
COMMON_PAIRS = 4_000


def shared_bits(
    old: Sequence[Mapping[Feature, int]], new: Sequence[Mapping[Feature, int]]
) -> dict[tuple[int, int], int]:
    """The bits that two things have in common, for every pair that has any; keys are (old, new).

    What a thing has is worth its own bits, and more where few others have it.
    """
    there, here = _holders(old), _holders(new)
    size = max(len(old), len(new))
    bits: defaultdict[tuple[int, int], int] = defaultdict(int)
    for feature in there.keys() & here.keys():
        one, other = there[feature], here[feature]
        if len(one) * len(other) > COMMON_PAIRS:
            continue
        rarity = (size // max(len(one), len(other))).bit_length()
        for at in one:
            for to in other:
                bits[at, to] += rarity + min(old[at][feature], new[to][feature])
    return dict(bits)


def _holders(things: Sequence[Mapping[Feature, int]]) -> dict[Feature, list[int]]:
    holders: defaultdict[Feature, list[int]] = defaultdict(list)
    for at, features in enumerate(things):
        for feature in features:
            holders[feature].append(at)
    return holders


def best_pairs(scored: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """New -> old, from (bits, old, new): the pairs with most bits first, each thing once.

    The same lists the other way round give the same pairs.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, old, new in sorted(scored, key=_rank):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _rank(scored: tuple[int, int, int]) -> tuple[int, int, int, int]:
    bits, old, new = scored
    return -bits, abs(old - new), old + new, min(old, new)


def pairs_of_keys(old: Sequence[Key], new: Sequence[Key]) -> dict[int, int]:
    """New -> old of the things whose key only one on each side has; an empty key says nothing."""
    there, here = Counter(old), Counter(new)
    places = {key: at for at, key in enumerate(old) if there[key] == 1 and key}
    return {at: places[key] for at, key in enumerate(new) if here[key] == 1 and key in places}


def unpaired(count: int, taken: Iterable[int]) -> list[int]:
    """The positions that no pair has taken."""
    gone = set(taken)
    return [at for at in range(count) if at not in gone]
