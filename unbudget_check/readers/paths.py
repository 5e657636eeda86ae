"""Which files a path stands for, and which reader reads each of them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.languages.telling import unreadable
from unbudget_check.model.saying import saying
from unbudget_check.readers.added import added_readers, prepare_added
from unbudget_check.readers.source import ReadOptions, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.document import Document

# Ending of a file name -> the file that reads it.
FORMATS = {
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "text",
    ".text": "text",
}
# Larger files are no budget documents; they are refused before they are read.
LARGEST = 512 * 1024 * 1024


def endings() -> tuple[str, ...]:
    """The endings of files that can be read, those of installed packages among them.

    Raises PluginError where a package would read what the program reads.
    """
    return tuple(sorted((*FORMATS, *added_readers(FORMATS))))


def expand(path: str, exclude: Sequence[str] = ()) -> Iterator[str]:
    """The files that a path names: itself, or all readable documents below a folder, sorted.

    ``exclude`` holds patterns of paths below the folder that are left out. Raises
    UnreadableError for a path that does not exist and for a folder without documents.
    """
    found = Path(path)
    if not found.exists():
        raise unreadable(saying("file-absent", path=path))
    if not found.is_dir():
        yield path
        return
    known = endings()
    inside = sorted(
        file
        for file in found.rglob("*")
        if file.suffix.lower() in known
        and file.is_file()
        and not _is_hidden(file, found)
        and not is_excluded(file.relative_to(found).as_posix(), exclude)
    )
    if not inside:
        raise unreadable(saying("file-none-inside", path=path, endings=", ".join(known)))
    yield from map(str, inside)


def _is_hidden(file: Path, root: Path) -> bool:
    """Hidden folders, and the lock files that office programs leave beside an open document."""
    names = file.relative_to(root).parts
    return any(name.startswith((".", "~$")) for name in names)


def is_excluded(name: str, patterns: Sequence[str]) -> bool:
    """A pattern means a path from the folder on, or any last part of it."""
    return any(fnmatchcase(name, p) or fnmatchcase(name, f"*/{p}") for p in patterns)


def prepare_path(
    path: str, options: ReadOptions, given: Mapping[str, bytes]
) -> Callable[[], Document]:
    """The document at a path, its bytes fetched and parsed, as a function that reads it.

    Raises UnreadableError, with what to do, where it cannot be read; so may the function.
    """
    suffix = Path(path).suffix.lower()
    added = {} if suffix in FORMATS else added_readers(FORMATS)
    if suffix not in FORMATS and suffix not in added:
        known = ", ".join(endings())
        raise unreadable(saying("file-no-reader", path=path, ending=suffix, endings=known))
    source = Source(path, given[path] if path in given else _bytes_of(path), options)
    if suffix in added:
        return prepare_added(added[suffix], source)
    reader = import_module(f"unbudget_check.readers.{FORMATS[suffix]}")
    prepare: Callable[[Source], Callable[[], Document]] | None = getattr(reader, "prepare", None)
    return prepare(source) if prepare is not None else partial(reader.read, source)


def _bytes_of(path: str) -> bytes:
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise unreadable(saying("file-too-large", path=path, limit=LARGEST // 2**20))
        return file.read_bytes()
    except OSError as error:
        fault = (error.strerror or str(error)).lower()
        raise unreadable(saying("file-cannot-open", path=path, fault=fault)) from error
