"""Does a document number its paragraphs plainly, from 1 to 60, and which numbers are those?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from unbudget_check.model.numbering import LONGEST_RANGE
from unbudget_check.model.prose import PassageKind, PlainNumber, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.prose import Passage

# Numbers that are a numbering of paragraphs; fewer may be a list.
FEWEST_NUMBERED = 8
# Where more are missing they were left out on purpose.
WIDEST_GAP = 3
# Numbers behind a slip that show that it is one, and runs that may continue at a time.
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


def plain_numbering_of(
    passages: Sequence[Passage],
) -> tuple[tuple[tuple[PlainNumber, ...], ...], frozenset[int]]:
    """The numberings of paragraphs, such as one a chapter, and every count that may belong to one.

    There are none where paragraphs have a section. Lists inside a paragraph begin at one, and
    numbers of paragraphs go on behind them; numbered headings and agendas are no sentences; lists
    are short or take up little of a document.
    """
    printed = [each for passage in passages for each in _sentence(passage)]
    if len(printed) < FEWEST_NUMBERED:
        return (), frozenset()
    loose = _loose(passages)
    runs = [run.steps for run in _followed(printed, loose) if len(run.steps) >= FEWEST_NUMBERED]
    covered = sum(steps[-1].at.passage - steps[0].at.passage + 1 for steps in runs)
    scoped = {each.number for each in passages if "." in each.number}
    if not runs or covered * THIRD < len(passages) or len(scoped) >= sum(map(len, runs)):
        return (), frozenset()
    return tuple(map(tuple, runs)), frozenset(loose)


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
    """As many counts as there are entries, from this one on."""
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
