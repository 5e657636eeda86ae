"""Which sentences with amounts are tied to another statement of the fact, and why others not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.quotes import where_in
from unbudget_check.languages.telling import unchecked

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.report import Unchecked

UNEXPLAINED = "unexplained"

Sentence = tuple[int, int]


def sentences_of(facts: DocumentFacts) -> dict[Sentence, list[int]]:
    """(passage, sentence) -> the positions of its mentions, in reading order."""
    found: dict[Sentence, list[int]] = {}
    for at, mention in enumerate(facts.prose.mentions):
        found.setdefault((mention.span.passage, mention.sentence), []).append(at)
    return found


def untied_sentences(facts: DocumentFacts, reached: NDArray[np.bool_]) -> Iterator[Unchecked]:
    """The sentences of which no figure stands in a relation, with the reason."""
    mentions = facts.prose.mentions
    reasons = {each.mention: each.reason for each in facts.prose.statements}
    for listed in sentences_of(facts).values():
        if not any(reached[mentions[at].figure] for at in listed):
            told = (reasons.get(at, "") for at in listed)
            reason = next(filter(None, told), UNEXPLAINED)
            yield unchecked(where_in(facts, mentions[listed[0]].span), reason)
