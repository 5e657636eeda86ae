"""A report in the language of whoever reads it: every sentence is written anew, no figure changes.

A report carries what is needed for this: the message of a finding in every language in which its
rule speaks, and the name of each reason, of which the files of messages have the words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.messages import ENGLISH, say, spoken_languages, tell, words_in
from unbudget_check.model.message import Message
from unbudget_check.model.report import Unchecked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.model.document import Where
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Coverage, DocumentResult, Report


def unchecked(where: Where, reason: str | Message, figures: int = 0) -> Unchecked:
    """Something that was not checked; its reason is in English until a language is chosen."""
    told = reason if isinstance(reason, Message) else Message(reason)
    return Unchecked(where, tell(ENGLISH, told), figures, told)


def unreadable(told: Message) -> UnreadableError:
    """Why a document cannot be read, in English so far."""
    return UnreadableError(tell(ENGLISH, told), told)


def accepted(finding: Finding, sayings: Iterable[Message]) -> Finding:
    """A finding with what is to be said of the waivers that speak of it, in English so far."""
    told = tuple(sayings)
    return replace(finding, acceptance=_all_of(told, ENGLISH), accepting=told)


def spoken(finding: Finding, own: str, *told: Message) -> Finding:
    """The finding told in each language in which its rule speaks, first of all its document's.

    Where the rule does not speak that (``own``), the message is in English.
    """
    speaking = told[0]
    while not speaking.wording:
        speaking = next(value for _, value in speaking.values if isinstance(value, Message))
    messages = {code: _all_of(told, code) for code in speaking.wording}
    return replace(finding, message=words_in(messages, own), messages=messages, told=told)


def unplaced(finding: Finding) -> str:
    """The message of a finding without its place, for where that has been named."""
    lang = spoken_in(finding, "")
    if not finding.told or not lang:
        return finding.message
    first, *rest = finding.told
    told = [tell(lang, first, finding.where), *(tell(lang, each) for each in rest)]
    return _joined(told, lang)


def common_language(documents: Iterable[DocumentResult | DocumentFacts]) -> str | None:
    """The language of all documents that were read, if it is one in which reports are written."""
    found = {each.language for each in documents if each.language}
    language = found.pop() if len(found) == 1 else None
    return language if language in spoken_languages() else None


def told_in(report: Report, lang: str) -> Report:
    """The same report, all of it in one language; what that does not have comes in English."""
    lang = lang if lang in spoken_languages() else ENGLISH
    advice = {card.code: card.fix for card in report.rules}
    documents = tuple(
        replace(
            each,
            reason=tell(lang, each.told) if each.told else each.reason,
            coverage=_coverage(each.coverage, lang),
            findings=tuple(_finding(finding, advice, lang) for finding in each.findings),
        )
        for each in report.documents
    )
    setup = replace(report.setup, effects=_reasons(report.setup.effects, lang))
    return replace(report, documents=documents, lang=lang, setup=setup)


def spoken_in(finding: Finding, otherwise: str) -> str:
    """The language in which a finding is reported, where it says so."""
    told = (code for code, message in finding.messages.items() if message == finding.message)
    return next(told, otherwise)


def _finding(finding: Finding, advice: Mapping[str, Mapping[str, str]], lang: str) -> Finding:
    fixes = advice.get(finding.code, {})
    return replace(
        finding,
        message=words_in(finding.messages, lang) or finding.message,
        advice=finding.advice and (words_in(fixes, lang) or finding.advice),
        acceptance=_all_of(finding.accepting, lang) or finding.acceptance,
    )


def _all_of(sayings: Iterable[Message], lang: str) -> str:
    return _joined([tell(lang, each) for each in sayings], lang)


def _joined(sentences: Sequence[str], lang: str) -> str:
    """Sentences one behind the other, as a language puts them."""
    told = sentences[:1]
    for each in sentences[1:]:
        told = [say(lang, "lists.sentences", one=told[0], two=each)]
    return "".join(told)


def _coverage(coverage: Coverage, lang: str) -> Coverage:
    return replace(
        coverage,
        unchecked=_reasons(coverage.unchecked, lang),
        untied=_reasons(coverage.untied, lang),
        remarks=_reasons(coverage.remarks, lang),
    )


def _reasons(items: Iterable[Unchecked], lang: str) -> tuple[Unchecked, ...]:
    return tuple(
        replace(each, reason=tell(lang, each.told)) if each.told else each for each in items
    )
