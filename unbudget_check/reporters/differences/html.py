"""A comparison as one page that opens offline, made of the parts of the HTML report."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from unbudget_check.messages import say
from unbudget_check.model.comparison import BAD, Turn
from unbudget_check.reporters.differences.edits import (
    by_reason,
    forgotten_told,
    layout_sentence,
    left_sentence,
    reasons_sentence,
)
from unbudget_check.reporters.differences.sentences import (
    closing_rows,
    fate_of,
    measure_of,
    result_of,
    turn_of,
)
from unbudget_check.reporters.html.documents import direction_of
from unbudget_check.reporters.html.page import asset, environment, hash_of
from unbudget_check.reporters.words import (
    doubt_of,
    figure_of,
    head_of,
    place_of,
    sentence_of,
    shown,
)

if TYPE_CHECKING:
    from unbudget_check.model.comparison import (
        Change,
        Comparison,
        LeftUnchanged,
        TurnedDocument,
        TurnedFinding,
    )
    from unbudget_check.reporters.options import RenderOptions

HERE = "unbudget_check.reporters.differences"


def render(differences: Comparison, _options: RenderOptions) -> str:
    """The page; everything that changed is on it."""
    return environment(HERE).get_template("comparison.html").render(comparison_values(differences))


def comparison_values(differences: Comparison) -> dict[str, object]:
    """What the template of a comparison speaks of, by the names that it gives it."""
    lang = differences.now.lang
    style = asset("style.css")
    return {
        "say": partial(say, lang),
        "spoken": shown(lang),
        "side": direction_of(lang),
        "result": result_of(differences),
        "facts": tuple((row.label, row.text) for row in closing_rows(differences)[:-1]),
        "tool": shown(differences.now.tool.name),
        "documents": [
            _document(number, each, lang) for number, each in enumerate(differences.documents, 1)
        ],
        # Written beside the templates, not by a document.
        "styles": [(Markup(style), hash_of(style))],  # noqa: S704
    }


def _document(number: int, document: TurnedDocument, lang: str) -> dict[str, object]:
    edit = document.edit
    told = [each for each in document.findings if each.turn is not Turn.SAME]
    return {
        "number": number,
        "name": shown(document.told.symbol or document.told.path),
        "path": shown(document.told.path),
        "side": direction_of(document.told.language or ""),
        "fate": fate_of(document, lang),
        "forgotten_told": forgotten_told(edit.left, lang) if edit else "",
        "forgotten": [
            (
                reasons_sentence(changes, lang),
                [_left(each, lang) for each in left if not each.is_indirect],
                [_left(each, lang) for each in left if each.is_indirect],
            )
            for changes, left in by_reason(edit.left if edit else ()).items()
        ],
        "turns": [
            (turn_of(turn, len(group), lang), [_finding(each, lang) for each in group])
            for turn, group in _by_turn(told)
        ],
        "same": len(document.findings) - len(told),
        "changes": [_change(each, lang) for each in edit.changes] if edit else [],
        "changed": edit.changed if edit else 0,
        "more": edit.changed - len(edit.changes) if edit else 0,
        "layout": [layout_sentence(each, lang) for each in edit.layout] if edit else [],
        "is_compared": edit is not None,
    }


def _left(left: LeftUnchanged, lang: str) -> tuple[str, str]:
    return place_of(left.where, lang=lang), left_sentence(left, lang)


def _by_turn(found: list[TurnedFinding]) -> list[tuple[Turn, list[TurnedFinding]]]:
    return [(turn, list(group)) for turn, group in groupby(found, key=lambda each: each.turn)]


def _finding(turned: TurnedFinding, lang: str) -> dict[str, str]:
    finding = turned.told
    return {
        "severity": str(finding.severity) if turned.turn in BAD else "settled",
        "head": head_of(finding, lang),
        "doubt": doubt_of(finding, lang),
        "place": place_of(finding.where, lang=lang),
        "sentence": sentence_of(finding),
        "measure": measure_of(turned, lang),
    }


def _change(change: Change, lang: str) -> tuple[str, str, str, str]:
    difference = figure_of(change.difference, change.notation) if change.difference else ""
    place = place_of(change.where, lang=lang)
    return place, shown(change.before), shown(change.now), difference
