"""Names, places and titles of posts that a document writes in two ways.

Set phrases that a document repeats with one number, and once with another one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.evidence.slips import slip_between
from unbudget_check.evidence.weight import MOST_WORDS_BITS, PAIR, Trial, standing_of, weigh
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import Standing, worded_cells
from unbudget_check.model.prose import Span
from unbudget_check.notation.names import is_one_off

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from unbudget_check.lexicon import Language
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, Spot
    from unbudget_check.model.prose import Phrase
    from unbudget_check.rulebook.rule import Rule


# Shorter words differ by one letter and are still two words.
LONG_WORD_LETTERS = 6
# Neighbours of fewer letters (the, of) stand beside every name.
TELLING = 4
# A number of so many digits hardly stands in two places by chance.
TELLING_DIGITS = 3
# What differs in the last letters is an ending: plural, case, adjective.
ENDING = 2
# How many times as frequent the other spelling is.
TWICE = 2
_NAME = re.compile(rf"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]{{{LONG_WORD_LETTERS - 1},}}")
# The same for plain English, found twice as fast.
_ASCII_NAME = re.compile(rf"(?<![A-Za-z])[A-Z][A-Za-z]{{{LONG_WORD_LETTERS - 1},}}")
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[^\w\s]")
# Ideographs of a foreign name, and characters before it that must be the same.
SYLLABLES = 4
BEFORE = 2
# Two spellings of the same word, both right: organisation, organization.
_SPELLINGS = frozenset("sz")
# One way to write a name, the other way, and how often each is printed.
Pair = tuple[str, str]

# That a phrase has one number is known by its words, and by each copy that has this number. In 31
# documents 27 passages were printed three times or more with one number, and none with it all times
# but one; numbers of tables and of subprogrammes differ all.
WORDS_A_BIT, AGREEING_BITS = 2, 3


def check_spelling(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark once on the rarer of two ways to write one name, where it is first printed."""
    texts = _texts(facts)
    language = load_language(facts.language)
    every = {text: len(spots) for text, spots in texts.items()}
    pairs = list(_words(every))
    if language.lists["transliteration"]:
        pairs += [*_places(every, facts.language), *_titles(every, facts.language)]
    for rare, usual in dict(pairs).items():
        printed = ((at, text) for text, spots in texts.items() if rare in text for at in spots)
        at, text = min(printed, key=lambda found: _place(facts, found[0]))
        if isinstance(at, Span):
            start = text.index(rare)
            at = Span(at.passage, start, start + len(rare))
        claims.remarks.append(Remark(number, at, text=f"{rare} / {usual}"))
    for at, text in _captions(facts, language):
        claims.remarks.append(Remark(number, at, text=text))


def _captions(facts: DocumentFacts, language: Language) -> Iterator[tuple[Span, str]]:
    """Captions whose word has lost its first letter: able 3."""
    for caption in facts.prose.captions:
        text, words = facts.prose.passages[caption.passage].text, language.captions[caption.kind]
        bare = normalise(text)
        whole = next((word for word in words if bare.startswith(f"{word[1:]} ")), "")
        if whole and not bare.startswith(tuple(words)):
            mended = f"{whole.capitalize()}{text[len(whole) - 1 :]}"
            yield Span(caption.passage, 0, len(text)), f"{text} / {mended}"


def _texts(facts: DocumentFacts) -> Mapping[str, list[Spot | Span]]:
    """All texts that are long enough to hold a name, and where each is printed."""
    found: defaultdict[str, list[Spot | Span]] = defaultdict(list)
    for passage in facts.prose.passages:
        found[passage.text].append(Span(passage.index, 0, len(passage.text)))
    for text, spots in worded_cells(facts.tables).items():
        if len(text) >= SYLLABLES:
            found[" ".join(text.split())] += spots
    return found


def _place(facts: DocumentFacts, at: Spot | Span) -> tuple[int, ...]:
    """Where a text stands in reading order."""
    if isinstance(at, Span):
        return facts.prose.passages[at.passage].follows - 1, 1, at.passage
    return at.table, 0, at.row, at.column


def _words(texts: Mapping[str, int]) -> Iterator[Pair]:
    """Capitalised words that differ by one letter inside and stand beside the same word."""
    counts: Counter[str] = Counter()
    alike: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
    for text, times in texts.items():
        alike[times, text.isascii()].append(text)
    for (times, is_ascii), group in alike.items():
        # Words in capitals and small letters, found at once.
        found = Counter((_ASCII_NAME if is_ascii else _NAME).findall("\n".join(group)))
        for word, count in found.items():
            counts[word] += times * count
    names = [word for word in counts if word[0].isupper() and word[1:].islower()]
    pairs = [
        (rare, usual)
        for rare, usual in _one_off(names)
        if counts[usual] >= TWICE * counts[rare] and _is_inside(rare, usual)
    ]
    if not pairs:
        return
    beside = _neighbours(texts, {word for pair in pairs for word in pair})
    for rare, usual in pairs:
        if beside[rare] & beside[usual]:
            yield rare, usual


def _one_off(words: Iterable[str]) -> Iterator[Pair]:
    """Both ways round, the pairs of words that differ by one letter."""
    alike: dict[str, list[str]] = {}
    for word in words:
        for at in range(len(word) + 1):
            alike.setdefault(word[:at] + word[at + 1 :], []).append(word)
    for group in alike.values():
        for one in group if group[1:] else ():
            yield from ((one, other) for other in group if is_one_off(one, other))


