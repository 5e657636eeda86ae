"""References to paragraphs with plain numbers, and what is said to stand above but stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.numbering import is_from_print
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
FIRST = 1
# Where more point beyond the last paragraph, another document is meant throughout.
FEW = 3


def plain_own(facts: DocumentFacts) -> Iterator[Reference]:
    """Those of which the sentence says that they are to this document."""
    if plain_runs(facts):
        yield from (each for each in _plain(facts) if each.is_own)


def plain_absent(facts: DocumentFacts, *, is_certain: bool) -> Found:
    """References beyond the last paragraph, certainly to this document or perhaps."""
    runs = plain_runs(facts)
    if not runs or runs[0][0].count != FIRST:
        return  # an excerpt
    last = max(each.count for run in runs for each in run)
    found = [each for each in _beyond(facts, last) if _proves(facts, each) is is_certain]
    if is_certain or len(found) <= FEW:
        yield from ((each.at, str(last)) for each in found)


def _beyond(facts: DocumentFacts, last: int) -> Iterator[Reference]:
    """References to plain numbers that this document does not have, and names no other for."""
    for each in _plain(facts):
        is_beyond = int(each.number) > last and int(each.number) not in plain_counts(facts)
        # Items, notes and the like go on with what was said of another document.
        passage = facts.prose.passages[each.at.passage]
        is_clear = each.is_own or passage.kind is PassageKind.PARAGRAPH
        if is_beyond and is_clear and not each.is_outside:
            yield each


def _proves(facts: DocumentFacts, reference: Reference) -> bool:
    """Whether a reference is to this document; of printed pages, the last may be lost."""
    return reference.is_own and (reference.side < 0 or not is_from_print(facts))


def misplaced_side(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Found:
    """References to something below that stands above them, or the other way round."""
    for each in references:
        if not each.side or each.kind is ReferenceKind.ANNEX:
            continue
        passage = facts.prose.passages[each.at.passage]
        places = _places(facts, numbered, each)
        if not places or not _stands_in_text(passage):
            continue
        if each.side > 0 and max(places) < passage.index:
            yield each.at, ABOVE
        elif each.side < 0 and min(places) > passage.index:
            yield each.at, BELOW


def _places(facts: DocumentFacts, numbered: Numbered, reference: Reference) -> list[int]:
    """The passages that have the number of a reference; none where chapters number anew."""
    if reference.kind is not ReferenceKind.PARAGRAPH:
        captions = numbered.captions.get((reference.kind, reference.number), ())
        return [each.passage for each in captions]
    places = [each.index for each in numbered.paragraphs.get(reference.number, ())]
    if not reference.number.isdecimal():
        return places
    runs = plain_runs(facts)
    own = [each.at.passage for each in runs[0] if each.count == int(reference.number)]
    return [*places, *own] if own and len(runs) == 1 else []


def _stands_in_text(passage: Passage) -> bool:
    """Whether a passage is read where it is printed: files may keep notes behind the text."""
    if passage.kind is PassageKind.PARAGRAPH:
        is_page = passage.line is not None
        return is_page or (bool(passage.number) and passage.text.startswith(passage.number))
    return passage.kind is PassageKind.ITEM


def _plain(facts: DocumentFacts) -> Iterator[Reference]:
    for each in facts.prose.references:
        if each.kind is ReferenceKind.PARAGRAPH and each.number.isdecimal():
            yield each
