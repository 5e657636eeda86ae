"""Numbers of paragraphs, tables and figures that are used twice, left out or out of order.

What a document numbers: its tables, figures, annexes and paragraphs, with parts and items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.meaning import STEP, steps_of
from unbudget_check.model.numbering import counted, printed_number
from unbudget_check.model.prose import CaptionKind, PassageKind, ReferenceKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Passage
    from unbudget_check.rulebook.rule import Rule

    Step = tuple[int, Span]
    Run = tuple[ReferenceKind, str, str]


# The items of a paragraph that stand within its text; behind a number they are a reference.
_INLINE = re.compile(r"(?<!\d)(?<!\d\s)\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)")

# Numbers that make a numbering, and that prove that one of them is wrong.
FEWEST_TABLES, FEWEST_PARAGRAPHS = 4, 8
FIRST = 1
FEWEST_ANNEXES = 2  # annexes are few; two of them tell their order
# What is broken so often is no consecutive numbering at all.
TENTH = 10
_OTHER = re.compile(r"[^\W_]")


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


def check_numbering(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every number at whose place another one comes next."""
    certain = rule.parameters["proof"] == "long"
    for (kind, scope, notation), steps in _runs(facts):
        is_long = len(steps) >= FEWEST_PARAGRAPHS and not is_from_print(facts)
        if is_long != certain or len(steps) < (
            FEWEST_ANNEXES if kind is ReferenceKind.ANNEX else FEWEST_TABLES
        ):
            continue
        found = list(_breaks(steps))
        if len(found) * TENTH > len(steps) + TENTH:
            continue
        for span, count in found:
            meant = printed_number(scope, notation, count)
            at = _misprint(facts, kind, span, meant) or span
            claims.remarks.append(Remark(number, at, text=meant))


def is_from_print(facts: DocumentFacts) -> bool:
    """Whether pages were turned into text, in which a row may be lost or stand elsewhere."""
    return any(each.line is not None for each in facts.prose.passages[:1])


def _runs(facts: DocumentFacts) -> Iterator[tuple[Run, list[Step]]]:
    """The numbers of every numbering in reading order; without a section, tables may begin anew."""
    for run in facts.prose.numberings:
        yield (ReferenceKind.PARAGRAPH, "", "digit"), [(each.count, each.at) for each in run]
    runs: dict[Run, list[Step]] = {}
    for kind, number, span in (*_of_captions(facts), *_of_paragraphs(facts)):
        found = counted(number)
        if found and (found[0] or kind is not ReferenceKind.PARAGRAPH):
            runs.setdefault((kind, *found[:2]), []).append((found[2], span))
    for key, steps in runs.items():
        if key[1] or key[0] is ReferenceKind.ANNEX or sum(c == FIRST for c, _ in steps) == 1:
            yield key, steps


def _of_captions(facts: DocumentFacts) -> Iterator[tuple[ReferenceKind, str, Span]]:
    carried = load_language(facts.language).rows["carried"]
    last: Caption | None = None
    for each in facts.prose.captions:
        again = last is not None and (last.kind, last.number) == (each.kind, each.number)
        words = normalise(each.title)
        is_bare = not words and each.kind is not CaptionKind.ANNEX
        is_carried = each.continued or any(word in words for word in carried)
        goes_on = again and (is_bare or is_carried)
        if each.number and not goes_on:
            text = facts.prose.passages[each.passage].text
            start = text.find(each.number)
            span = Span(each.passage, max(start, 0), max(start, 0) + len(each.number))
            yield kind_of(each), each.number, span
        last = each


def _of_paragraphs(facts: DocumentFacts) -> Iterator[tuple[ReferenceKind, str, Span]]:
    for each in facts.prose.passages:
        printed = each.kind is PassageKind.PARAGRAPH and each.text.startswith(each.number)
        if each.number and printed:
            yield ReferenceKind.PARAGRAPH, each.number, Span(each.index, 0, len(each.number))


def _breaks(steps: Sequence[Step]) -> Iterator[tuple[Span, int]]:
    """Where a number stands and which one comes next.

    A wrong number between two right ones is told at itself, and the earlier one of two that were
    exchanged; else what is reported is the first number that does not follow.
    """
    counts = [count for count, _ in steps]
    known = set(counts)
    if 1 not in known and counts[1] != FIRST + 1:
        return  # an excerpt, which may leave out others
    # Some count from nought: table 0, then table 1.
    first = 0 if counts[:2] == [0, FIRST] else FIRST
    skipped = -1
    for at, (before, count) in enumerate(pairwise([first - 1, *counts])):
        after = counts[at + 1] if at + 1 < len(counts) else None
        if count == before + 1 or at == skipped:
            continue
        is_alone = after == before + 2 or (count > before and after == before + 1)
        is_gap = known.isdisjoint(range(before + 1, count))
        if is_alone:
            skipped = at + 1
        if is_alone or is_gap:
            yield steps[at][1], before + 1


def _misprint(facts: DocumentFacts, kind: ReferenceKind, span: Span, meant: str) -> Span | None:
    """The number of a paragraph before this one that was printed with other marks: 29.E.38."""
    if kind is not ReferenceKind.PARAGRAPH:
        return None
    letters = "".join(_OTHER.findall(meant))
    for each in reversed(facts.prose.passages[: span.passage]):
        if each.kind is PassageKind.PARAGRAPH:
            first = each.text.partition(" ")[0]
            if "".join(_OTHER.findall(first)) == letters:
                return Span(each.index, 0, len(first.rstrip(".")))
            if each.number and each.text.startswith(each.number):
                return None
    return None
