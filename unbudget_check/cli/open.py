"""The verb ``open``: a page on this computer on which documents are dropped and checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from unbudget_check.cli.accepted import (
    Accepting,
    accepted,
    baseline_option,
    no_waivers_option,
    place_to_write,
    today_option,
    waivers_option,
)
from unbudget_check.cli.choices import (
    DOCUMENTS,
    ReadingOptions,
    config_options,
    language_option,
    revisions_option,
    settings_for_reading,
)
from unbudget_check.cli.decisions import beside, login
from unbudget_check.cli.launcher import install_launcher
from unbudget_check.cli.outputs import write_files
from unbudget_check.cli.screen import lang_option
from unbudget_check.settings import text_of
from unbudget_check.triage.decisions import added, undone
from unbudget_check.triage.decisions_file import parse_decisions, with_decisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.decision import Decision

HELP = """Open a page in the browser on which documents are dropped and checked.

\b
unbudget-check open                      an empty page to drop documents on
unbudget-check open fascicles/           the page with these documents
unbudget-check open --no-browser         print the address only
unbudget-check open --install-launcher   an icon that opens it

The page is on this computer only, and nothing leaves it. It ends with its own button, with Ctrl-C,
or some minutes after its last tab is closed.
"""


class Opening(ReadingOptions, Accepting):
    """The options of ``open``."""

    paths: tuple[str, ...]
    no_browser: bool
    install_launcher: bool
    lang: str | None


@click.command("open", help=HELP, short_help="Check documents on a page in the browser.")
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=DOCUMENTS)
@click.option(
    "--install-launcher",
    is_flag=True,
    help="Write an icon that opens the page: in the menu (Linux) or on the desktop.",
)
@click.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
@language_option
@revisions_option
@config_options
@waivers_option
@no_waivers_option
@baseline_option
@today_option
@lang_option("by default that of the browser, if it is one of these, otherwise en")
def command(**choices: Unpack[Opening]) -> None:
    """Serve the page until it ends."""
    if choices["install_launcher"]:
        click.echo(f"The launcher is {install_launcher()}")
        return
    paths = choices["paths"]
    settings = settings_for_reading(choices, paths or (".",))
    wishes = accepted(settings.wishes, settings, choices, paths)
    if choices["lang"]:
        wishes = replace(wishes, lang=choices["lang"])
    from unbudget_check.page.deciding import Decisions
    from unbudget_check.page.serve import serve  # loads what serves pages; no other verb needs it

    by = login()
    if paths:
        place = place_to_write(settings, choices["waivers"], beside(paths))
        files = [place, *(each for each in map(Path, wishes.heeded.waivers) if each != place)]
        decisions = Decisions(wishes.decisions, wishes.today, by, partial(_keep, files))
    else:
        decisions = Decisions(wishes.decisions, wishes.today, by)
    serve(paths, wishes, decisions, _told, browser=not choices["no_browser"])


def _keep(files: Sequence[Path], decisions: Sequence[Decision], *, is_undone: bool) -> None:
    """Write decisions into the first file, or take them out of all of them."""
    for file in files if is_undone else files[:1]:
        before = text_of(file) if file.exists() else ""
        known = parse_decisions(before, str(file))
        now = undone(known, decisions) if is_undone else added(known, decisions)
        if now != known:
            write_files([(file, with_decisions(before, now, str(file)))])


def _told(address: str) -> None:
    click.echo(f"The page is at {address}")
    click.echo("It ends with its own button, with Ctrl-C, or minutes after its last tab is closed.")
