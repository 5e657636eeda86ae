"""Copies of the Word documents of a report, each with a comment at every finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.reporters.office.files import OfficeFile, format_of
from unbudget_check.reporters.word_copy.annotate import annotate
from unbudget_check.reporters.words import reason_of

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.office.files import Original


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One copy of every Word document that was read, whether it has findings or not.

    Raises UserError where there is no Word document, or one is not the file any more that was
    checked; UnreadableError where none of them could be read.
    """
    documents = [each for each in report.documents if format_of(each) == "docx"]
    if not documents:
        message = "-o docx: none of the documents is a Word document, so there is nothing to copy."
        raise UserError(message)
    read = [each for each in documents if each.status == "checked"]
    if not read:
        message = f"-o docx: there is nothing to copy. {reason_of(documents[0])}"
        raise UnreadableError(message)
    return tuple(
        OfficeFile(annotate(original(each), each, report.lang), each.path) for each in read
    )
