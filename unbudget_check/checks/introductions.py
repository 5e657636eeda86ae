"""Tables and figures that a paragraph introduces right above them under another number."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from unbudget_check.checks.numbered import kind_of
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.checks.numbered import Numbered
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Reference, Span

DRAWN = (ReferenceKind.TABLE, ReferenceKind.FIGURE)
# A document introduces its tables and figures where its text names so many, and all but a fifth.
ENOUGH = 5
FIFTH = 5


def misplaced(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References to what stands elsewhere, above something that no sentence names."""
    above = introductions(facts)
    for each in references:
        caption = above.get(each)
        if caption is not None and numbered.has(each.kind, each.number):
            yield each.at, caption.number


def introductions(facts: DocumentFacts) -> dict[Reference, Caption]:
    """References to something else, with what stands below their paragraph and has no other.

    A table or figure that no sentence names is meant by the paragraph above it, where that names
    just one of the same kind that does not stand below it as well.
    """
    told = {(each.kind, each.number) for each in facts.prose.references}
    drawn = [each for each in facts.prose.captions if each.number and kind_of(each) in DRAWN]
    nameless = [each for each in drawn if (kind_of(each), each.number) not in told]
    if len(drawn) < ENOUGH or len(nameless) * FIFTH > len(drawn):
        return {}
    begins = _paragraphs(facts)
    below: dict[int, list[Caption]] = {}
    for caption in drawn:
        below.setdefault(bisect_right(begins, caption.passage) - 1, []).append(caption)
    named: dict[int, list[Reference]] = {}
    for reference in facts.prose.references:
        named.setdefault(bisect_right(begins, reference.at.passage) - 1, []).append(reference)
    return dict(_meant(nameless, below, named, begins))


def _paragraphs(facts: DocumentFacts) -> list[int]:
    """Where the numbered paragraphs begin."""
    found: list[int] = [0]
    last = ""
    for each in facts.prose.passages:
        if each.kind is PassageKind.PARAGRAPH and each.number and each.number != last:
            last = each.number
            found.append(each.index)
    return found


def _meant(
    nameless: Iterable[Caption],
    below: Mapping[int, list[Caption]],
    named: Mapping[int, list[Reference]],
    begins: list[int],
) -> Iterator[tuple[Reference, Caption]]:
    for caption in nameless:
        at = bisect_right(begins, caption.passage) - 1
        here = {(kind_of(each), each.number) for each in below[at]}
        others = [
            each
            for each in named.get(at, ())
            if each.kind is kind_of(caption)
            and each.at.passage < caption.passage
            and (each.kind, each.number) not in here
        ]
        if len(others) == 1:
            yield others[0], caption
