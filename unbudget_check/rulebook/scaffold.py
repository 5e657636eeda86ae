"""A new rule file to begin with: valid at once, with examples, and a word on every key."""

from __future__ import annotations

import re
from importlib.resources import files

from unbudget_check.rulebook.rule import RULE
from unbudget_check.rulebook.shapes import TableShape, Text, TomlTable, read

NAMES = TableShape(
    "What a new rule is called.",
    {
        "code": RULE.keys["code"],
        "name": RULE.keys["name"],
        "family": Text(
            "A folder.",
            needed=True,
            form="[a-z0-9]+(?:-[a-z0-9]+)*",
            such="lower-case words joined by hyphens",
        ),
    },
)


def scaffold(code: str, name: str, family: str) -> str:
    """The text of a rule file so called; raises UserError for what no rule can be called."""
    names = read(TomlTable("a new rule", {"code": code, "name": name, "family": family}), NAMES)
    text = (files("unbudget_check.rulebook") / "scaffold.toml").read_text(encoding="utf-8")
    for key, value in names.items():
        text = re.sub(rf'^{key} = "[^"]*"', f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    return text
