"""The rules that a person may ask about: those of the program, and those of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.rulebook.load import join_rules, load_rules
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from unbudget_check.rulebook.rule import Rule


def known_rules(config: str | None) -> tuple[Rule, ...]:
    """All rules, sorted by code, with those of a folder that the settings name."""
    folder = load_settings(config, ".").wishes.rules_dir
    own = load_rules()
    return join_rules(own, load_rules(Path(folder))) if folder else own
