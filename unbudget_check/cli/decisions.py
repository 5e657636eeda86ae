"""The verb ``decisions``: accept or reject findings, take over what others decided, and undo it."""

from __future__ import annotations

import os
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli import baseline
from unbudget_check.cli.accepted import (
    Accepting,
    decisions_of,
    place_to_write,
    today_of,
    today_option,
    waivers_option,
)
from unbudget_check.cli.choices import (
    DOCUMENTS,
    ReadingOptions,
    common_folder,
    config_options,
    settings_for_reading,
)
from unbudget_check.cli.exits import CLEAN, FINDINGS, INCOMPLETE
from unbudget_check.cli.outputs import write_files
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import write_out
from unbudget_check.errors import UserError
from unbudget_check.model.decision import WHOLE, DecisionState, Verdict
from unbudget_check.reporters.words import count_of, shown
from unbudget_check.settings import text_of
from unbudget_check.triage.decisions import (
    added,
    decision_on,
    decisions_on,
    document_names,
    finding_meant,
    refuse_incomplete,
    states_of,
    undone,
)
from unbudget_check.triage.decisions_file import parse_decisions, with_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.settings import Settings

HELP = """Decide on findings: accept them until a given date, or reject them as false alarms.

\b
unbudget-check check drafts/ -o json=report.json -v
    -v shows the identity of each finding
unbudget-check decisions accept report.json 1f0e9d8c --until 2027-03-31 \\
    --owner "A. Officer" --reason "Rounded by the publisher"
unbudget-check decisions reject report.json 2a1b3c4d --reason "Note (a)"
unbudget-check decisions apply findings.xlsx
    what was decided in the workbook
unbudget-check decisions audit drafts/
    which ones are used, expired or lapsed

Decisions are kept where `check` looks for them: in the nearest unbudget-decisions.toml, otherwise
beside the documents. A decision is on one difference: when it changes, the finding is reported
again.
"""
AUDIT = """Check documents and show for every decision whether it is still needed.

\b
Exit codes:
  0  every decision whose document was checked is used
  1  one is expired, lapsed or unused, or what was corrected is still found
  3  a document could not be read
"""
TOLD = {
    Verdict.ACCEPT: "accepted until {until}",
    Verdict.WRONG: "rejected as wrong",
    Verdict.TODO: "to do",
    Verdict.CORRECTED: "marked as corrected",
}
WORKBOOKS, DECISIONS_KIND = {".xlsx", ".xlsm"}, ".toml"
NEEDLESS = {
    DecisionState.EXPIRED,
    DecisionState.LAPSED,
    DecisionState.UNUSED,
    DecisionState.STILL,
}


class Deciding(TypedDict):
    """What ``accept`` and ``reject`` are given."""

    report: str
    findings: tuple[str, ...]
    reason: str
    by: str | None
    waivers: str | None
    today: datetime | None


class AcceptingFindings(Deciding):
    """The options of ``decisions accept``."""

    owner: str
    until: datetime


class Applying(TypedDict):
    """The options of ``decisions apply``."""

    files: tuple[str, ...]
    by: str | None
    paths: tuple[str, ...]
    waivers: str | None
    today: datetime | None


class Auditing(ReadingOptions, Accepting):
    """The options of ``decisions audit``."""

    paths: tuple[str, ...]


report_argument = click.argument("report", metavar="REPORT.json", type=click.Path())
findings_argument = click.argument("findings", nargs=-1, required=True, metavar="IDENTITY...")
by_option = click.option("--by", metavar="NAME", help="Who decides; your login name by default.")
documents_option = click.option(
    "--documents",
    "paths",
    multiple=True,
    default=["."],
    metavar="PATH",
    type=DOCUMENTS,
    help="The documents, as `check` is given them; this folder by default.",
)


@click.group("decisions", help=HELP, short_help="Accept or reject findings, and keep that.")
def command() -> None:
    """Choose what to do with decisions."""


@command.command("accept", short_help="Accept findings of a saved report until a day.")
@report_argument
@findings_argument
@click.option("--reason", required=True, help="Why the difference is acceptable.")
@click.option("--owner", required=True, help="Who is responsible.")
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day: 2027-03-31."
)
@by_option
@waivers_option
@today_option
def accept(**choices: Unpack[AcceptingFindings]) -> None:
    """Accept findings of a report, each named by its identity or the beginning of it."""
    _decide(choices, Verdict.ACCEPT, choices["owner"], choices["until"].date())


@command.command("reject", short_help="Reject findings of a saved report as false alarms.")
@report_argument
@findings_argument
@click.option("--reason", required=True, help="Why the finding is wrong.")
@by_option
@waivers_option
@today_option
def reject(**choices: Unpack[Deciding]) -> None:
    """Reject findings of a report as false alarms, each named by its identity."""
    _decide(choices, Verdict.WRONG)


