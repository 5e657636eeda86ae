"""Numbers of paragraphs, tables and figures that are used twice, left out or out of order.

What a document numbers: its tables, figures, annexes and paragraphs, with parts and items.

Does a document number its paragraphs plainly, from 1 to 60, and which numbers are those?
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from unbudget_check.checks import once
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.meaning import STEP, steps_of
from unbudget_check.model.numbering import LONGEST_RANGE, counted, printed_number
from unbudget_check.model.prose import CaptionKind, PassageKind, ReferenceKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption, Passage
    from unbudget_check.rulebook.rule import Rule

    Step = tuple[int, Span]
    Run = tuple[ReferenceKind, str, str]


# The items of a paragraph that stand within its text; behind a number they are a reference.
_INLINE = re.compile(r"(?<!\d)(?<!\d\s)\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)")

# So many numbers are a numbering of paragraphs; fewer may be a list.
FEWEST_NUMBERED = 8
# Where more are missing they were left out on purpose.
WIDEST_GAP = 3
# So many numbers behind a slip show that it is one, and so many runs may go on at a time.
NEXT, OPEN = 2, 8
# Without a full stop, a text of this width is still a paragraph; an ideograph is two wide.
PARAGRAPH_WIDTH = 120
# Together the runs must take up this part of a document.
THIRD = 3
# Without a blank, a figure behind it makes it a decimal, unless that is a year.
# Arabic sets a dash.
_COUNT = re.compile(
    r"(?P<count>\d{1,3})(?:[.\uff0e](?:(?!\d)|(?=\d{4}\s?[^\W\d_a-zA-Z]))"
    r"|\s?[\u2013-]\s?(?=[\u0620-\u064a]))"
)
# A text, or a sentence joined to another, may begin with a count in other ways, or with a range
# of them: 8-10. Not used.
_ANY_COUNT = re.compile(
    r"(?:^\W{0,2}|(?<=[.;:!?] )|(?<=[\u3002\uff1b\uff1a]))(?P<count>\d{1,3})(?!\d|[,:/]\d)"
    r"(?:\.?\s?[\u2010-\u2015-]\s?(?P<last>\d{1,3})\b)?"
)
# What may follow the mark that ends a sentence: brackets, quotes and marks of footnotes.
_AFTER_STOP = " )]\"'*\u2019\u201d\u300d\uff09\u00b9\u00b2\u00b3\u2070" + "".join(
    chr(0x2074 + n) for n in range(6)
)
_STOPS = (".", "!", "?", ";", ":", "\u3002", "\uff01", "\uff1f", "\uff1b", "\uff1a", "\u061f")

# So many numbers make a numbering, and so many prove that one of them is wrong.
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


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A plain number before a paragraph: what it counts and where it stands."""

    count: int
    at: Span


@dataclass(slots=True)
class _Run:
    """Numbers that follow each other, slips among them, and the count that is due."""

    steps: list[PlainNumber] = field(default_factory=list)
    early: set[int] = field(default_factory=set)
    due: int = 1

    def take(self, found: Iterable[PlainNumber], due: int) -> None:
        """Some numbers more; what came early is due no more."""
        self.steps.extend(found)
        self.due = due
        while self.due in self.early:
            self.due += 1


@once
def plain_runs(facts: DocumentFacts) -> tuple[tuple[PlainNumber, ...], ...]:
    """The numberings of paragraphs, such as one a chapter; none where paragraphs have a section.

    Lists inside a paragraph begin at one, and numbers of paragraphs go on behind them; numbered
    headings and agendas are no sentences; lists are short or take up little of a document.
    """
    passages = facts.prose.passages
    printed = [each for passage in passages for each in _sentence(passage)]
    if len(printed) < FEWEST_NUMBERED:
        return ()
    runs = [
        run.steps
        for run in _followed(printed, _loose(passages))
        if len(run.steps) >= FEWEST_NUMBERED
    ]
    covered = sum(steps[-1].at.passage - steps[0].at.passage + 1 for steps in runs)
    scoped = {each.number for each in passages if "." in each.number}
    if covered * THIRD < len(passages) or len(scoped) >= sum(map(len, runs)):
        return ()
    return tuple(map(tuple, runs))


@once
def plain_counts(facts: DocumentFacts) -> frozenset[int]:
    """Every count that may number a paragraph here, however it is printed."""
    return frozenset(_loose(facts.prose.passages)) if plain_runs(facts) else frozenset()


