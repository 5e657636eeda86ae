"""Find the files that a path stands for, and the reader of each, plug-ins included.

Readers that installed packages add: by the ending of a file name, without its dot.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import stat
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.installed import READERS, function_of, plugins_in
from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.message import saying
from unbudget_check.readers.fenced import read_fenced
from unbudget_check.readers.source import MappedFile, ReadOptions, Source, mapping_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from types import ModuleType

    from unbudget_check.installed import Plugin
    from unbudget_check.model.options import TidyMapping
    from unbudget_check.readers.fenced import Parts


_LOG = logging.getLogger(__name__)
# Ending of a file name -> the file that reads it.
FORMATS = {
    ".docx": "docx.document",
    ".docm": "docx.document",
    ".odt": "odt.document",
    ".ott": "odt.document",
    ".fodt": "odt.document",
    ".xlsx": "sheets.workbook",
    ".xlsm": "sheets.workbook",
    ".xlsb": "sheets.workbook",
    ".xls": "sheets.workbook",
    ".ods": "sheets.workbook",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".webarchive": "html",
    ".md": "html",
    ".markdown": "html",
    ".txt": "text.document",
    ".text": "text.document",
    ".pdf": "pdf",
}
# Reports of this program, by ending, which are no documents: what their first bytes hold.
OWN_REPORTS = {
    ".html": re.compile(
        rb"\A<!doctype html>.*(?:unbudget-check</title>|generator\" content=\"unbudget-check\")",
        re.DOTALL,
    ),
    ".md": re.compile(rb"\A## unbudget-check\b"),
}
HEAD = 65_536
# Files of old office programs, and what LibreOffice makes of them on request.
CONVERTED = {".doc": ".docx", ".dot": ".docx", ".rtf": ".docx", ".wps": ".docx", ".wpd": ".docx"}
# Documents that people write in office programs; where no reader reads them, that is said.
OFFICE_KINDS = frozenset((*CONVERTED, ".ppt", ".odp"))
# Most such files in a folder are notes beside documents: they are read where they are named.
NAMED_ONLY = (".md", ".markdown")
# Hidden files, and the lock files that office programs leave beside an open document.
HIDDEN = (".", "~$")
ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
# What holds data only, and says nothing until a mapping says what its columns mean.
DATA_ENDINGS = (".parquet", ".pq", ".jsonl", ".ndjson", ".json")
# Larger files are no budget documents; they are refused before they are read.
LARGEST_FILE_BYTES = 512 * 1024 * 1024


def added_readers(own: Collection[str]) -> Mapping[str, Plugin]:
    """Ending such as ".ods" -> who reads it; raises PluginError for one of the program's own."""
    found = plugins_in(READERS, [ending.removeprefix(".") for ending in own])
    return {f".{name}": plugin for name, plugin in found.items()}


def prepare_added(plugin: Plugin, source: Source) -> Callable[[], Document]:
    """What reads the source with a plug-in; raises PluginError where that cannot be loaded."""
    return partial(_read, plugin, function_of(plugin, "read"), source)


def _read(plugin: Plugin, read: Callable[[Source], object], source: Source) -> Document:
    document = read(source)
    if isinstance(document, Document):
        return document
    kind = type(document).__name__
    message = f"{source.path}: {plugin} gave no document but {kind}; tell its authors"
    raise UnreadableError(message)


