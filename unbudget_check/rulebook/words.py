"""The words of a rule in the reader's language: titles, messages, reasons."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import ENGLISH, load_words, spoken_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.rulebook.rule import Rule

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


def rule_text(rule: Rule, kind: str, language: str) -> str:
    """A rule's title, message, why or fix: from its own file, else as the language puts it."""
    own: Mapping[str, str] = getattr(rule, kind)
    return own.get(language) or _translated(rule, kind, language) or own[ENGLISH]


def rule_texts(rule: Rule, kind: str) -> Mapping[str, str]:
    """A rule's title, message, why or fix in every language that has it."""
    languages = dict.fromkeys((*getattr(rule, kind), *spoken_languages()))
    return {code: rule_text(rule, kind, code) for code in languages if speaks(rule, code, kind)}


def speaks(rule: Rule, language: str, kind: str = "message") -> bool:
    """Whether a rule has a text in a language; what it says must be in one language."""
    return bool(getattr(rule, kind).get(language) or _translated(rule, kind, language))


def _translated(rule: Rule, kind: str, language: str) -> str:
    """What the words of a language have for a rule whose own file does not speak it."""
    return load_words(language).rules.get(rule.code, {}).get(kind, "")


def title_of(rule: Rule, language: str) -> str:
    """What the rule promises, in one sentence."""
    return rule_text(rule, "title", language)


def message_of(rule: Rule, language: str, **values: str) -> str:
    """The sentence about one finding; a placeholder without a value is left empty."""
    blank = dict.fromkeys(PLACEHOLDERS, "")
    return rule_text(rule, "message", language).format_map(blank | values)


def placeholders_of(message: str) -> Iterator[str]:
    """What stands between braces in a message; raises ValueError where they are not in pairs."""
    for _, name, form, conversion in Formatter().parse(message):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
