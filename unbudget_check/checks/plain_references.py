"""References to paragraphs with plain numbers, and what is said to stand above but stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.plain_numbers import plain_counts, plain_runs
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.checks.numbered import Numbered
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage, Reference, Span

    Found = Iterator[tuple[Span, str]]

# How the files of languages call it where something stands.
ABOVE, BELOW = "above", "below"


def plain_own(facts: DocumentFacts) -> Iterator[Reference]:
    """Those of which the sentence says that they are to this document."""
    if plain_runs(facts):
        yield from (each for each in _plain(facts) if each.is_own)


def plain_absent(facts: DocumentFacts, *, is_own: bool) -> Found:
    """References beyond the last paragraph, said to be to this document or not said at all."""
    last = max((each.count for run in plain_runs(facts) for each in run), default=0)
    if not last:
        return
    for each in _plain(facts):
        is_beyond = int(each.number) > last and int(each.number) not in plain_counts(facts)
        # Items, notes and the like go on with what was said of another document.
        is_clear = facts.prose.passages[each.at.passage].kind is PassageKind.PARAGRAPH
        if is_beyond and each.is_own is is_own and not each.is_outside and (is_own or is_clear):
            yield each.at, str(last)


def misplaced_side(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Found:
    """References to something below that stands above them, or the other way round."""
    for each in references:
        if not each.side or each.kind is ReferenceKind.ANNEX:
            continue
        passage = facts.prose.passages[each.at.passage]
        places = _places(numbered, each)
        if not places or not _stands_in_text(passage):
            continue
        if each.side > 0 and max(places) < passage.index:
            yield each.at, ABOVE
        elif each.side < 0 and min(places) > passage.index:
            yield each.at, BELOW


def _places(numbered: Numbered, reference: Reference) -> list[int]:
    """The passages that have the number of a reference."""
    if reference.kind is ReferenceKind.PARAGRAPH:
        return [each.index for each in numbered.paragraphs.get(reference.number, ())]
    found = numbered.captions.get((reference.kind, reference.number), ())
    return [each.passage for each in found]


def _stands_in_text(passage: Passage) -> bool:
    """Whether a passage is read where it is printed: notes may be kept behind the text."""
    if passage.kind is PassageKind.PARAGRAPH:
        return bool(passage.number) and passage.text.startswith(passage.number)
    return passage.kind is PassageKind.ITEM


def _plain(facts: DocumentFacts) -> Iterator[Reference]:
    for each in facts.prose.references:
        if each.kind is ReferenceKind.PARAGRAPH and each.number.isdecimal():
            yield each
