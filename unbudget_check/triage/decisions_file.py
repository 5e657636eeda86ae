"""The file in which decisions on findings are kept: TOML that people read and git merges.

Each decision is one row, so that the files of two people merge row by row, and the rows are in the
order of their documents, whoever wrote them. What else stands in the file is left as it is.

decisions = [
  { decision = "accept", document = "A/99/6 (Sect. 40)", rule = "ARI101", table = "40.3", ... },
]

A waiver, as older versions wrote it and as people may still write it by hand, is a table of its
own, and is the decision to accept:

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
from unbudget_check.model.decision import Decision, Verdict
from unbudget_check.model.number import exact
from unbudget_check.rulebook.nearest import did_you_mean
from unbudget_check.rulebook.shapes import (
    TomlTable,
    parse_toml,
    refuse_unknown,
    table_at,
    tables_at,
    text_at,
    toml_text,
)
from unbudget_check.triage.decisions import PLACES, finding_meant, newest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.finding import Finding

OPENING, CLOSING = "decisions = [", "]"
WAIVER_KEYS = ("rule", "document", *PLACES, "difference", "reason", "owner", "until")
KEYS = ("decision", "finding", *WAIVER_KEYS, "by", "on")
NAMING = ("document", "rule", *PLACES, "finding", "difference")
CONFLICT = ("<<<<<<< ", ">>>>>>> ")


def parse_decisions(text: str, name: str) -> tuple[Decision, ...]:
    """All decisions of a file, waivers first; UserError with the place for the first mistake."""
    if any(row.startswith(CONFLICT) for row in text.split("\n")):
        message = (
            f"{name}: a merge left its conflict marks here; keep the decisions of both sides and "
            "remove the marks"
        )
        raise UserError(message)
    table = parse_toml(name, text)
    refuse_unknown(table, ("decisions", "waivers"))
    waivers = tables_at(table, "waivers", "waiver", needed=False)
    decisions = tables_at(table, "decisions", "decision", needed=False)
    return (*map(_waiver, waivers), *map(_decision, decisions))


def with_decisions(text: str, decisions: Iterable[Decision], name: str) -> str:
    """The text of a file with these decisions instead of the ones that it lists in rows.

    Waivers in tables of their own, and remarks, stay where they are. Raises UserError where the
    rows are not as this program writes them.
    """
    rows = text.split("\n")
    begin = next((n for n, row in enumerate(rows) if row.rstrip() == OPENING), len(rows))
    end = next((n for n in range(begin, len(rows)) if rows[n].rstrip() == CLOSING), len(rows))
    if end == len(rows) and "decisions" in parse_toml(name, text).values:
        message = (
            f"{name}: its decisions cannot be added to; write them between a row "
            f"'{OPENING}' and a row '{CLOSING}'"
        )
        raise UserError(message)
    listed = [OPENING, *_rows_of(decisions), CLOSING]
    if end == len(rows):  # before all tables: what follows a table would belong to it
        return "\n".join([*listed, *([""] if text.strip() else []), *rows])
    return "\n".join([*rows[:begin], *listed, *rows[end + 1 :]])


def naming(finding: Finding, symbol: str | None) -> str:
    """The part of a row that says which finding is meant: what a person's decision is added to.

    ``symbol`` is that of its document.
    """
    decision = finding_meant(finding, symbol)
    return ", ".join(f"{key} = {value}" for key, value in _values(decision) if key in NAMING)


def named_by(text: str, place: str) -> Decision:
    """The finding that ``naming`` wrote down, before anything is decided.

    Raises UserError with the place for anything else.
    """
    table = parse_toml(place, f"row = {{ {text} }}")
    refuse_unknown(table, ("row",))
    row = TomlTable(place, table_at(table, "row").values)
    refuse_unknown(row, NAMING)
    return Decision(
        _said(row, "rule"),
        _said(row, "document"),
        place=_place(row),
        difference=_difference(row),
        source=place,
        finding=text_at(row, "finding", ""),
    )


def _rows_of(decisions: Iterable[Decision]) -> list[str]:
    """One row a decision, sorted as no person's habits and no time of day change it."""
    kept = newest(each for each in decisions if each.on is not None)
    ordered = sorted(kept, key=lambda each: (each.document, each.rule, tuple(_values(each))))
    said = (", ".join(f"{key} = {value}" for key, value in _values(each)) for each in ordered)
    return list(dict.fromkeys(f"  {{ {each} }}," for each in said))


def _values(decision: Decision) -> Iterator[tuple[str, str]]:
    """The keys of a decision with their values as TOML writes them."""
    yield "document", toml_text(decision.document)
    yield "rule", toml_text(decision.rule)
    place = decision.place
    yield from ((name, toml_text(place[name])) for name in PLACES if name in place)
    if decision.finding:
        yield "finding", toml_text(decision.finding)
    if decision.difference is not None:
        yield "difference", toml_text(format(decision.difference, "f"))
    yield "decision", toml_text(decision.verdict)
    for name in ("reason", "owner"):
        text = getattr(decision, name)
        if text:
            yield name, toml_text(text)
    if decision.until is not None:
        yield "until", decision.until.isoformat()
    yield "by", toml_text(decision.by)
    if decision.on is not None:
        yield "on", decision.on.isoformat()


def _waiver(table: TomlTable) -> Decision:
    refuse_unknown(table, WAIVER_KEYS)
    return Decision(
        _said(table, "rule"),
        _said(table, "document"),
        _said(table, "reason"),
        _said(table, "owner"),
        _day(table, "until"),
        _place(table),
        _difference(table),
        table.place,
    )


def _decision(table: TomlTable) -> Decision:
    refuse_unknown(table, KEYS)
    verdict = _verdict(table)
    is_accepted, is_wrong = verdict is Verdict.ACCEPT, verdict is Verdict.WRONG
    return Decision(
        _said(table, "rule"),
        _said(table, "document"),
        _said(table, "reason") if is_accepted or is_wrong else text_at(table, "reason", ""),
        _said(table, "owner") if is_accepted else text_at(table, "owner", ""),
        _day(table, "until") if is_accepted or "until" in table.values else None,
        _place(table),
        _difference(table),
        table.place,
        verdict,
        _said(table, "by"),
        _day(table, "on"),
        text_at(table, "finding", ""),
    )


def _place(table: TomlTable) -> dict[str, str]:
    return {name: text_at(table, name) for name in PLACES if name in table.values}


def _verdict(table: TomlTable) -> Verdict:
    word = text_at(table, "decision")
    if word not in set(Verdict):
        hint = did_you_mean(word, Verdict) or f"; it must be one of: {', '.join(Verdict)}"
        message = f"{table.place}: decision = '{word}' is unknown{hint}"
        raise UserError(message)
    return Verdict(word)


def _said(table: TomlTable, key: str) -> str:
    text = text_at(table, key)
    if not text.strip():
        kind = "decision" if "decision" in table.values else "waiver"
        message = f"{table.place}: '{key}' is empty; a {kind} needs it"
        raise UserError(message)
    return text


def _day(table: TomlTable, key: str) -> date:
    value = table.values.get(key)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    kind = "decision" if "decision" in table.values else "waiver"
    means = f"the last day of the {kind}" if key == "until" else "the day of the decision"
    message = f"{table.place}: '{key}' must be {means}, as in {key} = 2027-03-31"
    raise UserError(message)


def _difference(table: TomlTable) -> Decimal | None:
    """The difference decided on, written as a number or between quotes."""
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
