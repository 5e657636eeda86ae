"""Where reports and copies of documents are written.

Where copies of documents go: to the file that was named, or into a folder under their names.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass, replace
from glob import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.cli.accepted import DECISIONS, WAIVERS
from unbudget_check.errors import UserError
from unbudget_check.messages import say
from unbudget_check.readers.paths import FORMATS as READABLE
from unbudget_check.readers.paths import OFFICE_KINDS, OWN_REPORTS
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.added import added_formats
from unbudget_check.reporters.office.remarks import format_of
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.settings import OWN_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from unbudget_check.model.report import Report
    from unbudget_check.reporters.office.remarks import OfficeFile, Original

    Files = Callable[[Report, Original], tuple[OfficeFile, ...]]


SCREEN = "-"
REPORTS = (*FORMATS, *OFFICE)
# The formats that may fill a folder, one copy a document, and what they copy.
COPIES = {"docx": "Word documents", "page": "web pages", "pdf": "PDF files"}
SHEET = "corrections"
SEPARATORS = tuple(each for each in (os.sep, os.altsep) if each)
# Files that are written beside their places, until all of them are whole.
STAGED = ".unbudget-part"
# What an earlier report of a format holds among its first bytes. One in words names a rule by its
# code, or ends in its result.
MARK_BYTES = 65_536
IN_WORDS = re.compile(
    rb"\b[A-Z]{3}\d{3} [a-z]+(-[a-z]+)*\b|^(result|\xe7\xbb\x93\xe6\x9e\x9c)(:|\xef\xbc\x9a|  )",
    re.MULTILINE,
)
MARKS = {
    "full": IN_WORDS,
    "concise": IN_WORDS,
    "statistics": IN_WORDS,
    "json": re.compile(rb'\A\s*\{\s*"schema_version"'),
    "jsonl": re.compile(rb'\A\{"schema_version"'),
    "html": OWN_REPORTS[".html"],
    "csv": re.compile(
        rb"\A(\xef\xbb\xbf)?((number,)?severity,code,name|document,symbol,language),"
    ),
    "sarif": re.compile(rb'\A\{\s*"\$schema": "[^"]*sarif'),
    "junit": re.compile(rb"\A<\?xml[^>]*>\s*<testsuites"),
    "github": re.compile(rb"\A::(error|warning|notice) "),
    "markdown": re.compile(rb"\A## "),
    "parquet": re.compile(rb"\APAR1"),
    "email": re.compile(r"\A[^\n]+(: | ?：)[^\n]*\n\n".encode()),
}
# What a later run reads where it finds it beside its documents.
READ_BESIDE = frozenset({OWN_NAME, DECISIONS, WAIVERS})
# What a report of another kind never replaces unasked: documents, settings and waivers.
GUARDED = frozenset((*READABLE, *OFFICE_KINDS, ".toml", ".json", ".py"))
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
        message = f"{twice}: two formats would be written to this file; give another file"
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
        message = f"-o {text}: give a file after '=', such as -o {name}=report.{name}"
        raise UserError(message)
    if name in OFFICE and target in {"", SCREEN}:
        message = (
            f"-o {text}: this format cannot be printed; give a file, such as -o {name}=copy.{name}"
        )
        raise UserError(message)
    path = Path(target) if target and target != SCREEN else None
    is_folder = name in COPIES and (target.endswith(SEPARATORS) or Path(target).is_dir())
    return Output(name, path, is_folder)


def refuse_targets(
    outputs: Iterable[Output],
    inputs: Iterable[str],
    heeded: Iterable[str] = (),
    *,
    force: bool = False,
) -> None:
    """Raise UserError, before the long work, for a file that could not or must not be written.

    An output never takes the place of an input, nor of a file that the run heeds, such as its
    settings; that of another file only where it is an earlier report of the same format, or
    ``force`` allows it.
    """
    documents = [Path(each) for each in inputs]
    others = [Path(each) for each in heeded if each]
    for output in outputs:
        reason = _obstacle(output, documents, others, force=force)
        if reason:
            what = "folder" if output.is_folder else "file"
            message = f"{output.path}: the {what} cannot be written: {reason}"
            raise UserError(message)


def _obstacle(
    output: Output, documents: Iterable[Path], heeded: Iterable[Path], *, force: bool
) -> str:
    path = output.path
    if path is None or _is_device(path) or (output.is_folder and path.is_dir()):
        return ""
    taken = _taken(output, path, documents, heeded)
    if taken or path.is_dir():
        return taken or "this is a folder; name a file in it"
    if path.exists() and not force and not _is_earlier(output.format, path):
        kind = "" if output.format in OFFICE else f" and is no earlier {output.format} report"
        return f"it exists{kind}; --force replaces it"
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"there is no folder {folder}; create it first"
    return "" if os.access(folder, os.W_OK) else f"no permission to write in {folder}"


def _taken(output: Output, path: Path, documents: Iterable[Path], heeded: Iterable[Path]) -> str:
    """What keeps a place for good, even from whoever says --force."""
    if any(_is_same(path, each) for each in documents):
        return "this is one of the documents that are read; name another file"
    if any(_is_same(path, each) for each in heeded):
        return "this run heeds what stands in it; name another file"
    if path.name in READ_BESIDE:
        return "a file of this name holds settings or decisions; name another file"
    return "it is a file" if output.is_folder and path.exists() else ""


def _is_earlier(name: str, path: Path) -> bool:
    """Whether a file is empty or an earlier report of this format, which a new one may replace.

    A format of an installed package has no known marks: its file may replace what is no document.
    """
    if name in OFFICE:
        return False
    mark = MARKS.get(name)
    if mark is None:
        return path.suffix.lower() not in GUARDED
    try:
        with path.open("rb") as stream:
            head = stream.read(MARK_BYTES)
    except OSError:
        return True  # that it cannot be written is said when it is written
    return not head or mark.search(head) is not None


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
    now = Path()
    try:
        for now in folders:
            now.mkdir(parents=True, exist_ok=True)
        for now, given in contents:
            content = given if isinstance(given, bytes) else given.encode("utf-8", ESCAPED)
            if _is_device(now):
                now.write_bytes(content)
            else:
                staged.append((_stage(now.resolve(), content), now.resolve()))
        for temporary, now in staged:
            temporary.replace(now)
    except OSError as error:
        message = f"{now}: the file cannot be written: {(error.strerror or str(error)).lower()}"
        raise UserError(message) from None
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(target: Path, content: bytes) -> Path:
    """A new file beside the target, with the target's permissions where it is there already."""
    _clean(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{STAGED}")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
        if target.exists():
            shutil.copymode(target, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _clean(target: Path) -> None:
    """Remove what runs that were killed left beside a target; others may be at work there."""
    for left in target.parent.glob(f".{escape(target.name)}.*{STAGED}"):
        number = left.name.removeprefix(f".{target.name}.").partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            left.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _is_device(path: Path) -> bool:
    """Something that is written to and never replaced, such as a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()


@dataclass(frozen=True, slots=True)
class PlacedFiles:
    """Files with their places, and the folders that they need."""

    files: tuple[tuple[Path, bytes], ...]
    folders: tuple[Path, ...] = ()


def office_files(report: Report, output: Output, original: Original, *, force: bool) -> PlacedFiles:
    """The files of one format; raises UserError where one would take the place of another file."""
    files: Files = import_module(OFFICE[output.format]).files
    made = files(report, replace(original, ending=output.path.suffix if output.path else ""))
    target = output.path or Path()
    count = sum(format_of(each) == output.format for each in report.documents)
    if output.is_folder or (output.format in COPIES and count > 1):
        _refuse_one_name(output, target, count)
        places = [target / each for each in _names([each.copy_of or "" for each in made])]
        refuse_targets([replace(output, is_folder=True)], [])
    else:
        places = [target]
        if output.format != SHEET:  # which looks at its ending itself
            _refuse_ending(
                output.format, target, Path(made[0].copy_of or f"report.{output.format}")
            )
    documents = [each.path for each in report.documents]
    missing = {place.parent for place in places if not place.parent.is_dir()}
    there = [place for place in places if place.parent not in missing]
    refuse_targets([Output(output.format, each) for each in there], documents, force=force)
    contents = (each.content for each in made)
    return PlacedFiles(tuple(zip(places, contents, strict=True)), tuple(sorted(missing)))


def handed_on(report: Report) -> str:
    """How to get a page and marked copies of what was checked: one line for a terminal."""
    documents, lang = report.documents, report.lang
    kinds = dict.fromkeys(filter(None, map(format_of, documents)))
    if len(documents) == 1:
        ending = ".html" if "page" in kinds else Path(documents[0].path).suffix.lower()
        copies = [f"-o {each}=marked{ending}" for each in kinds]
    else:
        copies = [f"-o {each}=marked/" for each in kinds if each in COPIES]
    page = "-o html=report.html"
    if not copies:
        return say(lang, "closing.more", page=page)
    return say(lang, "closing.more_copies", page=page, copies=" ".join(copies))


def _refuse_one_name(output: Output, target: Path, count: int) -> None:
    if target.suffix and not output.is_folder and not target.is_dir():
        name = output.format
        message = (
            f"-o {name}={target}: there are {count} {COPIES[name]}; name a folder for their "
            f"copies, such as -o {name}={target.stem}/"
        )
        raise UserError(message)


def _refuse_ending(name: str, target: Path, source: Path) -> None:
    """Office programs refuse to open a file under the ending of another kind."""
    ending = source.suffix.lower()
    if target.suffix.lower() != ending and (target.is_file() or not target.exists()):
        folder = f", or in {os.sep} for a folder" if name in COPIES else ""
        message = f"{target}: the file cannot be written: its name must end in {ending}{folder}"
        raise UserError(message)


def _names(paths: Sequence[str]) -> list[Path]:
    """The names of documents below the innermost folder that holds them all."""
    whole = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay as named
    top = os.path.commonpath([path.parent for path in whole])
    return [path.relative_to(top) for path in whole]