def _decide(
    choices: Deciding, verdict: Verdict, owner: str = "", until: date | None = None
) -> None:
    """Write one decision on each finding that is named, or none."""
    report, today = report_in(choices["report"]), today_of(choices["today"])
    paths = [each.path for each in report.documents]
    settings = _settings(paths)
    kept = _kept(settings, choices["waivers"], paths)
    known = [each for found in kept.values() for each in found]
    names, new = document_names(report.documents), []
    for finding, document in chosen_findings(report, choices["findings"]):
        decision = decision_on(
            finding_meant(finding, names[document.path]),
            verdict,
            by=choices["by"] or login() or owner,
            on=today,
            reason=choices["reason"],
            owner=owner,
            until=until,
        )
        refuse_incomplete(decision, today)
        for before in decisions_on(finding, document, known):
            _refuse_twice(before, decision, today)
        new.append(decision)
    _add(place_to_write(settings, choices["waivers"], beside(paths)), new)


def _refuse_twice(before: Decision, now: Decision, today: date) -> None:
    """Raise where the same was decided on the same difference, and still holds."""
    is_over = before.until is not None and before.until < today
    if (before.verdict, before.difference) != (now.verdict, now.difference) or is_over:
        return
    message = f"this is {_told(before)} already ({before.source}); undo it first, or edit the file"
    raise UserError(message)


def chosen_findings(
    report: Report, names: Iterable[str]
) -> Iterator[tuple[Finding, DocumentResult]]:
    """The findings that are named, each once, with their documents; UserError for the rest."""
    seen = set()
    for name in names:
        meant = [
            (finding, document)
            for document in report.documents
            for finding in document.findings
            if finding.fingerprint.startswith(name)
        ]
        if len(meant) != 1:
            known = "no finding" if not meant else f"{len(meant)} findings"
            message = f"{name}: the report has {known} of this identity; `check -v` shows them"
            raise UserError(message)
        if meant[0][0].fingerprint not in seen:
            yield meant[0]
        seen.add(meant[0][0].fingerprint)


@command.command("apply", short_help="Take over decisions from a workbook or another file.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("--by", metavar="NAME", help="Who decided in a workbook; your login name by default.")
@documents_option
@waivers_option
@today_option
def apply(**choices: Unpack[Applying]) -> None:
    """Add the decisions of other files to those that are kept, in place of earlier ones.

    FILE is a findings workbook (`-o xlsx`) in which people decided, or a file of decisions, such as
    the HTML report saves.
    """
    by, paths, today = choices["by"] or login(), choices["paths"], today_of(choices["today"])
    settings = _settings(paths)
    kept = _kept(settings, choices["waivers"], paths)
    same = {_content(each) for found in kept.values() for each in found}
    read = [each for file in choices["files"] for each in _decided(file, by, today)]
    new = [each for each in read if _content(each) not in same]
    for each in new:
        refuse_incomplete(each, today)
    if len(read) > len(new):
        click.echo(f"{count_of(len(read) - len(new), 'decision')} known already")
    if new or not read:
        _add(place_to_write(settings, choices["waivers"], beside(paths)), new)


def _decided(file: str, by: str, today: date) -> tuple[Decision, ...]:
    """What was decided in a file; raises UserError where that cannot be read."""
    kind = Path(file).suffix.lower()
    if kind == DECISIONS_KIND:
        return parse_decisions(text_of(Path(file)), shown(file))
    if kind not in WORKBOOKS:
        message = (
            f"{shown(file)}: decisions are read from a findings workbook (.xlsx) or a file of "
            f"decisions ({DECISIONS_KIND}); save it as one of these"
        )
        raise UserError(message)
    from unbudget_check.readers.paths import source_of
    from unbudget_check.reporters.office.decided_book import decisions_in  # loads openpyxl

    return decisions_in(source_of(file), by, today)


def _content(decision: Decision) -> tuple[object, ...]:
    """What makes two decisions the same, whoever wrote them down, and when."""
    place = tuple(sorted(decision.place.items()))
    what = (decision.document, decision.rule, place, decision.finding, decision.difference)
    terms = (decision.verdict, decision.reason, decision.owner, decision.until)
    return (*what, *terms)


@command.command("undo", short_help="Take back decisions; the findings are reported again.")
@findings_argument
@documents_option
@waivers_option
def undo(findings: tuple[str, ...], paths: tuple[str, ...], waivers: str | None) -> None:
    """Take back the decisions on findings, each named by its identity or the beginning of it."""
    kept = decisions_of(_settings(paths), waivers, paths)
    for name in findings:
        if not any(_is_on(each, name) for found in kept.values() for each in found):
            message = (
                f"{name}: there is no decision on a finding of this identity; `unbudget-check "
                "decisions list` shows them, and a waiver in a table of its own is removed by hand"
            )
            raise UserError(message)
    for path, found in kept.items():
        gone = [each for each in found if any(_is_on(each, name) for name in findings)]
        if gone:
            text = with_decisions(text_of(path), undone(found, gone), str(path))
            write_files([(path, text)])
            write_out("".join(f"undone: {_whole(each)}\n" for each in gone))


def _is_on(decision: Decision, name: str) -> bool:
    return bool(decision.finding) and decision.finding.startswith(name)


@command.command("list", short_help="List the decisions that `check` uses.")
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=DOCUMENTS)
@waivers_option
def list_(paths: tuple[str, ...], waivers: str | None) -> None:
    """List the decisions on documents, or on those below this folder, one a row."""
    paths = paths or (".",)
    kept = decisions_of(_settings(paths), waivers, paths)
    rows = [f"{_whole(each)}{_terms(each)}" for found in kept.values() for each in found]
    write_out("".join(f"{row}\n" for row in [*rows, count_of(len(rows), "decision")]))


