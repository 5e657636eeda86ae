"""What a document numbers: its tables, figures, annexes and paragraphs, with parts and items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.checks.once import once
from unbudget_check.languages import load_language, normalise
from unbudget_check.model.meaning import STEP, steps_of
from unbudget_check.model.numbering import counted
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Passage

# The items of a paragraph that stand within its text; behind a number they are a reference.
_INLINE = re.compile(r"(?<!\d)(?<!\d\s)\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """All that a document numbers, by kind and printed number.

    ``captions`` are those of tables, figures and annexes, ``paragraphs`` the passages that belong
    to a paragraph; ``parts`` are the parts of a table as its caption or its sheets announce them.
    """

    captions: Mapping[tuple[ReferenceKind, str], tuple[Caption, ...]]
    paragraphs: Mapping[str, tuple[Passage, ...]]
    parts: Mapping[str, frozenset[str]]
    counts: Mapping[tuple[ReferenceKind, str, str], frozenset[int]]

    @property
    def scopes(self) -> frozenset[str]:
        """The numberings of the document itself: 29E, 8.I and 8.II."""
        return frozenset(scope for _, scope, _ in self.counts if scope)

    def has(self, kind: ReferenceKind, number: str) -> bool:
        """Whether the document has a table, figure, annex or paragraph with this number."""
        if kind is ReferenceKind.PARAGRAPH:
            return number in self.paragraphs
        return (kind, number) in self.captions

    def counted_in(self, kind: ReferenceKind, scope: str, notation: str) -> frozenset[int]:
        """The counts that the document uses for one kind in one numbering."""
        return self.counts.get((kind, scope, notation), frozenset())

    def items(self, number: str, items: tuple[str, ...]) -> tuple[Passage, ...]:
        """The passages of an item of a paragraph, its own items with it."""
        found = self.paragraphs.get(number, ())
        return tuple(each for each in found if each.items[: len(items)] == items)

    def has_item(self, number: str, items: tuple[str, ...]) -> bool:
        """Whether a paragraph has an item, as a passage of its own or within its text."""
        if self.items(number, items):
            return True
        inside = self.items(number, items[:-1])
        return any(items[-1] in _INLINE.findall(each.text, each.body) for each in inside)


def kind_of(caption: Caption) -> ReferenceKind:
    """What refers to a caption calls it so."""
    return ReferenceKind(caption.kind.value)


@once
def numbered_in(facts: DocumentFacts) -> Numbered:
    """The index of what a document numbers."""
    captions: dict[tuple[ReferenceKind, str], list[Caption]] = {}
    for caption in facts.prose.captions:
        if caption.number:
            key = kind_of(caption), caption.number
            captions.setdefault(key, []).append(caption)
    paragraphs: dict[str, list[Passage]] = {}
    for passage in facts.prose.passages:
        if passage.number and passage.kind is not PassageKind.NOTE:
            paragraphs.setdefault(passage.number, []).append(passage)
    kind = ReferenceKind.PARAGRAPH
    counts: dict[tuple[ReferenceKind, str, str], set[int]] = {}
    for own, number in (*((kind, number) for number in paragraphs), *captions):
        if found := counted(number):
            counts.setdefault((own, *found[:2]), set()).add(found[2])
    return Numbered(
        {key: tuple(found) for key, found in captions.items()},
        {number: tuple(found) for number, found in paragraphs.items()},
        _parts(facts),
        {key: frozenset(each) for key, each in counts.items()},
    )


def _parts(facts: DocumentFacts) -> dict[str, frozenset[str]]:
    """Printed number of a table -> its parts; empty for a table that has none."""
    found: dict[str, set[str]] = {}
    for table in facts.tables:
        if table.number:
            found.setdefault(table.number, set()).update(filter(None, [table.part]))
    for caption in facts.prose.captions:
        if caption.number in found:
            found[caption.number].update(caption.parts)
    return {number: frozenset(parts) for number, parts in found.items()}


def names_entity(passages: Sequence[Passage], entity: str, code: str) -> bool:
    """Whether some of these passages are about a component, or about all of which it is one."""
    above = {STEP.join(steps_of(entity)[:at]) for at in range(1, len(steps_of(entity)) + 1)}
    if any(not above.isdisjoint((each.entity, each.bearing.entity)) for each in passages):
        return True
    pattern = _name(steps_of(entity)[-1], code)
    return any(pattern.search(normalise(each.text)) for each in passages)


@lru_cache(maxsize=256)
def _name(step: str, code: str) -> re.Pattern[str]:
    """How a text names a component: by its words, or as subprogramme 3."""
    word, _, number = step.rpartition(" ")
    known = load_language(code).entities
    if word in known and number.isdigit():
        words = "|".join(map(re.escape, known[word]))
        return re.compile(rf"(?:{words})s?\s*(?:\d+\D{{1,5}})?{number}(?!\d)")
    return re.compile(re.escape(step))
