"""Rows of data files that do not fit their declared columns, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks import COMPLAINT
from unbudget_check.model.finding import Finding
from unbudget_check.model.location import Where
from unbudget_check.rulebook.words import message_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.rulebook.rule import Rule


def complaints_of(document: Document, language: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    """A finding for every complaint that the reader handed on, where a rule asks for them."""
    for rule in rules:
        if rule.check != COMPLAINT:
            continue
        for place, text in document.complaints:
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
                message_of(rule, language, where=place, text=text),
                advice=words_in(rule.fix, language),
            )
