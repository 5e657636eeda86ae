"""What a printed cell or word is: a figure, a dash, a footnote mark, a currency, or none of them.

The only description of a printed figure, in the usage of any language, for readers that find cells
before the language is known; :mod:`unbudget_check.notation.numerals` then parses its value.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise, plain_digits
from unbudget_check.notation.marks import MARK, PLAIN_MARK, is_mark
from unbudget_check.notation.years import WHOLE_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import NumberStyle

_MONEY_NAMES = tomllib.loads(
    files("unbudget_check.lexicon").joinpath("money/currencies.toml").read_text(encoding="utf-8")
)
SHORT: tuple[str, ...] = tuple(_MONEY_NAMES["short"])
# What is printed for a power of ten beside money, and the power.
POWERS: dict[str, int] = {
    term: int(power) for power, terms in _MONEY_NAMES["powers"].items() for term in terms
}
LONGEST_FIGURE_CHARS = 60  # no printed figure is longer; a longer cell is text
LONGEST_ABSENT_CHARS = 25  # the longest words for "not applicable", with a mark

MONEY = "|".join(map(re.escape, sorted((*_MONEY_NAMES["codes"], *SHORT), key=len, reverse=True)))
SIGNS: str = _MONEY_NAMES["signs"]
CURRENCY = rf"(?:[A-Z]{{0,3}}\s?[{SIGNS}]|(?:{MONEY})(?![^\W\d_])\s?\$?)"
# Whatever dash is printed: alone it stands for nothing, beside digits it is a minus.
DASHES = "-−–—‐‑‒―"
SIGN = re.escape(DASHES)
_OPEN, _CLOSED = "(（", ")）"
# Blanks may part the groups of a figure; a line end or a tab parts figures.
_BETWEEN = r"(?:[.,'’．٫٬]|[^\S\r\n\t]|，(?=\d{3}(?!\d))){1,2}"
_DIGITS = rf"[.,]?\d+(?:{_BETWEEN}\d+)*"
# Behind money in front of the digits, or before money behind them: $1.2M, 12 k€.
_POWER = "|".join(map(re.escape, sorted(POWERS, key=len, reverse=True)))
# A single small letter behind a blank is the mark of a footnote.
_LONG_POWER = "|".join(re.escape(term) for term in POWERS if len(term) > 1 or not term.islower())
_FIGURE = (
    rf"(?=\D*\d)(?P<front>(?:[{_OPEN}]\s*)?(?:[{SIGN}+△▲]\s*)?(?P<money>{CURRENCY}\s*)?"
    rf"(?:[{_OPEN}]\s*)?(?:[{SIGN}+△▲]\s*)?)"
    rf"(?P<digits>{_DIGITS})(?P<torn>[.,]?)"
    rf"(?P<back>(?(money)(?:{_POWER}|\s(?:{_LONG_POWER}))?|(?:\s?(?:{_POWER})(?=\s?{CURRENCY}))?)(?:\s*[%٪])?(?:\s*[{_CLOSED}])?(?:\s*[{SIGN}])?(?:\s*[%٪])?(?:\s*{CURRENCY})?"
    rf"(?:\s*[{_CLOSED}])?)(?P<mark>{MARK}?)"
)
_DASH = rf"(?:[{_OPEN}]\s*)?[{SIGN}－]{{1,2}}(?:\s*[{_CLOSED}])?(?:{PLAIN_MARK})?"
FIGURE = re.compile(_FIGURE)
DIGITS = re.compile(_DIGITS)
# One pattern, because every cell of a sheet is asked at least once.
_AMOUNT = re.compile(rf"(?!{WHOLE_YEAR}\Z)(?:{_FIGURE}|(?:{CURRENCY}\s*)?{_DASH})")
_CURRENCY_ALONE = re.compile(rf"[{_OPEN}]?[{SIGN}]?{CURRENCY}[{_CLOSED}]?")
_LOOKALIKE = re.compile(r"[(（]?(?=\S*\d)(?=\S*[OoIlS])[\dOoIlS]+(?:[.,][\dOoIlS]+)*[)）]?|[OoIl]")
_MARKED_DASH = re.compile(rf"[{SIGN}]{PLAIN_MARK}")
# Behind what says that there is no figure: "... 1)", "n/a [1]".
_NOTE = re.compile(rf"(?<=\D)(?:\s+\(?\d{{1,2}}\)|{PLAIN_MARK})$")
_SIGNS_ALONE = re.compile(rf"[{_OPEN}{_CLOSED}{SIGN}+%٪]+")
_CLOSING = re.compile(rf"[{_CLOSED}%٪]+")
_THREE = 3
# A figure that ends within its third group or a later one, and the rest of such a group.
_GROUP_CUT = re.compile(
    rf"\D*\d{{1,3}}(?P<mark>{_BETWEEN})\d{{3}}(?:(?P=mark)\d{{3}})*(?P=mark)(?P<cut>\d{{1,2}})"
)
_REST = re.compile(rf"(\d{{1,2}})(?:[.,]\d+)?[{_CLOSED}]?")


class WordKind(StrEnum):
    """What one word of a printed line can be."""

    FIGURE = "figure"
    NIL = "nil"
    ABSENT = "absent"
    MARK = "mark"  # a footnote mark or a per cent sign that stands alone
    CURRENCY = "currency"
    TORN = "torn"  # digits that end in a decimal mark: decimals were lost, or a sentence ends
    LOOKALIKE = "lookalike"  # digits with a letter among them, as scanners leave them
    OTHER = ""


# Words that stand for an amount of their own.
NUMERIC = frozenset({WordKind.FIGURE, WordKind.NIL, WordKind.TORN})


def looks_like_figure(text: str) -> bool:
    """Whether a cell is digits and the marks of figures, in any language."""
    bare = text.strip()
    found = FIGURE.fullmatch(bare) if len(bare) <= LONGEST_FIGURE_CHARS else None
    return found is not None and not found["torn"]


def is_amount(text: str) -> bool:
    """Whether a cell is a figure or the dash for nil, and no year."""
    bare = plain_digits(text.strip())
    found = _AMOUNT.fullmatch(bare) if len(bare) <= LONGEST_FIGURE_CHARS else None
    return found is not None and not found["torn"]


def is_entry(text: str, style: NumberStyle) -> bool:
    """Whether a cell is an amount, or says in a language that there is none."""
    bare = text.strip()
    return is_amount(bare) or bare in style.nil or is_absent(bare, style)


@lru_cache(maxsize=4096)
def kind_of(word: str, style: NumberStyle) -> WordKind:
    """What one word of a printed line can be."""
    if word in style.nil or _MARKED_DASH.fullmatch(word):
        return WordKind.NIL
    found = FIGURE.fullmatch(word) if len(word) <= LONGEST_FIGURE_CHARS else None
    if found:
        return WordKind.TORN if found["torn"] else WordKind.FIGURE
    if word == "%" or is_mark(word):
        return WordKind.MARK
    if _CURRENCY_ALONE.fullmatch(word):
        return WordKind.CURRENCY
    if _LOOKALIKE.fullmatch(word):
        return WordKind.LOOKALIKE
    return WordKind.ABSENT if is_absent(word, style) else WordKind.OTHER


@lru_cache(maxsize=16)
def words_of(style: NumberStyle) -> re.Pattern[str]:
    """The words of a printed line; a term that is printed with blanks in it is one word."""
    return re.compile("|".join([*map(_alone, _several_words(style)), r"\S+"]))


def may_end_figures(word: str, style: NumberStyle) -> bool:
    """Whether a line whose last word this is may end in figures."""
    return kind_of(word, style) is not WordKind.OTHER or word.casefold() in _last_words(style)


@lru_cache(maxsize=16)
def _last_words(style: NumberStyle) -> frozenset[str]:
    return frozenset(term.split()[-1].casefold() for term in _several_words(style))


def _several_words(style: NumberStyle) -> list[str]:
    return sorted((term for term in (*SHORT, *style.absent) if " " in term), key=len, reverse=True)


def _alone(term: str) -> str:
    return rf"(?<!\S)(?i:{re.escape(term)})(?!\S)"


def can_carry(word: re.Match[str]) -> bool:
    """Whether a group of three digits may follow: after 1 to 3 of them, and no lone zero."""
    digits = word["digits"]
    is_bare = digits.isdecimal() and not (word["back"] or word["mark"] or word["torn"])
    is_led = digits[0] != "0" or not (word["front"] or digits in {"0", "00"})
    return is_bare and len(digits) <= _THREE and is_led


def is_group(word: re.Match[str], decimal: str = ".,") -> bool:
    """Whether digits may follow others after a blank: three, and decimals at most."""
    whole, mark, fraction = word["digits"][:_THREE], word["digits"][_THREE:4], word["digits"][4:]
    if word["front"] or len(whole) < _THREE or not whole.isdecimal():
        return False
    return not mark or (fraction.isdecimal() and (mark in decimal or len(fraction) != _THREE))


def is_piece(word: str) -> bool:
    """Whether a word is a figure, or a bracket, a sign or a per cent sign of one."""
    return bool(_SIGNS_ALONE.fullmatch(word) or FIGURE.fullmatch(word))


def may_join(left: str, right: str) -> bool:
    """Whether two neighbouring pieces may be one figure: (, 1, 234, )."""
    if left in _OPEN or _CLOSING.fullmatch(right):
        return True
    before, after = FIGURE.fullmatch(left), FIGURE.fullmatch(right)
    leads = can_carry(before) if before else len(left) == 1 and _SIGNS_ALONE.fullmatch(left)
    return bool(leads and after and is_group(after))


def is_torn(left: str, right: str) -> bool:
    """Whether neither of two pieces is a figure by itself: (2 and 887.7), 17 and 043.9."""
    brackets = zip(_OPEN, _CLOSED, strict=True)
    is_cut = any(left.count(a) > left.count(b) and b in right for a, b in brackets)
    is_padded = right[:1] == "0" and right[1:2].isdecimal()
    if (is_cut or is_padded) and may_join(left, right):
        return True
    group, rest = _GROUP_CUT.fullmatch(left), _REST.fullmatch(right)
    return bool(group and rest and len(group["cut"] + rest[1]) == _THREE)


def is_absent(text: str, style: NumberStyle) -> bool:
    """Whether a text says that there is no figure, perhaps with a mark that says why."""
    if len(text) > LONGEST_ABSENT_CHARS:
        return False
    return normalise(text) in style.absent or normalise(_NOTE.sub("", text)) in style.absent


def are_padded(texts: Sequence[str]) -> bool:
    """Whether texts are digits of one length, with noughts before some: codes, as 01, 07, 11."""
    return (
        len(set(map(len, texts))) == 1
        and all(map(str.isdecimal, texts))
        and any(text[0] == "0" and text.strip("0") for text in texts)
    )
