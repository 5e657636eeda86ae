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
from unbudget_check.triage.waivers import parse_waivers

if TYPE_CHECKING:
    from unbudget_check.model.options import Waiver, Wishes
    from unbudget_check.settings import Settings

WAIVERS = "unbudget-waivers.toml"


class Accepting(TypedDict):
    """The options that say what is accepted; None where nothing was said."""

    waivers: str | None
    no_waivers: bool
    baseline: str | None
    today: datetime | None


waivers_option = click.option(
    "--waivers",
    metavar="FILE",
    type=click.Path(),
    help=f"File of accepted findings; by default the nearest {WAIVERS}.",
)
no_waivers_option = click.option(
    "--no-waivers", is_flag=True, help="Show everything: ignore waivers and baseline."
)
baseline_option = click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(),
    help="File of findings already known; see `unbudget-check baseline`.",
)
# For tests and for looking ahead: which waivers will be over?
today_option = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)


def accepted(wishes: Wishes, settings: Settings, choices: Accepting) -> Wishes:
    """The wishes with what the files accept; raises UserError for a file that cannot be used."""
    today = today_of(choices["today"])
    if choices["no_waivers"]:
        return replace(wishes, today=today)
    known = choices["baseline"] or settings.baseline
    path = waiver_path(settings, choices["waivers"])
    waivers = waivers_of(settings, choices["waivers"])
    heeded = replace(wishes.heeded, waivers=named(path) if waivers else "", baseline=named(known))
    return replace(
        wishes,
        today=today,
        waivers=waivers,
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
    """The day on which waivers are judged."""
    return (chosen or datetime.now(UTC)).date()


def waiver_path(settings: Settings, chosen: str | None) -> Path:
    """The file of waivers that is meant, else the nearest one; that need not be there.

    It is looked for as settings are, from their folder upwards: `waivers add` writes it where one
    stands, and the documents may lie below.
    """
    if chosen or settings.waivers:
        return Path(chosen or settings.waivers or "")
    folder = settings.folder.resolve()
    above = (each / WAIVERS for each in (folder, *folder.parents))
    return next((path for path in above if path.is_file()), settings.folder / WAIVERS)


def waivers_of(settings: Settings, chosen: str | None) -> tuple[Waiver, ...]:
    """The waivers of the file that is meant; none where none is there, or may be heeded unnamed."""
    path = waiver_path(settings, chosen)
    is_named = bool(chosen or settings.waivers)
    if not is_named and (settings.trust is not Trust.ALL or not path.exists()):
        return ()
    return parse_waivers(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of a file that a person wrote; raises UserError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the file cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise UserError(message) from None
