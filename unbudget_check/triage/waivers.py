"""Waivers: findings that somebody accepted, and the file in which they are kept.

A waiver accepts one difference for one reason until one day. When the day has passed, or when the
difference is another one, the finding stands again and says so; a waiver without a finding is a
remark about its document.

The file of waivers, ``unbudget-waivers.toml``: one table a waiver, all of it for people to read.

[[waivers]]
rule = "ARI101"                       # code or name
document = "A/99/6 (Sect. 40)"        # symbol, or a pattern of paths such as "drafts/*.docx"
table = "40.3"                        # as much of the place as is needed: table, part,
row = "Total"                         # paragraph, figure, row, column, item
difference = 0.1                      # stated minus computed; left out where there is no sum
reason = "Rounded by the publisher; confirmed with the section"
owner = "A. Officer"
until = 2027-03-31                    # the last day
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.lexicon import normalise
from unbudget_check.messages.telling import accepted, unchecked
from unbudget_check.model.document import Where
from unbudget_check.model.message import saying
from unbudget_check.model.number import exact
from unbudget_check.model.options import Waiver, WaiverState
from unbudget_check.rulebook.select import is_named
from unbudget_check.rulebook.shapes import (
    TomlTable,
    parse_toml,
    refuse_unknown,
    tables_at,
    text_at,
    toml_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.message import Saying
    from unbudget_check.model.report import DocumentResult


WAIVED = "waived"
PLACES = ("table", "part", "paragraph", "figure", "row", "column", "item")

KEYS = ("rule", "document", *PLACES, "difference", "reason", "owner", "until")


def waive(document: DocumentResult, waivers: Sequence[Waiver], today: date) -> DocumentResult:
    """The document with its accepted findings marked, and a remark on every unused waiver."""
    own = [each for each in waivers if concerns(each, document)]
    if not own:
        return document
    findings = tuple(_settled(finding, own, today) for finding in document.findings)
    unused = [each for each in own if state_of(each, document, today) is WaiverState.UNUSED]
    remarks = tuple(unchecked(_where(document, each), _unused(each)) for each in unused)
    coverage = replace(document.coverage, remarks=(*document.coverage.remarks, *remarks))
    return replace(document, findings=findings, coverage=coverage)


def state_of(waiver: Waiver, document: DocumentResult, today: date) -> WaiverState:
    """What becomes of a waiver in one document."""
    if not concerns(waiver, document):
        return WaiverState.ELSEWHERE
    meant = [finding for finding in document.findings if _means(waiver, finding)]
    if not meant:
        return WaiverState.UNUSED
    if waiver.until < today:
        return WaiverState.EXPIRED
    is_accepted = any(finding.residual == waiver.difference for finding in meant)
    return WaiverState.USED if is_accepted else WaiverState.LAPSED


def concerns(waiver: Waiver, document: DocumentResult) -> bool:
    """Whether a waiver speaks of this document, by its symbol or by a pattern of its path."""
    if document.status != "checked":
        return False
    return is_named(waiver.document, document.path, document.symbol)


def waiver_of(finding: Finding, symbol: str | None, terms: tuple[str, str, date]) -> Waiver:
    """The waiver that accepts a finding as it is; ``terms`` are reason, owner and last day."""
    reason, owner, until = terms
    place = {name: getattr(finding.where, name) for name in PLACES}
    return Waiver(
        finding.code,
        symbol or finding.document.replace("\\", "/").rpartition("/")[2],
        reason,
        owner,
        until,
        {name: label for name, label in place.items() if label},
        finding.residual,
    )


def _settled(finding: Finding, waivers: Sequence[Waiver], today: date) -> Finding:
    """A finding under the first waiver that accepts it; else what keeps one from accepting it."""
    meant = [each for each in waivers if _means(each, finding)]
    for waiver in meant:
        if waiver.until >= today and waiver.difference == finding.residual:
            return accepted(replace(finding, status=WAIVED), [_accepted(waiver)])
    return accepted(finding, _objections(finding, meant, today))


def _objections(finding: Finding, waivers: Sequence[Waiver], today: date) -> Iterator[Saying]:
    for waiver in waivers:
        if waiver.until < today:
            yield _about(waiver, "waiver-expired")
        elif waiver.difference is None:
            yield _about(waiver, "waiver-no-difference", now=str(finding.residual))
        elif finding.residual is None:
            yield _about(waiver, "waiver-no-sum", difference=str(waiver.difference))
        else:
            difference, now = str(waiver.difference), str(finding.residual)
            yield _about(waiver, "waiver-lapsed", difference=difference, now=now)


def _means(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver speaks of this finding, whatever its difference."""
    if normalise(waiver.rule) not in {normalise(finding.code), finding.name}:
        return False
    return all(
        normalise(label) == normalise(getattr(finding.where, name) or "")
        for name, label in waiver.place.items()
    )


