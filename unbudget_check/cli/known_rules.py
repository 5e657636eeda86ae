"""The rules that a person may ask about: the program's, those of packages, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from unbudget_check.rulebook.load import all_rules
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from unbudget_check.rulebook.rule import Rule

rules_dir_option = click.option(
    "--rules-dir",
    metavar="FOLDER",
    type=click.Path(),
    help="Rule files of your own, besides all others.",
)


class Listing(TypedDict):
    """The options of the verbs that speak of rules: which, and in which language and colours."""

    config: str | None
    rules_dir: str | None
    lang: str | None
    color: str


def known_rules(config: str | None, folder: str | None = None) -> tuple[Rule, ...]:
    """All rules, sorted by code, with those of a folder that is named here or in the settings."""
    return all_rules(folder or load_settings(config, ".").wishes.rules_dir)
