"""The verb ``check``: read documents and report every contradiction in their arithmetic."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.accepted import (
    baseline_option,
    no_waivers_option,
    today_option,
    waivers_option,
)
from unbudget_check.cli.against import against_option, checked_against
from unbudget_check.cli.choices import (
    DOCUMENTS,
    STDIN,
    Choices,
    config_options,
    ignore_option,
    language_option,
    revisions_option,
    select_option,
    settings_for,
)
from unbudget_check.cli.exits import exit_code
from unbudget_check.cli.option_groups import ALL_OPTIONS, GroupedCommand
from unbudget_check.cli.outputs import Output, handed_on, parse_outputs, refuse_targets
from unbudget_check.cli.rendering import (
    color_option,
    force_option,
    most_option,
    output_option,
    proof_option,
    quiet_option,
    suggest_option,
    suppressions_option,
    verbose_option,
    write_reports,
)
from unbudget_check.cli.screen import blinking, is_terminal, lang_option, told_of, watched
from unbudget_check.errors import UserError
from unbudget_check.model.options import Profile
from unbudget_check.model.outcome import Rounding
from unbudget_check.reporters.added import is_for_machines
from unbudget_check.reporters.closing import result_of, setup_rows, silence_of
from unbudget_check.reporters.words import reason_of
from unbudget_check.settings import FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import Report


HELP = """Report every contradiction in the figures of documents: files, folders, or - for input.

\b
unbudget-check check section.docx            one document
unbudget-check check fascicles/              every document in a folder
unbudget-check check a.docx -o json=a.json   on the screen and as a file
unbudget-check check a.docx --select ARI     one family of rules
unbudget-check check a.docx --ignore ARI301,NOT
unbudget-check check a.csv --against HEAD    what an edit changed and broke

\b
Exit codes:
  0  everything was checked and nothing was found
  1  findings
  2  wrong use, or an error in the settings
  3  incomplete: a document could not be read, or nothing in it was checked
