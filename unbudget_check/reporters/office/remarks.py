"""What a comment in a copy says of a finding, and the files that formats hand over.

The file that a copy is made of must be the one that was checked.

What a format hands over that is written as files: copies of documents, or a workbook.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.messages import ENGLISH, say
from unbudget_check.model.finding import Localisation, Severity
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    equation_of,
    numbered_head,
    proof_sentence,
    reason_of,
    sentence_of,
    shown,
    sums_of,
    suspect_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.report import DocumentResult, Report


AUTHOR, INITIALS = "unbudget-check", "uc"
# Colours of cells: light, so that figures stay legible; the severity is always said in words, too.
FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
# Comments are narrow: how many figures to blame, relations, and addends of one sum are written out.
SUSPECTS_MOST, PROOFS_MOST, PARTS_MOST = 3, 3, 12

# Ending of a document -> the format whose copies of it carry the findings.
MARKED = {
    **dict.fromkeys((".docx", ".docm"), "docx"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys(
        (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive", ".md", ".markdown"), "page"
    ),
    ".pdf": "pdf",
}


# The bytes of a document, from wherever it was checked.
@dataclass(frozen=True, slots=True)
class Original:
    """Reads the documents of which copies are made.

    ``passwords`` maps paths to what opens them, ``password`` opens all others that ask for one.
    ``ending`` is that of the file that was asked for, such as ``.docx``; ``suggested_on`` is the
    day of the corrections that are suggested in it, None for none.
    """

    read: Callable[[DocumentResult], bytes]
    password: str = ""
    ending: str = ""
    suggested_on: date | None = None
    passwords: Mapping[str, str] = field(default_factory=dict)

    def password_of(self, document: DocumentResult) -> str:
        """What opens a document; empty where nobody gave a password."""
        return self.passwords.get(document.path, self.password)

    def __call__(self, document: DocumentResult) -> bytes:
        """The bytes of a document that was checked."""
        return self.read(document)


def remarks_of(finding: Finding, lang: str = ENGLISH) -> tuple[str, ...]:
    """One paragraph each: what it is, what is wrong, the proof in figures, and what to do."""
    head, doubt = numbered_head(finding, lang), doubt_of(finding, lang)
    told = [say(lang, "office.head", head=head, doubt=doubt) if doubt else head]
    told += [sentence_of(finding), *_proofs(finding, lang), *_suspects(finding, lang)]
    advice = shown(finding.advice)
    told += [say(lang, "office.advice", text=advice)] if advice else []
    return tuple(each for each in told if each)


def _proofs(finding: Finding, lang: str) -> list[str]:
    """The broken relations as sums; where nothing was added up, the cell as printed."""
    broken = [each for each in finding.relations if each.computed is not None and each.parts]
    if not broken:
        figures = ((name, figure) for name, figure in sums_of(finding, lang) if figure)
        texts = [say(lang, "office.figure", name=name, figure=figure) for name, figure in figures]
        return [say(lang, "office.joint").join(texts)]
    # The same sum against several places of a figure is written out once.
    every = list(dict.fromkeys(_proof(each, finding, lang) for each in broken))
    told = [say(lang, "office.proof", text=text) for text in every[:PROOFS_MOST]]
    more = len(every) - len(told)
    if more > 0:
        told.append(say(lang, "lists.and_more", more=count_of(more, "further relation", lang)))
    return told


def _proof(proof: Proof, finding: Finding, lang: str) -> str:
    if len(proof.parts) <= PARTS_MOST:
        return equation_of(proof, finding, lang)
    text, count = proof_sentence(proof, finding, lang), len(proof.parts)
    return say(lang, "office.parts", text=text, parts=count_of(count, "part", lang))


def _suspects(finding: Finding, lang: str) -> list[str]:
    """The cells of which one is to blame; where only one can be, the sentence names it."""
    if finding.localisation is not Localisation.ALTERNATIVES or finding.is_misplaced:
        return []
    first = finding.suspects[:SUSPECTS_MOST]
    named = [suspect_sentence(each, finding, lang) for each in first]
    more = len(finding.suspects) - len(named)
    if more:
        named.append(say(lang, "office.or_one", figures=count_of(more, "other figure", lang)))
    return [say(lang, "office.suspects", text=say(lang, "office.joint").join(named))]


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


def at_places(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings as copies mark them: an amount in the wrong place at both of its places."""
    for finding in findings:
        yield finding
        for each in finding.suspects if finding.is_misplaced else ():
            if each.where != finding.where:
                yield replace(finding, where=each.where, stated_text=each.stated, quote=None)


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file to be written; ``copy_of`` is the path of the document that it copies, if any."""

    content: bytes
    copy_of: str | None = None


def copies(
    report: Report, name: str, kind: str, copy: Callable[[DocumentResult], OfficeFile]
) -> tuple[OfficeFile, ...]:
    """One copy of every document of a kind that was read, whether it has findings or not.

    Raises UserError where there is none of that kind, UnreadableError where none could be read.
    """
    documents = [each for each in report.documents if format_of(each) == name]
    if not documents:
        message = f"-o {name}: none of the documents is a {kind}, so there is nothing to copy."
        raise UserError(message)
    read = [each for each in documents if each.status == "checked"]
    if not read:
        message = f"-o {name}: there is nothing to copy. {reason_of(documents[0])}"
        raise UnreadableError(message)
    return tuple(map(copy, read))


def format_of(document: DocumentResult) -> str | None:
    """Of which kind a marked copy of this document can be made, by the ending of its name."""
    return MARKED.get(PurePath(document.path).suffix.lower())
