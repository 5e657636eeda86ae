"""The file of waivers, ``unbudget-waivers.toml``: one table a waiver, all of it for people to read.

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

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.model.number import exact
from unbudget_check.model.waiver import Waiver
from unbudget_check.rulebook.toml_table import (
    TomlTable,
    parse_toml,
    refuse_unknown,
    tables_at,
    text_at,
    toml_text,
)
from unbudget_check.triage.waivers import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ("rule", "document", *PLACES, "difference", "reason", "owner", "until")


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