@command.command(
    "audit", help=AUDIT, short_help="Which decisions are used, expired, lapsed or unused."
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=DOCUMENTS)
@click.option("--language", metavar="CODE", hidden=True)
@click.option("--revisions", hidden=True)
@config_options
@waivers_option
@today_option
@click.pass_context
def audit(context: click.Context, **choices: Unpack[Auditing]) -> None:
    """Say of every decision whether it is still needed."""
    settings = settings_for_reading(choices, choices["paths"])
    kept = decisions_of(settings, choices["waivers"], choices["paths"])
    decisions = [each for found in kept.values() for each in found]
    if not decisions:
        click.echo("there are no decisions")
        context.exit(CLEAN)
    from unbudget_check import engine  # loads numpy; --help must not

    report = engine.check(choices["paths"], settings.wishes)
    states = _states(decisions, report, today_of(choices["today"]))
    rows = (
        f"{state}: {_named(each)}{_terms(each)}\n"
        for each, state in zip(decisions, states, strict=True)
    )
    write_out("".join(rows))
    context.exit(_code(report, states))


def _states(decisions: Sequence[Decision], report: Report, today: date) -> list[DecisionState]:
    """What becomes of each decision in a run: the best that any of its documents says."""
    found = [states_of(decisions, document, today) for document in report.documents]
    order = list(DecisionState)
    return [
        min((each[at] for each in found), key=order.index, default=DecisionState.ELSEWHERE)
        for at in range(len(decisions))
    ]


def _code(report: Report, states: Iterable[DecisionState]) -> int:
    if set(states) & NEEDLESS:
        return FINDINGS
    return INCOMPLETE if any(d.status == "unreadable" for d in report.documents) else CLEAN


def _add(path: Path, new: Sequence[Decision]) -> None:
    """Write decisions into a file, in place of those on the same findings, and say what it is."""
    before = text_of(path) if path.exists() else ""
    decisions = added(parse_decisions(before, str(path)), new)
    write_files([(path, with_decisions(before, decisions, str(path)))])
    rows = [_whole(each) for each in new]
    write_out("".join(f"{row}\n" for row in rows))
    click.echo(f"{count_of(len(new), 'decision')} added to {shown(_seen(path))}")


def _seen(path: Path) -> str:
    """A file as people see it from where they stand."""
    whole, here = os.path.abspath(path), os.path.join(os.getcwd(), "")  # noqa: PTH100, PTH109, PTH118
    return whole.removeprefix(here)


def _whole(decision: Decision) -> str:
    identity = f" [{decision.finding[:8]}]" if decision.finding else ""
    return f"{_told(decision)}: {_named(decision)}{identity}"


def _told(decision: Decision) -> str:
    if decision.rule == WHOLE:
        return "ticked off as done"
    return TOLD[decision.verdict].format(until=decision.until)


def _named(decision: Decision) -> str:
    """The finding that a decision is on, in words: its rule, document, place and difference."""
    if decision.rule == WHOLE:
        return shown(decision.document)
    place = "".join(f", {name} {shown(label)}" for name, label in decision.place.items())
    said = f"{shown(decision.rule)} in {shown(decision.document)}{place}"
    return said if decision.difference is None else f"{said}, difference {decision.difference}"


def _terms(decision: Decision) -> str:
    """Who decided, until when and why; empty where nothing was said."""
    who = decision.owner or decision.by
    until = f", until {decision.until}" if decision.until else ""
    reason = f": {shown(decision.reason)}" if decision.reason else ""
    return f" ({shown(who)}{until}{reason})"


def _settings(paths: Sequence[str]) -> Settings:
    """The settings that ``check`` would use for documents where nothing else is said."""
    return settings_for_reading(
        {
            "language": None,
            "revisions": None,
            "config": None,
            "isolated": False,
            "trust": None,
            "rules_dir": None,
            "convert": False,
            "password": None,
        },
        paths,
    )


def beside(paths: Sequence[str]) -> Path:
    """The folder of the documents; where we stand if it is not here."""
    folder = Path(common_folder(paths))
    return folder if folder.is_dir() else Path.cwd()


def login() -> str:
    """The name of whoever is at the computer; empty where nobody knows it."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _kept(
    settings: Settings, chosen: str | None, paths: Sequence[str]
) -> dict[Path, tuple[Decision, ...]]:
    """The decisions that are kept; none where the file that is named will be written now."""
    return {} if chosen and not Path(chosen).exists() else decisions_of(settings, chosen, paths)


command.add_command(baseline.command)
