"""The sentences in which a comparison of two reports is told, the same in every format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.model.differences import BAD, Fate, Turn
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import ClosingRow
from unbudget_check.reporters.words import count_of, figure_of, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.differences import Differences, TurnedDocument, TurnedFinding


def closing_rows(differences: Differences) -> tuple[ClosingRow, ...]:
    """What was compared with what, and the result last."""
    before, now = differences.before.coverage, differences.now.coverage
    fates = Counter(each.fate for each in differences.documents)
    documents = [f"{spaced(count)} {fate}" for fate, count in fates.items()]
    rows = [
        ClosingRow("documents", ", ".join(documents) or "none"),
        ClosingRow(
            "relations", f"{spaced(before.judged)} checked before, {spaced(now.judged)} now"
        ),
        *(ClosingRow("remark", shown(each), "doubtful") for each in differences.remarks),
    ]
    return (*rows, result_of(differences))


def result_of(differences: Differences) -> ClosingRow:
    """The one sentence to remember; it never sounds well where nothing could be compared."""
    if all(each.fate is not Fate.COMPARED for each in differences.documents):
        text, tone = "nothing was compared: no document was read for both reports", "doubtful"
    elif differences.broken:
        text, tone = "", "bad"
    else:
        text, tone = "nothing broken", "good"
    counted = [_counted(turn, differences.with_turn([turn])) for turn in Turn]
    unknown = sum(each.unknown for each in differences.documents)
    counted.append(f"{spaced(unknown)} unknown" if unknown else "")
    said = ", ".join(each for each in counted if each)
    lost = any(each.fate is Fate.UNREADABLE for each in differences.documents)
    tone = "doubtful" if tone == "good" and (lost or not differences.now.coverage.judged) else tone
    return ClosingRow("result", f"{'; '.join(each for each in (text, said) if each)}.", tone)


def _counted(turn: Turn, found: Iterable[TurnedFinding]) -> str:
    """How many findings turned so, by severity where that matters."""
    counts = Counter(each.told.severity for each in found)
    if not counts:
        return ""
    said = f"{spaced(counts.total())} {turn}"
    if turn not in BAD:
        return said
    grades = [count_of(counts[each], each) for each in reversed(SEVERITIES) if counts[each]]
    return f"{said} ({', '.join(grades)})"


def fate_of(document: TurnedDocument) -> str:
    """What became of a document, where it was not simply read again."""
    lost = f"; what became of its {count_of(document.unknown, 'finding')} is unknown"
    unknown = lost if document.unknown else ""
    match document.fate:
        case Fate.APPEARED:
            return "not in the first report"
        case Fate.DISAPPEARED:
            return f"not in the second report{unknown}"
        case Fate.UNREADABLE:
            return f"unreadable: {shown(document.told.reason)}{unknown}"
        case Fate.READABLE:
            return "unreadable in the first report"
        case Fate.COMPARED:
            path = document.before.path if document.before else ""
            return f"was {shown(path)}" if path != document.told.path else ""


def measure_of(turned: TurnedFinding) -> str:
    """How a finding that stands in both reports has changed."""
    before, now = turned.before, turned.now
    if before is None or now is None or turned.turn is Turn.SAME:
        return ""
    said = []
    if before.severity != now.severity:
        said.append(f"{before.severity} before, {now.severity} now")
    if before.residual != now.residual:
        said.append(
            f"difference {figure_of(before.residual)} before, {figure_of(now.residual)} now"
        )
    elif before.residual is None and before.stated_text != now.stated_text:
        said.append(f"{shown(before.stated_text)} before, {shown(now.stated_text)} now")
    acceptance = shown(now.acceptance)
    return "; ".join([*said, *([acceptance] if acceptance else [])])
