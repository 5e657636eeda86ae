"""The sentences in which a comparison of two reports is told, the same in every format.

They are in the language of the later report.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.messages import say, tell
from unbudget_check.model.comparison import BAD, Fate, Turn
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import ClosingRow
from unbudget_check.reporters.differences.edits import counts_told, forgotten_told
from unbudget_check.reporters.words import count_of, figure_of, listed, severity_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.comparison import Comparison, TurnedDocument, TurnedFinding


def closing_rows(differences: Comparison) -> tuple[ClosingRow, ...]:
    """What was compared with what, and the result last."""
    lang = differences.now.lang
    before, now = differences.before.coverage.judged, differences.now.coverage.judged
    fates = Counter(each.fate for each in differences.documents)
    documents = [say(lang, f"fates.{fate}", count=count) for fate, count in fates.items()]
    relations = say(lang, "differences.relations", before=before, now=now)
    rows = [
        _row(lang, "documents", listed(documents, lang)),
        _row(lang, "relations", relations),
        *(_row(lang, "figures", text) for text in [counts_told(differences, lang)] if text),
        *(
            _row(lang, "remarks", shown(tell(lang, each)), "doubtful")
            for each in differences.remarks
        ),
    ]
    return (*rows, result_of(differences))


def _row(lang: str, kind: str, text: str, tone: str = "") -> ClosingRow:
    return ClosingRow(say(lang, f"labels.{kind}"), text, tone, kind)


def result_of(differences: Comparison) -> ClosingRow:
    """The one sentence to remember; it never sounds well where nothing could be compared."""
    lang = differences.now.lang
    if all(each.fate is not Fate.COMPARED for each in differences.documents):
        text, tone = say(lang, "differences.nothing"), "doubtful"
    elif differences.broken or differences.left:
        text, tone = "", "bad"
    else:
        text, tone = say(lang, "differences.clean"), "good"
    counted = [_counted(turn, differences.with_turn([turn]), lang) for turn in Turn]
    unknown = sum(each.unknown for each in differences.documents)
    counted.append(say(lang, "differences.unknown", count=unknown) if unknown else "")
    counted.insert(0, forgotten_told(differences.left, lang))
    told = listed(filter(None, counted), lang)
    both = say(lang, "differences.both", one=text, two=told) if text and told else text or told
    lost = any(each.fate is Fate.UNREADABLE for each in differences.documents)
    tone = "doubtful" if tone == "good" and (lost or not differences.now.coverage.judged) else tone
    return _row(lang, "result", say(lang, "differences.result", text=both), tone)


def turn_of(turn: Turn, count: int, lang: str) -> str:
    """How many findings turned so: ``2 broken``."""
    return say(lang, f"turns.{turn}", count=count)


def _counted(turn: Turn, found: Iterable[TurnedFinding], lang: str) -> str:
    """How many findings turned so, by severity where that matters."""
    counts = Counter(each.told.severity for each in found)
    if not counts:
        return ""
    told = turn_of(turn, counts.total(), lang)
    if turn not in BAD:
        return told
    grades = [count_of(counts[each], each, lang) for each in reversed(SEVERITIES) if counts[each]]
    return say(lang, "differences.graded", text=told, grades=listed(grades, lang))


def fate_of(document: TurnedDocument, lang: str) -> str:
    """What became of a document, where it was not simply read again."""
    lost = count_of(document.unknown, "finding", lang)
    unknown = say(lang, "differences.lost", findings=lost) if document.unknown else ""
    match document.fate:
        case Fate.APPEARED:
            return say(lang, "differences.appeared")
        case Fate.DISAPPEARED:
            return say(lang, "differences.disappeared", unknown=unknown)
        case Fate.UNREADABLE:
            reason = shown(document.told.reason)
            return say(lang, "differences.unreadable", reason=reason, unknown=unknown)
        case Fate.READABLE:
            return say(lang, "differences.readable")
        case Fate.COMPARED:
            path = document.before.path if document.before else ""
            named = say(lang, "differences.renamed", path=shown(path))
            return named if path != document.told.path else ""


def measure_of(turned: TurnedFinding, lang: str) -> str:
    """How a finding that stands in both reports has changed."""
    before, now = turned.before, turned.now
    if before is None or now is None or turned.turn is Turn.SAME:
        return ""
    told = []
    if before.severity != now.severity:
        grades = severity_of(before, lang), severity_of(now, lang)
        told.append(say(lang, "differences.changed", before=grades[0], now=grades[1]))
    if before.residual != now.residual:
        figures = (
            figure_of(before.residual, before.notation),
            figure_of(now.residual, now.notation),
        )
        told.append(say(lang, "differences.residuals", before=figures[0], now=figures[1]))
    elif before.residual is None and before.stated_text != now.stated_text:
        texts = shown(before.stated_text), shown(now.stated_text)
        told.append(say(lang, "differences.changed", before=texts[0], now=texts[1]))
    told += [shown(now.acceptance)] if now.acceptance else []
    return say(lang, "closing.documents_joint").join(told)
