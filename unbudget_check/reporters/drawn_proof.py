"""The proof of a finding as rows of text: its piece of a table, its sentence, its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.reporters.excerpt import draw_excerpt, draw_list
from unbudget_check.reporters.fitting import MARKS, OTHER, STATED
from unbudget_check.reporters.quotation import draw_quote
from unbudget_check.reporters.words import figure_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.finding import Finding


def draw_proof(finding: Finding, room: int, *, whole: bool = False) -> tuple[Text, ...]:
    """The excerpt of the table, or the sentence; below it, as a list, what stands elsewhere."""
    if finding.excerpt:
        drawn = draw_excerpt(finding.excerpt, room, whole=whole)
    else:
        drawn = tuple(draw_quote(finding.quote, room)) if finding.quote else ()
    listed = tuple(_listed(finding, room, whole=whole)) if _has_parts_elsewhere(finding) else ()
    return (*drawn, *([Text()] if drawn and listed else []), *listed)


def _has_parts_elsewhere(finding: Finding) -> bool:
    """Whether the proof needs figures that the excerpt of the table does not show."""
    places = [part.where for proof in finding.relations[:1] for part in proof.parts]
    places += [proof.where for proof in finding.relations[:1]]
    here = finding.where.table, finding.where.part
    return not finding.excerpt or any((place.table, place.part) != here for place in places)


def _listed(finding: Finding, room: int, *, whole: bool) -> Iterable[Text]:
    """What is stated and its parts, one below the other."""
    if not finding.relations:
        return ()
    proof = finding.relations[0]
    home = finding.where
    parts = [
        (MARKS.get(part.coefficient, OTHER), place_of(part.where, home), figure_of(part.stated))
        for part in proof.parts
    ]
    stated = (STATED, place_of(proof.where, home) or "stated", figure_of(proof.stated))
    return draw_list([*parts, stated], room, whole=whole)
