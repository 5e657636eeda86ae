"""The message of a finding in every language in which its rule speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import ENGLISH, say, spoken_languages
from unbudget_check.rulebook.words import speaks

if TYPE_CHECKING:
    from collections.abc import Callable

    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.finding import Finding
    from unbudget_check.rulebook.rule import Rule


def with_messages(
    finding: Finding, case: Case, rule: Rule, message_in: Callable[[Case], str]
) -> Finding:
    """The finding told in all languages; ``message_in`` tells it in the one that its case names.

    A message is in one language from beginning to end: where the rule does not speak that of the
    document, it is told in English.
    """
    own = case.facts.language
    codes = dict.fromkeys((*spoken_languages(), own))
    case = replace(case, notation=finding.notation)
    told = {code: message_in(replace(case, lang=code)) for code in codes if speaks(rule, code)}
    return replace(finding, message=told.get(own) or told[ENGLISH], messages=told)


def both_told(first: Finding, second: Finding) -> Finding:
    """The first finding with the messages of both, one behind the other, in each language."""
    told = {
        code: say(code, "lists.sentences", one=message, two=_told(second, code))
        for code, message in first.messages.items()
    }
    own = next(code for code, message in first.messages.items() if message == first.message)
    return replace(first, message=told[own], messages=told)


def _told(finding: Finding, code: str) -> str:
    return finding.messages.get(code) or finding.messages[ENGLISH]
