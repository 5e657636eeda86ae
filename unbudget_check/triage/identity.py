"""The fingerprint of a finding, the same from run to run, and its number within one report.

A fingerprint rests on what an officer would call the same finding, never on amounts or on numbers
that shift when something is inserted: for a cell the rule, the document, the table and the labels
of row and column; for a sentence its words, whatever its paragraph is numbered and whatever amounts
it gives. A corrected amount, another row of the same sum, a new paragraph leave it as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.model.finding import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.finding import Finding


DIGITS = 16
SEPARATOR = "\x1f"  # stands in no printed label
_WORDS = re.compile(r"[^\W\d_]+")


def identified(findings: Iterable[Finding], symbol: str | None = None) -> Iterator[Finding]:
    """The findings of one document with their fingerprints; twins are distinguished by their order.

    ``symbol`` is the document's own (A/80/6 (Sect. 29E)); its file name stands in where there is
    none.
    """
    twins: Counter[str] = Counter()
    for finding in findings:
        first = fingerprint(finding, symbol)
        twins[first] += 1
        found = first if twins[first] == 1 else fingerprint(finding, symbol, twins[first])
        yield replace(finding, fingerprint=found)


def fingerprint(finding: Finding, symbol: str | None = None, twin: int = 1) -> str:
    """Sixteen hexadecimal digits; ``twin`` numbers findings that agree in all but their order."""
    document = symbol or PurePath(finding.document.replace("\\", "/")).name
    parts = [finding.code, normalise(document), *_place(finding)]
    parts += [str(twin)] if twin > 1 else []
    return hashlib.sha256(SEPARATOR.join(parts).encode("utf-8", "replace")).hexdigest()[:DIGITS]


def _place(finding: Finding) -> Iterator[str]:
    """What an officer would say of the place, and what no insertion elsewhere changes."""
    if finding.quote is not None:
        yield " ".join(_WORDS.findall(normalise(finding.quote.text)))
        return
    where = finding.where
    title = finding.excerpt.title if finding.excerpt and not where.table else ""
    for name in (where.table or title, where.part, where.figure, where.row, where.column):
        yield normalise(name) if name else ""
    yield where.item or ""


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one document, given in reading order, in the order of their numbers.

    The most certain come first, then reading order. Accepted findings keep their place in it, so
    that accepting one changes no other number.
    """
    ordered = sorted(findings, key=lambda each: -CONFIDENCES.index(each.confidence))
    return tuple(replace(each, number=number) for number, each in enumerate(ordered, 1))
