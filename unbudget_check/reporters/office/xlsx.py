"""A workbook: of a lone workbook a copy with its findings marked, else one that lists them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.reporters.office.remarks import OfficeFile, format_of

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.office.remarks import Original


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One workbook. Raises UserError where a copy is meant and the file is another one by now."""
    documents = report.documents
    if len(documents) == 1 and format_of(documents[0]) == "xlsx":
        document = documents[0]
        if document.status == "checked":
            from unbudget_check.reporters.office.workbook_copy import annotate

            return (OfficeFile(annotate(original(document), document, report.lang), document.path),)
    from unbudget_check.reporters.office.findings_book import findings_book  # loads openpyxl

    return (OfficeFile(findings_book(report)),)