"""

# What most people ever need; the rest is in --help-all.
COMMON = (
    *("outputs", "select", "ignore", "profile", "fail_on", "against", "waivers", "lang"),
    *("verbose", "explain_proof", "help", ALL_OPTIONS),
)
GROUPS = {
    "Which rules and documents": (
        *("select", "ignore", "exclude", "profile", "rounding", "rules_dir", "against"),
    ),
    "How documents are read": ("language", "revisions", "password", "convert", "stdin_filename"),
    "What is reported, and how": (
        *("outputs", "force", "statistics", "max_per_rule", "explain_proof", "suggest"),
        *("sarif_suppressions", "lang", "color", "quiet", "verbose"),
    ),
    "What was decided before": ("waivers", "no_waivers", "baseline"),
    "Settings": ("config", "isolated", "trust"),
    "How the run ends": ("fail_on", "exit_zero", "watch", "limit_time", "limit_memory"),
    "Help": ("help", ALL_OPTIONS),
}


@click.command(
    "check",
    cls=GroupedCommand,
    common=COMMON,
    groups=GROUPS,
    help=HELP,
    short_help="Report every contradiction in the figures of documents.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=DOCUMENTS)
@output_option
@force_option
@select_option
@ignore_option
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Files to exclude when checking a folder."
)
@click.option(
    "--profile",
    type=click.Choice([str(each) for each in Profile]),
    help="gate: only errors that are certain; publication: everything (default); "
    "audit: also sums within rounding, as notes.",
)
@click.option("--statistics", is_flag=True, help="Print counts by rule instead of findings.")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Exit with 1 for findings of this severity or worse; error by default.",
)
@language_option
@revisions_option
@click.option(
    "--rounding",
    type=click.Choice([str(each) for each in Rounding]),
    help="How the author rounded, if you know it: this finds more errors.",
)
@against_option
@config_options
@waivers_option
@no_waivers_option
@baseline_option
@today_option
@color_option
@quiet_option
@verbose_option
@proof_option
@most_option
@suppressions_option
@suggest_option
@lang_option("by default that of the documents, if they share one of these, otherwise en")
@click.option("--exit-zero", is_flag=True, help="Findings do not change the exit code.")
@click.option(
    "--stdin-filename",
    default="stdin.txt",
    metavar="NAME",
    help="Name for the document read from '-'; its extension gives the format.",
)
@click.option(
    "--limit-time",
    type=click.IntRange(min=1),
    metavar="SECONDS",
    help="Stop checking a document after this time (600); the others are still checked.",
)
@click.option(
    "--limit-memory",
    type=click.IntRange(min=64),
    metavar="MIB",
    help="Stop checking a document that needs more memory than this (4096).",
)
@click.option("--watch", is_flag=True, help="Check again after every change, until Ctrl-C.")
@click.pass_context
def command(context: click.Context, **choices: Unpack[Choices]) -> None:
    """Check documents and leave with the exit code that the help describes."""
    if choices["watch"]:
        from unbudget_check.cli.watching import watch

        context.exit(watch(choices, _checked))
    context.exit(_checked(choices))


def _checked(choices: Choices) -> int:
    """Check documents once; the exit code says how it went."""
    outputs = parse_outputs(choices["outputs"], _usual_format(choices))
    settings = settings_for(choices)
    force, heeded = choices["force"], settings.wishes.heeded.files
    refuse_targets(outputs, choices["paths"], heeded, force=force)
    paths, wishes = _with_stdin(choices, settings.wishes)
    with (
        watched(paths, told_of, quiet=choices["quiet"], color=choices["color"]) as watcher,
        blinking(paths, quiet=choices["quiet"], color=choices["color"]) as blink,
    ):
        from unbudget_check import engine  # loads numpy; --help must not

        old = choices["against"]
        if old is None:
            report = engine.check(paths, wishes, watcher, blink)
        else:
            report = checked_against(old, paths, wishes, watcher)
    read = [each.path for each in report.documents]
    refuse_targets(outputs, read, heeded, force=force)
    write_reports(report, outputs, choices, wishes.given, wishes.password, choices["today"])
    _say_incomplete(report, outputs, choices)
    _say_more(report, outputs, choices)
    return exit_code(report, None if choices["exit_zero"] else settings.fail_on)


def _usual_format(choices: Choices) -> str:
    """What is printed where nobody asked for a format."""
    if choices["statistics"]:
        return "statistics"
    return "full" if is_terminal() else "concise"


def _with_stdin(choices: Choices, wishes: Wishes) -> tuple[tuple[str, ...], Wishes]:
    """The paths, with the document that comes through standard input under its declared name."""
    if STDIN not in choices["paths"]:
        return choices["paths"], wishes
    if sys.stdin is None:
        message = "standard input is closed; give a file instead of -"
        raise UserError(message)
    name = choices["stdin_filename"]
    paths = tuple(name if path == STDIN else path for path in choices["paths"])
    return paths, replace(wishes, given={name: sys.stdin.buffer.read()})


def _say_more(report: Report, outputs: Iterable[Output], choices: Choices) -> None:
    """Tell a person at a terminal, who sees findings, how to hand them on."""
    is_seen = any(each == Output("full") for each in outputs) and is_terminal()
    if is_seen and not choices["quiet"] and any(each.status == "open" for each in report.findings):
        click.echo(handed_on(report))


def _say_incomplete(report: Report, outputs: Iterable[Output], choices: Choices) -> None:
    """Say on standard error what the closing block would have said, where it was not printed."""
    machine = any(each.path is None and is_for_machines(each.format) for each in outputs)
    if not (machine or choices["quiet"]):
        return
    for document in report.documents:
        if document.status == "unreadable":
            click.echo(reason_of(document, report.lang), err=True)
        elif document.is_silent:
            click.echo(silence_of(document, report.lang), err=True)
    for row in setup_rows(report):
        if row.tone:
            click.echo(row.text, err=True)
    if report.coverage.faults or not report.coverage.judged:
        click.echo(result_of(report).text, err=True)
