"""The verb ``compare``: what an edit changed, fixed, broke and forgot."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli.accepted import (
    Accepting,
    accepted,
    baseline_option,
    no_waivers_option,
    today_option,
    waivers_option,
)
from unbudget_check.cli.choices import (
    ReadingOptions,
    config_options,
    ignore_option,
    language_option,
    listed_words,
    revisions_option,
    select_option,
    settings_for_reading,
)
from unbudget_check.cli.completing import complete_comparison
from unbudget_check.cli.exits import CLEAN, FINDINGS, INCOMPLETE, is_incomplete
from unbudget_check.cli.outputs import parse_outputs, refuse_targets, write_files
from unbudget_check.cli.rendering import color_option, force_option, quiet_option, top_folder
from unbudget_check.cli.saved_reports import report_in
from unbudget_check.cli.screen import (
    lang_option,
    screen_width,
    shows_colors,
    told_of,
    watched,
    write_out,
)
from unbudget_check.cli.versions import versions_of
from unbudget_check.errors import UserError
from unbudget_check.messages.telling import told_in
from unbudget_check.model.finding import SEVERITIES, Severity
from unbudget_check.reporters.differences import FOR_MACHINES, FORMATS
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.settings import FAIL_ON, fail_on_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from unbudget_check.cli.outputs import Output
    from unbudget_check.model.comparison import Comparison
    from unbudget_check.model.options import Wishes

    Render = Callable[[Comparison, RenderOptions], str | bytes]

SAVED = ".json"  # how a saved report ends; no document does
HELP = """Check two versions of documents, and show what the edit did.

OLD and NEW are files, folders, git revisions such as HEAD, or two reports that were saved with
`check -o json=REPORT.json`. Documents of folders are matched by name.

\b
unbudget-check compare draft-1.docx draft-2.docx   two files
unbudget-check compare last-week/ this-week/       documents of two folders
unbudget-check compare HEAD section.docx           edits since the last commit
unbudget-check compare old.json new.json           two saved reports: findings

It lists which findings the edit fixed and which it introduced, which figures it changed, and which
figures it forgot: totals, percentages and sentences that were left as they were, although figures
on which they depend were changed. Tables, rows and columns are matched by their labels and figures,
wherever they stand.

\b
Exit codes:
  0  the edit broke nothing
  1  new or worse findings, or a figure that was forgotten
  2  wrong use
  3  a version cannot be read, or nothing in it was checked
"""


class Drawn(TypedDict):
    """The options that say how a comparison looks, and when it fails."""

    outputs: tuple[str, ...]
    fail_on: str
    lang: str | None
    color: str
    quiet: bool
    verbose: bool
    force: bool


class Comparing(Drawn, ReadingOptions, Accepting):
    """All options of ``compare``."""

    old: str
    new: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]


output_option = click.option(
    "outputs",
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=complete_comparison,
    help=f"Print the comparison ({', '.join(FORMATS)}) or write it to a file; repeatable.",
)
fail_option = click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default=str(Severity.ERROR),
    show_default=True,
    help="Exit with 1 if a finding of this severity or worse is new or has become worse.",
)
all_option = click.option("-v", "--verbose", is_flag=True, help="Also list unchanged findings.")


@click.command("compare", help=HELP, short_help="What an edit changed, fixed, broke and forgot.")
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@output_option
@fail_option
@select_option
@ignore_option
@lang_option("by default that of the new version")
@color_option
@quiet_option
@force_option
@all_option
@language_option
@revisions_option
@config_options
@waivers_option
@no_waivers_option
@baseline_option
@today_option
@click.pass_context
def command(context: click.Context, **choices: Unpack[Comparing]) -> None:
    """Compare two versions, and fail where the edit broke something."""
    are_saved = {word.lower().endswith(SAVED) for word in (choices["old"], choices["new"])}
    if len(are_saved) > 1:
        message = (
            f"{choices['old']} and {choices['new']}: a saved report is compared with another one, "
            "and a document with a document"
        )
        raise UserError(message)
    if are_saved == {True}:
        context.exit(compare_saved(choices["old"], choices["new"], choices))
    context.exit(_compare_documents(choices))


def compare_saved(old: str, new: str, drawn: Drawn) -> int:
    """Compare two saved reports, finding by finding; returns the exit code."""
    outputs = _outputs(drawn, [old, new])
    from unbudget_check.triage.differences import compare  # --help must not wait for it

    before, now = report_in(old), report_in(new)
    lang = drawn["lang"] or now.lang
    return _end(compare(told_in(before, lang), told_in(now, lang)), outputs, drawn)


def _compare_documents(choices: Comparing) -> int:
    settings = settings_for_reading(choices, [choices["new"]])
    select, ignore = listed_words(choices["select"]), listed_words(choices["ignore"])
    wishes = replace(
        settings.wishes,
        select=select or settings.wishes.select,
        ignore=ignore or settings.wishes.ignore,
        lang=choices["lang"] or settings.wishes.lang,
    )
    wishes = accepted(wishes, settings, choices, [choices["new"]])
    versions = versions_of(choices["old"], choices["new"], wishes)
    old, new = (replace(wishes, given=each.given) for each in versions)
    inputs = [path for each in versions for path in each.paths]
    outputs = _outputs(choices, inputs, wishes)
    with watched(inputs, told_of, quiet=choices["quiet"], color=choices["color"]) as watcher:
        from unbudget_check import engine  # loads numpy; --help must not
        from unbudget_check.compare.versions import compare_runs

        before = engine.examine(versions[0].paths, old, watcher)
        now = engine.examine(versions[1].paths, new, watcher)
        told = replace(before, report=told_in(before.report, now.report.lang))
        comparison = compare_runs(told, now, old, new)
    read = [each.path for run in (before, now) for each in run.report.documents]
    refuse_targets(outputs, read, wishes.heeded.files, force=choices["force"])
    return _end(comparison, outputs, choices)


def _outputs(
    drawn: Drawn, inputs: Sequence[str], wishes: Wishes | None = None
) -> tuple[Output, ...]:
    """What was asked for; raises UserError, before the long work, for what cannot be written."""
    outputs = parse_outputs(drawn["outputs"], "full", FORMATS)
    heeded = wishes.heeded.files if wishes else ()
    refuse_targets(outputs, inputs, heeded, force=drawn["force"])
    return outputs


def _end(comparison: Comparison, outputs: tuple[Output, ...], drawn: Drawn) -> int:
    """Write what was asked for; the exit code says what the edit broke."""
    root, folder = top_folder()
    page = RenderOptions(quiet=drawn["quiet"], verbose=drawn["verbose"], root=root, folder=folder)
    screen = replace(page, width=screen_width(), color=shows_colors(drawn["color"]))
    files: list[tuple[Path, str | bytes]] = []
    for output in outputs:
        render: Render = import_module(FORMATS[output.format]).render
        content = render(comparison, page if output.path else screen)
        if output.path is not None:
            files.append((output.path, content))
        elif isinstance(content, str):
            write_out(content, machine=output.format in FOR_MACHINES)
    write_files(files)
    return _code(comparison, fail_on_of(drawn["fail_on"]))


def _code(comparison: Comparison, fail_on: Severity | None) -> int:
    """FINDINGS where something as grave was broken, else INCOMPLETE where not all can be said."""
    grave = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on else ()
    broken = [each.told.severity for each in comparison.broken]
    if any(each in grave for each in (*broken, *(left.severity for left in comparison.left))):
        return FINDINGS
    return INCOMPLETE if is_incomplete(comparison.now) else CLEAN
