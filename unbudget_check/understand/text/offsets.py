"""Which changes a sentence says to offset each other, and whether they go the same way."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.prose import MentionKind, Offset, PassageKind, Span
from unbudget_check.understand.text.grammar import folded, grammar_of, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.prose import Mention, Passage
    from unbudget_check.understand.text.grammar import Grammar

# So near behind "offset in part by" stands the word for what offsets, without a figure between.
# Where it did, in 31 documents, it was 51 times of 51 the opposite of the first such word of its
# sentence.
OFFSETTING_CHARS = 60
_SPOKEN = (PassageKind.PARAGRAPH, PassageKind.ITEM)
_STOP = re.compile(r"[\d;:()]")
_CLAUSE = re.compile(r"[,;:\u3002]")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff]")


class _Word(NamedTuple):
    """A word for an increase (+1) or a decrease (-1), or one that sets them off (0)."""

    sign: int
    start: int
    end: int


def offsets_of(
    passages: Sequence[Passage], mentions: Iterable[Mention], code: str
) -> tuple[Offset, ...]:
    """The changes that are said to be offset by another one of the same direction."""
    grammar = grammar_of(code)
    stated: defaultdict[int, list[Span]] = defaultdict(list)
    for each in mentions:
        if each.kind is MentionKind.CHANGE:
            stated[each.span.passage].append(each.span)
    found = []
    for passage in passages:
        plain = passage.text.casefold()
        if passage.kind in _SPOKEN and any(word in plain for word in grammar.offsets):
            for first, other in _offsets(passage, grammar, stated[passage.index]):
                places = ((word.start, word.end) for word in (first, other))
                found.append(Offset(*(Span(passage.index, *place) for place in places)))
    return tuple(found)


def _offsets(
    passage: Passage, grammar: Grammar, stated: Sequence[Span]
) -> Iterator[tuple[_Word, _Word]]:
    """What offsets a change that goes the same way: the first of a sentence, or the one before.

    The first one may be that of the whole, and the others its parts.
    """
    text = folded(passage.text)
    sentences = sentences_of(text, passage.body)
    for begin, end in zip(sentences.begins, sentences.ends, strict=True):
        words = [
            _Word(grammar.signs.get(found[0].casefold(), 0), *found.span())
            for found in grammar.words.finditer(text, begin, end)
        ]
        at = next((at for at, word in enumerate(words) if not word.sign), 0)
        other = _offsetting(text, words, at) if at else None
        if other is None:
            continue
        before = words[: words.index(other)]
        if other.start < words[at].start:
            # What stands right before it may offset the whole with it.
            before = before[:1]
        nearest = [w for w in before if any(s.start <= w.start < s.end for s in stated)][-1:]
        for first in (*before[:1], *nearest):
            if first.sign == other.sign:
                yield first, other
                break


def _offsetting(text: str, words: Sequence[_Word], at: int) -> _Word | None:
    """The change that is said to offset another one, in the clause of the word that sets off.

    Ideographs print that word behind it.
    """
    is_behind = _IDEOGRAPH.match(text, words[at].start)
    if is_behind:
        other = words[at - 1] if at > 1 else None
        between = text[other.end : words[at].start] if other else ""
    else:
        other = words[at + 1] if at + 1 < len(words) else None
        between = text[words[at].end : other.start] if other else ""
    stop = _CLAUSE if is_behind else _STOP
    is_one = (
        other is not None
        and other.sign
        and len(between) <= OFFSETTING_CHARS
        and not stop.search(between)
    )
    return other if is_one else None
