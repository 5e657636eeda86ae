"""What the machines of code-hosting sites tell a program, and where they look for its summary."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.reporters import FORMATS

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

# GitHub names the file that a step may add its summary to.
SUMMARY = "GITHUB_STEP_SUMMARY"


def top_folder() -> tuple[str, str]:
    """The top of the repository that we stand in, and where we stand, seen from there.

    Where there is no repository, the top is where we stand.
    """
    here = Path.cwd()
    top = next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
    return top.as_posix(), here.relative_to(top).as_posix()


def append_job_summary(report: Report, options: RenderOptions) -> None:
    """Add the report in Markdown to the summary of the job, if there is one.

    The report is written already: a summary that cannot be is said, and changes no exit code.
    """
    name = os.environ.get(SUMMARY)
    if not name:
        return
    text: str = import_module(FORMATS["markdown"]).render(report, options)
    try:
        with Path(name).open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as error:
        click.echo(f"the summary of the job could not be written: {error.strerror}", err=True)
