"""One row a finding, no boxes: for logs, for editors and for reading aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.reporters.closing import closing_rows
from unbudget_check.reporters.options import findings_told
from unbudget_check.reporters.words import anchor_of, doubt_of, head_of, listed, sentence_of, shown

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """``place: severity code name: sentence`` for each finding, then the closing block.

    ``verbose`` adds identities, by which people decide on findings.
    """
    told, held_back = findings_told(report, options)
    lang = report.lang
    rows = [_row(each, lang, verbose=options.verbose) for _, findings in told for each in findings]
    if not options.quiet:
        closing = closing_rows(report, verbose=options.verbose, held_back=held_back)
        rows += [say(lang, "full.labelled", label=row.label, text=row.text) for row in closing]
    return "".join(f"{row}\n" for row in rows)


def _row(finding: Finding, lang: str, *, verbose: bool) -> str:
    anchor = anchor_of(finding.where)
    sentence = sentence_of(finding) if "#" in anchor else shown(finding.message)
    number = say(lang, "lists.numbered", number=finding.number)
    identity = f"{say(lang, 'full.identity')} {finding.fingerprint}" if verbose else ""
    noted = listed(filter(None, (number, doubt_of(finding, lang), identity)), lang)
    accepted = f" {shown(finding.acceptance)}" if finding.acceptance else ""
    return f"{anchor}: {head_of(finding, lang)}: {sentence} [{noted}]{accepted}"
