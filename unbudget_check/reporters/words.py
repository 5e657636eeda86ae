"""The words in which places, figures and counts are said, the same in every format for people."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from unbudget_check.model.number import NIL, number_of, printed

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.finding import Finding, Proof, Quote, Suspect
    from unbudget_check.model.location import Where
    from unbudget_check.model.report import DocumentResult

NOTHING = "nothing was checked: no figures that depend on each other were understood"
# Marks without a shape of their own; they would only spoil the alignment.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Format characters that scripts need: joiners and marks of direction.
HARMLESS = "\u200c\u200d\u200e\u200f\u061c"


def shown(text: str) -> str:
    """Text of a document, safe on one row of a terminal: controls made visible, spaces single.

    Overrides of direction, which could make a figure read as another one, are made visible too.
    """
    plain = " ".join(text.translate(UNSEEN).split())
    if plain.isprintable():
        return plain
    return "".join(map(visible, plain))


def quoted(quote: Quote) -> tuple[str, str, str]:
    """What stands before the piece that a finding is about, the piece, and what comes after it."""
    pieces = quote.text[: quote.start], quote.text[quote.start : quote.end], quote.text[quote.end :]
    # The bars keep the spaces at the ends, which are those between the words.
    before, marked, after = (shown(f"|{piece}|")[1:-1] for piece in pieces)
    return before, marked, after


def visible(character: str) -> str:
    """A character, or its code where a terminal could obey it or nobody could see it."""
    kind = unicodedata.category(character)
    if kind not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or character in HARMLESS:
        return character
    return character.encode("unicode_escape").decode("ascii")


def figure_of(value: Decimal | None) -> str:
    """A figure as United Nations documents print it, or a dash where there is none."""
    return "-" if value is None else printed(number_of(value))


def count_of(count: int, noun: str) -> str:
    """A count with its noun: ``1 table``, ``1 250 tables``."""
    return f"{spaced(count)} {noun}" + ("" if count == 1 else "s")


def spaced(count: int) -> str:
    """A count in groups of three digits."""
    return f"{count:,}".replace(",", " ")


def table_of(where: Where) -> str:
    """The table as it is cited: ``table 29E.24 (1)``; empty where the place is in no table."""
    if where.table is None and where.part is None:
        return ""
    return " ".join(["table", *(shown(each) for each in (where.table, where.part) if each)])


def place_of(where: Where, home: Where | None = None) -> str:
    """The place as an officer says it: ``table 29E.24 (1), row Total, column 2026 estimate``.

    Seen from another place, ``home``, only what differs is said.
    """
    said = []
    if home is None or table_of(where) != table_of(home):
        said += [table_of(where)] if table_of(where) else []
    for kind in ("paragraph", "figure", "row", "column", "item", "page"):
        name = getattr(where, kind)
        if name and (home is None or name != getattr(home, kind)):
            said.append(f"{kind} {shown(name)}")
    if said or home is not None:
        return ", ".join(said)
    if where.line is not None:
        return f"line {where.line}"
    return f"at {shown(where.address)}" if where.address else "the document"


def anchor_of(where: Where) -> str:
    """The place in one word, for editors and log files.

    ``path:12`` where there are lines, ``path!Sheet!F12`` in workbooks, otherwise
    ``path#table-29E.24(1)/Total/2026``.
    """
    path = shown(where.document)
    if where.line is not None:
        return f"{path}:{where.line}"
    if where.address and "!" in where.address:
        return f"{path}!{shown(where.address)}"
    table = table_of(where).replace("table ", "table-", 1).replace(" ", "")
    labels = [where.paragraph, where.figure, where.row, where.column, where.item]
    steps = [table, *(shown(label) for label in labels if label)]
    found = "/".join(step for step in steps if step) or shown(where.address or "")
    return f"{path}#{found}" if found else path


def reason_of(document: DocumentResult) -> str:
    """Why a document could not be read, after its path; a reason may name the path itself."""
    path = shown(document.path)
    return f"{path}: {shown(document.reason).removeprefix(path).lstrip(': ')}"


def head_of(finding: Finding) -> str:
    """Severity, code and name, as one can pass them on: ``error ARI101 column-total``."""
    return f"{finding.severity} {shown(finding.code)} {shown(finding.name)}"


def doubt_of(finding: Finding) -> str:
    """What keeps a finding from being certain and open; empty for most."""
    said = [] if finding.confidence == "high" else [f"{finding.confidence} confidence"]
    said += [] if finding.status == "open" else [finding.status]
    return ", ".join(said)


def sentence_of(finding: Finding, *, capital: bool = True) -> str:
    """The message without the row and column at its beginning, for where these have been said."""
    labels = [shown(label) for label in (finding.where.row, finding.where.column) if label]
    message = shown(finding.message)
    place = r"\s*[,，]\s*".join(map(re.escape, labels))
    said = re.match(rf"{place}\s*[:：]\s*", message) if labels else None
    rest = message[said.end() :] if said else message
    return rest[:1].upper() + rest[1:] if capital else rest


def sums_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Stated, computed, difference and allowance, with their names; only what there is.

    Where nothing was added up there is only the cell as printed and what it probably means.
    """
    printed_text = shown(finding.stated_text)
    if finding.residual is None:
        found = [("printed", printed_text or figure_of(finding.stated))]
        meant = finding.computed
        return tuple(found if meant is None else [*found, ("probably", figure_of(meant))])
    # A cell that holds a list of figures is not itself the stated one.
    is_figure = printed_text and not any(map(str.isalpha, printed_text))
    found = [("stated", printed_text if is_figure else figure_of(finding.stated))]
    found.append(("computed", figure_of(finding.computed)))
    found.append(("difference", figure_of(finding.residual)))
    if finding.allowance is not None:
        found.append(("allowance for rounding", figure_of(finding.allowance)))
    return tuple(found)


