"""How money is marked beside its digits: the codes of currencies, and what is printed for them.

They stand in documents of any language, as units and not as words of it.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

_SAID = tomllib.loads(
    files(__package__).joinpath("money/currencies.toml").read_text(encoding="utf-8")
)
CODES: tuple[str, ...] = tuple(_SAID["codes"])
SHORT: tuple[str, ...] = tuple(_SAID["short"])
SIGNS: str = _SAID["signs"]
