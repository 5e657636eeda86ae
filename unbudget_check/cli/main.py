"""The command ``unbudget-check``: its verbs, and how every way of failing ends."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import click

from unbudget_check.cli import (
    baseline,
    check,
    compare,
    data_mapping,
    decisions,
    dev,
    explain,
    extract,
    init,
    inspect,
    open,  # noqa: A004  verbs are called as people call them
    render,
    report,
    rules,
    waivers,
)
from unbudget_check.cli.exits import CLEAN, INCOMPLETE, INTERRUPTED, TERMINATED, WRONG_USE
from unbudget_check.cli.screen import lost_output
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.reporters.words import shown
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "unbudget-check"
# How a device says that it takes nothing more.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


HELP = """Find the figures in a budget document that contradict each other, with proof.

\b
Start here:
  unbudget-check check section.docx      find contradictions
  unbudget-check open                    the same on a page in the browser
  unbudget-check compare OLD NEW         what an edit broke and forgot
  unbudget-check inspect section.docx    see how the program read it
  unbudget-check extract section.docx    figures with their meaning, as data
  unbudget-check map items.csv           describe the columns of a data file
  unbudget-check explain ARI101          what a finding means, with examples
  unbudget-check rules                   list everything that is checked
  unbudget-check render report.json      convert a saved report
  unbudget-check decisions               accept a finding, or reject it
  unbudget-check init                    write settings, workflow and hook

Reads Word, OpenDocument, Excel, PDF, web pages, Markdown, CSV and text, and data as Parquet and
JSON lines. It never changes your documents, and nothing leaves this machine.
"""


@click.group(NAME, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=NAME)
def program() -> None:
    """Choose a verb."""


VERBS = (
    check,
    open,
    compare,
    inspect,
    explain,
    rules,
    extract,
    decisions,
    data_mapping,
    init,
    render,
    dev,
)
# Under their older names for one release more.
OLDER = {"decisions": waivers, "decisions baseline": baseline} | {
    f"dev {verb.command.name}": verb for verb in dev.VERBS
}
for verb in (*VERBS, report):
    program.add_command(verb.command)
for name, verb in OLDER.items():
    program.add_command(dev.under_old_name(verb.command, name))


def main() -> None:
    """Run the command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    try:
        code = run(sys.argv[1:])
    except OSError:  # not even standard error takes what is to be said
        code = WRONG_USE
    sys.exit(code)


def _end(*_: object) -> None:
    """Leave as after Ctrl-C, so that the processes that this one began end with it."""
    raise SystemExit(TERMINATED)


def run(arguments: Sequence[str]) -> int:
    """Run one command; everything that can go wrong becomes one sentence and an exit code."""
    try:
        code = program.main(list(arguments), prog_name=NAME, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        _recall_verb(arguments)
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except UserError as error:
        click.echo(f"{NAME}: {shown(str(error))}", err=True)
        return INCOMPLETE if isinstance(error, UnreadableError) else WRONG_USE
    except Exception as error:  # noqa: BLE001 the last fence: no traceback for officers
        return _internal(error, arguments)
    return code if isinstance(code, int) else CLEAN


def _recall_verb(arguments: Sequence[str]) -> None:
    """Whoever names a document and no verb wants it checked."""
    word = next(iter(arguments), "")
    if word not in program.commands and os.path.exists(word):  # noqa: PTH110  Path may raise
        click.echo(f"To check it: {NAME} check {shlex.join(arguments)}", err=True)


def _internal(error: Exception, arguments: Sequence[str]) -> int:
    if isinstance(error, OSError) and error.errno in FULL and error.filename is None:
        click.echo(f"{NAME}: {lost_output(error)}", err=True)  # it is help, which click prints
        return WRONG_USE
    if {"-v", "--verbose"} & set(arguments):
        traceback.print_exception(error)
    said = shown(f"{type(error).__name__}: {error}".splitlines()[0])
    click.echo(
        f"{NAME}: internal error, not your mistake ({said}); please report it, with "
        "what `-v` prints",
        err=True,
    )
    return WRONG_USE
