"""Where reports go: ``-o FORMAT`` prints one, ``-o FORMAT=FILE`` writes one whole, or none."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import added_formats
from unbudget_check.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

SCREEN = "-"
REPORTS = (*FORMATS, *OFFICE)
COPIES = "docx"  # the format that may fill a folder
SEPARATORS = tuple(each for each in (os.sep, os.altsep) if each)
# A path may hold bytes that are no letters.
ESCAPED = "backslashreplace"


@dataclass(frozen=True, slots=True)
class Output:
    """One report that was asked for; ``path`` is None for standard output.

    ``is_folder`` says that a folder of copies is meant, whether it is there already or not.
    """

    format: str
    path: Path | None = None
    is_folder: bool = False


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
    known = REPORTS if formats is None else formats
    if name not in known and formats is None:
        known = (*REPORTS, *added_formats(REPORTS))
    if name not in known:
        hint = did_you_mean(name, known) or f"; formats are: {', '.join(known)}"
        message = f"-o {text}: there is no format '{name}'{hint}"
        raise UserError(message)
    if separator and not target:
        message = f"-o {text}: name a file after '=', such as -o {name}=report.{name}"
        raise UserError(message)
    if name in OFFICE and target in {"", SCREEN}:
        message = f"-o {text}: this cannot be printed; name a file, such as -o {name}=copy.{name}"
        raise UserError(message)
    path = Path(target) if target and target != SCREEN else None
    is_folder = name == COPIES and (target.endswith(SEPARATORS) or Path(target).is_dir())
    return Output(name, path, is_folder)


def refuse_targets(
    outputs: Iterable[Output], inputs: Iterable[str], *, force: bool = False
) -> None:
    """Raise UserError, before the long work, for a file that could not or must not be written.

    Copies of documents take no file's place unless ``force`` allows it, and never an input's.
    """
    documents = [Path(each) for each in inputs]
    for output in outputs:
        reason = _obstacle(output, documents, force=force or output.format not in OFFICE)
        if reason:
            what = "folder" if output.is_folder else "file"
            message = f"{output.path}: the {what} cannot be written: {reason}"
            raise UserError(message)


def _obstacle(output: Output, documents: Iterable[Path], *, force: bool) -> str:
    path = output.path
    if path is None or _is_device(path) or (output.is_folder and path.is_dir()):
        return ""
    if any(_is_same(path, each) for each in documents):
        return "this is one of the documents that are read; name another file"
    if path.is_dir():
        return "this is a folder; name a file in it"
    if path.exists() and (output.is_folder or not force):
        return "it is a file" if output.is_folder else "it exists; --force replaces it"
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"there is no folder {folder}; create it first"
    return "" if os.access(folder, os.W_OK) else f"no permission to write in {folder}"


def _is_same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, through links of any kind."""
    try:
        if path.resolve() == other.resolve():
            return True
        return path.is_file() and other.is_file() and path.samefile(other)
    except (OSError, ValueError):  # a name that no file can have
        return False


def write_files(contents: Sequence[tuple[Path, str | bytes]], folders: Iterable[Path] = ()) -> None:
    """Write every file, or none: all are written beside their places before any takes its place.

    The ``folders`` are made where they are missing. Raises UserError where one cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
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
