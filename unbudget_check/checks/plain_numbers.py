"""Does a document number its paragraphs plainly, from 1 to 60, and which numbers are those?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from unbudget_check.checks.once import once
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage

# So many numbers are a numbering of paragraphs; fewer may be a list.
LONG = 8
# Where more are missing they were left out on purpose.
WIDEST_GAP = 3
# Without a full stop, a text of this width is still a paragraph; an ideograph is two wide.
WIDE = 120
# Together the runs must take up this part of a document.
THIRD = 3
_COUNT = re.compile(r"(?P<count>\d{1,3})[.\uff0e](?!\d)")
_ANY_COUNT = re.compile(r"\W{0,2}(?P<count>\d{1,3})(?!\d|[.,:/\uff0e]\d)")
# What may follow the mark that ends a sentence: brackets, quotes and marks of footnotes.
_AFTER_STOP = " )]\"'*\u2019\u201d\u300d\uff09\u00b9\u00b2\u00b3\u2070" + "".join(
    chr(0x2074 + n) for n in range(6)
)
_STOPS = (".", "!", "?", ";", ":", "\u3002", "\uff01", "\uff1f", "\uff1b", "\uff1a", "\u061f")


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

    Lists inside a paragraph begin at one and end before its own numbering goes on; numbered
    headings and agendas are no sentences; lists are short or take up little of a document.
    """
    passages = facts.prose.passages
    printed = [each for passage in passages for each in _sentence(passage)]
    if len(printed) < LONG:
        return ()
    runs = [run.steps for run in _followed(printed, _loose(passages)) if len(run.steps) >= LONG]
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
    found = _COUNT.match(passage.text) if passage.kind is PassageKind.PARAGRAPH else None
    if found and (passage.text.rstrip(_AFTER_STOP).endswith(_STOPS) or _is_wide(passage.text)):
        yield PlainNumber(int(found["count"]), Span(passage.index, *found.span("count")))


def _is_wide(text: str) -> bool:
    """Whether a text is too long for a heading."""
    return len(text) + sum(east_asian_width(each) == "W" for each in text[:WIDE]) >= WIDE


def _loose(passages: Iterable[Passage]) -> Mapping[int, tuple[PlainNumber, ...]]:
    """Count -> all places where a text begins with it, as a heading, without its stop and so on."""
    found: dict[int, tuple[PlainNumber, ...]] = {}
    for passage in passages:
        match = _ANY_COUNT.match(passage.text)
        if match:
            count = int(match["count"])
            number = PlainNumber(count, Span(passage.index, *match.span("count")))
            found[count] = (*found.get(count, ()), number)
    return found


def _followed(
    printed: Sequence[PlainNumber], loose: Mapping[int, tuple[PlainNumber, ...]]
) -> list[_Run]:
    """Each number in the innermost run that it goes on, or else where it begins one of its own."""
    runs: list[_Run] = []
    inner: list[_Run] = []
    for each, after in pairwise((*printed, None)):
        if each is None:
            break
        upcoming = 0 if after is None or after.count == 1 else after.count
        ways = [(abs(each.count - run.due), -level, run) for level, run in enumerate(inner)]
        for _, level, run in sorted(ways, key=lambda way: way[:2]):
            if _goes_on(run, each, upcoming, loose):
                del inner[1 - level :]
                break
        else:
            begun = _Run()
            # Above the first sentence, what looks like a heading may be the first paragraph.
            before = [] if runs else _between(begun, each, loose)
            begun.take([*before, each], each.count + 1)
            runs.append(begun)
            inner.append(begun)
    return runs


def _goes_on(
    run: _Run, each: PlainNumber, upcoming: int, loose: Mapping[int, tuple[PlainNumber, ...]]
) -> bool:
    """Take a number into a run where it is due, or where what comes next shows that it slipped."""
    count, due = each.count, run.due
    if count == due:
        run.take([each], due + 1)
    elif count == 1:
        return False
    elif due < count <= due + WIDEST_GAP and (filled := _between(run, each, loose)):
        run.take([*filled, each], count + 1)
    elif count == due + 1 and upcoming == due:
        run.early.add(count)
        run.take([each], due)
    elif upcoming == due + 1 and count not in (due + 1, due - 1):
        run.take([each], due + 1)
    elif due < count <= due + WIDEST_GAP and upcoming in (count + 1, 0 if count == due + 1 else -1):
        run.take([each], count + 1)
    elif count == due - 1 and upcoming in (due, 0):
        run.take([each], due)
    else:
        return False
    return True


def _between(
    run: _Run, each: PlainNumber, loose: Mapping[int, tuple[PlainNumber, ...]]
) -> list[PlainNumber]:
    """The numbers that seem to be left out, where texts begin with them after all."""
    found, last = [], run.steps[-1].at.passage if run.steps else -1
    for count in range(run.due, each.count):
        places = [n for n in loose.get(count, ()) if last < n.at.passage < each.at.passage]
        if not places:
            return []
        found.append(places[0])
        last = places[0].at.passage
    return found
