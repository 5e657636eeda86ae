"""The sentences in which an edit is told: figures that changed or were forgotten, rows that came.

They are the same in every format, in the language of the later version.
"""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.comparison import ChangeKind
from unbudget_check.reporters.words import count_of, figure_of, place_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.comparison import Change, Comparison, LayoutChange, LeftUnchanged


def by_reason(
    left: Iterable[LeftUnchanged],
) -> dict[tuple[Change, ...], list[LeftUnchanged]]:
    """What was forgotten, under the changes for which it should be another figure.

    What depends on a forgotten figure comes after it.
    """
    found: dict[tuple[Change, ...], list[LeftUnchanged]] = {}
    for each in sorted(left, key=attrgetter("is_indirect")):
        found.setdefault(each.changes, []).append(each)
    return found


def left_sentence(left: LeftUnchanged, lang: str) -> str:
    """What was forgotten, after its place."""
    printed, expected = shown(left.printed), figure_of(left.expected, left.notation)
    told = "further_up" if left.is_indirect else left.kind
    return say(lang, f"edit.{told}", printed=printed, expected=expected)


def reasons_sentence(changes: Iterable[Change], lang: str) -> str:
    """All changes for which a figure should be another one, as one heading above it."""
    return say(lang, "sentences.joint").join(reason_sentence(each, lang) for each in changes)


def reason_sentence(change: Change, lang: str) -> str:
    """One of the changes for which a figure should be another one, with its place."""
    place, before, now = place_of(change.where, lang=lang), shown(change.before), shown(change.now)
    if not before:
        return say(lang, "edit.came", place=place, now=now)
    if not now:
        return say(lang, "edit.went", place=place, before=before)
    return say(lang, "edit.replaced", place=place, before=before, now=now)


def change_sentence(change: Change, lang: str) -> str:
    """How a figure changed, without its place."""
    before, now = shown(change.before), shown(change.now)
    if not before:
        return say(lang, "edit.filled", now=now)
    if not now:
        return say(lang, "edit.emptied", before=before)
    if change.difference is None:
        return say(lang, "edit.plain", before=before, now=now)
    difference = figure_of(change.difference, change.notation)
    return say(lang, "edit.difference", before=before, now=now, difference=difference)


def layout_sentence(change: LayoutChange, lang: str) -> str:
    """Which table, row or column came, went or has another name."""
    place = place_of(change.where, lang=lang)
    if change.kind is ChangeKind.RENAMED:
        before = shown(change.before) or say(lang, "edit.unnamed")
        return say(lang, "edit.renamed", place=place, before=before)
    figures = count_of(change.figures, "figure", lang)
    if change.kind is ChangeKind.ADDED:
        return say(lang, "edit.added", place=place, figures=figures)
    return say(lang, "edit.removed", place=place, figures=figures)


def counts_told(comparison: Comparison, lang: str) -> str:
    """How many figures the edits changed, added, removed and forgot; empty where none is known."""
    edits = [each.edit for each in comparison.documents if each.edit]
    if not edits:
        return ""
    told = say(
        lang,
        "edit.counts",
        changed=sum(each.changed for each in edits),
        added=sum(each.added for each in edits),
        removed=sum(each.removed for each in edits),
        forgotten=sum(not left.is_indirect for each in edits for left in each.left),
    )
    unread = sum(each.unread for each in edits)
    missed = say(lang, "edit.unread", count=unread)
    return say(lang, "differences.both", one=told, two=missed) if unread else told


def forgotten_told(left: Iterable[LeftUnchanged], lang: str) -> str:
    """How many figures were forgotten, and how many depend on those; empty where none was."""
    counts = Counter(each.is_indirect for each in left)
    told = say(lang, "edit.forgotten", count=counts[False]) if counts else ""
    return told + (say(lang, "edit.depending", count=counts[True]) if counts[True] else "")
