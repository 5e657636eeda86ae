"""Two reports compared, for whoever reviews an edit: one file a format, all with one signature.

    render(differences: Differences, options: RenderOptions) -> str

``FORMATS`` names the module of each format; ``FOR_MACHINES`` are those whose text is UTF-8 wherever
it goes.
"""

from __future__ import annotations

FORMATS = {
    "full": "unbudget_check.reporters.differences.full",
    "json": "unbudget_check.reporters.differences.json",
    "markdown": "unbudget_check.reporters.differences.markdown",
}
FOR_MACHINES = frozenset({"json", "markdown"})
