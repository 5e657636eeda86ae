"""The proof of a finding as rows of text: its piece of a table, its sentence, its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.languages.messages import ENGLISH, say
from unbudget_check.reporters.excerpt import draw_excerpt, draw_list
from unbudget_check.reporters.fitting import MARKS, OTHER, STATED
from unbudget_check.reporters.quotation import draw_quote
from unbudget_check.reporters.words import figure_of, place_of

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding


def draw_proof(
    finding: Finding, room: int, *, whole: bool = False, lang: str = ENGLISH
) -> tuple[Text, ...]:
    """The excerpt of the table, or the sentence; below it, as a list, what stands elsewhere."""
    if finding.excerpt:
        drawn = draw_excerpt(finding.excerpt, room, whole=whole, lang=lang)
    else:
        drawn = tuple(draw_quote(finding.quote, room)) if finding.quote else ()
    if not _has_parts_elsewhere(finding):
        return drawn
    listed = draw_list(_listed(finding, lang), room, whole=whole, lang=lang)
    return (*drawn, *([Text()] if drawn and listed else []), *listed)


def _has_parts_elsewhere(finding: Finding) -> bool:
    """Whether the proof needs figures that the excerpt of the table does not show."""
    places = [part.where for proof in finding.relations[:1] for part in proof.parts]
    places += [proof.where for proof in finding.relations[:1]]
    here = finding.where.table, finding.where.part
    return not finding.excerpt or any((place.table, place.part) != here for place in places)


def _listed(finding: Finding, lang: str) -> list[tuple[str, str, str]]:
    """The parts of the first relation with their marks and places, and then what is stated."""
    home = finding.where
    rows = []
    for proof in finding.relations[:1]:
        for part in proof.parts:
            mark, place = MARKS.get(part.coefficient, OTHER), place_of(part.where, home, lang)
            rows.append((mark, place, figure_of(part.stated, finding.notation)))
        place = place_of(proof.where, home, lang) or say(lang, "figures.stated")
        rows.append((STATED, place, figure_of(proof.stated, finding.notation)))
    return rows
