"""Which pages the site has, in which order, and where the page of a rule lies."""

from __future__ import annotations

from dataclasses import dataclass

from unbudget_check.languages.messages import ENGLISH

HOME = "index"
RULES = "rules/index"
COMMANDS = "commands"
KEYS = "keys"
PYTHON = "python"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the menu: its path without ending, and what the menu calls it."""

    path: str
    label: str


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Start",
        (
            Entry(HOME, "What it does"),
            Entry("officer", "For budget officers"),
            Entry("ci", "In continuous integration"),
        ),
    ),
    (
        "Use",
        (
            Entry("formats", "Formats of reports"),
            Entry("waivers", "Waivers and baselines"),
            Entry("configuration", "Configuration"),
            Entry("data-files", "Data in a CI gate"),
            Entry("data", "Figures as data"),
            Entry("exit-codes", "Exit codes"),
            Entry(COMMANDS, "All commands"),
            Entry(KEYS, "All keys"),
        ),
    ),
    (
        "Understand",
        (
            Entry(RULES, "All rules"),
            Entry("rounding", "What rounding may explain"),
            Entry("evidence", "Why a finding is told, or not"),
            Entry("security", "What files may do"),
        ),
    ),
    (
        "Extend",
        (
            Entry("write-a-rule", "Write a rule"),
            Entry("plug-ins", "Plug-ins"),
            Entry(PYTHON, "From Python"),
        ),
    ),
)


def rule_path(code: str, lang: str = ENGLISH) -> str:
    """Where the page of a rule lies, from the top of the site; codes are stable for ever."""
    return f"rules/{code}.html" if lang == ENGLISH else f"rules/{lang}/{code}.html"
