"""The documents of a run, one by one, each parsed while the one before it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.errors import PluginError, UserError
from unbudget_check.readers.paths import Listing, listing_of, prepare_path
from unbudget_check.readers.source import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.model.options import Wishes
    from unbudget_check.readers.source import MappedFile

    # A file ready to be read, or why it is not.
    Opened = Callable[[], Document | MappedFile] | Exception


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of a run, each once and in the order asked for, with the reason where one is none.

    ``excluded`` were left out by a pattern, ``passed`` are documents that no reader reads.
    """

    files: tuple[tuple[str, UserError | None], ...] = ()
    excluded: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


def files_of(paths: Sequence[str], wishes: Wishes) -> FoundFiles:
    """Every file that the paths stand for."""
    files: dict[str, UserError | None] = {}
    excluded: dict[str, None] = {}
    passed: dict[str, None] = {}
    for path in paths:
        try:
            alone = path in wishes.given
            listed = Listing((path,)) if alone else _listed(path, wishes)
        except PluginError:
            raise  # no fault of this path
        except UserError as error:
            files[path] = error
            continue
        for file in listed.files:
            files.setdefault(file, None)
        for file, why in listed.closed:
            files.setdefault(file, why)
        excluded |= dict.fromkeys(listed.excluded)
        passed |= dict.fromkeys(listed.passed)
    return FoundFiles(tuple(files.items()), tuple(excluded), tuple(passed))


def _listed(path: str, wishes: Wishes) -> Listing:
    return listing_of(path, wishes.exclude, wishes.tidy, convert=wishes.convert)


def opened_ahead(
    files: Sequence[tuple[str, UserError | None]], wishes: Wishes
) -> Iterator[tuple[str, Opened]]:
    """Each file, parsed and ready to be read, while the one before it is checked."""
    if len(files) == 1:
        yield files[0][0], opened_or_why(*files[0], wishes)
        return
    from concurrent.futures import ThreadPoolExecutor  # a lone document starts without it

    with ThreadPoolExecutor(max_workers=1) as parser:
        ahead = [parser.submit(opened_or_why, *file, wishes) for file in files[:1]]
        for at, (path, _) in enumerate(files):
            opened = ahead.pop().result()
            following = files[at + 1 : at + 2]
            ahead = [parser.submit(opened_or_why, *file, wishes) for file in following]
            yield path, opened


def prepared(path: str, wishes: Wishes) -> Callable[[], Document | MappedFile]:
    """A file that was opened, ready to be read; raises UnreadableError."""
    options = ReadOptions(
        wishes.revisions,
        wishes.language,
        wishes.tidy,
        password=wishes.password,
        convert=wishes.convert,
    )
    return prepare_path(path, options, wishes.given)


def opened_or_why(path: str, reason: UserError | None, wishes: Wishes) -> Opened:
    """A file ready to be read, or why it cannot be."""
    try:
        return reason or prepared(path, wishes)
    except Exception as error:  # noqa: BLE001  one document never stops the others
        return error
