"""Unit lines: what the figures below count, such as (Thousands of dollars/number of posts)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import numeric

from unbudget_check.lexicon import Unit, load_language, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.lexicon import Language

MONEY, POSTS = "money", "posts"
# What is counted, and by which power of ten.
Measure = tuple[str, int]
LONGEST_UNIT_LINE_CHARS = 250


def is_unit_line(text: str, language: Language | None) -> bool:
    """Whether a line of its own says what the figures below it count.

    Without brackets it may be the heading of a column, where columns are headed so.
    """
    if language is None or not units_in(text, language):
        return False
    bare = normalise(text)
    if _is_bracketed(bare):
        return True
    is_unit = any(bare in unit.terms for unit in language.units)
    return is_unit and not any(bare in terms for terms in language.columns.values())


@lru_cache(maxsize=512)
def measures(text: str, code: str) -> frozenset[Measure]:
    """What a line in brackets counts, and in what scale."""
    if not _is_bracketed(normalise(text)):
        return frozenset()
    return frozenset((unit.kind, unit.scale) for unit in units_in(text, load_language(code)))


def units_in(text: str, language: Language) -> tuple[Unit, ...]:
    """The units that a line such as (Thousands of dollars/number of posts) names, in order.

    In brackets a remark may follow a unit: (Thousands of dollars, at current rates).
    """
    bare = normalise(text)
    if len(bare) > LONGEST_UNIT_LINE_CHARS:
        return ()
    is_bracketed = _is_bracketed(bare)
    inner = bare[1:-1] if is_bracketed else bare
    pieces = [piece.strip(" .") for piece in re.split(r"\s*/\s*|;", inner)]
    known = [_unit_of(piece, language, remarked=is_bracketed) for piece in pieces]
    if len(pieces) > 1 and any(unit is not None and unit.kind == POSTS for unit in known):
        # What stands beside a number of posts is money, whatever the currency is called.
        known = [
            unit or _money_in(piece, language) for piece, unit in zip(pieces, known, strict=True)
        ]
    return tuple(unit for unit in known if unit is not None)


def _is_bracketed(bare: str) -> bool:
    return bare.startswith("(") and bare.endswith(")")


def _unit_of(piece: str, language: Language, *, remarked: bool) -> Unit | None:
    """The unit that a piece is or, with a remark, the one with the longest term that begins it."""
    terms = ((term, unit) for unit in language.units for term in unit.terms)
    begun = [
        (len(term), unit)
        for term, unit in terms
        if term == piece or (remarked and len(term) > 1 and piece.startswith(term))
    ]
    return max(begun, key=lambda found: found[0])[1] if begun else None


def _money_in(piece: str, language: Language) -> Unit:
    """Money in a currency that no language file names, in the scale that its other words tell."""
    kinds = [unit for unit in language.units if unit.kind == MONEY]
    found = Unit(MONEY, 0, ())
    for unit in kinds:
        elsewhere = {word for other in kinds if other is not unit for word in _words(other.terms)}
        if unit.scale and _words([piece]) & (_words(unit.terms) - elsewhere):
            found = unit
    return found


def _words(terms: Iterable[str]) -> set[str]:
    """The words of units; a numeral such as ten thousand stands alone where nothing parts words."""
    words = {word for term in terms for word in term.split()}
    return words | {term[0] for term in terms if term and numeric(term[0], None) is not None}
