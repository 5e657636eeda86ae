"""JUnit XML: a document is a suite, and each rule in each table of it is a case, passes too.

Errors and warnings are failures. Notes, accepted findings, and relations that broke by the cause
of another finding are skipped cases that say so: neither green nor counted twice. A document that
cannot be read is an error, and one in which nothing was checked is never green. Names stay the
same from run to run; ``assertions`` counts the relations of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.languages.messages import ENGLISH
from unbudget_check.model.finding import Severity
from unbudget_check.reporters.closing import nothing_checked, result_of
from unbudget_check.reporters.drawn_proof import draw_proof
from unbudget_check.reporters.hosting import headline_of, stable_path
from unbudget_check.reporters.junit_cases import Case, cases_of
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    head_of,
    shown,
    sums_of,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.options import RenderOptions

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
WIDTH = 100
OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}
SAME_CAUSE = "broken by the cause of another finding of this document; mend that one first"


def render(report: Report, options: RenderOptions) -> str:
    """The whole run as one XML text."""
    names = {card.code: card.name for card in report.rules}
    root = etree.Element("testsuites", name=_clean(report.tool.name))
    for document in report.documents:
        root.append(_suite(document, names, options))
    if not report.documents:
        suite = etree.SubElement(root, "testsuite", name=_clean(report.tool.name))
        _append_skipped(suite, "", result_of(report).text)
        _count(suite)
    _count(root)
    return DECLARATION + etree.tostring(root, encoding="unicode", pretty_print=True)


def _suite(
    document: DocumentResult, names: dict[str, str], options: RenderOptions
) -> etree._Element:
    path = _clean(stable_path(document.path, options))
    suite = etree.Element("testsuite", name=_clean(document.symbol or path), file=path)
    if document.status == "unreadable":
        torn = etree.SubElement(suite, "testcase", classname=path, name="the document is read")
        etree.SubElement(torn, "error", message=_clean(document.reason), type="unreadable")
    elif not document.coverage.judged:
        _append_skipped(suite, path, nothing_checked(ENGLISH))
    for case in cases_of(document):
        _append(suite, case, path, names)
    _count(suite)
    return suite


def _append(suite: etree._Element, case: Case, path: str, names: dict[str, str]) -> None:
    found = case.findings
    rule = f"{case.code} {found[0].name if found else names.get(case.code, '')}".rstrip()
    name = _clean(f"{rule}: {case.place}")
    element = etree.SubElement(suite, "testcase", classname=path, name=name)
    element.set("assertions", str(case.relations or len(found)))
    grave = [each for each in found if each.status == "open" and each.severity != Severity.NOTE]
    if grave:
        worst = Severity.ERROR if any(each.severity == "error" for each in grave) else "warning"
        failure = etree.SubElement(element, "failure", message=_headline(grave), type=str(worst))
        failure.text = _clean_rows("\n\n".join(map(_told_whole, grave)))
    elif found:
        etree.SubElement(element, "skipped", message=_headline(found))
    elif case.broken:
        message = f"{count_of(case.broken, 'relation')} {SAME_CAUSE}"
        etree.SubElement(element, "skipped", message=message)


def _headline(findings: Sequence[Finding]) -> str:
    """The first finding with what keeps it from being a failure, and how many there are."""
    first = findings[0]
    doubt = f" [{doubt_of(first)}]" if doubt_of(first) else ""
    more = f" (and {count_of(len(findings) - 1, 'more finding')})" if len(findings) > 1 else ""
    return _clean(f"{first.severity}: {headline_of(first)}{doubt}{more}")


def _told_whole(finding: Finding) -> str:
    """Everything that the reader of a log needs to see that it is so, and what to do."""
    sums = "   ".join(f"{name} {figure}" for name, figure in sums_of(finding))
    proof = "\n".join(row.plain for row in draw_proof(finding, WIDTH))
    advice = f"what to do: {shown(finding.advice)}" if finding.advice else ""
    told = [head_of(finding), headline_of(finding), proof, sums, advice]
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
