"""What the person sees on standard error while documents are read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from unbudget_check.cli.screen import shows_colors
from unbudget_check.readers.paths import is_folder
from unbudget_check.reporters.words import count_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from unbudget_check.model.report import DocumentResult


class _Done(Protocol):
    """A document that is done."""

    @property
    def path(self) -> str: ...


Done = TypeVar("Done", bound=_Done)


@contextmanager
def watched(
    paths: Sequence[str], told: Callable[[Done], str], *, quiet: bool, color: str = "auto"
) -> Iterator[Callable[[Done], None] | None]:
    """What to call after each document; None where there is one document only, or for silence.

    A terminal shows a moving bar; anything else gets one row a document, as ``told`` tells it.
    """
    folders = any(map(is_folder, paths))
    if quiet or (len(paths) == 1 and not folders):
        yield None
    elif sys.stderr.isatty():
        with _bar(None if folders else len(paths), color=shows_colors(color)) as watcher:
            yield watcher
    else:
        yield lambda done: click.echo(f"{shown(done.path)}: {told(done)}", err=True)


def told_of(result: DocumentResult) -> str:
    """A document that was checked, in a few words."""
    if result.status == "unreadable":
        return "unreadable"
    found = count_of(len(result.findings), "finding")
    return f"{count_of(result.coverage.judged, 'relation')}, {found}"


@contextmanager
def _bar(total: int | None, *, color: bool) -> Iterator[Callable[[_Done], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    console = Console(stderr=True, color_system="auto" if color else None)
    # Drawn after each document, by no thread of its own: see ``processes``.
    bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
    with bar as progress:
        task = progress.add_task("", total=total)

        def advance(done: _Done) -> None:
            name = Path(shown(done.path)).name
            progress.update(task, advance=1, description=name, refresh=True)

        yield advance
