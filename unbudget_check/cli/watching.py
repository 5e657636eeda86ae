"""``check --watch``: check again whenever a document, a rule or a setting changes."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unbudget_check.cli.choices import STDIN, settings_for
from unbudget_check.cli.exits import CLEAN
from unbudget_check.cli.outputs import parse_outputs
from unbudget_check.errors import UserError
from unbudget_check.readers.paths import FORMATS, NAMED_ONLY
from unbudget_check.reporters.words import shown
from unbudget_check.rulebook.load import OWN_FOLDERS, forget_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from unbudget_check.cli.choices import Choices
    from unbudget_check.settings import Settings

    # Of watchfiles, as far as it is needed here: kinds of change, each with its path.
    Watcher = Callable[..., Iterator[AbstractSet[tuple[object, str]]]]

# What settings, rules and waivers are written in.
TOML = ".toml"
PAUSE = 250  # milliseconds between two looks, whether something has changed or not


def watch(choices: Choices, check: Callable[[Choices], int]) -> int:
    """Check now and after every change, until somebody presses Ctrl-C.

    What is wrong with the command is an error as always; what is wrong later, such as settings
    that are half written, is said, and the watch goes on. Raises UserError, too, where the package
    that watches files is missing.
    """
    if STDIN in choices["paths"]:
        message = "--watch watches files; what comes through standard input cannot change"
        raise UserError(message)
    try:
        import watchfiles
    except ModuleNotFoundError:
        message = "--watch needs one more package: pip install 'unbudget-check[watch]'"
        raise UserError(message) from None
    try:
        _keep_watching(watchfiles.watch, choices, check)
    except KeyboardInterrupt:
        click.echo("no longer watching", err=True)
    return CLEAN


def _keep_watching(
    watcher: Watcher,
    choices: Choices,
    check: Callable[[Choices], int],
) -> None:
    """Check whenever something has changed; only Ctrl-C ends it.

    A check begins when its folders are watched, never before: what changes meanwhile is not lost.
    """
    settings, is_first, is_due = settings_for(choices), True, True
    while True:
        folders = frozenset(_folders(choices, settings))
        for changes in _changes(watcher, folders, choices, settings):
            if changes:
                _say(changes)
                is_due = True
            if is_due and folders != frozenset(_folders(choices, settings)):
                break
            if is_due:
                settings = _checked(choices, check, None if is_first else settings)
                is_first = is_due = False


def _changes(
    watcher: Watcher,
    folders: Iterable[Path],
    choices: Choices,
    settings: Settings,
) -> Iterator[set[str]]:
    """What has changed since the last time, soon after the watcher has begun and ever again."""
    baseline = choices["baseline"] or settings.baseline

    def matters(_: object, path: str) -> bool:
        return _matters(Path(path), choices, baseline)

    found = watcher(
        *folders, recursive=False, watch_filter=matters, yield_on_timeout=True, rust_timeout=PAUSE
    )
    return ({path for _, path in changes} for changes in found)


def _checked(
    choices: Choices, check: Callable[[Choices], int], before: Settings | None
) -> Settings:
    """One check, with rules and settings read anew; the settings that are now in force."""
    forget_rules()
    try:
        settings = settings_for(choices)
        # What the first check wrote, the later ones may write anew.
        check(choices if before is None else {**choices, "force": True})
    except UserError as error:
        if before is None:
            raise
        click.echo(f"unbudget-check: {shown(str(error))}", err=True)
        return before
    if before is None:
        click.echo("watching for changes; Ctrl-C ends it", err=True)
    return settings


def _folders(choices: Choices, settings: Settings) -> Iterator[Path]:
    """Every folder in which something may change; each is watched without those below it."""
    for path in map(Path, choices["paths"]):
        yield from _with_below(path) if path.is_dir() else [path.resolve().parent]
    files = (choices["config"], choices["waivers"], choices["baseline"])
    named = [Path(each) for each in (*files, settings.waivers, settings.baseline) if each]
    yield from (each.resolve().parent for each in named)
    yield settings.folder.resolve()
    rules = settings.wishes.rules_dir
    for folder in (*OWN_FOLDERS, *([Path(rules)] if rules else [])):
        if folder.is_dir():
            yield from _with_below(folder)


def _with_below(folder: Path) -> Iterator[Path]:
    """A folder and those below it that are not hidden."""
    for place, below, _ in os.walk(folder):
        yield Path(place).resolve()
        below[:] = [name for name in below if not name.startswith(".")]


def _matters(changed: Path, choices: Choices, baseline: str | Path | None) -> bool:
    """Whether a change is one of a document, a rule or a setting, and not of our own reports."""
    if changed.name.startswith((".", "~$")):
        return False
    written = [each.path.resolve() for each in parse_outputs(choices["outputs"]) if each.path]
    if any(changed.resolve().is_relative_to(each) for each in written):
        return False
    if changed.suffix.lower() in FORMATS:
        return _is_asked(changed, choices)
    is_baseline = baseline is not None and changed.resolve() == Path(baseline).resolve()
    return is_baseline or changed.suffix == TOML or changed.is_dir()


def _is_asked(changed: Path, choices: Choices) -> bool:
    """Whether a document is one of those that are checked, or lies below a folder that is."""
    if changed.suffix.lower() in NAMED_ONLY:
        return any(changed.resolve() == Path(each).resolve() for each in choices["paths"])
    return any(changed.resolve().is_relative_to(Path(each).resolve()) for each in choices["paths"])


def _say(paths: Iterable[str]) -> None:
    """A row between two reports; nothing on the screen is ever erased."""
    names = ", ".join(sorted({shown(Path(each).name) for each in paths}))
    now = datetime.now().astimezone()
    click.echo(f"--- {now:%H:%M:%S} changed: {names}; checking again", err=True)
