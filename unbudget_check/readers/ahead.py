"""The documents of a run, one by one, each parsed while the one before it is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.errors import PluginError, UserError
from unbudget_check.readers.paths import expand, prepare_path
from unbudget_check.readers.source import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from unbudget_check.model.document import Document
    from unbudget_check.model.wishes import Wishes


def files_of(paths: Sequence[str], wishes: Wishes) -> Iterator[tuple[str, UserError | None]]:
    """Every file once, in the order asked for, with the reason where a path names none."""
    seen: set[str] = set()
    for path in paths:
        try:
            files = [path] if path in wishes.given else list(expand(path, wishes.exclude))
        except PluginError:
            raise  # no fault of this path
        except UserError as error:
            yield path, error
            continue
        yield from ((file, None) for file in files if file not in seen)
        seen.update(files)


def opened_ahead(
    files: Sequence[tuple[str, UserError | None]], wishes: Wishes
) -> Iterator[tuple[str, Callable[[], Document] | Exception]]:
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


def prepared(path: str, wishes: Wishes) -> Callable[[], Document]:
    """A file that was opened, ready to be read; raises UnreadableError."""
    options = ReadOptions(wishes.revisions, wishes.language, wishes.tidy)
    return prepare_path(path, options, wishes.given)


def opened_or_why(
    path: str, reason: UserError | None, wishes: Wishes
) -> Callable[[], Document] | Exception:
    """A file ready to be read, or why it cannot be."""
    try:
        return reason or prepared(path, wishes)
    except Exception as error:  # noqa: BLE001  one document never stops the others
        return error
