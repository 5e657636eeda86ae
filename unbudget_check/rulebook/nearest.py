"""What somebody probably meant who wrote a word that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: ``; did you mean 'severity'?``, or nothing."""
    from difflib import get_close_matches  # slow to load, and needed only after a mistake

    choices = {choice.casefold(): choice for choice in known}
    close = get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return f"; did you mean '{choices[close[0]]}'?" if close else ""
