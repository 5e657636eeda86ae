"""A count as Word prints it in an automatic number: 3, 03, c, III, and the numerals of others.

A format that is not listed here is printed in plain digits, which is what other programs do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.numbering import IDEOGRAPHS, TEN, printed_number

if TYPE_CHECKING:
    from collections.abc import Callable

# Word repeats letters (aa, bb) up to thirty times and counts to 32767; more is damage.
MOST_REPEATS, MOST_COUNT = 30, 32_767
HUNDRED, THOUSAND, TEN_THOUSAND = 100, 1000, 10_000
LATIN = "abcdefghijklmnopqrstuvwxyz"
# The alphabet without the letters that begin no item: short i, io, and the two signs.
RUSSIAN = "".join(chr(0x430 + n) for n in range(32) if n not in {9, 26, 28})
ARABIC = (
    "\u0623\u0628\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635"
    "\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u064a"
)
ABJAD = (
    "\u0623\u0628\u062c\u062f\u0647\u0648\u0632\u062d\u0637\u064a\u0643\u0644\u0645\u0646"
    "\u0633\u0639\u0641\u0635\u0642\u0631\u0634\u062a\u062b\u062e\u0630\u0636\u0638\u063a"
)
STEMS = "\u7532\u4e59\u4e19\u4e01\u620a\u5df1\u5e9a\u8f9b\u58ec\u7678"
BRANCHES = "\u5b50\u4e11\u5bc5\u536f\u8fb0\u5df3\u5348\u672a\u7533\u9149\u620c\u4ea5"
# Zero as Chinese counts with it, inside a number and in a row of digits, and its powers of ten.
ZERO, CIRCLE, LARGE = "\u96f6", "\u25cb", "\u5343\u767e\u5341"


def shown_count(count: int, notation: str) -> str:
    """A count in one of the notations of Word, by the name that its files give it."""
    plain = str(count)
    if not 0 < count <= MOST_COUNT:
        return plain
    show = _SHOWN.get(notation)
    return show(count) or plain if show else plain


def _zeroed(width: int) -> Callable[[int], str]:
    return lambda count: str(count).zfill(width)


def _letters(alphabet: str) -> Callable[[int], str]:
    """Letters, doubled when all have been used: z is followed by aa and bb."""

    def show(count: int) -> str:
        rounds, place = divmod(count - 1, len(alphabet))
        return alphabet[place] * (rounds + 1) if rounds < MOST_REPEATS else ""

    return show


def _signs(first: int, most: int) -> Callable[[int], str]:
    """Characters that stand in a row, such as circled figures; there are only so many."""
    return lambda count: chr(first + count - 1) if count <= most else ""


def _listed(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else ""


def _digits(zero: str, nine: str) -> Callable[[int], str]:
    """Figure by figure in other digits, ``nine`` being those of one to nine."""
    return lambda count: "".join((zero + nine)[int(digit)] for digit in str(count))


def _tens(count: int) -> str:
    """Chinese counting: ten, eleven, twenty; from a hundred on figure by figure."""
    if count < HUNDRED:
        return printed_number("", "ideograph", count)
    return _digits(CIRCLE, IDEOGRAPHS[:9])(count)


def _thousands(count: int) -> str:
    """Chinese counting with words for hundred and thousand, and a zero for what is skipped."""
    if count < 2 * TEN:
        return printed_number("", "ideograph", count)
    if count >= TEN_THOUSAND:
        return ""
    text = ""
    for power, word in zip((THOUSAND, HUNDRED, TEN, 1), (*LARGE, ""), strict=True):
        digit = count // power % TEN
        if digit:
            text += IDEOGRAPHS[digit - 1] + word
        elif text and count % power:
            text += "" if text.endswith(ZERO) else ZERO
    return text


def _japanese(count: int) -> str:
    """Japanese counting: no zero, and no one before ten, hundred and thousand."""
    if count >= TEN_THOUSAND:
        return ""
    text = ""
    for power, word in zip((THOUSAND, HUNDRED, TEN, 1), (*LARGE, ""), strict=True):
        digit = count // power % TEN
        text += IDEOGRAPHS[digit - 1] if digit > 1 or (digit and power == 1) else ""
        text += word if digit else ""
    return text


def _roman(count: int) -> str:
    return printed_number("", "roman", count)


_SHOWN: dict[str, Callable[[int], str]] = {
    "decimalZero": _zeroed(2),
    "custom2": _zeroed(2),
    "custom3": _zeroed(3),
    "custom4": _zeroed(4),
    "custom5": _zeroed(5),
    "lowerLetter": _letters(LATIN),
    "upperLetter": _letters(LATIN.upper()),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "russianLower": _letters(RUSSIAN),
    "russianUpper": _letters(RUSSIAN.upper()),
    "arabicAlpha": _letters(ARABIC),
    "arabicAbjad": _letters(ABJAD),
    "chineseCounting": _tens,
    "taiwaneseCounting": _tens,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": _digits("\u3007", IDEOGRAPHS[:9]),
    "japaneseDigitalTenThousand": _digits("\u3007", IDEOGRAPHS[:9]),
    "taiwaneseDigital": _digits(CIRCLE, IDEOGRAPHS[:9]),
    "ideographTraditional": _listed(STEMS),
    "ideographZodiac": _listed(BRANCHES),
    "decimalFullWidth": _digits("\uff10", "".join(chr(0xFF10 + n) for n in range(1, TEN))),
    "decimalEnclosedCircle": _signs(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs(0x2460, 10),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
}