def _accepted(waiver: Waiver) -> Saying:
    return _about(waiver, "accepted")


def _unused(waiver: Waiver) -> Saying:
    return _about(waiver, "waiver-unused", rule=waiver.rule)


def _about(waiver: Waiver, name: str, **more: str) -> Saying:
    until = waiver.until.isoformat()
    return saying(name, owner=waiver.owner, until=until, reason=waiver.reason, **more)


def _where(document: DocumentResult, waiver: Waiver) -> Where:
    said = waiver.place.get
    return Where(
        document.path,
        table=said("table"),
        part=said("part"),
        row=said("row"),
        column=said("column"),
        paragraph=said("paragraph"),
        item=said("item"),
        figure=said("figure"),
    )


def parse_waivers(text: str, name: str) -> tuple[Waiver, ...]:
    """All waivers of a file; raises UserError with the place for the first mistake."""
    table = parse_toml(name, text)
    refuse_unknown(table, ("waivers",))
    return tuple(map(_waiver, tables_at(table, "waivers", "waiver", needed=False)))


def written(waiver: Waiver) -> str:
    """A waiver as it stands in the file."""
    return "\n".join(["[[waivers]]", *_rows(waiver)]) + "\n"


def _rows(waiver: Waiver) -> Iterator[str]:
    named = {"rule": waiver.rule, "document": waiver.document, **waiver.place}
    yield from (f"{name} = {toml_text(value)}" for name, value in named.items())
    if waiver.difference is not None:
        yield f"difference = {toml_text(format(waiver.difference, 'f'))}"
    yield f"reason = {toml_text(waiver.reason)}"
    yield f"owner = {toml_text(waiver.owner)}"
    yield f"until = {waiver.until.isoformat()}"


def _waiver(table: TomlTable) -> Waiver:
    refuse_unknown(table, KEYS)
    return Waiver(
        _said(table, "rule"),
        _said(table, "document"),
        _said(table, "reason"),
        _said(table, "owner"),
        _until(table),
        {name: text_at(table, name) for name in PLACES if name in table.values},
        _difference(table),
        table.place,
    )


def _said(table: TomlTable, key: str) -> str:
    text = text_at(table, key)
    if not text.strip():
        message = f"{table.place}: '{key}' is empty; a waiver needs it"
        raise UserError(message)
    return text


def _until(table: TomlTable) -> date:
    value = table.values.get("until")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    message = f"{table.place}: 'until' must be the last day of the waiver, as in until = 2027-03-31"
    raise UserError(message)


def _difference(table: TomlTable) -> Decimal | None:
    """The accepted difference, written as a number or between quotes."""
    value = table.values.get("difference")
    if value is None or (isinstance(value, Decimal) and value.is_finite()):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return exact(str(value))
    try:
        return exact(value if isinstance(value, str) else "")
    except ValueError:
        message = f"{table.place}: 'difference' must be a number in plain digits, such as -0.1"
        raise UserError(message) from None
