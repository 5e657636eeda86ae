"""Sentences that name another source of funds than the heading above them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language
from unbudget_check.model.claims import Remark
from unbudget_check.model.meaning import RESOURCES, Kind
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Bearing, Passage
    from unbudget_check.rulebook.rule import Rule

# An amount in full: 9 133 600, $9,133,600.
_AMOUNT = re.compile(r"\d{1,3}(?:[\s,.'\u2019]\d{3})+(?!\d)")
# The words between a source and its amount are few, and none of them sets them apart.
_APART = re.compile(r"[,;:()，；：。、（）]|\.\s")
NEAR = 40
_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-Z])|(?<=。)")


def check_source_label(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the source that a sentence gives to an amount, where its heading names another.

    With proof: the tables give that amount to the source of the heading. Without: they do not
    know it at all. Where they give it to the source of the sentence, the sentence is right.
    """
    proved = rule.parameters["proof"] == "table"
    sums: Mapping[tuple[str, str, str], set[str]] | None = None
    for passage in facts.prose.passages:
        found = _misnamed(passage, facts.language)
        if found is None:
            continue
        if sums is None:
            sums = _sums(facts)
        span, said, amount = found
        where = passage.bearing
        meant = amount in sums.get((where.scope, where.entity, where.source), ())
        right = amount in sums.get((where.scope, where.entity, said), ())
        if meant == proved and not right:
            term = load_language(facts.language).sources[where.source]
            claims.remarks.append(Remark(number, span, text=max(term[:2], key=len)))


def _sums(facts: DocumentFacts) -> dict[tuple[str, str, str], set[str]]:
    """(Scope, component, source of funds) -> digits of the amounts that tables propose."""
    sums: dict[tuple[str, str, str], set[str]] = {}
    for fact in facts.meanings:
        meaning = fact.meaning
        if meaning.kind is Kind.PROPOSED and meaning.measure == RESOURCES:
            amount = facts.numbers[fact.figure]
            zeros = amount.exponent + fact.scale
            if zeros >= 0:
                key = meaning.scope, meaning.entity, meaning.source
                sums.setdefault(key, set()).add(f"{amount.units}{'0' * zeros}")
    return sums


def _misnamed(passage: Passage, code: str) -> tuple[Span, str, str] | None:
    """Where a passage names another source than its heading, which, and the amount it gives."""
    bearing = passage.bearing
    if not _is_told(passage, bearing) or bearing.source not in load_language(code).sources:
        return None
    start = passage.body
    for sentence in _SENTENCE.split(passage.text[passage.body :]):
        amount = _AMOUNT.search(sentence)
        if amount:
            named = list(_terms(code).finditer(sentence))
            sources = {_source(term[0], code) for term in named}
            before = [term for term in named if term.end() <= amount.start()]
            if bearing.source in sources or not before:
                return None
            said, between = before[-1], sentence[before[-1].end() : amount.start()]
            if len(between) > NEAR or _APART.search(between):
                return None
            at = passage.text.index(sentence, start) + said.start()
            digits = "".join(filter(str.isdigit, amount[0]))
            return Span(passage.index, at, at + len(said[0])), _source(said[0], code), digits
    return None


def _is_told(passage: Passage, bearing: Bearing) -> bool:
    """Whether the headings say of which component and which source a sentence speaks."""
    told = passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)
    return told and bool(bearing.entity and bearing.source)


def _source(term: str, code: str) -> str:
    """The source of funds that a printed term means."""
    bare = " ".join(term.casefold().split())
    return next(name for name, terms in load_language(code).sources.items() if bare in terms)


@lru_cache(maxsize=8)
def _terms(code: str) -> re.Pattern[str]:
    """The terms of all sources, the longest first."""
    terms = {term for terms in load_language(code).sources.values() for term in terms}
    ordered = sorted(terms, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, term.split())) for term in ordered)
    return re.compile(rf"(?i)(?<![a-z])(?:{words})(?![a-z])")
