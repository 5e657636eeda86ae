"""Write a report to a file, in the format that its ending names; read documents that are copied."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import added_formats, renderer_of
from unbudget_check.reporters.office.remarks import Original
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.words import shown
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.remarks import OfficeFile

    Files = Callable[[Report, Original], tuple[OfficeFile, ...]]

# What a file is meant to be that is called so; any other format must be named.
ENDINGS = {
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
    ".txt": "full",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
}
# A path may hold bytes that are no letters.
ESCAPED = "backslashreplace"


def write_report(report: Report, path: Path, name: str = "") -> None:
    """Write a report, in the format ``name``, or in that which the ending of the path names.

    Raises UserError for a format that is not known, and where the file cannot be written: one that
    the report is about never is.
    """
    content = _content(report, path, name or _named_by(path))
    for each in report.documents:
        if Path(each.path).exists() and path.exists() and path.samefile(each.path):
            message = f"{path}: this is one of the documents that were checked; name another file"
            raise UserError(message)
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"{path}: the file cannot be written: {error.strerror}"
        raise UserError(message) from None


def _named_by(path: Path) -> str:
    name = ENDINGS.get(path.suffix.lower())
    if name is None:
        known = ", ".join(ENDINGS)
        message = (
            f"{path}: no format has this ending; use one of {known}, or name a format, such as "
            "format='sarif'"
        )
        raise UserError(message)
    return name


def _content(report: Report, path: Path, name: str) -> bytes:
    known = (*FORMATS, *OFFICE)
    if name in OFFICE:
        files: Files = import_module(OFFICE[name]).files
        original = Original(partial(original_in, given={}), ending=path.suffix.lower())
        made = files(report, original)
        if len(made) != 1:
            message = (
                f"{path}: the report is about {len(report.documents)} documents, and one copy is "
                "written of each; check one at a time"
            )
            raise UserError(message)
        return made[0].content
    if name not in FORMATS and name not in added_formats(known):
        hint = did_you_mean(name, known) or f"; formats are: {', '.join(known)}"
        message = f"there is no format '{name}'{hint}"
        raise UserError(message)
    content = renderer_of(name)(report, RenderOptions())
    return content if isinstance(content, bytes) else content.encode("utf-8", ESCAPED)


def original_in(document: DocumentResult, given: Mapping[str, bytes]) -> bytes:
    """The bytes of a document that was checked; ``given`` holds those that are no files."""
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
