"""Which characters of a paragraph or cell a finding is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Finding


def quoted_part(text: str, finding: Finding) -> tuple[int, int]:
    """The first character that is meant, and the one after the last; all where it is not clear.

    ``text`` is that of the file. A quotation has single blanks, may be cut, and may begin with a
    number that stands nowhere in the file because Word prints it by itself.
    """
    words, places = _single_blanks(text)
    whole = (places[0], places[-1] + 1) if places else (0, 0)
    quote = finding.quote
    if quote is None:
        sought, before, after = " ".join(finding.stated_text.split()), "", ""
    else:
        sought = quote.text[quote.start : quote.end]
        before, after = quote.text[: quote.start], quote.text[quote.end :]
    found = list(_occurrences(words, sought))
    if not found or (quote is None and len(found) > 1):
        return whole
    best = max(found, key=lambda at: _likeness(words, at, len(sought), (before, after)))
    return places[best], places[best + len(sought) - 1] + 1


def _single_blanks(text: str) -> tuple[str, list[int]]:
    """The text with single blanks, and where each of its characters stood."""
    words: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if not character.isspace():
            words.append(character)
        elif words and words[-1] != " ":
            words.append(" ")
        else:
            continue
        places.append(at)
    if words and words[-1] == " ":
        del words[-1], places[-1]
    return "".join(words), places


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _likeness(text: str, at: int, length: int, around: tuple[str, str]) -> int:
    """How many characters on both sides are those of the quotation."""
    before, after = around
    left = _shared(text[:at][::-1], before[::-1])
    return left + _shared(text[at + length :], after)


def _shared(one: str, other: str) -> int:
    """How long two texts are the same from their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
