"""Tables and figures that the paragraphs right above them introduce under another number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.checks.numbered import kind_of
from unbudget_check.model.numbering import counted
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.checks.numbered import Numbered
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Passage, Reference, Span

DRAWN = (ReferenceKind.TABLE, ReferenceKind.FIGURE)
# A document introduces its tables and figures where its text names so many, and all but one
# and a fifth.
ENOUGH = 5
FIFTH = 5
# A list of so many numbers tells what stands below, one by one.
LIST = 3


@dataclass(slots=True)
class _Stretch:
    """Paragraphs one after another, and the tables and figures below them."""

    references: list[Reference] = field(default_factory=list)
    below: list[Caption] = field(default_factory=list)

    def numbers(self, kind: ReferenceKind) -> list[str]:
        """The numbers of the tables, or of the figures, that stand below."""
        return [each.number for each in self.below if kind_of(each) is kind]


def misplaced(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References to what stands elsewhere, above something that no sentence names."""
    meant = introductions(facts)
    for each in references:
        if each in meant and numbered.has(each.kind, each.number):
            yield each.at, meant[each]


def introductions(facts: DocumentFacts) -> dict[Reference, str]:
    """References with another number than what they introduce, and that number."""
    told = {(each.kind, each.number) for each in facts.prose.references}
    drawn = [each for each in facts.prose.captions if each.number and kind_of(each) in DRAWN]
    nameless = [each for each in drawn if (kind_of(each), each.number) not in told]
    if len(drawn) < ENOUGH or len(nameless) * FIFTH > len(drawn) + FIFTH:
        return {}
    passages = {(each.kind, each.number, each.at.passage) for each in facts.prose.references}
    times = Counter((kind, number) for kind, number, _ in passages)
    found: dict[Reference, str] = {}
    for stretch in _stretches(facts):
        found.update(_overlong(facts, stretch))
        found.update(_meant(stretch, nameless, times))
    return found


def _stretches(facts: DocumentFacts) -> Iterator[_Stretch]:
    named: dict[int, list[Reference]] = {}
    for reference in facts.prose.references:
        named.setdefault(reference.at.passage, []).append(reference)
    captions = {each.passage: each for each in facts.prose.captions}
    stretch = _Stretch()
    for each in facts.prose.passages:
        if stretch.below and _begins_paragraph(each):
            yield stretch
            stretch = _Stretch()
        stretch.references.extend(named.get(each.index, ()))
        if each.index in captions:
            stretch.below.append(captions[each.index])
    yield stretch


def _begins_paragraph(passage: Passage) -> bool:
    is_paragraph = passage.kind is PassageKind.PARAGRAPH and passage.number
    return bool(is_paragraph) and passage.text.startswith(passage.number)


def _meant(
    stretch: _Stretch,
    nameless: Sequence[Caption],
    times: Mapping[tuple[ReferenceKind, str], int],
) -> Iterator[tuple[Reference, str]]:
    """What names a table or figure that has no other name.

    That is the last one above it, of the same kind, that names something which does not stand
    below and is named elsewhere, too; or the end of a list of what stands below. Sentences
    introduce in the order of the page: none before that of an earlier table is meant. ``times``
    counts the passages that name something.
    """
    for caption in stretch.below:
        if caption not in nameless:
            continue
        kind = kind_of(caption)
        here = stretch.numbers(kind)
        above = [
            each
            for each in stretch.references
            if each.kind is kind and each.at.passage < caption.passage
        ]
        earlier = here[: here.index(caption.number)]
        known = [at for at, each in enumerate(above) if each.number in earlier]
        others = [each for each in above[max(known, default=0) :] if each.number not in here]
        last = [each for each in others if each.at.passage == others[-1].at.passage]
        if len(last) == 1 and times[kind, last[0].number] > 1:
            yield last[0], caption.number
        elif not others and (ends := _ends_of_list(above)):
            yield ends[min(ends, key=partial(_distance, caption.number))], caption.number


def _ends_of_list(references: Sequence[Reference]) -> dict[str, Reference]:
    """The first list of several numbers, without parts, in a stretch: by these numbers."""
    passages = dict.fromkeys(each.at.passage for each in references if not each.part)
    lists = (
        {each.number: each for each in references if each.at.passage == passage}
        for passage in passages
    )
    return next((found for found in lists if len(found) > 1), {})


def _overlong(facts: DocumentFacts, stretch: _Stretch) -> Iterator[tuple[Reference, str]]:
    """The ends of a range of numbers that goes on beyond what stands below."""
    lists: dict[tuple[ReferenceKind, int], list[Reference]] = {}
    for each in stretch.references:
        if each.kind in DRAWN:
            lists.setdefault((each.kind, each.at.passage), []).append(each)
    for (kind, passage), named in lists.items():
        below = stretch.numbers(kind)
        beyond = [each for each in named if each.number not in below]
        is_list = len(below) > 1 and len(named) >= LIST
        if not is_list or not beyond or len(named) - len(beyond) < len(below) - 1:
            continue
        nearest = min(below, key=partial(_distance, beyond[0].number))
        text = facts.prose.passages[passage].text
        ends = (each for each in beyond if each.number in text[each.at.start : each.at.end])
        yield from ((each, nearest) for each in ends)


def _distance(one: str, other: str) -> int:
    """How far two numbers of the same numbering lie apart."""
    first, second = counted(one), counted(other)
    return abs(first[2] - second[2]) if first and second else 0
