"""Save what was found, in any format that the registry of reporters knows."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.page.uploads import label_of
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import added_formats, renderer_of
from unbudget_check.reporters.differences import FORMATS as COMPARISONS
from unbudget_check.reporters.office.remarks import Original
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.writing import original_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.comparison import Comparison
    from unbudget_check.model.report import Report
    from unbudget_check.page.session import Entry
    from unbudget_check.reporters.office.remarks import OfficeFile

# The endings of formats that are not called by them.
ENDINGS = {
    "full": "txt",
    "concise": "txt",
    "statistics": "txt",
    "github": "txt",
    "email": "txt",
    "junit": "xml",
    "markdown": "md",
}
MARK, CHANGED = "-checked", "-changes"


@dataclass(frozen=True, slots=True)
class Saved:
    """A file to hand out: its name and its bytes."""

    name: str
    content: bytes


def is_format(name: str) -> bool:
    """Whether there is a format of this name, with its ending where it has several."""
    if name in FORMATS or name in added_formats((*FORMATS, *OFFICE)):
        return True
    return any(name == f"{each}{ending}" for each in OFFICE for ending in endings_of(each))


def endings_of(name: str) -> tuple[str, ...]:
    """The endings of the files that a format can be asked for under; one empty one if any does."""
    return tuple(getattr(import_module(OFFICE[name]), "WRITERS", ("",)))


def saved_comparison(comparison: Comparison, name: str, stem: str) -> Saved:
    """A comparison as one file."""
    content: str | bytes = import_module(COMPARISONS[name]).render(comparison, RenderOptions())
    return Saved(f"{stem}{CHANGED}.{ENDINGS.get(name, name)}", _bytes_of(content))


def _bytes_of(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")


def saved(report: Report, name: str, entries: Sequence[Entry], stem: str, password: str) -> Saved:
    """A report as one file; several copies come as one archive.

    ``entries`` are its documents; ``password`` opens those for which nobody typed one. Raises
    UserError where the format cannot be made of these documents.
    """
    kind, _, written = name.partition(".")
    if kind not in OFFICE:
        content = renderer_of(name)(report, RenderOptions())
        return Saved(f"{stem}{MARK}.{ENDINGS.get(name, name)}", _bytes_of(content))
    files = import_module(OFFICE[kind]).files

    given = {each.name: each.data for each in entries if each.data is not None}
    typed = {each.name: each.password for each in entries if each.password}
    read = partial(original_in, given=given)
    original = Original(read, password, f".{written}", passwords=typed)
    made = files(report, original)
    if len(made) == 1:
        ending = PurePath(made[0].copy_of or f"report.{written or kind}").suffix
        mark = f"-{kind}" if written else MARK
        return Saved(f"{stem}{mark}{ending}", made[0].content)
    return Saved(f"{stem}{MARK}.zip", _archive(made))


def _archive(made: Iterable[OfficeFile]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in made:
            archive.writestr(label_of(each.copy_of or "report"), each.content)
    return out.getvalue()
