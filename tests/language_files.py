"""The language files as they are written, with the examples that are their tests."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def raw(code: str) -> dict[str, Any]:
    """One language file, before its terms are normalised."""
    source = files("unbudget_check.lexicon") / f"{code}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