def proof_sentence(proof: Proof, home: Where) -> str:
    """A further relation that the same cell breaks, with its sum."""
    place = place_of(proof.where, home)
    said = f"{shown(proof.code)}, {place}" if place else shown(proof.code)
    return said if proof.computed is None else f"{said}: {verdict_of(proof)}"


def verdict_of(proof: Proof) -> str:
    """What a relation states, what its parts give, and by how much it misses."""
    said = f"stated {figure_of(proof.stated)}, computed {figure_of(proof.computed)}"
    return said if proof.residual is None else f"{said}, difference {figure_of(proof.residual)}"


def equation_of(proof: Proof, home: Where) -> str:
    """A relation written out in figures: what its parts give, and what is stated instead."""
    place = place_of(proof.where, home) or place_of(proof.where)
    return f"{shown(proof.code)}, {place}: {worked_out(proof)}"


def worked_out(proof: Proof) -> str:
    """The sum of a relation in figures, without its place."""
    parts = [(figure_of(part.stated), part.coefficient) for part in proof.parts]
    if adds_up(proof):
        given = " ".join(f"{sign_of(sign)} {figure}" for figure, sign in parts).removeprefix("+ ")
    else:
        given = " / ".join(figure for figure, _ in parts) + " in per cent"
    stated, residual = figure_of(proof.stated), figure_of(proof.residual)
    missed = f"difference {residual}, allowance for rounding {figure_of(proof.allowance)}"
    return f"{given} = {figure_of(proof.computed)}, but stated {stated} ({missed})"


def adds_up(proof: Proof) -> bool:
    """Whether a relation is a sum of its parts; a percentage is none."""
    added = [part.stated * part.coefficient for part in proof.parts if part.stated is not None]
    return proof.computed is not None and sum(added) == proof.computed


def sign_of(coefficient: int) -> str:
    """How a part enters a sum: +, -, or a multiple."""
    sign = "-" if coefficient < 0 else "+"
    return sign if abs(coefficient) == 1 else f"{sign} {abs(coefficient)} x"


def suspect_sentence(suspect: Suspect, home: Where) -> str:
    """Which cell may be to blame, what it should be, and how many relations name that figure."""
    place = place_of(suspect.where, home)
    said = f"{place}: {shown(suspect.stated)}" if place else shown(suspect.stated)
    if suspect.proposed is not None:
        said += f" should be {figure_of(suspect.proposed) if suspect.proposed else NIL}"
    elif suspect.low is not None and suspect.high is not None:
        said += f" should be {figure_of(suspect.low)} to {figure_of(suspect.high)}"
    if suspect.slip:
        said += f" ({shown(suspect.slip)})"
    if len(suspect.witnesses) > 1:
        said += f", by {count_of(len(suspect.witnesses), 'relation')}"
    return said
