"""Which sentences of two documents are the same, by their words, and which figures in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from unbudget_check.compare.pairing import best_pairs, pairs_of_keys, shared_bits, unpaired
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage

# A number with its marks, whatever it counts; a word; an ideograph.
_TOKEN = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?|[\u2e80-\u9fff]|[^\W\d_]+")
NUMBER = "#"


def align_passages(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """New -> old: passages of the same words, whatever their figures; else of most of them."""
    words = [[tuple(_words(each.text)) for each in side] for side in (old, new)]
    found = pairs_of_keys(*words)
    around = [[side[max(at - 1, 0) : at + 2] for at in range(len(side))] for side in words]
    found |= _of_the_others(found, *([tuple(each) for each in side] for side in around))
    there, here = unpaired(len(old), found.values()), unpaired(len(new), found)
    counts = [Counter(words[0][at]) for at in there], [Counter(words[1][at]) for at in here]
    bits = shared_bits(*[[dict.fromkeys(each, 0) for each in side] for side in counts])
    return found | best_pairs(
        (score, there[at], here[to])
        for (at, to), score in bits.items()
        if _is_reworded(counts[0][at], counts[1][to])
    )


def _of_the_others(
    found: Mapping[int, int], old: Sequence[tuple[object, ...]], new: Sequence[tuple[object, ...]]
) -> dict[int, int]:
    there, here = unpaired(len(old), found.values()), unpaired(len(new), found)
    pairs = pairs_of_keys([old[at] for at in there], [new[at] for at in here])
    return {here[to]: there[at] for to, at in pairs.items()}


def _words(text: str) -> list[str]:
    return [word for word, _ in _tokens(text)]


def _tokens(text: str) -> list[tuple[str, int]]:
    """The words of a text, each with where it begins; all numbers are the same word."""
    return [
        (NUMBER if found[0][0].isdigit() else found[0].casefold(), found.start())
        for found in _TOKEN.finditer(text)
    ]


def _is_reworded(old: Counter[str], new: Counter[str]) -> bool:
    """Whether at least half of the words are in both."""
    return 2 * (old & new).total() >= max(old.total(), new.total())


def mention_pairs(
    old: DocumentFacts, new: DocumentFacts, passages: Mapping[int, int]
) -> dict[int, int]:
    """New -> old: the figures of sentences that stand between the same words."""
    known, named = _by_passage(old), _by_passage(new)
    found: dict[int, int] = {}
    for passage, mentions in named.items():
        before = known.get(passages.get(passage, -1))
        if before:
            texts = old.prose.passages[passages[passage]].text, new.prose.passages[passage].text
            same = _same_words(*texts)
            places = {_word_of(texts[0], span): figure for figure, span in before}
            for figure, span in mentions:
                partner = places.get(same.get(_word_of(texts[1], span), -1))
                if partner is not None:
                    found[figure] = partner
    return found


def _by_passage(facts: DocumentFacts) -> dict[int, list[tuple[int, Span]]]:
    found: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    for figure, spot in enumerate(facts.spots):
        if isinstance(spot, Span) and spot not in facts.labels:
            found[spot.passage].append((figure, spot))
    return found


def _same_words(old: str, new: str) -> dict[int, int]:
    """New -> old: the words of two texts that are the same, or replaced one by one."""
    words = _words(old), _words(new)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    found: dict[int, int] = {}
    for _, start, end, begin, stop in matcher.get_opcodes():
        if end - start == stop - begin:
            found |= dict(zip(range(begin, stop), range(start, end), strict=True))
    return found


def _word_of(text: str, span: Span) -> int:
    """The position of the number of a mention among the words; its first word without digits."""
    tokens = _tokens(text)
    starts = [start for _, start in tokens]
    first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
    numbers = [at for at in range(first, end) if tokens[at][0] == NUMBER]
    return numbers[-1] if numbers else first
