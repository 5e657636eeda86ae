"""The verb ``extract``: the figures of documents with their meaning, as data for other programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.choices import (
    DOCUMENTS,
    ReadingOptions,
    config_options,
    language_option,
    revisions_option,
    settings_for_reading,
)
from unbudget_check.cli.completing import complete_facts
from unbudget_check.cli.exits import CLEAN, INCOMPLETE
from unbudget_check.cli.outputs import Output, parse_outputs, refuse_targets, write_files
from unbudget_check.cli.rendering import force_option
from unbudget_check.cli.screen import say_faults, watched, write_out
from unbudget_check.errors import UserError
from unbudget_check.reporters.facts import FORMATS, PRINTABLE
from unbudget_check.reporters.words import count_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from unbudget_check.engine import Extracted
    from unbudget_check.model.fact_row import FactRow
    from unbudget_check.model.options import Wishes

    Render = Callable[[Sequence[FactRow]], str | bytes]


class Extracting(ReadingOptions):
    """The options of ``extract``."""

    paths: tuple[str, ...]
    outputs: tuple[str, ...]
    quiet: bool
    force: bool


HELP = """Write the figures of documents with their meaning, one fact per row, for other programs.

\b
unbudget-check extract section.docx                        CSV on the screen
unbudget-check extract section.docx -o json=facts.json
unbudget-check extract fascicles/ -o parquet=facts.parquet -o csv=facts.csv

A fact gives the component, the item, the year, the source of funds and the amount, and where it is
printed: in a table, in a sentence that repeats it, or in a chart. Amounts are exact, in single
dollars or posts.

\b
Exit codes:
  0  everything was extracted
  2  wrong use, or an error in the settings
  3  incomplete: a document (or part) could not be read, or has no facts
"""
NOTHING = "no figure with a meaning was found; `unbudget-check inspect FILE --facts` says why"


@click.command("extract", help=HELP, short_help="Write figures with their meaning as data.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=DOCUMENTS)
@click.option(
    "outputs",
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=complete_facts,
    help="Print the facts (csv, json) or write them to a file (also parquet); repeatable.",
)
@language_option
@revisions_option
@force_option
@config_options
@click.option("-q", "--quiet", is_flag=True, help="Do not list the documents that were read.")
@click.pass_context
def command(context: click.Context, **choices: Unpack[Extracting]) -> None:
    """Extract the facts of documents and leave with the exit code that the help describes."""
    outputs = parse_outputs(choices["outputs"] or ("csv",), formats=FORMATS)
    _refuse_formats(outputs)
    refuse_targets(outputs, choices["paths"], force=choices["force"])
    wishes = settings_for_reading(choices, choices["paths"]).wishes
    found = _extracted(choices["paths"], wishes, quiet=choices["quiet"])
    refuse_targets(outputs, [each.path for each in found], force=choices["force"])
    _write([row for each in found for row in each.rows], outputs)
    context.exit(_said(found))


def _refuse_formats(outputs: Sequence[Output]) -> None:
    """Raise UserError, before the long work, for what cannot be printed or written here."""
    for output in outputs:
        if output.format in PRINTABLE:
            continue
        if output.path is None:
            message = f"{output.format} is not text: give a file, such as -o parquet=facts.parquet"
            raise UserError(message)


def _extracted(paths: Sequence[str], wishes: Wishes, *, quiet: bool) -> list[Extracted]:
    found: list[Extracted] = []
    with watched(paths, _told, quiet=quiet) as watcher:
        from unbudget_check import engine  # loads numpy; --help must not

        for each in engine.extract(paths, wishes):
            found.append(each)
            if watcher is not None:
                watcher(each)
    return found


def _told(found: Extracted) -> str:
    return "unreadable" if found.reason else count_of(len(found.rows), "fact")


def _write(rows: Sequence[FactRow], outputs: Sequence[Output]) -> None:
    """Render everything first, so that a failure leaves no file half written."""
    files: list[tuple[Path, str | bytes]] = []
    printed = ""
    for output in outputs:
        render: Render = import_module(FORMATS[output.format]).render
        content = render(rows)
        if output.path is not None:
            files.append((output.path, content))
        elif isinstance(content, str):
            printed = content
    write_out(printed, machine=True)
    write_files(files)


def _said(found: Sequence[Extracted]) -> int:
    """Say what is missing, and the exit code that goes with it."""
    for each in found:
        if each.reason:
            path = shown(each.path)
            reason = shown(each.reason).removeprefix(path).lstrip(": ")
            click.echo(f"{path}: {reason}", err=True)
        say_faults(each.faults)
    if not any(each.rows for each in found):
        click.echo(NOTHING, err=True)
        return INCOMPLETE
    return INCOMPLETE if any(each.reason or each.faults for each in found) else CLEAN
