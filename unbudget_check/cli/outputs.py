"""Where reports go: ``-o FORMAT`` prints one, ``-o FORMAT=FILE`` writes one whole, or none."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.added import added_formats
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

SCREEN = "-"
# A path may hold bytes that are no letters.
ESCAPED = "backslashreplace"


@dataclass(frozen=True, slots=True)
class Output:
    """One report that was asked for; ``path`` is None for standard output."""

    format: str
    path: Path | None = None


def parse_outputs(
    texts: Iterable[str], default: str | None = None, formats: Collection[str] | None = None
) -> tuple[Output, ...]:
    """What was asked for; standard output shows ``default``, if any, unless something else.

    ``formats`` are those of reports, the ones of installed packages among them, if not given.
    Raises UserError for an unknown format, for two reports to standard output or to one file.
    """
    outputs = tuple(_parse(text, formats) for text in texts)
    printed = [each for each in outputs if each.path is None]
    if len(printed) > 1:
        message = "only one format can be printed; send the others to files: -o json=report.json"
        raise UserError(message)
    paths = [each.path.resolve() for each in outputs if each.path]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice:
        message = f"{twice}: two formats would be written to this file; name another one"
        raise UserError(message)
    return outputs if printed or default is None else (*outputs, Output(default))


def _parse(text: str, formats: Collection[str] | None) -> Output:
    name, separator, target = text.partition("=")
    known = FORMATS if formats is None else formats
    if name not in known and formats is None:
        known = (*FORMATS, *added_formats())
    if name not in known:
        hint = did_you_mean(name, known) or f"; formats are: {', '.join(known)}"
        message = f"-o {text}: there is no format '{name}'{hint}"
        raise UserError(message)
    if separator and not target:
        message = f"-o {text}: name a file after '=', such as -o {name}=report.{name}"
        raise UserError(message)
    return Output(name, Path(target) if target and target != SCREEN else None)


def refuse_targets(outputs: Iterable[Output], inputs: Iterable[str]) -> None:
    """Raise UserError, before the long work, for a file that could not or must not be written."""
    documents = {Path(each).resolve() for each in inputs}
    for path in (each.path for each in outputs if each.path):
        reason = _obstacle(path, documents)
        if reason:
            message = f"{path}: the file cannot be written: {reason}"
            raise UserError(message)


def _obstacle(path: Path, documents: set[Path]) -> str:
    if path.resolve() in documents:
        return "this is one of the documents that are read; name another file"
    if path.is_dir():
        return "this is a folder; name a file in it"
    if _is_device(path):
        return ""
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"there is no folder {folder}; create it first"
    return "" if os.access(folder, os.W_OK) else f"no permission to write in {folder}"


def write_files(contents: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write every file, or none: all are written beside their places before any takes its place.

    Raises UserError where one cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, given in contents:
            content = given if isinstance(given, bytes) else given.encode("utf-8", ESCAPED)
            if _is_device(path):
                path.write_bytes(content)
            else:
                staged.append((_stage(path.resolve(), content), path.resolve()))
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror} ({error.filename})"
        raise UserError(message) from None
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(target: Path, content: bytes) -> Path:
    """A new file beside the target, with the target's permissions where it is there already."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
        if target.exists():
            shutil.copymode(target, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _is_device(path: Path) -> bool:
    """Something that is written to and never replaced, such as a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()
