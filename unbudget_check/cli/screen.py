"""The terminal: width, colours, progress, the language of the reader, safe writing.

What the person sees on standard error while documents are read.

In which language a person reads: the option, the environment, the settings, the documents.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH, say, spoken_languages, tell
from unbudget_check.readers.paths import is_folder
from unbudget_check.reporters.words import count_of, place_of, shown
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.progress import Progress

    from unbudget_check.model.report import DocumentResult, Unchecked

    Command = TypeVar("Command", bound=Callable[..., Any])


# Sentences over longer rows are hard to read, however wide the window is.
WIDEST_SCREEN = 120
NAME_CHARS = 50  # of a document, beside the time that its check takes
# A runner of GitHub takes a row of its log that begins so, blanks apart, for a command.
ON_GITHUB = "GITHUB_ACTIONS"
COMMAND_ROW = re.compile(r"^(\s*)::", re.MULTILINE)

VARIABLE = "UNBUDGET_LANG"


def shows_colors(choice: str) -> bool:
    """Whether to print colours: as ``choice`` says ("always", "never") or as the screen can."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def is_terminal() -> bool:
    """Whether a person looks at standard output; nobody does where it is closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def _is_watched() -> bool:
    """Whether a person looks at standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def screen_width() -> int:
    """How many columns to fill."""
    return min(get_terminal_size((80, 24)).columns, WIDEST_SCREEN)


def say_faults(faults: Iterable[Unchecked], lang: str = ENGLISH) -> None:
    """Say on standard error where this program failed, for verbs without a closing block."""
    for each in faults:
        reason = tell(lang, each.told) if each.told else each.reason
        place = place_of(each.where, lang=lang)
        text = say(lang, "closing.reason", reason=shown(reason), places=place)
        click.echo(
            say(lang, "closing.document", document=shown(each.where.document), text=text), err=True
        )


def write_out(text: str, *, machine: bool = False, commands: bool = False) -> None:
    """Print a whole text; letters that the screen cannot show appear as their code.

    Text for machines is always UTF-8. Only with ``commands`` may a row begin like one that a
    runner of GitHub obeys. Whoever stops reading early (``| head``) is no error; raises UserError
    where nothing can be written.
    """
    if sys.stdout is None:
        message = "standard output is closed; write the report to a file: -o json=report.json"
        raise UserError(message)
    if os.environ.get(ON_GITHUB) and not commands:
        text = COMMAND_ROW.sub(r"\1: :", text)
    encoding = "utf-8" if machine else sys.stdout.encoding or "utf-8"
    stream = sys.stdout.buffer
    try:
        sys.stdout.flush()
        stream.write(text.encode(encoding, "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        # What is still buffered must not be written again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UserError(lost_output(error)) from None


def lost_output(error: OSError) -> str:
    """Say why standard output takes nothing more; what waits for it is given up."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return f"standard output cannot be written: {(error.strerror or str(error)).lower()}"


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
    elif _is_watched():
        with _bar(None if folders else len(paths), color=shows_colors(color)) as watcher:
            yield watcher
    else:
        yield lambda done: _mention(f"{shown(done.path)}: {told(done)}")


def _mention(text: str) -> None:
    """Say on standard error what nobody depends on: where it is full, the work goes on."""
    with suppress(OSError):
        click.echo(text, err=True)


@contextmanager
def blinking(
    paths: Sequence[str], *, quiet: bool, color: str = "auto"
) -> Iterator[Callable[[], None] | None]:
    """What to call again and again while one document is checked: it shows that work goes on.

    None for silence, where there are several documents, and where nobody looks.
    """
    if quiet or len(paths) != 1 or is_folder(paths[0]) or not _is_watched():
        yield None
        return
    with ExitStack() as stack:
        drawn: list[Progress] = []

        def blink() -> None:
            if not drawn:  # a small document is done before anybody would look
                drawn.append(stack.enter_context(_spinner(paths[0], color=shows_colors(color))))
            drawn[0].refresh()

        yield blink


def _spinner(path: str, *, color: bool) -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from unbudget_check.reporters.terminal.layout import cut

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True, color_system="auto" if color else None)
    # Drawn by no thread of its own: see ``processes``.
    progress = Progress(*columns, console=console, transient=True, auto_refresh=False)
    progress.add_task(cut(Path(shown(path)).name, NAME_CHARS), total=None)
    return progress


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


def lang_option(otherwise: str) -> Callable[[Command], Command]:
    """The option ``--lang``; ``otherwise`` says which language it is where nobody says."""
    return click.option(
        "--lang",
        type=click.Choice(spoken_languages()),
        envvar=VARIABLE,
        help=f"Language of the text; {otherwise}. Also set by the environment variable {VARIABLE}.",
    )


def language_of_pages(chosen: str | None, config: str | None) -> str:
    """The language of what is said of rules: as chosen, as in the settings, or English."""
    return chosen or load_settings(config, ".").wishes.lang or ENGLISH
