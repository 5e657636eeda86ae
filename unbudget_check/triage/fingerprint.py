"""The identity of a finding: the same from run to run while its cause stands.

It rests on what an officer would call the same finding (rule, document, table, row, column, and
the cells of the proof), never on row numbers of a file or on amounts: a corrected amount elsewhere,
a new paragraph or another rounding leaves it as it is.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.languages import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.location import Where

DIGITS = 16
SEPARATOR = "\x1f"  # stands in no printed label


def fingerprint(finding: Finding, symbol: str | None = None) -> str:
    """Sixteen hexadecimal digits; ``symbol`` is the document's own, else its file name stands in.

    Findings that agree in all of this are twins; whoever lists them tells them apart by order.
    """
    document = symbol or PurePath(finding.document.replace("\\", "/")).name
    places = sorted(set(_places(finding)))
    parts = [finding.code, normalise(document), _place(finding.where), *places]
    return hashlib.sha256(SEPARATOR.join(parts).encode("utf-8", "replace")).hexdigest()[:DIGITS]


def _places(finding: Finding) -> Iterator[str]:
    for proof in finding.relations:
        yield proof.code + SEPARATOR + _place(proof.where)
        for part in proof.parts:
            yield proof.code + SEPARATOR + _place(part.where)


def _place(where: Where) -> str:
    names = (
        where.table,
        where.part,
        where.paragraph,
        where.figure,
        where.row,
        where.column,
        where.item,
    )
    return SEPARATOR.join(normalise(name) if name else "" for name in names)