def _is_inside(one: str, other: str) -> bool:
    """Whether two words differ before their endings, and not by a letter that may be either."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None or start >= min(len(one), len(other)) - ENDING:
        return False
    return len(one) != len(other) or {one[start], other[start]} != _SPELLINGS


def _neighbours(texts: Iterable[str], wanted: set[str]) -> dict[str, set[tuple[int, str]]]:
    """The words before and after each of the wanted ones."""
    found: dict[str, set[tuple[int, str]]] = {word: set() for word in wanted}
    for text in texts:
        if not any(word in text for word in wanted):
            continue
        words = ["", *_WORD_OR_SIGN.findall(text), ""]
        for at, word in enumerate(words):
            if word in wanted:
                beside = ((-1, words[at - 1]), (1, words[at + 1]))
                found[word] |= {(d, w.casefold()) for d, w in beside if len(w) >= TELLING}
    return found


def _places(texts: Mapping[str, int], code: str) -> Iterator[Pair]:
    """Foreign names that differ by one syllable and follow the same characters."""
    found: dict[str, Counter[str]] = {}
    for text, times in texts.items():
        for name in _foreign(code).finditer(text):
            start = name.end() - SYLLABLES
            before = text[max(start - BEFORE, 0) : start]
            found.setdefault(text[start : name.end()], Counter())[before] += times

    def follow_the_same(rare: str, usual: str) -> bool:
        same = any(len(before) == BEFORE for before in found[rare].keys() & found[usual].keys())
        return same and found[rare].total() < found[usual].total()

    yield from _chosen(found, follow_the_same)


def _titles(texts: Mapping[str, int], code: str) -> Iterator[Pair]:
    """Titles before the same grade, of which one has a character too many or too few."""
    grades: dict[str, set[str]] = {}
    for text in texts:
        for found in _titled(code).finditer(text):
            grades.setdefault(found["title"], set()).add(found["grade"])

    def are_one(rare: str, usual: str) -> bool:
        inside = rare[0] == usual[0] and rare[-ENDING:] == usual[-ENDING:]
        if not inside or len(rare) == len(usual) or not grades[rare] & grades[usual]:
            return False
        printed = [
            sum(times * text.count(title) for text, times in texts.items())
            for title in (rare, usual)
        ]
        return printed[1] >= TWICE * printed[0]

    yield from _chosen(grades, are_one)


def _chosen(names: Iterable[str], test: Callable[[str, str], bool]) -> Iterator[Pair]:
    return (pair for pair in _one_off(names) if test(*pair))


@lru_cache(maxsize=8)
def _foreign(code: str) -> re.Pattern[str]:
    """A run of the characters with which foreign names are written."""
    characters = "".join(load_language(code).lists["transliteration"])
    return re.compile(rf"[{characters}]{{{SYLLABLES},}}")


@lru_cache(maxsize=8)
def _titled(code: str) -> re.Pattern[str]:
    """A title and the grade in brackets after it; a word for one piece may stand before it."""
    language = load_language(code)
    grades = "|".join(re.escape(grade) for grade in language.grades)
    counters = "".join(language.lists["counter"])
    return re.compile(
        rf"(?P<title>(?:(?![{counters}])[^\x00-\x7f\W]){{{SYLLABLES},12}})[(（](?P<grade>{grades})[)）]"
    )


def check_phrase(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on the one number that differs in a phrase which always has the same elsewhere.

    That the phrase has one number is a reading: its words and the copies that agree are for it.
    """
    found: defaultdict[Hashable, list[Phrase]] = defaultdict(list)
    for each in facts.prose.phrases:
        found[each.words].append(each)
    told: set[Span] = set()
    for copies in found.values():
        (usual, times), *others = Counter(each.number for each in copies).most_common()
        if [count for _, count in others] != [1]:
            continue
        odd = next(each for each in copies if each.number == others[0][0])
        is_set = odd.at not in told and _is_set(odd, usual, times)
        if is_set and not _is_printed_again(facts, odd):
            told.add(odd.at)
            claims.remarks.append(Remark(number, odd.at, text=usual))


def _is_printed_again(facts: DocumentFacts, odd: Phrase) -> bool:
    """Whether the number of a phrase also stands elsewhere, as an amount or before a paragraph.

    Few digits are printed again by chance.
    """
    digits = _significant(odd.number)
    if len(digits) < TELLING_DIGITS:
        return False
    others = (
        number
        for number, spot in zip(facts.numbers, facts.spots, strict=True)
        if not (isinstance(spot, Span) and spot.passage == odd.at.passage)
    )
    return any(_significant(str(number.units)) == digits for number in others) or any(
        _significant(passage.number) == digits for passage in facts.prose.passages
    )


def _significant(number: str) -> str:
    """The digits of a number without noughts at its ends."""
    return "".join(filter(str.isdecimal, number)).strip("0")


def _is_set(odd: Phrase, usual: str, times: int) -> bool:
    """Whether a phrase is always said with one number, though one copy has another.

    An amount that no slip makes of the usual one is of something else, as in notes to other tables.
    """
    stated, meant = (int("".join(filter(str.isdigit, each))) for each in (odd.number, usual))
    if len(_significant(odd.number)) >= TELLING_DIGITS and not slip_between(stated, meant):
        return False
    prior = min(odd.length // WORDS_A_BIT, MOST_WORDS_BITS) + times * AGREEING_BITS
    return standing_of(weigh([Trial(stated, meant, terms=PAIR)], prior)) is Standing.BORNE_OUT
