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
    "full": "unbudget_check.reporters.terminal.full",
    "concise": "unbudget_check.reporters.terminal.concise",
    "json": "unbudget_check.reporters.data.json",
    "html": "unbudget_check.reporters.html.page",
    "jsonl": "unbudget_check.reporters.data.jsonl",
    "csv": "unbudget_check.reporters.data.csv",
    "sarif": "unbudget_check.reporters.ci.sarif",
    "junit": "unbudget_check.reporters.ci.junit",
    "github": "unbudget_check.reporters.ci.github",
    "markdown": "unbudget_check.reporters.ci.markdown",
    "statistics": "unbudget_check.reporters.terminal.statistics",
    "email": "unbudget_check.reporters.author.email",
}
OFFICE = {
    "docx": "unbudget_check.reporters.office.docx",
    "xlsx": "unbudget_check.reporters.office.xlsx",
    "page": "unbudget_check.reporters.office.page",
    "pdf": "unbudget_check.reporters.office.pdf",
    "corrections": "unbudget_check.reporters.author.sheet",
}
# Their text is UTF-8 wherever it goes.
FOR_MACHINES = frozenset(FORMATS) - {"full", "concise", "statistics", "email"}
