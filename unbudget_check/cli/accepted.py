"""The files of what people accepted: where they are looked for, and how they are read."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from unbudget_check.errors import UserError
from unbudget_check.model.options import Trust
from unbudget_check.triage.baseline import read_baseline
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from unbudget_check.model.decision import Decision
    from unbudget_check.model.options import Wishes
    from unbudget_check.settings import Settings

DECISIONS = "unbudget-decisions.toml"
WAIVERS = "unbudget-waivers.toml"  # what older versions wrote


class Accepting(TypedDict):
    """The options that say what is accepted; None where nothing was said."""

    waivers: str | None
    no_waivers: bool
    baseline: str | None
    today: datetime | None


waivers_option = click.option(
    "--decisions",
    "--waivers",
    "waivers",
    metavar="FILE",
    type=click.Path(),
    help=f"File of decisions on findings; by default the nearest {DECISIONS} or {WAIVERS}.",
)
no_waivers_option = click.option(
    "--no-waivers", is_flag=True, help="Show everything: ignore decisions and baseline."
)
baseline_option = click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(),
    help="File of findings already known; see `unbudget-check baseline`.",
)
# For tests and for looking ahead: which decisions will be over?
today_option = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)


def accepted(wishes: Wishes, settings: Settings, choices: Accepting) -> Wishes:
    """The wishes with what the files accept; raises UserError for a file that cannot be used."""
    today = today_of(choices["today"])
    if choices["no_waivers"]:
        return replace(wishes, today=today)
    known = choices["baseline"] or settings.baseline
    kept = decisions_of(settings, choices["waivers"])
    files = tuple(named(path) for path, found in kept.items() if found)
    heeded = replace(wishes.heeded, waivers=files, baseline=named(known))
    return replace(
        wishes,
        today=today,
        decisions=tuple(each for found in kept.values() for each in found),
        baseline=read_baseline(text_of(Path(known)), str(known)) if known else {},
        heeded=heeded,
    )


def named(path: str | Path | None) -> str:
    """A file as reports name it: from where we stand, if it lies there; empty where it is none."""
    if path is None or not str(path):
        return ""
    whole, here = os.path.abspath(path), os.getcwd()  # noqa: PTH100, PTH109 - links stay as named
    below = os.path.commonpath([whole, here]) == here
    return os.path.relpath(whole, here) if below else whole


def today_of(chosen: datetime | None) -> date:
    """The day on which decisions are judged."""
    return (chosen or datetime.now(UTC)).date()


def decision_paths(settings: Settings, chosen: str | None) -> tuple[Path, ...]:
    """The files of decisions that are meant, else those in the nearest folder that has one.

    They are looked for as settings are, from their folder upwards; the documents may lie below.
    """
    if chosen or settings.waivers:
        return (Path(chosen or settings.waivers or ""),)
    folder = settings.folder.resolve()
    for each in (folder, *folder.parents):
        found = tuple(each / name for name in (DECISIONS, WAIVERS) if (each / name).is_file())
        if found:
            return found
    return ()


def decisions_of(settings: Settings, chosen: str | None) -> dict[Path, tuple[Decision, ...]]:
    """The decisions by their file; none where no file is there, or may be heeded unnamed."""
    is_named = bool(chosen or settings.waivers)
    if not is_named and settings.trust is not Trust.ALL:
        return {}
    paths = decision_paths(settings, chosen)
    return {path: parse_decisions(text_of(path), str(path)) for path in paths}


def text_of(path: Path) -> str:
    """The text of a file that a person wrote; raises UserError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the file cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise UserError(message) from None
