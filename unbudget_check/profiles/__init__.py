"""How publishers number, cite and mark what they print: one TOML file a publisher.

``neutral.toml`` has what anybody may print, every other file what one publisher adds. A document
does not say who published it: the forms of all files are recognised side by side.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NEUTRAL = "neutral"


@cache
def profiles() -> Mapping[str, Mapping[str, Any]]:
    """All profiles by name; the neutral one, whose forms are the widest, comes last."""
    folder = files(__package__)
    names = sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
    names.sort(key=lambda name: name == NEUTRAL)
    return {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in names
    }


@cache
def form(name: str) -> str:
    """A printed form as a pattern, in the manner of any publisher; raises KeyError for no form."""
    found = [each["forms"][name] for each in profiles().values() if name in each["forms"]]
    if not found:
        raise KeyError(name)
    return f"(?:{'|'.join(dict.fromkeys(found))})"


@cache
def sources() -> tuple[str, ...]:
    """The keys of all sources of funds; the first is meant where a document names none."""
    return _keys("sources")


@cache
def factors() -> tuple[str, ...]:
    """The keys of the factors of a change that have names of their own; the last is the rest."""
    return _keys("factors")


def _keys(kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in profiles().values() for key in each[kind]))
