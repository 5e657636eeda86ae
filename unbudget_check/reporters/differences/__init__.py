"""Two versions compared, for whoever reviews an edit: one file a format, all with one signature.

    render(differences: Comparison, options: RenderOptions) -> str | bytes

``FORMATS`` names the module of each format; ``FOR_MACHINES`` are those whose text is UTF-8 wherever
it goes.
"""

from __future__ import annotations

FORMATS = {
    "full": "unbudget_check.reporters.differences.full",
    "html": "unbudget_check.reporters.differences.html",
    "json": "unbudget_check.reporters.differences.json",
    "markdown": "unbudget_check.reporters.differences.markdown",
    "xlsx": "unbudget_check.reporters.differences.xlsx",
}
FOR_MACHINES = frozenset({"html", "json", "markdown"})
