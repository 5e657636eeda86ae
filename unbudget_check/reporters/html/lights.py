"""The style that lights the cells of a finding where no script runs."""

from __future__ import annotations

# A browser needs long for such rules where they are many; a script, where one runs, does the same
# for all findings and takes these rules away. See ``.lit`` in style.css for what they set.
LIT_MOST = 60
# How a cell belongs to a finding (see spots.py): its colour in the style, and its sign.
USES = (
    ("s", "hit", ""),
    ("p", "plus", "+"),
    ("m", "minus", "−"),
    ("e", "sum", "="),
    ("o", "also", "·"),
)


def lights_of(most: int) -> str:
    """A rule of style for every number that a finding may have in its document.

    Pointing at a finding or at the cell to blame, reaching one with the keyboard or coming to it
    by a link lights its cells and frames the finding.
    """
    rows = []
    for at in range(1, min(most, LIT_MOST) + 1):
        cells = "".join(f".{use}{at}{{--l:var(--{tone});--g:'{sign}'}}" for use, tone, sign in USES)
        reached = f":is(.f{at},.s{at}):is(:hover,:focus-within,:target)"
        rows.append(f".doc:has({reached}){{{cells}.f{at}{{--edge:var(--focus)}}}}")
    return "\n".join([*rows, ""])
