"""Names as drawings print them: whatever stands between their words, they are the same name.

GS (OL), GS-OL and P4 are printed for GS (OL), GS (OL) and P-4.
"""

from __future__ import annotations

import re

from unbudget_check.languages import normalise

_WORD = re.compile(r"[a-z0-9/]+|[^\W\x00-\x7f]+")


def loose_key(term: str) -> str:
    """A name without what may vary, by which it is looked up."""
    return "".join(_WORD.findall(normalise(term)))


def loose_pattern(term: str) -> str:
    """A name of a language file as a pattern for all forms in which it is printed."""
    words = r"\W*".join(map(re.escape, _WORD.findall(term)))
    return words + (r"\s*[)\uff09]?" if term.endswith(")") else "")
