"""Reporters: a report as text, one file a format, all with one signature.

    render(report: Report, options: RenderOptions) -> str

A reporter computes nothing, opens nothing and prints nothing; whoever calls it writes the text.
``FORMATS`` names the module of each format; it is imported when the format is asked for.

Copies of the documents with the findings marked, and workbooks, are files and never printed:

    files(report: Report, original: Original) -> tuple[OfficeFile, ...]

``OFFICE`` names their modules; ``original`` hands them the bytes of a document.
"""

from __future__ import annotations

FORMATS = {
    "full": "unbudget_check.reporters.full",
    "concise": "unbudget_check.reporters.concise",
    "json": "unbudget_check.reporters.json",
    "html": "unbudget_check.reporters.html.page",
    "jsonl": "unbudget_check.reporters.jsonl",
    "csv": "unbudget_check.reporters.csv",
    "sarif": "unbudget_check.reporters.sarif",
    "junit": "unbudget_check.reporters.junit",
    "github": "unbudget_check.reporters.github",
    "markdown": "unbudget_check.reporters.markdown",
    "statistics": "unbudget_check.reporters.statistics",
}
OFFICE = {
    "docx": "unbudget_check.reporters.docx",
    "xlsx": "unbudget_check.reporters.xlsx",
}
# Their text is UTF-8 wherever it goes.
FOR_MACHINES = frozenset(FORMATS) - {"full", "concise", "statistics"}
