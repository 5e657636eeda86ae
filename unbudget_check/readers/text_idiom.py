"""The language of a text, as far as taking its lines apart needs it."""

from __future__ import annotations

from dataclasses import dataclass

from unbudget_check.languages import NumberStyle, load_language

# How numbers are taken apart where the language is unknown: either mark may be the decimal one.
UNKNOWN_STYLE = NumberStyle(".,", " \u00a0\u202f'’", ("–", "—", "-", "−"), ("n/a",))


@dataclass(frozen=True, slots=True)
class Idiom:
    """The code of the language, if it is known, and how it prints numbers.

    ``subtotals`` are the words for a subtotal; a number that follows counts parts of the table.
    ``notes`` are the letters of the footnotes below the table at hand.
    """

    code: str | None
    style: NumberStyle
    subtotals: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


def idiom_of(code: str | None) -> Idiom:
    """The idiom of a language, or of a text whose language nothing tells."""
    if code is None:
        return Idiom(None, UNKNOWN_STYLE)
    language = load_language(code)
    return Idiom(code, language.numbers, frozenset(language.rows.get("subtotal", ())))
