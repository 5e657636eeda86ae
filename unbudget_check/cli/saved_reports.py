"""Saved reports, as a person names them: a file, or - for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.cli.choices import STDIN
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.report import Report


def report_in(name: str) -> Report:
    """The report in a file; raises UnreadableError or UserError where there is none."""
    from unbudget_check.reporters.data.saved import read_report  # --help must not wait for it

    return read_report(_text_of(name), shown(name))


def _text_of(name: str) -> str:
    if name == STDIN and sys.stdin is None:
        message = "standard input is closed; give a file instead of -"
        raise UserError(message)
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        message = f"{shown(name)}: the report cannot be read: {error.strerror}"
        raise UnreadableError(message) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{shown(name)} is not a report: it is not written in UTF-8"
        raise UserError(message) from None
