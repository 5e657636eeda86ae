"""Standard output: how wide it is, whether it shows colours, and writing to it safely."""

from __future__ import annotations

import os
import re
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from unbudget_check.errors import UserError
from unbudget_check.languages.messages import ENGLISH, say, tell
from unbudget_check.reporters.words import place_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import Unchecked

# Sentences over longer rows are hard to read, however wide the window is.
WIDEST = 120
# A runner of GitHub takes a row of its log that begins so, blanks apart, for a command.
ON_GITHUB = "GITHUB_ACTIONS"
COMMAND_ROW = re.compile(r"^(\s*)::", re.MULTILINE)


def shows_colors(choice: str) -> bool:
    """Whether to print colours: as ``choice`` says ("always", "never") or as the screen can."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def is_terminal() -> bool:
    """Whether a person looks at standard output; nobody does where it is closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def screen_width() -> int:
    """How many columns to fill."""
    return min(get_terminal_size((80, 24)).columns, WIDEST)


def say_faults(faults: Iterable[Unchecked], lang: str = ENGLISH) -> None:
    """Say on standard error where this program failed, for verbs without a closing block."""
    for each in faults:
        reason = tell(lang, each.told) if each.told else each.reason
        place = place_of(each.where, lang=lang)
        text = say(lang, "closing.reason", reason=shown(reason), places=place)
        click.echo(
            say(lang, "closing.document", document=shown(each.where.document), text=text), err=True
        )


def write_out(text: str, *, machine: bool = False, commands: bool = False) -> None:
    """Print a whole text; letters that the screen cannot show appear as their code.

    Text for machines is always UTF-8. Only with ``commands`` may a row begin like one that a
    runner of GitHub obeys. Whoever stops reading early (``| head``) is no error; raises UserError
    where nothing can be written.
    """
    if sys.stdout is None:
        message = "standard output is closed; write the report to a file: -o json=report.json"
        raise UserError(message)
    if os.environ.get(ON_GITHUB) and not commands:
        text = COMMAND_ROW.sub(r"\1: :", text)
    encoding = "utf-8" if machine else sys.stdout.encoding or "utf-8"
    stream = sys.stdout.buffer
    try:
        sys.stdout.flush()
        stream.write(text.encode(encoding, "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        # What is still buffered must not be written again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        message = f"standard output cannot be written: {(error.strerror or str(error)).lower()}"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UserError(message) from None
