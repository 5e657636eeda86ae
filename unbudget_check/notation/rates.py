"""The rates that names print, such as support cost (7%) or TVA 20 %."""

from __future__ import annotations

import re
from functools import cache

from unbudget_check.lexicon import load_language, normalise, plain_digits
from unbudget_check.model.number import Number


def rates_in(text: str, language: str) -> list[Number]:
    """The rates that a name prints, in per cent."""
    plain = normalise(plain_digits(text))
    found = []
    for before, after in _percentages(language).findall(plain):
        whole, _, decimals = (before or after).replace(",", ".").partition(".")
        if int(whole + decimals):
            found.append(Number(int(whole + decimals), -len(decimals)))
    return found


@cache
def _percentages(language: str) -> re.Pattern[str]:
    terms = [
        term for u in load_language(language).units if u.kind == "percentage" for term in u.terms
    ]
    words = "|".join(map(re.escape, sorted({*terms, "%", "٪"}, key=len, reverse=True)))
    number = r"\d{1,2}(?:[.,]\d{1,3})?"
    # Behind the number or, as in Turkish, before it.
    return re.compile(
        rf"(?<![\d.,])({number})\s?(?:{words})|(?<![\d%٪])[%٪]\s?({number})(?![\d.,])"
    )
