"""A report as ``-o json`` saved it, read back, so that any other format can be made of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import UserError
from unbudget_check.languages.messages import ENGLISH
from unbudget_check.model.finding import (
    Confidence,
    Excerpt,
    Finding,
    Localisation,
    Part,
    Proof,
    Quote,
    Severity,
    Suspect,
)
from unbudget_check.model.location import Where
from unbudget_check.model.number import exact
from unbudget_check.model.report import (
    Coverage,
    DocumentResult,
    HeededFile,
    HeededKind,
    PrintedCell,
    PrintedTable,
    Report,
    RuleCard,
    Setup,
    Tally,
    Tool,
    Unchecked,
)
from unbudget_check.model.saying import Saying
from unbudget_check.reporters.plain_data import ACCEPTED, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

Data = dict[str, Any]


def read_report(text: str, name: str) -> Report:
    """The report in a JSON text; raises UserError where it is none, or of another version."""
    try:
        data = json.loads(text)
        version = data["schema_version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        message = (
            f"{name} is not a report; save one with: unbudget-check check ... -o json=report.json"
        )
        raise UserError(message) from None
    if version != SCHEMA_VERSION:
        message = (
            f"{name} is a report of version {version}, and this program reads version "
            f"{SCHEMA_VERSION}; check the documents again"
        )
        raise UserError(message)
    try:
        return _report(data)
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        said = f"{type(error).__name__}: {error}"
        message = (
            f"{name} is a report that was cut off, changed by hand or saved by an older program "
            f"({said}); check the documents again"
        )
        raise UserError(message) from None


def _report(data: Data) -> Report:
    findings: dict[str, list[Finding]] = {}
    for each in data["findings"]:
        findings.setdefault(each["document"], []).append(_finding(each))
    rules = data["rules"]
    return Report(
        Tool(**data["tool"]),
        tuple(_document(each, findings.get(each["path"], ())) for each in data["documents"]),
        tuple(rules["select"]),
        tuple(rules["ignore"]),
        tuple(_card(each) for each in rules["cards"]),
        data.get("lang", ENGLISH),
        _setup(data["settings"]) if "settings" in data else Setup(),
    )


def _setup(data: Data) -> Setup:
    files = tuple(HeededFile(HeededKind(each["kind"]), each["path"]) for each in data["files"])
    return Setup(files, _unchecked(data["effects"]), tuple(data["passed_over"]))


def _document(data: Data, findings: Iterable[Finding]) -> DocumentResult:
    return DocumentResult(
        data["path"],
        data["symbol"],
        data["language"],
        data["sha256"] or "",
        data["status"],
        data["reason"] or "",
        _coverage(data["coverage"]),
        tuple(findings),
        tuple(_table(each) for each in data["tables"]),
        tuple(Tally(**{**each, "where": _where(each["where"])}) for each in data["tallies"]),
        data.get("revisions", ACCEPTED),
        told=_saying(data.get("told")),
    )


def _card(data: Data) -> RuleCard:
    severity, confidence = Severity(data["severity"]), Confidence(data["confidence"])
    return RuleCard(**{**data, "severity": severity, "confidence": confidence})


def _coverage(data: Data) -> Coverage:
    tables, figures, relations = data["tables"], data["figures"], data["relations"]
    return Coverage(
        tables["read"],
        tables["checked"],
        _unchecked(tables["unchecked"]),
        figures["read"],
        figures["checked"],
        relations["exact"],
        relations["rounding"],
        relations["broken"],
        relations["unchecked"],
        _unchecked(data["remarks"]),
        data["sentences"]["read"],
        data["sentences"]["tied"],
        _unchecked(data["sentences"]["untied"]),
    )


def _unchecked(items: Iterable[Data]) -> tuple[Unchecked, ...]:
    return tuple(
        Unchecked(_where(e["where"]), e["reason"], e["figures"], _saying(e.get("told")))
        for e in items
    )


def _saying(data: Data | None) -> Saying | None:
    return Saying(data["name"], tuple(data.get("values", {}).items())) if data else None


def _table(data: Data) -> PrintedTable:
    rows = tuple(tuple(PrintedCell(**cell) for cell in row) for row in data["rows"])
    return PrintedTable(**{**data, "rows": rows})


def _finding(data: Data) -> Finding:
    return Finding(
        data["code"],
        data["name"],
        Severity(data["severity"]),
        Confidence(data["confidence"]),
        data["document"],
        _where(data["where"]),
        data["stated_text"],
        **{name: _figure(data[name]) for name in ("stated", "computed", "residual", "allowance")},
        message=data["message"],
        relations=tuple(_proof(each) for each in data["relations"]),
        suspects=tuple(_suspect(each) for each in data["suspects"]),
        excerpt=_excerpt(data["excerpt"]) if data["excerpt"] else None,
        quote=Quote(**data["quote"]) if data["quote"] else None,
        status=data["status"],
        acceptance=data["acceptance"],
        accepting=tuple(filter(None, map(_saying, data.get("accepting", ())))),
        messages=data.get("messages", {}),
        fingerprint=data["fingerprint"],
        advice=data["advice"],
        localisation=Localisation(data["localisation"]),
    )


def _proof(data: Data) -> Proof:
    return Proof(
        data["code"],
        _where(data["where"]),
        _figure(data["stated"]),
        _figure(data["computed"]),
        _figure(data["residual"]),
        _figure(data["allowance"]),
        tuple(
            Part(_where(each["where"]), _figure(each["stated"]), each["coefficient"])
            for each in data["parts"]
        ),
    )


def _suspect(data: Data) -> Suspect:
    return Suspect(
        _where(data["where"]),
        data["stated"],
        _figure(data["proposed"]),
        data["slip"],
        tuple(data["witnesses"]),
        _figure(data["low"]),
        _figure(data["high"]),
    )


def _excerpt(data: Data) -> Excerpt:
    pairs = tuple((row, column) for row, column in data["parts"])
    row, column = data["stated"]
    return Excerpt(
        tuple(data["header"]),
        tuple(tuple(each) for each in data["rows"]),
        (row, column),
        pairs,
        tuple(data["numbers"]),
        tuple(data["signs"]),
        data["title"],
        data["unit"],
    )


def _where(data: Mapping[str, Any]) -> Where:
    return Where(**data)


def _figure(text: str | None) -> Decimal | None:
    """The exact figure; what is no plain number of digits raises ValueError."""
    return None if text is None else exact(text)
