"""Format places, figures, counts and document names, the same in every format for people.

``lang`` is the language of the reader, which a report names (``Report.lang``).

What each document is called in a report: its symbol, or as much of its path as is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.messages import ENGLISH, call, grouped, said, say
from unbudget_check.messages.telling import unplaced
from unbudget_check.model.decision import Verdict
from unbudget_check.model.document import Where
from unbudget_check.model.number import NIL, UNITED_NATIONS, number_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from unbudget_check.model.finding import Finding, Proof, Quote, Suspect
    from unbudget_check.model.number import Notation
    from unbudget_check.model.report import DocumentResult


# Marks without a shape of their own; they would only spoil the alignment.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Format characters that scripts need: joiners and marks of direction.
HARMLESS = "\u200c\u200d\u200e\u200f\u061c"
GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
# The steps of a place, from the outermost.
STEPS = ("paragraph", "figure", "row", "column", "item", "page")


def shown(text: str) -> str:
    """Text of a document, safe on one row of a terminal: controls made visible, spaces single.

    Overrides of direction, which could make a figure read as another one, are made visible too.
    """
    plain = " ".join(text.translate(UNSEEN).split())
    if plain.isprintable():
        return plain
    return "".join(map(visible, plain))


def unsplit(text: str) -> str:
    """The text with figures that no end of a row can split: 25 358.9 stays together."""
    return GROUPS.sub("\u00a0", text)


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


def figure_of(value: Decimal | None, notation: Notation = UNITED_NATIONS) -> str:
    """A figure as its document prints figures, or a dash where there is none."""
    return "-" if value is None else shown(printed(number_of(value), notation))


def count_of(count: int, noun: str, lang: str = ENGLISH) -> str:
    """A count with its noun: ``1 table``, ``1 250 tables``."""
    counted = said(lang, f"counts.{noun}", {"count": count})
    return f"{spaced(count)} {noun}" + ("" if count == 1 else "s") if counted is None else counted


def spaced(count: int) -> str:
    """A count in groups of three digits."""
    return grouped(count)


def listed(things: Iterable[str], lang: str = ENGLISH) -> str:
    """Several things in a row, with a comma between them."""
    return say(lang, "lists.joint").join(things)


def table_of(where: Where, lang: str = ENGLISH) -> str:
    """The table as it is cited: ``table 29E.24 (1)``; empty where the place is in no table."""
    name = " ".join(shown(each) for each in (where.table, where.part) if each)
    return say(lang, "places.table", name=name) if name else ""


def place_of(where: Where, home: Where | None = None, lang: str = ENGLISH) -> str:
    """The place as an officer says it: ``table 29E.24 (1), row Total, column 2026 estimate``.

    Seen from another place, ``home``, only what differs is said.
    """
    table = table_of(where, lang)
    steps = [table] if table and (home is None or table != table_of(home, lang)) else []
    if where.below and not table and (home is None or where.below != home.below):
        steps.append(say(lang, "places.below", place=_above(where.below, lang)))
    for kind in STEPS:
        name = getattr(where, kind)
        if name and (home is None or name != getattr(home, kind)):
            steps.append(say(lang, f"places.{kind}", name=shown(name)))
    if steps or home is not None:
        return listed(steps, lang)
    if where.line is not None:
        return say(lang, "places.line", name=str(where.line))
    if address_of(where):
        return say(lang, "places.at", name=shown(where.address or ""))
    return say(lang, "places.document")


def address_of(where: Where) -> str | None:
    """The address of a place where it says anything to a person: a cell of a sheet, or lines.

    That of an element of a Word file or of a web page is for programs.
    """
    return None if where.address is None or where.address.startswith("/") else where.address


def table_at(where: Where, title: str = "") -> Where:
    """The table of a place, as a heading above it names it: by its number, or by its title."""
    return Where(where.document, where.table, where.part, below=where.below if title else None)


def _above(below: str, lang: str) -> str:
    """What stands above a place without a number: a paragraph by its number, or words."""
    name = shown(below)
    return name if name.startswith("“") else say(lang, "places.paragraph", name=name)


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


def reason_of(document: DocumentResult, lang: str = ENGLISH) -> str:
    """Why a document could not be read, after its path; a reason may name the path itself."""
    path = shown(document.path)
    reason = shown(document.reason).removeprefix(path).lstrip(":： ")
    return say(lang, "lists.reason", thing=path, reason=reason)


def severity_of(finding: Finding, lang: str = ENGLISH) -> str:
    """The word for how bad a finding is."""
    return call(lang, "severities", finding.severity)


def head_of(finding: Finding, lang: str = ENGLISH) -> str:
    """Severity, code and name, as one can pass them on: ``error ARI101 column-total``."""
    return f"{severity_of(finding, lang)} {shown(finding.code)} {shown(finding.name)}"


def numbered_head(finding: Finding, lang: str = ENGLISH) -> str:
    """The same after the number of the finding, if it has one: ``3. error ARI101 column-total``."""
    return f"{number_of_finding(finding)}{head_of(finding, lang)}"


def number_of_finding(finding: Finding) -> str:
    """What begins a finding in a list: ``3. ``; empty where nobody numbered it."""
    return f"{finding.number}. " if finding.number else ""


def doubt_of(finding: Finding, lang: str = ENGLISH) -> str:
    """What keeps a finding from being certain and open; empty for most."""
    doubts = [] if finding.confidence == "high" else [call(lang, "confidences", finding.confidence)]
    is_plain = finding.status == "open" and finding.decision is None
    doubts += [] if is_plain else [status_of(finding, lang)]
    return listed(doubts, lang)


def status_of(finding: Finding, lang: str = ENGLISH) -> str:
    """What became of a finding, in a word: what somebody decided, where that holds."""
    decision = finding.decision
    is_told = decision and decision.verdict is not Verdict.ACCEPT and finding.status != "baselined"
    return call(lang, "statuses", decision.verdict if decision and is_told else finding.status)


def sentence_of(finding: Finding, *, capital: bool = True) -> str:
    """The message without the place of the finding, for where that has been said."""
    sentence = shown(unplaced(finding))
    return sentence[:1].upper() + sentence[1:] if capital else sentence


def sums_of(finding: Finding, lang: str = ENGLISH) -> tuple[tuple[str, str], ...]:
    """Stated, computed, difference and allowance, with their names; only what there is.

    Where nothing was added up there is only the cell as printed and what it probably means; nothing
    of what has no cell, such as a row of a data file.
    """
    printed_text, notation = shown(finding.stated_text), finding.notation
    if finding.residual is None:
        found = []
        if printed_text or finding.stated is not None:
            found.append(("printed", printed_text or figure_of(finding.stated, notation)))
        meant = finding.computed
        found += [] if meant is None else [("probably", figure_of(meant, notation))]
    else:
        # A cell that holds a list of figures is not itself the stated one.
        is_figure = printed_text and not any(map(str.isalpha, printed_text))
        found = [("stated", printed_text if is_figure else figure_of(finding.stated, notation))]
        found.append(("computed", figure_of(finding.computed, notation)))
        found.append(("difference", figure_of(finding.residual, notation)))
        if finding.allowance is not None:
            found.append(("allowance", figure_of(finding.allowance, notation)))
    return tuple((say(lang, f"figures.{name}"), figure) for name, figure in found)


def proof_sentence(proof: Proof, finding: Finding, lang: str = ENGLISH) -> str:
    """A further relation that the same cell breaks, with its sum."""
    place = listed(
        filter(None, (shown(proof.code), place_of(proof.where, finding.where, lang))), lang
    )
    if proof.computed is None:
        return place
    return say(lang, "proofs.told", place=place, verdict=verdict_of(proof, finding.notation, lang))


def verdict_of(proof: Proof, notation: Notation, lang: str = ENGLISH) -> str:
    """What a relation states, what its parts give, and by how much it misses."""
    stated, computed = figure_of(proof.stated, notation), figure_of(proof.computed, notation)
    verdict = say(lang, "proofs.verdict", stated=stated, computed=computed)
    if proof.residual is None:
        return verdict
    return say(lang, "proofs.missed", verdict=verdict, residual=figure_of(proof.residual, notation))


def equation_of(proof: Proof, finding: Finding, lang: str = ENGLISH) -> str:
    """A relation written out in figures: what its parts give, and what is stated instead."""
    place = place_of(proof.where, finding.where, lang) or place_of(proof.where, lang=lang)
    named = listed((shown(proof.code), place), lang)
    return say(lang, "proofs.told", place=named, verdict=worked_out(proof, finding.notation, lang))


def worked_out(proof: Proof, notation: Notation, lang: str = ENGLISH) -> str:
    """The sum of a relation in figures, without its place."""
    parts = [(figure_of(part.stated, notation), part.coefficient) for part in proof.parts]
    if adds_up(proof):
        given = " ".join(f"{sign_of(sign)} {figure}" for figure, sign in parts).removeprefix("+ ")
    else:
        quotient = " / ".join(figure for figure, _ in parts)
        given = say(lang, "proofs.percentage", quotient=quotient)
    return say(
        lang,
        "proofs.worked_out",
        given=given,
        computed=figure_of(proof.computed, notation),
        stated=figure_of(proof.stated, notation),
        residual=figure_of(proof.residual, notation),
        allowance=figure_of(proof.allowance, notation),
    )


def adds_up(proof: Proof) -> bool:
    """Whether a relation is a sum of its parts; a percentage is none."""
    added = [part.stated * part.coefficient for part in proof.parts if part.stated is not None]
    return proof.computed is not None and sum(added) == proof.computed


def sign_of(coefficient: int) -> str:
    """How a part enters a sum: +, -, or a multiple."""
    sign = "-" if coefficient < 0 else "+"
    return sign if abs(coefficient) == 1 else f"{sign} {abs(coefficient)} x"


def suspect_sentence(suspect: Suspect, finding: Finding, lang: str = ENGLISH) -> str:
    """Which cell may be to blame, what it should be, and how many relations name that figure."""
    place, told = place_of(suspect.where, finding.where, lang), shown(suspect.stated)
    if place:
        told = say(lang, "suspects.at", place=place, stated=told)
    meant = meant_of(suspect, finding.notation, lang)
    if meant:
        told = say(lang, "suspects.should", said=told, figure=meant)
    if suspect.slip and not suspect.is_opposite:
        slip = shown(call(lang, "slips", suspect.slip))
        told = say(lang, "suspects.slip", said=told, slip=slip)
    if len(suspect.witnesses) > 1:
        relations = count_of(len(suspect.witnesses), "relation", lang)
        told = say(lang, "suspects.witnesses", said=told, relations=relations)
    return told


def meant_of(suspect: Suspect, notation: Notation, lang: str = ENGLISH) -> str:
    """The figure, or the range, that should stand in a cell; empty where none is known.

    Where a word of running text is wrong, that is said instead.
    """
    if suspect.is_opposite:
        return say(lang, "sentences.opposite")
    if suspect.proposed is not None:
        return figure_of(suspect.proposed, notation) if suspect.proposed else NIL
    if suspect.low is None or suspect.high is None:
        return ""
    low, high = figure_of(suspect.low, notation), figure_of(suspect.high, notation)
    return say(lang, "suspects.range", low=low, high=high)


def names_of(documents: Iterable[DocumentResult], *, symbols: bool = False) -> dict[str, str]:
    """Path -> file name, or the symbol if asked for, with the folders that tell it from others.

    No two documents have the same name, unless their paths look alike.
    """
    listed = tuple(documents)
    names = {each.path: (symbols and shown(each.symbol or "")) or _tail(each, 1) for each in listed}
    deepest = max((len(PurePath(each.path).parts) for each in listed), default=0)
    for depth in range(1, deepest + 1):
        taken = Counter(names.values())
        names |= {each.path: _tail(each, depth) for each in listed if taken[names[each.path]] > 1}
    return names


def _tail(document: DocumentResult, depth: int) -> str:
    return shown("/".join(PurePath(document.path).parts[-depth:]))
