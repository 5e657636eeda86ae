"""Reporters: a report as text, one file a format, all with one signature.

    render(report: Report, options: RenderOptions) -> str

A reporter computes nothing, opens nothing and prints nothing; whoever calls it writes the text.
``FORMATS`` names the module of each format; it is imported when the format is asked for.
"""

from __future__ import annotations

FORMATS = {
    "full": "unbudget_check.reporters.full",
    "concise": "unbudget_check.reporters.concise",
    "json": "unbudget_check.reporters.json",
    "statistics": "unbudget_check.reporters.statistics",
}
# Their text is UTF-8 wherever it goes.
FOR_MACHINES = frozenset({"json"})
