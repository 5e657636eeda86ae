"""JUnit XML: a document is a suite, and each rule in each table of it is a case, passes too.

Errors and warnings are failures. Notes, accepted findings, and relations that broke by the cause
of another finding are skipped cases that say so: neither green nor counted twice. A document that
cannot be read is an error, and one in which nothing was checked is never green. Names stay the
same from run to run; ``assertions`` counts the relations of a case.

Which findings belong to which rule in which table of a document: the cases of a test report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages import say
from unbudget_check.model.finding import Severity
from unbudget_check.reporters.ci.hosting import advice_of, headline_of, stable_path
from unbudget_check.reporters.closing import nothing_checked, result_of, setup_rows
from unbudget_check.reporters.terminal.proofs import draw_proof
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    number_of_finding,
    numbered_head,
    place_of,
    severity_of,
    shown,
    sums_of,
    table_of,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report, Tally
    from unbudget_check.reporters.options import RenderOptions


WHOLE = "the document"

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
WIDTH = 100
OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One rule in one table: how many relations were judged, how many broke, and what was found."""

    code: str
    place: str
    relations: int
    broken: int
    findings: tuple[Finding, ...]


def cases_of(document: DocumentResult) -> tuple[RuleCase, ...]:
    """All cases of a document, in the order of its counts, then those of rules that count none.

    A finding belongs where its own rule was counted: in its table, else in the whole document.
    """
    counted: list[list[Finding]] = [[] for _ in document.tallies]
    others: dict[tuple[str, str], list[Finding]] = {}
    for finding in document.findings:
        home = _home(finding, document.tallies)
        if home is None:
            key = finding.code, table_of(finding.where) or WHOLE
            others.setdefault(key, []).append(finding)
        else:
            counted[home].append(finding)
    return (
        *(_case(each, counted[at]) for at, each in enumerate(document.tallies)),
        *(RuleCase(code, place, 0, 0, tuple(found)) for (code, place), found in others.items()),
    )


def _case(tally: Tally, found: Sequence[Finding]) -> RuleCase:
    relations = tally.exact + tally.rounding + tally.broken
    return RuleCase(tally.code, place_of(tally.where), relations, tally.broken, tuple(found))


def _home(finding: Finding, tallies: Sequence[Tally]) -> int | None:
    """The position of the count that a finding belongs to; the nearest place wins."""
    own = [at for at, each in enumerate(tallies) if each.code == finding.code]
    near = [at for at in own if _holds(tallies[at].where, finding.where)]
    whole = [at for at in own if _is_whole(tallies[at].where)]
    return next(iter([*near, *whole]), None)


def _holds(table: Where, place: Where) -> bool:
    if table.table or table.part:
        return (table.table, table.part) == (place.table, place.part)
    return bool(table.address) and f"{place.address}/".startswith(f"{table.address}/")


def _is_whole(where: Where) -> bool:
    return not (where.table or where.part or where.address)


def render(report: Report, options: RenderOptions) -> str:
    """The whole run as one XML text."""
    root = etree.Element("testsuites", name=_clean(report.tool.name))
    for document in report.documents:
        root.append(_suite(document, report, options))
    if not report.documents:
        suite = etree.SubElement(root, "testsuite", name=_clean(report.tool.name))
        _append_skipped(suite, "", result_of(report).text)
        _count(suite)
    _count(root)
    return DECLARATION + etree.tostring(root, encoding="unicode", pretty_print=True)


def _suite(document: DocumentResult, report: Report, options: RenderOptions) -> etree._Element:
    names = {card.code: card.name for card in report.rules}
    path = _clean(stable_path(document.path, options))
    suite = etree.Element("testsuite", name=_clean(document.symbol or path), file=path)
    setup = tuple(setup_rows(report))
    if setup:
        properties = etree.SubElement(suite, "properties")
        for row in setup:
            etree.SubElement(properties, "property", name=row.kind, value=_clean(row.text))
    if document.status == "unreadable":
        torn = etree.SubElement(suite, "testcase", classname=path, name="the document is read")
        etree.SubElement(torn, "error", message=_clean(document.reason), type="unreadable")
    elif not document.coverage.judged:
        _append_skipped(suite, path, nothing_checked(report.lang))
    for case in cases_of(document):
        rule = case.findings[0].name if case.findings else names.get(case.code, "")
        name = _clean(f"{f'{case.code} {rule}'.rstrip()}: {case.place}")
        _judge(etree.SubElement(suite, "testcase", classname=path, name=name), case, report.lang)
    _count(suite)
    return suite


def _judge(element: etree._Element, case: RuleCase, lang: str) -> None:
    """How a case came out, if it did not simply pass; its name is the same in every language."""
    found = case.findings
    element.set("assertions", str(case.relations or len(found)))
    grave = [each for each in found if each.status == "open" and each.severity != Severity.NOTE]
    if grave:
        worst = Severity.ERROR if any(each.severity == "error" for each in grave) else "warning"
        message = _headline(grave, lang)
        failure = etree.SubElement(element, "failure", message=message, type=str(worst))
        failure.text = _clean_rows("\n\n".join(_told_whole(each, lang) for each in grave))
    elif found:
        etree.SubElement(element, "skipped", message=_headline(found, lang))
    elif case.broken:
        relations = count_of(case.broken, "relation", lang)
        message = say(lang, "sites.same_cause", relations=relations)
        etree.SubElement(element, "skipped", message=message)


def _headline(findings: Sequence[Finding], lang: str) -> str:
    """The first finding with what keeps it from being a failure, and how many there are."""
    first, others = findings[0], len(findings) - 1
    told = say(
        lang,
        "lists.reason",
        thing=f"{number_of_finding(first)}{severity_of(first, lang)}",
        reason=headline_of(first, lang),
    )
    doubt = f" [{doubt_of(first, lang)}]" if doubt_of(first, lang) else ""
    more = say(lang, "lists.and_more", more=count_of(others, "more finding", lang))
    return _clean(f"{told}{doubt} ({more})" if others else f"{told}{doubt}")


def _told_whole(finding: Finding, lang: str) -> str:
    """Everything that the reader of a log needs to see that it is so, and what to do."""
    sums = "   ".join(f"{name} {figure}" for name, figure in sums_of(finding, lang))
    proof = "\n".join(row.plain for row in draw_proof(finding, WIDTH, lang=lang))
    advice = advice_of(finding, lang)
    told = [numbered_head(finding, lang), headline_of(finding, lang), proof, sums, advice]
    return "\n".join(each for each in told if each)


def _append_skipped(suite: etree._Element, path: str, said: str) -> None:
    """The case that is never green where nothing was checked."""
    case = etree.SubElement(suite, "testcase", classname=path, name="something is checked")
    etree.SubElement(case, "skipped", message=_clean(said))


def _count(element: etree._Element) -> None:
    """Set how many cases there are and how they came out."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    for name, outcome in OUTCOMES.items():
        element.set(name, str(len(element.findall(f".//testcase/{outcome}"))))


def _clean_rows(text: str) -> str:
    return "\n".join("".join(map(_allowed, row)) for row in text.split("\n"))


def _clean(text: str) -> str:
    """Text on one row, without what no XML may hold."""
    return "".join(map(_allowed, shown(text)))


def _allowed(character: str) -> str:
    """A character, or its code: XML refuses controls, halves of characters, and two others."""
    return f"\\u{ord(character):04x}" if character in "\ufffe\uffff" else visible(character)
