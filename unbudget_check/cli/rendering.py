"""Render reports in the formats that were asked for, and the summary of a CI job.

What the machines of code-hosting sites tell a program, and where they look for its summary.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from unbudget_check.cli.accepted import today_of
from unbudget_check.cli.completing import complete_format
from unbudget_check.cli.outputs import COPIES, Output, office_files, write_files
from unbudget_check.cli.screen import screen_width, shows_colors, write_out
from unbudget_check.errors import UserError
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import is_for_machines, renderer_of
from unbudget_check.reporters.office.remarks import Original
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.writing import original_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from unbudget_check.model.report import Report


# GitHub names the file that a step may add its summary to.
SUMMARY = "GITHUB_STEP_SUMMARY"


GITHUB = "github"  # the format whose rows a runner obeys


output_option = click.option(
    "outputs",
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=complete_format,
    help=f"Print a report ({', '.join(FORMATS)}) or write it to a file; {', '.join(OFFICE)} "
    f"are files only, {' and '.join(COPIES)} also a folder; repeatable. "
    "Printed by default: full on a terminal, concise otherwise. With github, the job "
    "summary is also written (markdown, to the file given by GITHUB_STEP_SUMMARY).",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours: auto (on terminals, unless NO_COLOR is set), always or never.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Findings only.")
verbose_option = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="List every place that was not checked, long sums in full, and identities.",
)
proof_option = click.option(
    "--explain-proof",
    is_flag=True,
    help="Write out every check of a finding in numbers (full report).",
)
force_option = click.option(
    "--force", is_flag=True, help="Let -o replace a file that is not an earlier report."
)

most_option = click.option(
    "--max-per-rule",
    type=click.IntRange(min=0),
    metavar="COUNT",
    help="Show at most this many findings per rule (full, concise, html); others are only counted.",
)
suppressions_option = click.option(
    "--sarif-suppressions",
    is_flag=True,
    help="Keep accepted findings in SARIF as suppressed; code-scanning sites would open them.",
)


suggest_option = click.option(
    "--suggest",
    is_flag=True,
    help="Write proved corrections into the copies of -o docx as tracked changes.",
)


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


class Drawing(TypedDict):
    """The options that say how a report for people looks."""

    color: str
    quiet: bool
    verbose: bool
    explain_proof: bool
    max_per_rule: int | None
    force: bool
    sarif_suppressions: bool
    suggest: bool


def write_reports(
    report: Report,
    outputs: Collection[Output],
    drawing: Drawing,
    given: Mapping[str, bytes],
    password: str = "",
    today: datetime | None = None,
) -> None:
    """Render everything first, so that a failure leaves no report half written.

    ``given`` holds the bytes of documents that are no files; ``password`` opens those of which a
    copy is made, where they ask for one; ``today`` stands for the day on which this is done. Raises
    UserError for suggestions without a Word copy to hold them.
    """
    if drawing["suggest"] and not any(each.format == "docx" for each in outputs):
        message = "--suggest marks the copy of a Word document; add -o docx=FILE"
        raise UserError(message)
    on = today_of(today) if drawing["suggest"] else None
    page = _wishes(drawing)
    screen = replace(page, width=screen_width(), color=shows_colors(drawing["color"]))
    original = Original(partial(original_in, given=given), password, suggested_on=on)
    printed: list[tuple[str, str]] = []
    files: list[tuple[Path, str | bytes]] = []
    folders: list[Path] = []
    for output in outputs:
        if output.format in OFFICE:
            placed = office_files(report, output, original, force=drawing["force"])
            files += placed.files
            folders += placed.folders
            continue
        content = renderer_of(output.format)(report, page if output.path else screen)
        if output.path is not None:
            files.append((output.path, content))
        elif isinstance(content, str):
            printed.append((content, output.format))
    for text, name in printed:
        write_out(text, machine=is_for_machines(name), commands=name == GITHUB)
    write_files(files, folders)
    if Output(GITHUB) in outputs:
        append_job_summary(report, page)


def _wishes(drawing: Drawing) -> RenderOptions:
    """What was asked for, as any page can heed it."""
    root, folder = top_folder()
    return RenderOptions(
        quiet=drawing["quiet"],
        verbose=drawing["verbose"],
        proofs=drawing["explain_proof"],
        max_per_rule=drawing["max_per_rule"],
        root=root,
        folder=folder,
        suppressions=drawing["sarif_suppressions"],
    )
