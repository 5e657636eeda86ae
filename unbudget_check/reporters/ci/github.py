"""Annotations for a GitHub workflow: one command a row, the gravest first.

A step shows 10 errors, 10 warnings and 10 notices, and drops what comes after them without a word.
So where there are more, the tenth says how many are missing. The last notice is the result, which
never sounds well where nothing was checked. The summary of the job is the format ``markdown``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.finding import Severity
from unbudget_check.reporters.ci.hosting import advice_of, headline_of, open_findings, stable_path
from unbudget_check.reporters.closing import result_of, setup_rows
from unbudget_check.reporters.words import count_of, doubt_of, shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

MOST_ANNOTATIONS = 10
MORE = {"error": "more error", "warning": "more warning", "notice": "more note"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# The runner decodes these, and only these; in properties, also what ends a property.
DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
PROPERTY = {**DATA, ord(":"): "%3A", ord(","): "%2C"}


def render(report: Report, options: RenderOptions) -> str:
    """At most thirty rows: errors, warnings, notices, and the result as one of them."""
    found = open_findings(report)
    setup = (
        say(report.lang, "full.labelled", label=row.label, text=row.text)
        for row in setup_rows(report)
    )
    text = "\n".join((result_of(report).text, *setup))
    result = _command(_tone(report), {"title": report.tool.name}, text)
    rows: dict[str, list[str]] = {command: [] for command in COMMANDS.values()}
    rows["error"] += _unreadable(report, options)
    for finding in found:
        command = COMMANDS[finding.severity]
        rows[command].append(_annotation(command, finding, report.lang, options))
    tone = _tone(report)
    kept = [_kept(each, rows[each], report.lang, reserved=each == tone) for each in rows]
    return "".join(f"{row}\n" for part in kept for row in part) + f"{result}\n"


def _tone(report: Report) -> str:
    """The result is a warning where nothing was checked; there may be no other."""
    return "notice" if report.coverage.judged else "warning"


def _kept(command: str, rows: Sequence[str], lang: str, *, reserved: bool) -> Sequence[str]:
    """As many rows as are shown, the last of them saying how many are not."""
    most = MOST_ANNOTATIONS - 1 if reserved else MOST_ANNOTATIONS
    if len(rows) <= most:
        return rows
    missing = len(rows) - most + 1
    said = say(lang, "sites.elsewhere", more=count_of(missing, MORE[command], lang))
    title = {"title": say(lang, "sites.more", count=missing)}
    return [*rows[: most - 1], _command(command, title, said)]


def _unreadable(report: Report, options: RenderOptions) -> Iterator[str]:
    for document in report.documents:
        if document.status == "unreadable":
            place = {
                "file": stable_path(document.path, options),
                "title": say(report.lang, "labels.unreadable"),
            }
            yield _command("error", place, shown(document.reason))


def _annotation(command: str, finding: Finding, lang: str, options: RenderOptions) -> str:
    place = {"file": stable_path(finding.document, options)}
    if finding.where.line is not None:
        place["line"] = str(finding.where.line)
    numbered = say(lang, "lists.numbered", number=finding.number)
    place["title"] = f"{finding.code} {finding.name} ({numbered})"
    doubt = doubt_of(finding, lang)
    told = f"{headline_of(finding, lang)} [{doubt}]" if doubt else headline_of(finding, lang)
    advice = advice_of(finding, lang)
    return _command(command, place, f"{told}\n{advice}" if advice else told)


def _command(name: str, properties: dict[str, str], said: str) -> str:
    given = ",".join(f"{key}={_escaped(text, PROPERTY)}" for key, text in properties.items())
    return f"::{name} {given}::{_escaped(said, DATA)}"


def _escaped(text: str, codes: dict[int, str]) -> str:
    """Text as the runner takes it; other controls would reach whoever reads the log."""
    harmless = "".join(each if each == "\n" else visible(each) for each in text)
    return harmless.translate(codes)
