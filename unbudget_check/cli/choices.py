"""What a person chose for one run of ``check``, laid over the settings file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from unbudget_check.cli.accepted import Accepting, accepted, named
from unbudget_check.cli.completing import complete_language, complete_rules, rules_dir_option
from unbudget_check.cli.rendering import Drawing
from unbudget_check.errors import UserError
from unbudget_check.lexicon import language_codes
from unbudget_check.model.options import Bounds, Heeded, Profile, Trust
from unbudget_check.model.outcome import Rounding
from unbudget_check.readers.paths import is_folder
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.settings import REVISIONS, Settings, fail_on_of, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STDIN = "-"
# A file that may not be read is a result like others, not a wrong use of the command.
DOCUMENTS = click.Path(readable=False)
Command = TypeVar("Command", bound=Callable[..., Any])
# The options that mean the same for every verb that reads documents.
select_option = click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Check only these codes, names or prefixes.",
)
ignore_option = click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Skip these rules.",
)
language_option = click.option(
    "--language",
    metavar="CODE",
    shell_complete=complete_language,
    help="Language of the documents, such as en; detected by default.",
)
revisions_option = click.option(
    "--revisions",
    type=click.Choice(REVISIONS),
    help="Read tracked changes as accepted (default), or the original text.",
)
_config_option = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(),
    help="Settings file; by default the nearest unbudget-check.toml.",
)
_isolated_option = click.option(
    "--isolated",
    is_flag=True,
    help="Use no settings or waivers found near the documents: same as --trust none.",
)
_trust_option = click.option(
    "--trust",
    type=click.Choice([str(each) for each in Trust]),
    help="Files to use although no option gives them: none, config (one settings file and what it "
    "refers to; the default with --config) or all (also waivers near the documents; default).",
)

_password_option = click.option(
    "--password",
    envvar="UNBUDGET_CHECK_PASSWORD",
    metavar="WORD",
    help="Opens PDF files that ask for one; safer in the variable UNBUDGET_CHECK_PASSWORD.",
)


_convert_option = click.option(
    "--convert",
    is_flag=True,
    help="Convert .doc and .rtf files with LibreOffice, if it is installed, and check the result.",
)


class ReadingOptions(TypedDict):
    """The options that say how documents are read; None where nothing was said."""

    language: str | None
    revisions: str | None
    config: str | None
    isolated: bool
    trust: str | None
    rules_dir: str | None
    convert: bool
    password: str | None


def config_options(command: Command) -> Command:
    """The options that say which settings are heeded, which rules, and what opens files."""
    read = _convert_option(_password_option(command))
    return _config_option(_isolated_option(_trust_option(rules_dir_option(read))))


class Choices(ReadingOptions, Drawing, Accepting):
    """All options of ``check``; empty or None where nothing was said."""

    paths: tuple[str, ...]
    outputs: tuple[str, ...]
    against: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    exclude: tuple[str, ...]
    profile: str | None
    statistics: bool
    fail_on: str | None
    lang: str | None
    rounding: str | None
    exit_zero: bool
    watch: bool
    limit_time: int | None
    limit_memory: int | None
    stdin_filename: str


def settings_for(choices: Choices) -> Settings:
    """The settings file, overruled by what the command says."""
    settings = settings_for_reading(choices, choices["paths"])
    said: dict[str, Any] = {
        "select": listed_words(choices["select"]),
        "ignore": listed_words(choices["ignore"]),
        "exclude": choices["exclude"],
        "lang": choices["lang"],
        "profile": Profile(choices["profile"]) if choices["profile"] else None,
        "rounding": Rounding(choices["rounding"]) if choices["rounding"] else None,
    }
    wishes = replace(settings.wishes, **{key: value for key, value in said.items() if value})
    wishes = replace(accepted(wishes, settings, choices, choices["paths"]), bounds=_bounds(choices))
    word = choices["fail_on"]
    fail_on = fail_on_of(word) if word else settings.fail_on
    sources = {key: f"--{key}" for key in ("exclude", "profile") if said[key]}
    never = "--exit-zero" if choices["exit_zero"] else "--fail-on" if word else ""
    heeded = replace(
        wishes.heeded,
        sources=sources,
        never_fails=(never or wishes.heeded.settings) if fail_on is None else "",
    )
    return replace(settings, wishes=replace(wishes, heeded=heeded), fail_on=fail_on)


def _bounds(choices: Choices) -> Bounds:
    usual = Bounds()
    return Bounds(
        choices["limit_time"] or usual.seconds, choices["limit_memory"] or usual.mebibytes
    )


def settings_for_reading(choices: ReadingOptions, paths: Sequence[str]) -> Settings:
    """The settings file nearest to the documents, overruled by how they are to be read.

    Raises UserError where a settings file is named and none is to be heeded.
    """
    folder = common_folder(paths)
    trust = trust_of(choices)
    if trust is Trust.NONE and choices["config"]:
        option = "--isolated" if choices["isolated"] else "--trust none"
        message = f"{option} uses no settings file, but --config gives one; leave one of them out"
        raise UserError(message)
    isolated = Settings(folder=Path(folder))
    settings = isolated if trust is Trust.NONE else load_settings(choices["config"], folder)
    said: dict[str, Any] = {
        "language": _known_language(choices["language"]),
        "revisions": choices["revisions"],
        "rules_dir": choices["rules_dir"],
        "convert": choices["convert"],
        "password": choices["password"],
    }
    wishes = replace(settings.wishes, **{key: value for key, value in said.items() if value})
    heeded = Heeded(settings=named(settings.path), rules=named(wishes.rules_dir))
    return replace(settings, wishes=replace(wishes, heeded=heeded), trust=trust)


def trust_of(choices: ReadingOptions) -> Trust:
    """Which files that no option names are heeded; a settings file that is named stands alone."""
    if choices["isolated"]:
        return Trust.NONE
    usual = Trust.CONFIG if choices["config"] else Trust.ALL
    return Trust(choices["trust"]) if choices["trust"] else usual


def listed_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of a repeated option: ``--select A,B --select C`` as three."""
    words = (word.strip() for text in texts for word in text.split(","))
    return tuple(word for word in words if word)


def _known_language(code: str | None) -> str | None:
    if code is not None and code not in language_codes():
        codes = ", ".join(language_codes())
        hint = did_you_mean(code, language_codes()) or f"; known languages: {codes}"
        message = f"--language {code}: unknown language{hint}"
        raise UserError(message)
    return code


def common_folder(paths: Iterable[str]) -> str:
    """The innermost folder that holds all documents; where we stand if there is none."""
    places = [_place(path) for path in paths if path != STDIN]
    try:
        return os.path.commonpath([e if is_folder(str(e)) else e.parent for e in places])
    except ValueError:
        return "."


def _place(path: str) -> Path:
    """Where a path leads; a name that no file can have leads to where we stand."""
    try:
        return Path(path).resolve()
    except (OSError, ValueError):
        return Path.cwd() / STDIN
