"""Read the number that one printed cell states; the only reader of printed numbers.

Reads the thousands groups, decimal marks, brackets, signs, dashes and footnote marks that a
language file declares, in any script's digits. A cell that is meant as a figure but is not a
correct one comes back as MALFORMED, with the defect and, where it can be made out, the value.
Currency, per cent signs and footnote marks around the digits are taken off here first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import CellKind, Defect, Numeral
from unbudget_check.model.number import Number
from unbudget_check.notation.figures import (
    DASHES,
    LONGEST_FIGURE_CHARS,
    MONEY,
    POWERS,
    SIGN,
    SIGNS,
    is_absent,
)
from unbudget_check.notation.marks import MARK, PLAIN_MARK, RAISED_DIGITS, bare_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.lexicon import NumberStyle


# Currency before a figure, behind its sign or bracket, and behind it. Every sign of currency is $.
_BEFORE = re.compile(
    rf"^([(\s{SIGN}+△▲]*)(?:(?:{MONEY})\s*\$?|[A-Z]{{0,3}}\$)\s*"
    rf"(?=[\s({SIGN}+△▲]*[.,\d]|[{SIGN}]$)"
)
_AFTER = re.compile(rf"(?<=[\d)%{SIGN}])\s*(?:{MONEY}|[A-Z]{{0,3}}\$)(?=\s*\)?$)")
# A triangle is the minus of Japanese accounts.
_TRIANGLE = re.compile(r"^([(\s]*)[△▲]\s*(?=[.\d])")
_PER_CENT = re.compile(r"(?<=[\d)])\s*[%٪](?=\s*\)?$)")
# Marks stand behind digits, dashes and currencies, and not behind words: no area in m\u00b2.
_RAISED = re.compile(rf"(?:(?<=[\d)%{SIGN}{SIGNS}])|(?<=[A-Z]{{3}}))\s*({RAISED_DIGITS})$")
_MARK = re.compile(rf"(?:(?<=[\d)%]){MARK}|(?:(?<=[$)%{SIGN}])|(?<=[A-Z]{{3}})){PLAIN_MARK})$")
_MAGNITUDES = frozenset("kKmMbB")
# An amount of money with what stands for its power of ten, perhaps for a time: $1.2M, $20k/month.
_POWER = "|".join(map(re.escape, sorted(POWERS, key=len, reverse=True)))
_MAGNIFIED = re.compile(
    # A single small letter behind a blank is the mark of a footnote.
    rf"(?P<figure>.*\d)(?:\s(?![a-z]\)?$))?(?P<power>{_POWER})(?P<behind>\)?\s*(?:{MONEY}|[A-Z]{{0,3}}\$)?\)?)"
    rf"(?:\s?/\s?[^\W\d_]{{1,8}})?"
)
# Behind this money M stands for thousands of millions.
_MILLIARDS = "Rp"

_DIGIT = re.compile(r"\d")
LAST_LETTER = "\u2e80"  # from here on words are written without blanks
_LOOKALIKE = str.maketrans("lIOo", "1100")
_BLANK = Numeral(CellKind.BLANK)
_TEXT = Numeral(CellKind.TEXT)
_ABSENT = Numeral(CellKind.ABSENT)
_NIL = Numeral(CellKind.NIL, Number(0))


_THOUSANDS = re.compile(r"'?0{3}|0{3}'?s")
_AMONG = re.compile(r"(?<=[\d.,])[^\W\d_](?=[\d.,])")


def without_raised(text: str) -> tuple[str, str]:
    """The text without footnote marks in raised digits at its end, and these as plain digits."""
    raised = _RAISED.search(text)
    if raised is None:
        return text, ""
    return text[: raised.start()], unicodedata.normalize("NFKC", bare_mark(raised[1]))


def without_marks(text: str) -> tuple[str, str]:
    """The text without a footnote mark at its end: 25a, 25 (a), 25 a/, 25 [1], 25 1/, 25*."""
    mark = _MARK.search(text)
    if mark is None:
        return text, ""
    return text[: mark.start()].rstrip(), bare_mark(mark[0])


def without_units(text: str) -> str:
    """The figure without currency on either side and without per cent signs, signs kept."""
    bare = _AFTER.sub("", _BEFORE.sub(r"\1", text, count=1), count=1)
    bare = _PER_CENT.sub("", bare)
    return _TRIANGLE.sub(r"\1-", bare).strip()


def is_magnitude(text: str) -> bool:
    """Whether a letter behind an amount of money, or a capital one, stands for its power of ten."""
    if text[-1:] not in _MAGNITUDES or not text[-2:-1].isdecimal():
        return False
    return text[-1].isupper() or without_units(text[:-1]) != text[:-1]


def without_power(text: str) -> tuple[str, int]:
    """An amount of money without what stands for its power of ten, and this power, or 0."""
    found = _MAGNIFIED.fullmatch(text)
    if found is None or text.startswith(_MILLIARDS):
        return text, 0
    amount = found["figure"] + found["behind"]
    # Without money it is a code or a model.
    return (
        (text, 0) if without_units(amount) == amount.strip() else (amount, POWERS[found["power"]])
    )


def _magnified(numeral: Numeral, power: int) -> Numeral:
    """A numeral times a power of ten, rounded to the digit that is printed."""
    if numeral.number is None:
        return numeral
    exponent = numeral.number.exponent + power
    step = 10 ** max(exponent, 0)
    return replace(numeral, number=Number(numeral.number.units * step, min(exponent, 0), step))


def plain(text: str) -> str:
    """Full-width forms, foreign digits and every sign of currency as plain ones."""
    if text.isascii():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1024)
def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "$" if unicodedata.category(character) == "Sc" else character


@lru_cache(maxsize=16)
def numeral_reader(style: NumberStyle) -> Callable[[str], Numeral]:
    """:func:`read_numeral` in one style, with a memory: a document prints most cells many times."""
    return lru_cache(maxsize=65536)(partial(read_numeral, style=style))


@lru_cache(maxsize=16)
def mirrored(style: NumberStyle) -> NumberStyle:
    """The style with the other decimal mark: 1.234,5 for 1,234.5."""
    own, other = ".," if "." in style.decimal else ",."
    return replace(style, decimal=other, group=style.group.replace(other, "") + own)


@lru_cache(maxsize=64)
def nil_numeral(exponent: int) -> Numeral:
    """A dash, in a column that prints its figures at this exponent."""
    return Numeral(CellKind.NIL, Number(0, exponent))


def read_numeral(text: str, style: NumberStyle) -> Numeral:
    """The cell as a figure, a dash, a blank, "n/a", words, or a malformed figure.

    The exponent of the number is minus the count of printed decimals; a dash is 0 at exponent 0
    until its column tells its precision.
    """
    bare = text.strip()
    if not bare:
        return _BLANK
    if _is_nil(bare, style) or _is_nil(bare.strip("() "), style):
        return _NIL
    if len(bare) > LONGEST_FIGURE_CHARS:
        return _TEXT
    if bare.isascii():
        # Most cells are plain words, or figures without anything around them.
        is_worded = len(bare) > 1 and bare[0].isalpha() and bare[-2:].isalpha()
        if is_worded and not _DIGIT.search(bare):
            return _ABSENT if bare.casefold() in style.absent else _TEXT
        number = _grouped(bare, style)
        if number is not None:
            return Numeral(CellKind.FIGURE, number)
    return _dressed(bare, style)


def _is_nil(text: str, style: NumberStyle) -> bool:
    """Whether nothing is printed: a dash of any kind, or what the language prints besides."""
    return text in style.nil or (len(text) == 1 and text in DASHES)


def _dressed(text: str, style: NumberStyle) -> Numeral:
    """A cell that is not empty, without its currency, per cent sign and footnote marks."""
    if style.side and (sided := on_a_side(text, style)):
        amount, sign = sided
        return _signed(read_numeral(amount, style), sign)
    rest, raised = without_raised(text)
    folded = with_own_marks(plain(rest), style).strip()
    if is_absent(folded, style):
        return _ABSENT
    amount, power = without_power(folded)
    if power:
        return _magnified(read_numeral(amount, style), power)
    if is_magnitude(folded) or ("$" in folded and "%" in folded):
        return _TEXT  # an amount and a rate are two figures
    unmarked, marks = without_marks(folded)
    amount = without_units(unmarked)
    if _is_nil(amount, style):
        return _NIL
    return _figure(amount, style, marks + raised)


def on_a_side(text: str, style: NumberStyle) -> tuple[str, int] | None:
    """The amount of a cell that says on which side of an account it stands, and its sign there."""
    if not any(map(str.isdecimal, text)) or (text.isascii() and len(text.split()) == 1):
        return None
    words = normalise(text).split(" ")
    for terms, sign in ((style.credit, style.side), (style.debit, -style.side)):
        for term in terms:
            if len(words) > 1 and words[-1] == term:
                return text.strip()[: -len(term)], sign
            if len(words) > 1 and words[0] == term:
                return text.strip()[len(term) :], sign
            if term[0] > LAST_LETTER and normalise(text).startswith(term):
                return text.strip()[len(term) :], sign  # ideographs need no blank
    return None


def _signed(numeral: Numeral, sign: int) -> Numeral:
    if numeral.number is None or sign > 0 or numeral.number.units < 0:
        return numeral
    return replace(numeral, number=Number(-numeral.number.units, numeral.number.exponent))


def with_own_marks(text: str, style: NumberStyle) -> str:
    """Arabic marks, which mean the same in every style, as the marks of this one."""
    if "٫" not in text and "٬" not in text:
        return text
    group = next((mark for mark in ",." if mark in style.group), " ")
    return text.replace("٫", style.decimal[0]).replace("٬", group)


def _figure(text: str, style: NumberStyle, marks: str) -> Numeral:
    body, negative, defect = _without_signs(text)
    if _THOUSANDS.fullmatch(body):
        return _TEXT  # a unit: "$000"
    if not body or not _allowed(style).fullmatch(body):
        return _lookalike(text, style, marks)
    units = _grouped(body, style)
    if units is None:
        units = _made_out(body, style)
        if units is None:
            return _TEXT
        defect = Defect.GROUPING
    number = Number(-units.units if negative else units.units, units.exponent)
    return Numeral(CellKind.MALFORMED if defect else CellKind.FIGURE, number, defect, marks)


def _without_signs(text: str) -> tuple[str, bool, Defect]:
    """The digits without brackets and signs, whether they are negative, and what is wrong."""
    outer = text[:1] in DASHES and text[1:].lstrip().startswith("(")
    text = text[outer:].lstrip()
    opened, closed = text.startswith("("), text.endswith(")")
    body = text[opened : len(text) - closed].strip()
    minus = body[:1] in DASHES if body else False
    trailing = body[-1:] in DASHES if len(body) > 1 else False
    body = body[minus : len(body) - trailing].strip()
    if body.startswith("+") and not minus:
        body = body[1:].strip()
    defect = Defect.NONE
    if opened != closed:
        defect = Defect.BRACKET
    elif outer + opened + minus + trailing > 1 or body[:1] in (*DASHES, "(", "+"):
        defect = Defect.SIGN
        body = body.lstrip(DASHES + "(+ ").rstrip(") ")
    return body, opened or closed or minus or trailing, defect


@lru_cache(maxsize=16)
def _allowed(style: NumberStyle) -> re.Pattern[str]:
    marks = re.escape(_folded(style.group) + _folded(style.decimal) + ".,")
    return re.compile(rf"(?=.*\d)[\d{marks}]+")


def _folded(marks: str) -> str:
    return unicodedata.normalize("NFKC", marks)


@lru_cache(maxsize=16)
def _pattern(style: NumberStyle) -> re.Pattern[str]:
    groups = "|".join(re.escape(mark) for mark in sorted(set(_folded(style.group))))
    decimal = "".join(re.escape(mark) for mark in sorted(set(_folded(style.decimal))))
    # Two blanks between groups are a typist's habit, not another figure: the value is the same.
    whole = (
        rf"\d{{1,3}}(?:(?P<mark>{groups})(?:(?P=mark))?\d{{3}}(?:(?P=mark){{1,2}}\d{{3}})*)?|\d+"
    )
    if style.pairs:
        whole += rf"|\d{{1,2}}(?:(?P<pair>{groups})\d{{2}})(?:(?P=pair)\d{{2}})*(?P=pair)\d{{3}}"
    return re.compile(rf"(?P<whole>{whole})?(?:[{decimal}](?P<fraction>\d+))?")


def _grouped(body: str, style: NumberStyle) -> Number | None:
    """The value of correctly grouped digits, or None."""
    match = _pattern(style).fullmatch(body)
    if not match or not body:
        return None
    fraction = match["fraction"] or ""
    whole = match["whole"] or ""
    digits = (whole if whole.isdecimal() else re.sub(r"\D", "", whole)) + fraction
    return Number(int(digits), -len(fraction)) if digits else None


def _made_out(body: str, style: NumberStyle) -> Number | None:
    """The value that wrongly grouped digits most likely mean: the last mark is the decimal one."""
    pieces = re.split(r"\D+", body)
    marks = re.findall(r"\D+", body)
    if not marks or not pieces[-1] or _is_date(pieces, marks):
        return None
    if not pieces[0]:
        return Number(int("".join(pieces)))
    last = marks[-1].strip()
    grouped = marks.count(marks[-1]) > 1 and len(pieces[-1]) == len("000")
    named = last in _folded(style.decimal) and not grouped
    is_decimal = last and (named or len(pieces[-1]) < len("000"))
    decimals = len(pieces[-1]) if is_decimal else 0
    return Number(int("".join(pieces)), -decimals)


def _lookalike(text: str, style: NumberStyle, marks: str) -> Numeral:
    """A figure in which a letter stands for a digit, such as 1O5.3 or a lone l; else words."""
    letters = re.findall(r"[^\W\d_]", text)
    if len(letters) != 1:
        return _TEXT
    body, negative, _ = _without_signs(text.translate(_LOOKALIKE))
    digits = len(re.findall(r"\d", text))
    swapped = letters[0] in "lIOo"
    if not swapped and (digits < len("000") or not _AMONG.search(text)):
        # At an end it is a word of its own, such as Q1 2026, 1 200 t or 2026F.
        return _TEXT
    number = _grouped(body, style) if swapped else None
    if swapped and number is None:
        return _TEXT
    if not swapped and not _allowed(style).fullmatch(re.sub(r"[^\W\d_]", "", body)):
        return _TEXT
    signed = (
        Number(-number.units if negative else number.units, number.exponent) if number else None
    )
    return Numeral(CellKind.MALFORMED, signed, Defect.LETTER, marks)


def _is_date(pieces: Sequence[str], marks: Sequence[str]) -> bool:
    """Whether digits are a date, such as 10.12.2026."""
    same = len(marks) > 1 and {mark.strip() for mark in marks} == {"."}
    return same and len(pieces[-1]) == len("2026") and all(len(p) < len("000") for p in pieces[:-1])
