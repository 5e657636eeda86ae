"""Captions of one kind whose years are those of all others but one: deliverables for 2026."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from unbudget_check.languages import normalise, plain_digits
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage

# So many captions of one kind with the same years are no chance; only one may have others.
ENOUGH = 3
_ENTITY = re.compile(r"^[^:：]*[:：]")
# A year, or what stands in the place of one and cannot be one: 226, 20226.
_YEAR = re.compile(r"(?<![\d/.,])(?:(?:19|20)\d{2,3}|2\d\d)(?![.,]?\d)")
# A longer caption, without its component and years, is the same only where the same is meant.
LONG = 8


def alike_years(facts: DocumentFacts) -> Iterator[tuple[Span, str]]:
    """The one year by which a caption differs from all others of its kind, and theirs."""
    kinds: defaultdict[str, list[tuple[tuple[str, ...], Passage]]] = defaultdict(list)
    for passage in facts.prose.passages:
        if passage.kind is PassageKind.CAPTION and (found := _kind(passage.text)):
            kinds[found[0]].append((found[1], passage))
    for captions in kinds.values():
        usual, times = Counter(years for years, _ in captions).most_common(1)[0]
        odd = [(years, passage) for years, passage in captions if years != usual]
        wrong = [at for years, _ in odd[:1] for at in range(len(years)) if years[at] != usual[at]]
        if times >= ENOUGH and len(odd) == len(wrong) == 1:
            passage = odd[0][1]
            place = list(_YEAR.finditer(plain_digits(passage.text)))[wrong[0]]
            yield Span(passage.index, *place.span()), usual[wrong[0]]


def _kind(text: str) -> tuple[str, tuple[str, ...]] | None:
    """A caption without its component and its years, and these years; nothing without years."""
    plain = plain_digits(text)
    years = tuple(_YEAR.findall(plain))
    bare = normalise(_YEAR.sub("#", _ENTITY.sub("", plain)))
    return (bare, years) if years and len(bare) >= LONG else None
