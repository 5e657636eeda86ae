"""Findings known on a given day: a run fails only for what is new or has changed since.

An entry is the identity of a finding and its difference, never a count: one finding mended and
another one made does not go unseen.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import UserError
from unbudget_check.model.number import exact
from unbudget_check.model.options import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report

BASELINED = "baselined"
VERSION = 1
Baseline = dict[str, Known]


def set_aside(document: DocumentResult, known: Mapping[str, Known]) -> DocumentResult:
    """The document with its known findings marked; one whose difference has changed stays open."""
    findings = tuple(
        replace(finding, status=BASELINED)
        if finding.status == "open" and is_known(finding, known)
        else finding
        for finding in document.findings
    )
    return replace(document, findings=findings)


def is_known(finding: Finding, known: Mapping[str, Known]) -> bool:
    """Whether a baseline holds a finding with the same difference."""
    entry = known.get(finding.fingerprint)
    return entry is not None and entry.difference == finding.residual


def baseline_of(report: Report, place_of: Mapping[str, str]) -> Baseline:
    """All findings of a report that nobody waived; ``place_of`` words their places for people."""
    return {
        finding.fingerprint: Known(
            finding.fingerprint,
            finding.residual,
            finding.code,
            document.symbol or document.path.replace("\\", "/").rpartition("/")[2],
            place_of.get(finding.fingerprint, ""),
        )
        for document in report.documents
        for finding in document.findings
        if finding.status != "waived"
    }


def pruned(known: Mapping[str, Known], report: Report) -> Baseline:
    """The entries that are still found as they were; a prune only removes.

    Entries of documents that the report does not hold are kept: nothing is known of them.
    """
    still = {each.fingerprint for each in report.findings if is_known(each, known)}
    names = {
        document.symbol or document.path.replace("\\", "/").rpartition("/")[2]
        for document in report.documents
        if document.status == "checked"
    }
    return {
        key: entry for key, entry in known.items() if key in still or entry.document not in names
    }


def written(known: Iterable[Known]) -> str:
    """A baseline as text, one entry a row, so that a reviewer sees what an edit changed."""
    ordered = sorted(known, key=lambda each: (each.document, each.code, each.fingerprint))
    rows = ",\n".join("    " + json.dumps(_entry(each), ensure_ascii=False) for each in ordered)
    listed = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "baseline_version": {VERSION},\n  "findings": {listed}\n}}\n'


def read_baseline(text: str, name: str) -> Baseline:
    """A baseline that was written before; raises UserError where the text is none."""
    try:
        data = json.loads(text)
        if data["baseline_version"] != VERSION:
            message = f"{name} is a baseline of version {data['baseline_version']}; write a new one"
            raise UserError(message)
        return {each["fingerprint"]: _known(each) for each in data["findings"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        message = (
            f"{name} is not a baseline; write one with: unbudget-check decisions baseline write"
        )
        raise UserError(message) from None


def _entry(known: Known) -> dict[str, str | None]:
    difference = None if known.difference is None else format(known.difference, "f")
    return {
        "code": known.code,
        "document": known.document,
        "place": known.place,
        "difference": difference,
        "fingerprint": known.fingerprint,
    }


def _known(data: Mapping[str, Any]) -> Known:
    difference = data["difference"]
    return Known(
        data["fingerprint"],
        None if difference is None else exact(difference),
        data["code"],
        data["document"],
        data["place"],
    )
