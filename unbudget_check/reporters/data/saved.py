"""A report as ``-o json`` saved it, read back, so that any other format can be made of it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import UserError
from unbudget_check.messages import ENGLISH
from unbudget_check.messages.telling import unplaced
from unbudget_check.model.decision import Decision, Verdict
from unbudget_check.model.document import Where
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
from unbudget_check.model.message import Message
from unbudget_check.model.number import Notation, exact
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
from unbudget_check.reporters.data.plain_data import ACCEPTED, SCHEMA_VERSION
from unbudget_check.triage.identity import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from unbudget_check.model.message import Value

Data = dict[str, Any]
NO_CARDS: dict[str, RuleCard] = {}
SCHEMA = "report.schema.json"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
MAX_COLUMNS = 16_384  # of a workbook (ECMA-376); no other table is wider
FIGURE_CHARS = 1_000  # Python refuses to convert 4,300 digits
MISTAKE_CHARS = 200  # as much of a mistake is quoted


def read_report(text: str, name: str) -> Report:
    """The report in a JSON text; raises UserError where it is none, or of another version."""
    try:
        # Every number of a report is whole; a schema takes 1e308 for a whole one.
        data = json.loads(text, parse_constant=_no_number, parse_float=_no_number)
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
        _validator()(data)
        return _report(data)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        said = str(error).removeprefix("data.")[:MISTAKE_CHARS]
        message = (
            f"{name} is a report that was cut off, changed by hand or saved by an older program "
            f"({said}); check the documents again"
        )
        raise UserError(message) from None


def _no_number(text: str) -> None:
    message = f"{text} is no figure"
    raise ValueError(message)


@cache
def _validator() -> Callable[[Data], object]:
    """Raises a ValueError that names the first place where data do not fit the published schema."""
    import fastjsonschema

    schema = json.loads(files("unbudget_check.reporters").joinpath(SCHEMA).read_text("utf-8"))
    # The schema says nothing in which the two drafts differ, and this one is compiled.
    validator: Callable[[Data], object] = fastjsonschema.compile({**schema, "$schema": DRAFT_7})
    return validator


def _report(data: Data) -> Report:
    findings: dict[str, list[Finding]] = {}
    cards = {each["code"]: _card(each) for each in data["rules"]["cards"]}
    for each in data["findings"]:
        findings.setdefault(each["document"], []).append(_finding(each, cards))
    paths = [each["path"] for each in data["documents"]]
    _hold(len(set(paths)) == len(paths), "two documents have the same path")
    _hold(findings.keys() <= set(paths), "a finding is in a document that was not checked")
    rules = data["rules"]
    return Report(
        Tool(**data["tool"]),
        tuple(_document(each, findings.get(each["path"], ())) for each in data["documents"]),
        tuple(rules["select"]),
        tuple(rules["ignore"]),
        tuple(cards.values()),
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
        _with_numbers(tuple(findings)),
        tuple(_table(each) for each in data["tables"]),
        tuple(Tally(**{**each, "where": _where(each["where"])}) for each in data["tallies"]),
        data.get("revisions", ACCEPTED),
        told=_saying(data["told"]) if "told" in data else None,
    )


def _with_numbers(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings as they were numbered; older programs did not number them."""
    return findings if all(each.number for each in findings) else numbered(findings)


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
        Unchecked(
            _where(e["where"]),
            e["reason"],
            e["figures"],
            _saying(e["told"]) if "told" in e else None,
        )
        for e in items
    )


def _saying(data: Data, cards: Mapping[str, RuleCard] = NO_CARDS) -> Message:
    """A sentence before it is put in a language; what a rule says has its words on its card."""
    kind, _, code = data["name"].partition(".")
    values = ((name, _value(each, cards)) for name, each in data.get("values", {}).items())
    place = _where(data["place"]) if "place" in data else None
    wording = getattr(cards[code], kind) if kind in {"title", "message"} else {}
    return Message(data["name"], tuple(values), place, wording)


def _value(data: str | int | Data | list[str | Data], cards: Mapping[str, RuleCard]) -> Value:
    if isinstance(data, list):
        return tuple(each if isinstance(each, str) else _saying(each, cards) for each in data)
    return _saying(data, cards) if isinstance(data, dict) else data


def _table(data: Data) -> PrintedTable:
    rows = tuple(tuple(PrintedCell(**cell) for cell in row) for row in data["rows"])
    edge = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    _hold(max(edge, data["columns"]) <= MAX_COLUMNS, "a table has more columns than there can be")
    return PrintedTable(**{**data, "rows": rows})


def _finding(data: Data, cards: Mapping[str, RuleCard]) -> Finding:
    finding = Finding(
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
        quote=_quote(data["quote"]) if data["quote"] else None,
        status=data["status"],
        acceptance=data["acceptance"],
        accepting=tuple(map(_saying, data.get("accepting", ()))),
        decision=_decision(data, data["decision"]) if data.get("decision") else None,
        messages=data.get("messages", {}),
        told=tuple(_saying(each, cards) for each in data.get("told", ())),
        fingerprint=data["fingerprint"],
        advice=data["advice"],
        localisation=Localisation(data["localisation"]),
        notation=Notation(**data.get("notation", {})),
        number=data.get("number", 0),
    )
    unplaced(finding)  # raises where a blank cannot be filled
    return finding


def _decision(finding: Data, data: Data) -> Decision:
    return Decision(
        finding["code"],
        finding["document"],
        data["reason"],
        data["owner"],
        _date(data["until"]),
        difference=_figure(finding["residual"]),
        verdict=Verdict(data["verdict"]),
        by=data["by"],
        on=_date(data["on"]),
        finding=finding["fingerprint"],
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


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
    header, rows = tuple(data["header"]), tuple(tuple(each) for each in data["rows"])
    is_whole = all(len(each) == len(header) for each in rows)
    is_whole = is_whole and len(data["signs"]) in {0, len(pairs)}
    is_whole = is_whole and len(data["numbers"]) in {0, len(rows)}
    is_inside = all(r < len(rows) and c < len(header) for r, c in ((row, column), *pairs))
    _hold(is_whole and is_inside, "an excerpt of a table does not hold what it shows")
    return Excerpt(
        header,
        rows,
        (row, column),
        pairs,
        tuple(data["numbers"]),
        tuple(data["signs"]),
        data["title"],
        data["unit"],
    )


def _quote(data: Data) -> Quote:
    _hold(data["start"] <= data["end"] <= len(data["text"]), "a quote is shorter than its piece")
    return Quote(**data)


def _hold(is_so: bool, mistake: str) -> None:  # noqa: FBT001
    """Raise ValueError with the mistake where something is not so."""
    if not is_so:
        raise ValueError(mistake)


def _where(data: Mapping[str, Any]) -> Where:
    return Where(**data)


def _figure(text: str | None) -> Decimal | None:
    """The exact figure; what is no plain number of digits raises ValueError."""
    _hold(text is None or len(text) <= FIGURE_CHARS, "a figure has more digits than there can be")
    return None if text is None else exact(text)
