"""Rows of data files that do not fit their declared columns, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks import COMPLAINT
from unbudget_check.messages.telling import spoken
from unbudget_check.model.document import Where
from unbudget_check.model.finding import Finding
from unbudget_check.rulebook.rule import message_of, rule_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.model.message import Message
    from unbudget_check.rulebook.rule import Rule


def complaints_of(document: Document, language: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A finding for every complaint that the reader handed on, where a rule asks for them."""
    for rule in rules:
        if rule.check == COMPLAINT:
            for place, text in document.complaints:
                yield _complaint(document.path, language, rule, place, text)


def _complaint(path: str, language: str, rule: Rule, place: str, text: Message) -> Finding:
    where = Where(path, address=place)
    finding = Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        path,
        where,
        "",
        None,
        None,
        None,
        None,
        message="",
        advice=rule_text(rule, "fix", language),
    )
    return spoken(finding, language, message_of(rule, language, where, where=place, text=text))
