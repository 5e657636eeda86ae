"""Where copies of documents go: to the file that was named, or into a folder under their names."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.cli.outputs import COPIES, Output, refuse_targets
from unbudget_check.errors import UserError
from unbudget_check.reporters import OFFICE
from unbudget_check.reporters.office.files import format_of
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.files import OfficeFile, Original

    Files = Callable[[Report, Original], tuple[OfficeFile, ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """Files with their places, and the folders that they need."""

    files: tuple[tuple[Path, bytes], ...]
    folders: tuple[Path, ...] = ()


def office_files(
    report: Report, output: Output, given: Mapping[str, bytes], *, force: bool
) -> Placed:
    """The files of one format; raises UserError where one would take the place of another file."""
    files: Files = import_module(OFFICE[output.format]).files
    made = files(report, partial(_original, given=given))
    target = output.path or Path()
    count = sum(format_of(each) == output.format for each in report.documents)
    if output.is_folder or (output.format == COPIES and count > 1):
        _refuse_one_name(target, count, is_folder=output.is_folder)
        places = [target / each for each in _names([each.copy_of or "" for each in made])]
        refuse_targets([replace(output, is_folder=True)], [])
    else:
        places = [target]
        _refuse_ending(target, Path(made[0].copy_of or f"report.{output.format}"))
    documents = [each.path for each in report.documents]
    missing = {place.parent for place in places if not place.parent.is_dir()}
    there = [place for place in places if place.parent not in missing]
    refuse_targets([Output(output.format, each) for each in there], documents, force=force)
    contents = (each.content for each in made)
    return Placed(tuple(zip(places, contents, strict=True)), tuple(sorted(missing)))


def _original(document: DocumentResult, given: Mapping[str, bytes]) -> bytes:
    """The bytes of a document that was checked."""
    if document.path in given:
        return given[document.path]
    try:
        return Path(document.path).read_bytes()
    except OSError as error:
        message = (
            f"{shown(document.path)}: the document that was checked is not there any more, so it "
            f"cannot be copied ({error.strerror}); its path counts from where it was checked"
        )
        raise UserError(message) from None


def _refuse_one_name(target: Path, count: int, *, is_folder: bool) -> None:
    if target.suffix and not is_folder and not target.is_dir():
        message = (
            f"-o docx={target}: there are {count} Word documents; name a folder for their copies, "
            f"such as -o docx={target.stem}/"
        )
        raise UserError(message)


def _refuse_ending(target: Path, source: Path) -> None:
    """Office programs refuse to open a file under the ending of another kind."""
    ending = source.suffix.lower()
    if target.suffix.lower() != ending and (target.is_file() or not target.exists()):
        folder = f", or in {os.sep} for a folder" if ending == f".{COPIES}" else ""
        message = f"{target}: the file cannot be written: its name must end in {ending}{folder}"
        raise UserError(message)


def _names(paths: Sequence[str]) -> list[Path]:
    """The names of documents below the innermost folder that holds them all."""
    whole = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay as named
    top = os.path.commonpath([path.parent for path in whole])
    return [path.relative_to(top) for path in whole]
