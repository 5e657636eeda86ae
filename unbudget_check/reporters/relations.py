"""Relations as JSON: what each document's figures add up to, under ``schema_version`` 1.

Keys may be added under one version, never renamed; ``relations.schema.json`` beside this file is
the published schema.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from unbudget_check.reporters.plain_data import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.relations import RelationRow

SCHEMA_VERSION = 1


def render(documents: Iterable[tuple[str, Sequence[RelationRow], str]]) -> str:
    """All relations, one a row of the text; a document that could not be read has its reason."""
    listed = ",\n".join(_document(*each) for each in documents)
    return f'{{"schema_version": {SCHEMA_VERSION}, "documents": [\n{listed}\n]}}\n'


def _document(path: str, rows: Sequence[RelationRow], reason: str) -> str:
    relations = ",\n".join(json_text(asdict(row)) for row in rows)
    status = "unreadable" if reason else "read"
    head = f'"path": {json_text(path)}, "status": "{status}", "reason": {json_text(reason)}'
    return f'{{{head}, "relations": [\n{relations}\n]}}'
