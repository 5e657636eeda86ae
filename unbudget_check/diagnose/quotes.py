"""Where a piece of running text stands, in an officer's words, and the sentences around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.model.finding import Quote
from unbudget_check.model.location import Where
from unbudget_check.model.prose import CaptionKind, PassageKind

if TYPE_CHECKING:
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Span

# A quotation is the sentence; where that is longer, so many characters on each side.
AROUND = 240
CUT = "…"
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d(“\"])|(?<=[。！？；])|(?<=;)\s+")


def where_in(facts: DocumentFacts, span: Span) -> Where:
    """The place of a piece of text: paragraph and item as printed, or label in a chart."""
    passage = facts.prose.passages[span.passage]
    label = facts.labels.get(span)
    if label is not None:
        return Where(
            facts.path,
            row=label.row or None,
            column=label.column or None,
            item=label.item or None,
            figure=label.figure or None,
            line=passage.line,
            address=passage.address or None,
        )
    numbers = _captioned(facts, span)
    return Where(
        facts.path,
        table=numbers.get(CaptionKind.TABLE),
        figure=numbers.get(CaptionKind.FIGURE),
        paragraph=passage.number or None,
        item=" ".join(passage.items) or None,
        line=passage.line,
        address=passage.address or None,
    )


def _captioned(facts: DocumentFacts, span: Span) -> dict[CaptionKind, str]:
    """The kind and the number of the caption to which a piece of text belongs."""
    if facts.prose.passages[span.passage].kind is not PassageKind.CAPTION:
        return {}
    above = [each for each in facts.prose.captions if each.passage <= span.passage]
    return {above[-1].kind: above[-1].number} if above and above[-1].number else {}


def text_in(facts: DocumentFacts, span: Span) -> str:
    """A piece of text as printed."""
    return facts.prose.passages[span.passage].text[span.start : span.end]


def quote_of(facts: DocumentFacts, span: Span) -> Quote:
    """The sentence in which a piece of text stands; a very long one is cut around it."""
    text = facts.prose.passages[span.passage].text
    low, high = max(span.start - AROUND, 0), min(span.end + AROUND, len(text))
    # Where sentences end further away does not matter; an end shows by the two characters there.
    ends = [found.start() for found in _END.finditer(text, max(low - 1, 0), high + 2)]
    begin = max((end for end in ends if end <= span.start), default=0)
    begin += len(text[begin:high]) - len(text[begin:high].lstrip())
    finish = min((end for end in ends if end >= span.end), default=len(text))
    low, high = max(begin, low), min(finish, high)
    before, after = CUT * (low > begin), CUT * (high < finish)
    shift = len(before) - low
    return Quote(before + text[low:high] + after, span.start + shift, span.end + shift)
