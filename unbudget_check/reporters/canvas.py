"""Rows of styled text as one string, with colours or without; nothing is wrapped or marked up."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text


def drawn(rows: Iterable[Text], *, color: bool) -> str:
    """All rows as they stand, each closed by a newline; without colours there is no style."""
    console = Console(
        file=StringIO(),
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for row in rows:
            console.print(row, soft_wrap=True, highlight=False)
    return capture.get()
