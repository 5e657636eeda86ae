"""The words of a rule in the reader's language: titles, messages, reasons."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.rulebook.rule import Rule

ENGLISH = "en"  # every rule has it; the others fall back to it

# What a message may speak of; each is filled with the words of one finding.
PLACEHOLDERS = (
    "where",
    "row",
    "column",
    "table",
    "stated",
    "computed",
    "residual",
    "allowance",
    "count",
    "parts",
    "other",
    "text",
)


def words_in(words: Mapping[str, str], language: str) -> str:
    """One text in a language, or in English where it was not translated."""
    return words.get(language) or words[ENGLISH]


def title_of(rule: Rule, language: str) -> str:
    """What the rule promises, in one sentence."""
    return words_in(rule.title, language)


def message_of(rule: Rule, language: str, **values: str) -> str:
    """The sentence about one finding; a placeholder without a value is left empty."""
    blank = dict.fromkeys(PLACEHOLDERS, "")
    return words_in(rule.message, language).format_map(blank | values)


def placeholders_of(message: str) -> Iterator[str]:
    """What stands between braces in a message; raises ValueError where they are not in pairs."""
    for _, name, form, conversion in Formatter().parse(message):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
