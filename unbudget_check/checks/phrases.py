"""Set phrases that a document repeats with one number, and once with another one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, plain_digits
from unbudget_check.model.claims import Remark
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.rulebook.rule import Rule

# So many words behind a percentage make a set phrase, or so many ideographs; so many, with one
# number among them, a note that is repeated. In 31 documents no phrase as long that was printed
# three times with one percentage was meant to have another one a fourth time.
WORDS, IDEOGRAPHS = 8, 14
# So many others that agree show which number belongs there.
OTHERS = 3
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;](?=\s|\Z)|[\u3002\uff1b]")
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?<![.,])(?![\w/-])")
_SPOKEN = (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.NOTE, PassageKind.HEADING)


def check_phrase(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the one number that differs in a phrase which always has the same elsewhere."""
    del rule
    found: defaultdict[Hashable, list[tuple[str, Span]]] = defaultdict(list)
    for passage in facts.prose.passages:
        if passage.kind in _SPOKEN:
            for phrase, said, at in _phrases(passage, facts.language):
                found[phrase].append((said, at))
    for told in found.values():
        usual, *others = Counter(said for said, _ in told).most_common()
        if usual[1] >= OTHERS and [times for _, times in others] == [1]:
            at = next(at for said, at in told if said == others[0][0])
            claims.remarks.append(Remark(number, at, text=usual[0]))


def _phrases(passage: Passage, code: str) -> Iterator[tuple[Hashable, str, Span]]:
    """Phrases of a passage: what stands behind its percentages, or all around its only number."""
    text = plain_digits(passage.text)
    terms, percentage = _percentage(code)
    plain = text.casefold()
    is_told = any(term in plain for term in terms)
    for match in percentage.finditer(text, passage.body) if is_told else ():
        words = _first_words(_STOP.split(text[match.end() :], maxsplit=1)[0])
        if words:
            yield words, match["number"], Span(passage.index, *match.span("number"))
    is_note = passage.kind is PassageKind.NOTE
    numbers = list(_NUMBER.finditer(text, passage.body)) if is_note else []
    if len(numbers) == 1:
        (match,) = numbers
        around = text[passage.body : match.start()], text[match.end() :]
        if len(_WORD.findall(" ".join(around))) >= WORDS:
            yield around, match[0], Span(passage.index, *match.span())


def _first_words(text: str) -> tuple[str, ...]:
    """The words that make a phrase, in small letters; nothing where there are too few."""
    words = _WORD.findall(text.casefold())
    if words and words[0].upper() == words[0]:
        together = "".join(words)
        return (together[:IDEOGRAPHS],) if len(together) >= IDEOGRAPHS else ()
    return tuple(words[:WORDS]) if len(words) >= WORDS else ()


@lru_cache(maxsize=8)
def _percentage(code: str) -> tuple[list[str], re.Pattern[str]]:
    """The words for per cent, and the form of a percentage."""
    terms = sorted(load_language(code).prose["per_cent"], key=len, reverse=True)
    return [term.casefold() for term in terms], re.compile(
        rf"(?P<number>{_NUMBER.pattern})\s*(?:{'|'.join(map(re.escape, terms))})", re.IGNORECASE
    )
