"""The findings as a table for a spreadsheet: one row a finding, texts that are no formulas.

A document that could not be read, or in which nothing was checked, has a row of its own without a
severity: no rows would look like no contradictions. The text begins with a byte order mark:
without it, the spreadsheet most officers use takes UTF-8 for the letters of its own country, and
turns dashes, Arabic and Chinese into rubbish. ``place`` says the whole place in words, since a
spreadsheet takes table 4.10 for the number 4.1, and part (1) for -1. Programs are better served by
``jsonl``; those that read CSV know the mark as ``utf-8-sig``.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from unbudget_check.reporters.closing import nothing_checked
from unbudget_check.reporters.data.plain_data import defused
from unbudget_check.reporters.words import place_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.options import RenderOptions

BYTE_ORDER_MARK = "\ufeff"
ABOUT_COLUMNS = ("number", "severity", "code", "name", "confidence", "status")
PLACE_COLUMNS = (
    "table",
    "part",
    "paragraph",
    "figure",
    "row",
    "column",
    "item",
    "page",
    "line",
    "address",
)
AMOUNTS = ("stated", "computed", "residual", "allowance")
TOLD = ("message", "advice", "acceptance", "fingerprint")
DECIDED = "decision"
COLUMNS = (
    *ABOUT_COLUMNS,
    "document",
    "symbol",
    "place",
    *PLACE_COLUMNS,
    "printed",
    *AMOUNTS,
    "proposed",
    *TOLD,
    DECIDED,
)


def render(report: Report, _options: RenderOptions) -> str:
    """A heading and all rows; what does not apply is empty."""
    stream = StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for document in report.documents:
        writer.writerows(_unchecked(document, report.lang))
        writer.writerows(_row(each, document.symbol, report.lang) for each in document.findings)
    return BYTE_ORDER_MARK + stream.getvalue()


def _unchecked(document: DocumentResult, lang: str) -> Iterator[dict[str, str]]:
    """The row for a document that has no findings."""
    about = {"document": _text(document.path), "symbol": _text(document.symbol)}
    if document.status == "unreadable":
        yield {"status": document.status, **about, "message": _text(document.reason)}
    elif not document.coverage.judged:
        yield {"status": "nothing checked", **about, "message": nothing_checked(lang)}


def _row(finding: Finding, symbol: str | None, lang: str) -> dict[str, str]:
    return {
        **{name: _text(getattr(finding, name)) for name in ABOUT_COLUMNS},
        "document": _text(finding.document),
        "symbol": _text(symbol),
        "place": _text(place_of(finding.where, lang=lang)),
        **{name: _text(getattr(finding.where, name)) for name in PLACE_COLUMNS},
        "printed": _text(finding.stated_text),
        **{name: _digits(getattr(finding, name)) for name in AMOUNTS},
        "proposed": _digits(finding.proposed),
        **{name: _text(getattr(finding, name)) for name in TOLD},
        DECIDED: finding.decision.verdict if finding.decision else "",
    }


def _text(value: str | int | None) -> str:
    return "" if value is None else defused(shown(str(value)))


def _digits(value: Decimal | None) -> str:
    """Every printed digit and no groups, so that a spreadsheet can go on calculating."""
    return "" if value is None else format(value, "f")