def _sentence(passage: Passage) -> Iterator[PlainNumber]:
    """The number of a passage that is a sentence, not a heading."""
    if passage.kind is not PassageKind.PARAGRAPH or not passage.text[:1].isdecimal():
        return
    found = _COUNT.match(passage.text)
    if found and (passage.text.rstrip(_AFTER_STOP).endswith(_STOPS) or _is_wide(passage.text)):
        yield PlainNumber(int(found["count"]), Span(passage.index, *found.span("count")))


def _is_wide(text: str) -> bool:
    """Whether a text is too long for a heading."""
    return (
        len(text) + sum(east_asian_width(each) == "W" for each in text[:PARAGRAPH_WIDTH])
        >= PARAGRAPH_WIDTH
    )


def _loose(passages: Iterable[Passage]) -> Mapping[int, tuple[PlainNumber, ...]]:
    """Count -> all places where a text or a sentence begins with it, in whatever way."""
    found: dict[int, tuple[PlainNumber, ...]] = {}
    for passage in passages:
        for match in _ANY_COUNT.finditer(passage.text):
            at = Span(passage.index, *match.span("count"))
            for count in _counts(match):
                found[count] = (*found.get(count, ()), PlainNumber(count, at))
    return found


def _counts(match: re.Match[str]) -> range:
    first = int(match["count"])
    last = int(match["last"] or first)
    return range(first, last + 1 if last - first <= LONGEST_RANGE else first + 1)


def _followed(
    printed: Sequence[PlainNumber], loose: Mapping[int, tuple[PlainNumber, ...]]
) -> list[_Run]:
    """Each number in the run that it goes on, the latest first, or else at the head of another."""
    runs: list[_Run] = []
    latest: list[_Run] = []
    for at, each in enumerate(printed):
        after = _after(printed, at)
        for run in sorted(latest, key=lambda run: abs(each.count - run.due)):
            if _goes_on(run, each, after, loose):
                latest.remove(run)
                break
        else:
            run = _Run()
            # Above the first sentence, what looks like a heading may be the first paragraph.
            before = [] if runs else _between(run, each, loose)
            run.take([*before, each], each.count + 1)
            runs.append(run)
        latest.insert(0, run)
        del latest[OPEN:]
    return runs


def _after(printed: Sequence[PlainNumber], at: int) -> tuple[int, ...]:
    """The next counts, up to where a list or a chapter begins."""
    counts = [each.count for each in printed[at + 1 : at + 1 + NEXT]]
    return tuple(counts[: counts.index(1)] if 1 in counts else counts)


def _goes_on(
    run: _Run,
    each: PlainNumber,
    after: tuple[int, ...],
    loose: Mapping[int, tuple[PlainNumber, ...]],
) -> bool:
    """Take a number into a run where it is due, or where what comes next shows that it slipped."""
    count, due = each.count, run.due
    if count == due:
        run.take([each], due + 1)
    elif count == 1:
        return False
    elif due < count <= due + WIDEST_GAP and (filled := _between(run, each, loose)):
        run.take([*filled, each], count + 1)
    elif count == due + 1 and after in ((due,), (due, due + 2)):
        run.early.add(count)
        run.take([each], due)
    elif after and after == _counted_on(due + 1, after):
        run.take([each], due + 1)
    elif _is_gap(count, due, after):
        run.take([each], count + 1)
    elif count == due - 1 and after == _counted_on(due, after):
        run.take([each], due)
    else:
        return False
    return True


def _is_gap(count: int, due: int, after: tuple[int, ...]) -> bool:
    """Whether some numbers are left out here: the numbering goes on behind them."""
    widest = WIDEST_GAP if after else 1
    return due < count <= due + widest and after == _counted_on(count + 1, after)


def _counted_on(first: int, after: tuple[int, ...]) -> tuple[int, ...]:
    """So many counts from this one on."""
    return tuple(range(first, first + len(after)))


def _between(
    run: _Run, each: PlainNumber, loose: Mapping[int, tuple[PlainNumber, ...]]
) -> list[PlainNumber]:
    """The numbers that seem to be left out, where texts begin with them after all."""
    found, last = [], run.steps[-1].at.passage if run.steps else -1
    for count in range(run.due, each.count):
        places = [n for n in loose.get(count, ()) if last <= n.at.passage < each.at.passage]
        if not places:
            return []
        found.append(places[0])
        last = places[0].at.passage
    return found


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
    for run in plain_runs(facts):
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
        goes_on = again and (is_bare or any(word in words for word in carried))
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
    exchanged; else what is told is the first number that does not follow.
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
