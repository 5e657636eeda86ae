"""The file that a copy is made of must be the one that was checked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult


def open_findings(data: bytes, document: DocumentResult) -> tuple[Finding, ...]:
    """The findings to be marked; those that were accepted before are not.

    Raises UserError where the document was not read, or the file is another one by now.
    """
    path = shown(document.path)
    if document.status == "unreadable":
        message = f"{path} could not be read, so there is no copy of it with comments."
        raise UserError(message)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        message = f"{path} is not the file that was checked any more: check it again."
        raise UserError(message)
    return tuple(finding for finding in document.findings if finding.status == "open")
