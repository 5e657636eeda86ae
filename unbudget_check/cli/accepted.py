"""The files of what people accepted: where they are looked for, and how they are read."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from unbudget_check.model.options import Trust
from unbudget_check.readers.paths import is_folder
from unbudget_check.settings import text_of
from unbudget_check.triage.baseline import read_baseline
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    help="File of findings already known; see `unbudget-check decisions baseline`.",
)
# For tests and for looking ahead: which decisions will be over?
today_option = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), hidden=True)


def accepted(
    wishes: Wishes, settings: Settings, choices: Accepting, paths: Sequence[str]
) -> Wishes:
    """The wishes with what the files accept; raises UserError for a file that cannot be used."""
    today = today_of(choices["today"])
    if choices["no_waivers"]:
        return replace(wishes, today=today)
    known = choices["baseline"] or settings.baseline
    kept = decisions_of(settings, choices["waivers"], paths)
    files = tuple(named(path) for path, found in kept.items() if found)
    unheeded = tuple(named(path) for path in _unheeded(settings, choices["waivers"], paths))
    heeded = replace(wishes.heeded, waivers=files, unheeded=unheeded, baseline=named(known))
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


def decisions_of(
    settings: Settings, chosen: str | None, paths: Sequence[str] = ()
) -> dict[Path, tuple[Decision, ...]]:
    """The decisions on documents by the file that keeps them.

    A file that is named stands alone. Else these are the files of the nearest folder that has one,
    from that of the settings upwards; and those beside the documents and below it, each for the
    documents of its folder. None where none is there, or may be heeded unnamed. The file that
    settings name may still be missing: it comes with the first decision.
    """
    if chosen or settings.waivers:
        path = Path(chosen or settings.waivers or "")
        is_to_come = not chosen and not path.exists()
        return {} if is_to_come else {path: parse_decisions(text_of(path), str(path))}
    if settings.trust is not Trust.ALL:
        return {}
    nearest = nearest_files(settings)
    kept = {path: parse_decisions(text_of(path), str(path)) for path in nearest}
    for path in _further_files(settings, nearest, paths):
        found = parse_decisions(text_of(path), str(path))
        kept[path] = tuple(replace(each, below=str(path.parent)) for each in found)
    return kept


def _unheeded(settings: Settings, chosen: str | None, paths: Sequence[str]) -> tuple[Path, ...]:
    """The files of decisions that are there, but that the settings would have to name.

    Where they name one that is not there, that may be because it is another one of these.
    """
    if chosen or settings.trust is Trust.NONE:
        return ()
    if Path(settings.waivers).exists() if settings.waivers else settings.trust is Trust.ALL:
        return ()
    nearest = nearest_files(settings)
    return (*nearest, *_further_files(settings, nearest, paths))


def _further_files(
    settings: Settings, nearest: Sequence[Path], paths: Sequence[str]
) -> Iterator[Path]:
    """The files of decisions beside the documents and below them, besides the nearest ones."""
    above = {path.resolve() for path in nearest}
    for path in _beside(settings.folder.resolve(), paths):
        if path.resolve() not in above:
            yield path


def nearest_files(settings: Settings) -> tuple[Path, ...]:
    """The files of decisions and waivers in the nearest folder that has one; often there is none.

    They are looked for as settings are, from their folder upwards; the documents may lie below.
    """
    folder = settings.folder.resolve()
    for each in (folder, *folder.parents):
        found = tuple(each / name for name in (DECISIONS, WAIVERS) if (each / name).is_file())
        if found:
            return found
    return ()


def _beside(top: Path, paths: Sequence[str]) -> Iterator[Path]:
    """The files of decisions in and below folders, and from a document up to the folder ``top``."""
    found: dict[Path, None] = {}
    for path in paths:
        if is_folder(path):
            for folder, below, names in os.walk(path):
                below[:] = sorted(name for name in below if not name.startswith("."))
                found |= {Path(folder, name): None for name in names if name == DECISIONS}
        else:
            lone = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as named
            above = [each for each in lone.parents if each.is_relative_to(top)]
            files = (each / DECISIONS for each in above)
            found |= {file: None for file in files if file.is_file()}
    yield from found


def place_to_write(settings: Settings, chosen: str | None, beside: Path) -> Path:
    """The file to which a decision is written so that ``check`` finds it.

    It is the one that is named, else that of the nearest folder that has decisions or waivers, else
    a new one in the folder ``beside`` which the documents are.
    """
    if chosen or settings.waivers:
        return Path(chosen or settings.waivers or "")
    nearest = nearest_files(settings)
    return nearest[0].with_name(DECISIONS) if nearest else beside / DECISIONS
