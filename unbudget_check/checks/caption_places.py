"""Captions that name another component than the heading under which they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.model.claims import Remark
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.rulebook.rule import Rule

OVERALL = "overall"
# Headings and captions were understood where so many captions agree with their headings, and of
# those that do not there is at most one in five.
ENOUGH = 3
FIFTH = 5
_NAME_ENDS = re.compile(r"[:.,;(\uff1a\uff0c\uff08]|$")


def check_caption_component(
    facts: DocumentFacts,
    rule: Rule,  # noqa: ARG001 - all checks have one signature
    number: int,
    claims: Claims,
) -> None:
    """Remark on captions that stand under the heading of another component."""
    named = list(_named(facts))
    wrong = [each for each in named if each.entity != each.bearing.entity]
    if len(named) - len(wrong) < ENOUGH or len(wrong) * FIFTH > len(named):
        return
    for each in wrong:
        span = _name(facts, each)
        printed = each.text[span.start : span.end]
        claims.remarks.append(Remark(number, span, text=_renamed(printed, each.bearing.entity)))


def _named(facts: DocumentFacts) -> Iterator[Passage]:
    """The captions that name a component and stand under the heading of one."""
    for each in facts.prose.passages:
        known = each.entity and each.bearing.entity
        if (
            each.kind is PassageKind.CAPTION
            and known
            and OVERALL
            not in (
                each.entity,
                each.bearing.entity,
            )
        ):
            yield each


def _name(facts: DocumentFacts, passage: Passage) -> Span:
    """Where a caption names its component: at the beginning of its title."""
    titles = {each.passage: each.title for each in facts.prose.captions}
    start = len(passage.text) - len(titles.get(passage.index, passage.text))
    if passage.index in titles and not passage.text.endswith(titles[passage.index]):
        start = 0
    end = _NAME_ENDS.search(passage.text, start)
    return Span(passage.index, start, end.start() if end else len(passage.text))


def _renamed(printed: str, entity: str) -> str:
    """How the caption names the component of its heading: by its number where it has one."""
    counts = re.findall(r"(?:^|› )(?:subprogramme|component) (\d+)", entity)
    if counts and len(re.findall(r"\d+", printed)) == len(counts):
        return re.sub(r"\d+", lambda _: counts.pop(0), printed)
    return entity
