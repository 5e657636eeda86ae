"""Numbers of paragraphs, tables and figures that are used twice, left out or out of order."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks.numbered import kind_of
from unbudget_check.checks.plain_numbers import plain_runs
from unbudget_check.languages import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.numbering import counted, printed_number
from unbudget_check.model.prose import CaptionKind, PassageKind, ReferenceKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Caption
    from unbudget_check.rulebook.rule import Rule

    # Numbering, notation and count of a printed number, and where it stands.
    Step = tuple[int, Span]
    Run = tuple[ReferenceKind, str, str]

# So many numbers make a numbering, and so many prove that one of them is wrong.
SEVERAL, ENOUGH = 4, 8
FIRST = 1
FEW = 2  # annexes are few; two of them tell their order
# What is broken so often is no consecutive numbering at all.
TENTH = 10
_OTHER = re.compile(r"[^\W_]")


def check_numbering(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every number at whose place another one comes next."""
    certain = rule.parameters["proof"] == "long"
    for (kind, scope, notation), steps in _runs(facts):
        is_long = len(steps) >= ENOUGH and not is_from_print(facts)
        if is_long != certain or len(steps) < (FEW if kind is ReferenceKind.ANNEX else SEVERAL):
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
    skipped = -1
    for at, (before, count) in enumerate(pairwise([FIRST - 1, *counts])):
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
