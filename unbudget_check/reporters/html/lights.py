"""The style that lights the cells of the finding under the pointer or the keyboard."""

from __future__ import annotations

# For more findings in one document a browser would be busy with nothing else.
LIT_MOST = 300
# How a cell belongs to a finding (see spots.py): its colour in the style, and its sign.
USES = (
    ("s", "hit", ""),
    ("p", "plus", "+"),
    ("m", "minus", "−"),
    ("e", "sum", "="),
    ("o", "also", "·"),
)


def lights_of(most: int) -> str:
    """Two rules of style for every number that a finding may have in its document.

    Pointing at a finding, reaching it with the keyboard or coming to it by a link lights its
    cells; pointing at a cell to blame frames its finding.
    """
    rows = []
    for at in range(1, min(most, LIT_MOST) + 1):
        cells = "".join(f".{use}{at}{{--l:var(--{tone});--g:'{sign}'}}" for use, tone, sign in USES)
        rows.append(f".doc:has(.f{at}:is(:hover,:focus-within,:target)){{{cells}}}")
        rows.append(f".doc:has(.s{at}:is(:hover,:focus-within)) .f{at}{{--edge:var(--focus)}}")
    return "\n".join([*rows, ""])
