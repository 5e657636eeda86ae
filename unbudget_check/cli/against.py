"""The older version of the documents of a run: a file, a folder, or a revision of git."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.versions import committed
from unbudget_check.errors import UserError
from unbudget_check.model.options import Profile
from unbudget_check.readers.paths import is_folder
from unbudget_check.reporters.words import place_of
from unbudget_check.triage.baseline import baseline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import DocumentResult, Report

against_option = click.option(
    "--against",
    metavar="OLD",
    help="An older version: a file, a folder or a git revision such as HEAD. Only errors "
    "that the edit introduced fail the run; all its changes are listed.",
)


def checked_against(
    old: str,
    paths: Sequence[str],
    wishes: Wishes,
    watcher: Callable[[DocumentResult], None] | None,
) -> Report:
    """Check documents, with all that was found in their older versions set aside.

    What the edit changed, what it mended, and which totals were forgotten is remarked on. Raises
    UserError where ``old`` is no file, no folder and no revision.
    """
    from unbudget_check import engine  # loads numpy; --help must not
    from unbudget_check.compare.versions import compare_runs, remarked
    from unbudget_check.readers.ahead import files_of

    files = [path for path, reason in files_of(paths, wishes).files if reason is None]
    versions = dict(_versions(old, files, paths))
    # What a profile keeps back is decided when it is known what the edit broke.
    whole = (
        replace(wishes, profile=Profile.PUBLICATION) if wishes.profile is Profile.GATE else wishes
    )
    older = replace(whole, given=versions, baseline={})
    before = engine.examine(list(versions), older)
    places = {each.fingerprint: place_of(each.where) for each in before.report.findings}
    known = {**baseline_of(before.report, places), **wishes.baseline}
    heeded = replace(wishes.heeded, baseline=wishes.heeded.baseline or f"--against {old}")
    asked = replace(whole, baseline=known, heeded=heeded)
    now = engine.examine(paths, asked, watcher)
    return remarked(compare_runs(before, now, older, asked), old, wishes)


def _versions(old: str, files: Sequence[str], paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The older bytes of every file that had an older version, under its own path."""
    if is_folder(old):
        for file in files:
            found = Path(old, _below(file, paths))
            if found.is_file():
                yield file, found.read_bytes()
        return
    if Path(old).is_file():
        if len(files) != 1:
            message = f"--against {old} is one file, but {len(files)} documents are to be checked"
            raise UserError(message)
        yield files[0], Path(old).read_bytes()
        return
    yield from committed(old, files)


def _below(file: str, paths: Sequence[str]) -> str:
    """A file as seen from the folder that was asked for, or its name."""
    for path in paths:
        if is_folder(path) and Path(file).is_relative_to(path):
            return str(Path(file).relative_to(path))
    return Path(file).name
