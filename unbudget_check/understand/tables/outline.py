"""Find the outline that the codes of rows form: 2, 2.1, 2.1.1; 41, 411, 4111; 0100, 0102.

Codes that stand in several columns (division, chapter, paragraph) tell the level by their column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    # The column in which a code stands, and the code; None for a row without one.
    Placed = tuple[int, str] | None

# A code before the words of a label: "1.1 Taxes", "A.2.1 Fuel", "4111 Police".
_LED = re.compile(r"\s*((?:\d+|[^\W\d_])(?:[.\-/]\d+)*)[.)]?\s+(?=[^\W\d])")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
# Below this length nought at the end is a digit like others: 10, 11, 12 are numbers of lines.
SHORTEST_PADDED = 3


def code_before(label: str) -> str:
    """The code that a label begins with, or nothing."""
    found = _LED.match(label)
    return found[1] if found else ""


def rows_above(codes: Sequence[Placed]) -> list[int]:
    """For each row the one above it of which its code is a part, or -1."""
    found: list[int] = []
    above: list[tuple[int, int, tuple[str, ...]]] = []
    for at, placed in enumerate(codes):
        code = tuple(_TOKENS.findall(placed[1])) if placed else ()
        if placed is None or not code:  # a dash where the others have codes
            found.append(-1)
            continue
        column = placed[0]
        while above and not _is_under((column, code), above[-1][1:]):
            above.pop()
        found.append(above[-1][0] if above else -1)
        above.append((at, column, code))
    return found


def _is_under(own: tuple[int, tuple[str, ...]], other: tuple[int, tuple[str, ...]]) -> bool:
    """Whether a code is one level or more below another, which stands above it."""
    (column, code), (column_above, above) = own, other
    if column != column_above:
        return column > column_above
    if not above or code == above:
        return False
    if len(code) > len(above):
        return code[: len(above)] == above
    (*before, last), (*before_above, last_above) = code, above
    if before != before_above or any(map(str.isdigit, before)) or not last_above.isdigit():
        return False
    if len(last) > len(last_above):
        return last.startswith(last_above)
    is_padded = len(last) == len(last_above) >= SHORTEST_PADDED and last_above.endswith("0")
    return is_padded and last.startswith(last_above.rstrip("0") or "0")
