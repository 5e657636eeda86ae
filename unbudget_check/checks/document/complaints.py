"""Rows of data files that do not fit their declared columns, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks import COMPLAINT
from unbudget_check.messages import ENGLISH, spoken_languages, tell
from unbudget_check.model.document import Where
from unbudget_check.model.finding import Finding
from unbudget_check.rulebook.rule import message_of, rule_text, speaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.model.message import Saying
    from unbudget_check.rulebook.rule import Rule


def _messages(rule: Rule, language: str, place: str, text: Saying) -> dict[str, str]:
    """The sentence in every language in which the rule speaks."""
    codes = dict.fromkeys((*spoken_languages(), language))
    return {
        code: message_of(rule, code, where=place, text=tell(code, text))
        for code in codes
        if speaks(rule, code)
    }


def complaints_of(document: Document, language: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A finding for every complaint that the reader handed on, where a rule asks for them."""
    for rule in rules:
        if rule.check != COMPLAINT:
            continue
        for place, text in document.complaints:
            told = _messages(rule, language, place, text)
            yield Finding(
                rule.code,
                rule.name,
                rule.severity,
                rule.confidence,
                document.path,
                Where(document.path, address=place),
                "",
                None,
                None,
                None,
                None,
                message=told.get(language) or told[ENGLISH],
                messages=told,
                advice=rule_text(rule, "fix", language),
            )
