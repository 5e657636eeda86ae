"""Which source of funds stands beside each amount of a total that is divided by source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.bearings import SEVERAL, source_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.prose import Mention

# No name of a source stands further from its amount.
FARTHEST = 240
_STOP = re.compile(r"[\d,.;:()\uff0c\u3002\uff1b\uff1a\u3001\uff08\uff09]")


def source_beside(text: str, mentions: Sequence[Mention], whole: int, at: int, code: str) -> str:
    """The source named beside an amount, on the side where the first one behind the total has it.

    Without exactly one source on that side it is "".
    """
    if source_before(text, mentions[whole + 1], code):
        return source_before(text, mentions[at], code)
    end = mentions[at].span.end
    return _one(_STOP.split(text[end : end + FARTHEST], maxsplit=1)[0], code)


def source_before(text: str, mention: Mention, code: str) -> str:
    """The one source named before an amount, from the last stop or figure on, or ""."""
    start = mention.span.start
    return _one(_STOP.split(text[max(start - FARTHEST, 0) : start])[-1], code)


def _one(words: str, code: str) -> str:
    source = source_in(words, code)
    return "" if source == SEVERAL else source
