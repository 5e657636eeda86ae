"""The verb ``report``: what can be said of reports that were saved."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli.completing import complete_comparison
from unbudget_check.cli.exits import CLEAN, FINDINGS, INCOMPLETE, is_incomplete
from unbudget_check.cli.outputs import parse_outputs, refuse_targets, write_files
from unbudget_check.cli.rendering import color_option, force_option, quiet_option, top_folder
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import lang_option, screen_width, shows_colors, write_out
from unbudget_check.messages.telling import told_in
from unbudget_check.model.finding import SEVERITIES, Severity
from unbudget_check.reporters.differences import FOR_MACHINES, FORMATS
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.settings import FAIL_ON, fail_on_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unbudget_check.cli.outputs import Output
    from unbudget_check.model.comparison import Comparison

    Render = Callable[[Comparison, RenderOptions], str]

HELP = """Compare reports that were saved with `check -o json=REPORT.json`.

\b
unbudget-check check draft.docx -o json=old.json       before the edit
unbudget-check check draft.docx -o json=new.json       after it
unbudget-check report diff old.json new.json           what it fixed, what it broke
"""


DIFF = """List what an edit fixed and what it broke, finding by finding.

Findings are matched by their identity. A finding is new if it is not in the first report, and worse
if its difference grew. One whose difference shrank counts as changed and does not fail the run.
Accepted findings are neither new nor fixed.

\b
Exit codes:
  0  no new or worse findings
  1  new or worse findings
  2  wrong use, or a file that is not a report
  3  a report cannot be read, or the second one is incomplete
"""


class Comparing(TypedDict):
    """The options of ``report diff``."""

    old: str
    new: str
    outputs: tuple[str, ...]
    fail_on: str
    lang: str | None
    color: str
    quiet: bool
    verbose: bool
    force: bool


@click.group("report", help=HELP, short_help="Compare two saved reports.")
def command() -> None:
    """Choose what to do with saved reports."""


@command.command("diff", help=DIFF, short_help="What an edit fixed and what it broke.")
@click.argument("old", metavar="OLD.json", type=click.Path())
@click.argument("new", metavar="NEW.json", type=click.Path())
@click.option(
    "outputs",
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=complete_comparison,
    help=f"Print the comparison ({', '.join(FORMATS)}) or write it to a file; repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default=str(Severity.ERROR),
    show_default=True,
    help="Exit with 1 if a finding of this severity or worse is new or has become worse.",
)
@lang_option("by default that of the second report")
@color_option
@quiet_option
@force_option
@click.option("-v", "--verbose", is_flag=True, help="Also list unchanged findings.")
@click.pass_context
def diff(context: click.Context, **choices: Unpack[Comparing]) -> None:
    """Compare two saved reports, and fail where something was broken."""
    outputs = parse_outputs(choices["outputs"], "full", FORMATS)
    refuse_targets(outputs, [choices["old"], choices["new"]], force=choices["force"])
    from unbudget_check.triage.differences import compare  # --help must not wait for it

    before, now = report_in(choices["old"]), report_in(choices["new"])
    lang = choices["lang"] or now.lang
    differences = compare(told_in(before, lang), told_in(now, lang))
    _write(differences, outputs, choices)
    context.exit(_code(differences, fail_on_of(choices["fail_on"])))


def _write(differences: Comparison, outputs: tuple[Output, ...], choices: Comparing) -> None:
    root, folder = top_folder()
    quiet, verbose = choices["quiet"], choices["verbose"]
    page = RenderOptions(quiet=quiet, verbose=verbose, root=root, folder=folder)
    screen = replace(page, width=screen_width(), color=shows_colors(choices["color"]))
    files: list[tuple[Path, str | bytes]] = []
    for output in outputs:
        render: Render = import_module(FORMATS[output.format]).render
        text = render(differences, page if output.path else screen)
        if output.path is not None:
            files.append((output.path, text))
        else:
            write_out(text, machine=output.format in FOR_MACHINES)
    write_files(files)


def _code(differences: Comparison, fail_on: Severity | None) -> int:
    """FINDINGS where something as grave was broken, else INCOMPLETE where not all can be said."""
    grave = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on else ()
    if any(each.told.severity in grave for each in differences.broken):
        return FINDINGS
    return INCOMPLETE if is_incomplete(differences.now) else CLEAN
