"""In which language a person reads: the option, the environment, the settings, the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from unbudget_check.languages.messages import ENGLISH, spoken_languages
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

VARIABLE = "UNBUDGET_LANG"


def lang_option(otherwise: str) -> Callable[[Command], Command]:
    """The option ``--lang``; ``otherwise`` says which language it is where nobody says."""
    return click.option(
        "--lang",
        type=click.Choice(spoken_languages()),
        envvar=VARIABLE,
        help=f"Write in this language; {otherwise}. Also {VARIABLE} in the environment.",
    )


def language_of_pages(chosen: str | None, config: str | None) -> str:
    """The language of what is said of rules: as chosen, as in the settings, or English."""
    return chosen or load_settings(config, ".").wishes.lang or ENGLISH