def endings() -> tuple[str, ...]:
    """The endings of files that can be read, those of installed packages among them.

    Raises PluginError where a package would read what the program reads.
    """
    return tuple(sorted((*FORMATS, *added_readers(FORMATS))))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a path stands for, every list sorted.

    ``files`` are to be read; ``excluded`` were left out by a pattern; ``passed`` are documents of
    an office kind that no reader reads; ``closed`` are folders and links that lead nowhere or may
    not be opened, each with the reason.
    """

    files: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    closed: tuple[tuple[str, UserError], ...] = ()


def listing_of(
    path: str,
    exclude: Sequence[str] = (),
    tidy: Mapping[str, TidyMapping] | None = None,
    *,
    convert: bool = False,
) -> Listing:
    """What a path names: itself, or everything below a folder.

    ``exclude`` holds patterns of paths below the folder that are left out; ``tidy`` those of data
    files, which are found there, too; with ``convert`` so are files that are converted. Raises
    UnreadableError for a path that does not exist and for a folder without documents.
    """
    try:
        mode = Path(path).stat().st_mode
    except ValueError:  # a name that no file can have
        raise unreadable(saying("file-absent", path=path)) from None
    except OSError as error:
        if error.errno in ABSENT:
            raise unreadable(saying("file-absent", path=path)) from None
        raise _cannot_open(path, error) from None
    if not stat.S_ISDIR(mode):
        return Listing((path,))
    more = CONVERTED if convert else ()
    found = _below(Path(path), exclude, tidy or {}, (*endings(), *more))
    if not (found.files or found.excluded or found.closed or found.passed):
        raise unreadable(saying("file-none-inside", path=path, endings=", ".join(endings())))
    return found


def _below(
    root: Path, exclude: Sequence[str], tidy: Mapping[str, TidyMapping], known: Collection[str]
) -> Listing:
    """Everything below a folder that looks like a document, hidden files apart."""
    lists: dict[str, list[str]] = {"files": [], "excluded": [], "passed": []}
    closed: list[tuple[str, UserError]] = []

    def refused(error: OSError) -> None:
        closed.append((str(error.filename), _cannot_open(str(error.filename), error)))

    for folder, below, names in os.walk(root, onerror=refused):
        below[:] = [name for name in below if not name.startswith(HIDDEN)]
        for name in names:
            file = Path(folder, name)
            suffix = file.suffix.lower()
            mapped = _is_mapped(file, tidy)
            if name.startswith(HIDDEN) or not (mapped or suffix in (*known, *OFFICE_KINDS)):
                continue
            if suffix in NAMED_ONLY:
                continue
            left_out = is_excluded(file.relative_to(root).as_posix(), exclude)
            if suffix not in known and not mapped:
                lists["passed"] += [] if left_out else [str(file)]
            elif left_out:
                lists["excluded"].append(str(file))
            elif file.is_file():
                lists["files"] += [] if _is_own_report(file, suffix) else [str(file)]
            elif file.is_symlink():
                closed.append((str(file), unreadable(saying("file-absent", path=str(file)))))
    ordered = {name: tuple(sorted(each, key=Path)) for name, each in lists.items()}
    return Listing(**ordered, closed=tuple(sorted(closed, key=itemgetter(0))))


def _is_own_report(file: Path, suffix: str) -> bool:
    """Whether a file is an earlier report of this program, left where its documents are."""
    mark = OWN_REPORTS.get(suffix)
    if mark is None:
        return False
    try:
        with file.open("rb") as stream:
            return mark.search(stream.read(HEAD)) is not None
    except OSError:
        return False  # why it cannot be read is said when it is read


def is_folder(path: str) -> bool:
    """Whether a path leads to a folder; a name that no file can have leads nowhere."""
    return os.path.isdir(path)  # noqa: PTH112  Path raises for such names


def _is_mapped(file: Path, tidy: Mapping[str, TidyMapping]) -> bool:
    return file.suffix.lower() in DATA_ENDINGS and mapping_for(str(file), tidy) is not None


def is_excluded(name: str, patterns: Sequence[str]) -> bool:
    """A pattern means a path from the folder on, or any last part of it."""
    return any(fnmatchcase(name, p) or fnmatchcase(name, f"*/{p}") for p in patterns)


def prepare_path(
    path: str, options: ReadOptions, given: Mapping[str, bytes]
) -> Callable[[], Document | MappedFile]:
    """The document at a path, its bytes fetched and parsed, as a function that reads it.

    A data file with a mapping is handed on as it is. Raises UnreadableError, with what to do,
    where it cannot be read; so may the function.
    """
    suffix = Path(path).suffix.lower()
    mapping = mapping_for(path, options.tidy)
    if mapping is not None:
        return partial(MappedFile, path, mapping, partial(_source, path, options, given))
    if suffix in DATA_ENDINGS:
        raise unreadable(saying("file-data-unmapped", path=path))
    added = {} if suffix in FORMATS else added_readers(FORMATS)
    if suffix in CONVERTED and suffix not in added:
        return _prepare_converted(_source(path, options, given))
    if suffix not in FORMATS and suffix not in added:
        known = ", ".join(endings())
        raise unreadable(saying("file-no-reader", path=path, ending=suffix, endings=known))
    source = _source(path, options, given)
    if suffix in OWN_REPORTS and OWN_REPORTS[suffix].search(source.data[:HEAD]):
        raise unreadable(saying("file-own-report", path=path))
    if suffix in added:
        return prepare_added(added[suffix], source)
    return _prepared(import_module(f"unbudget_check.readers.{FORMATS[suffix]}"), source)


def _prepared(reader: ModuleType, source: Source) -> Callable[[], Document]:
    """What a reader makes of a file, without the parts with which this program fails.

    A module with ``prepare`` parses ahead, and one with ``parts_of`` can leave parts out.
    """
    prepare: Callable[[Source], Callable[[], Document]] | None = getattr(reader, "prepare", None)
    parts_of: Callable[[Source], Parts] | None = getattr(reader, "parts_of", None)
    read: Callable[[], Document] = partial(reader.read, source)
    if prepare is not None:
        try:
            read = prepare(source)
        except UserError:
            raise
        except Exception:  # noqa: BLE001  reading fails in the same way, where that is minded
            _LOG.debug("%s cannot be parsed", source.path)
    return (
        read
        if parts_of is None
        else partial(read_fenced, source.path, read, partial(parts_of, source))
    )


def _prepare_converted(source: Source) -> Callable[[], Document]:
    """A file of an old office program, where somebody asked for its conversion."""
    if not source.options.convert:
        raise unreadable(saying("file-convert", path=source.path))
    from unbudget_check.readers.converted import as_original, converted  # few runs need it

    made = converted(source, CONVERTED[Path(source.path).suffix.lower()])
    read = _prepared(
        import_module(f"unbudget_check.readers.{FORMATS[Path(made.path).suffix]}"), made
    )
    return lambda: as_original(read(), source)


def size_of(path: str, given: Mapping[str, bytes]) -> int:
    """How many bytes a file has; 0 where there is none."""
    if path in given:
        return len(given[path])
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):  # no file, or a name that none can have
        return 0


def source_of(path: str) -> Source:
    """One file with its bytes, to be read as it is; raises UnreadableError."""
    return _source(path, ReadOptions(), {})


def _source(path: str, options: ReadOptions, given: Mapping[str, bytes]) -> Source:
    return Source(path, given[path] if path in given else _bytes_of(path), options)


def _bytes_of(path: str) -> bytes:
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise unreadable(saying("file-too-large", path=path, limit=LARGEST_FILE_BYTES // 2**20))
        return file.read_bytes()
    except OSError as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: str, error: OSError) -> UserError:
    fault = (error.strerror or str(error)).lower()
    return unreadable(saying("file-cannot-open", path=path, fault=fault))
