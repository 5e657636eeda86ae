"""An e-mail to the author: what was checked, the worst findings, what to answer, in ten lines."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.reporters.author.corrections import (
    asked_of_author,
    corrections_of,
    question_of,
    questions_of,
)
from unbudget_check.reporters.ci.hosting import gravity
from unbudget_check.reporters.closing import result_of, setup_rows, share_of
from unbudget_check.reporters.repairs import printed_pair, repairs_of
from unbudget_check.reporters.words import (
    count_of,
    listed,
    names_of,
    number_of_finding,
    place_of,
    reason_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

WORST, NAMES_MOST = 3, 3


def render(report: Report, _options: RenderOptions) -> str:
    """The subject, a blank line, and the text; without greeting, and without a name below."""
    names = names_of(report.documents, symbols=True)
    return "".join(f"{row}\n" for row in (_subject(report, names), "", *_text(report, names)))


def _subject(report: Report, names: Mapping[str, str]) -> str:
    lang = report.lang
    asked = sum(len(asked_of_author(each)) for each in report.documents)
    found = count_of(asked, "finding", lang) if asked else ""
    is_whole = report.coverage.judged and not any(each.is_silent for each in report.documents)
    name = "subject" if asked else "subject_clean" if is_whole else "subject_open"
    return say(lang, f"author.{name}", documents=_named(report, names), findings=found)


def _named(report: Report, names: Mapping[str, str]) -> str:
    """The documents by name, or how many there are."""
    if len(names) > NAMES_MOST:
        return count_of(len(names), "document", report.lang)
    return listed(names.values(), report.lang)


def _text(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    lang, coverage = report.lang, report.coverage
    if coverage.figures_read:
        yield say(
            lang,
            "author.checked",
            documents=_named(report, names),
            figures=count_of(coverage.figures_read, "figure", lang),
            tables=count_of(coverage.tables_read, "table", lang),
            share=share_of(coverage.figures_checked, coverage.figures_read),
        )
    for document in report.documents:
        if document.status == "unreadable":
            yield reason_of(document, lang)
    corrections = sum(len(corrections_of(each, lang)) for each in report.documents)
    questions = sum(len(questions_of(each, lang)) for each in report.documents)
    if not corrections + questions:
        result = result_of(report).text
        yield result[:1].upper() + result[1:]
    else:
        yield say(
            lang,
            "author.found",
            corrections=count_of(corrections, "correction", lang),
            questions=count_of(questions, "question", lang),
        )
        yield say(lang, "author.worst")
        yield from _worst(report, names)
    left = coverage.figures_read - coverage.figures_checked
    if left:
        yield say(lang, "author.left", figures=count_of(left, "figure", lang))
    if effects := [row.text for row in setup_rows(report) if row.kind == "effects"]:
        yield say(lang, "author.settings", effects=listed(effects, lang))
    yield say(lang, "author.attached")


def _worst(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    """The gravest findings, each in a sentence or two."""
    asked = [each for document in report.documents for each in asked_of_author(document)]
    gravest = sorted(asked, key=gravity)
    for finding in gravest[:WORST]:
        told = _sentence(finding, report.lang)
        if len(names) > 1:
            name = names[finding.document]
            told = say(report.lang, "closing.document", document=name, text=told)
        yield f"{number_of_finding(finding)}{told}"


def _sentence(finding: Finding, lang: str) -> str:
    """What to correct, or what to answer; of an amount in the wrong place, both corrections."""
    repairs = repairs_of(finding)
    if not repairs:
        return question_of(finding, lang)
    told = []
    for repair in repairs if finding.is_misplaced else repairs[:1]:
        place = place_of(repair.suspect.where, lang=lang)
        was, should = printed_pair(repair, finding)
        told.append(say(lang, "author.correct", place=place, printed=was, should=should))
    return reduce(lambda one, two: say(lang, "lists.sentences", one=one, two=two), told)
