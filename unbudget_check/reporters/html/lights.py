"""The style that lights the cells of a finding where no script runs."""

from __future__ import annotations

# A browser needs long for such rules where they are many; a script, where one runs, does the same
# for all findings and takes these rules away. See ``.lit`` in style.css for what they set.
LIT_MOST = 60
# How a cell belongs to a finding (see spots.py): its colour in the style, and its sign. One that
# is to blame keeps the sign of its role; one that may be keeps its colour, too.
USES = (
    ("u", "--l:var(--hit)"),
    ("o", "--l:var(--also);--g:'·'"),
    ("e", "--l:var(--sum);--g:'='"),
    ("m", "--l:var(--minus);--g:'−'"),
    ("p", "--l:var(--plus);--g:'+'"),
    ("s", "--l:var(--hit)"),
)


def lights_of(most: int) -> str:
    """A rule of style for every number that a finding may have in its document.

    Pointing at a finding or at the cell to blame, reaching one with the keyboard or coming to it
    by a link lights its cells and frames the finding.
    """
    rows = []
    for at in range(1, min(most, LIT_MOST) + 1):
        cells = "".join(f".{use}{at}{{{style}}}" for use, style in USES)
        reached = f":is(.f{at},.s{at},.u{at}):is(:hover,:focus-within,:target)"
        rows.append(f".doc:has({reached}){{{cells}.f{at}{{--edge:var(--focus)}}}}")
    return "\n".join([*rows, ""])
