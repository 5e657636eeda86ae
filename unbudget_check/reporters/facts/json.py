"""Facts as JSON: a list under ``schema_version`` 1, amounts as strings of digits.

Keys may be added under one version, never renamed; ``facts.schema.json`` beside this file is the
published schema.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from unbudget_check.reporters.data.plain_data import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.fact_row import FactRow

SCHEMA_VERSION = 1


def render(rows: Sequence[FactRow]) -> str:
    """All facts, one a row of the text, so that two files can be compared row by row."""
    facts = [json_text({**asdict(row), "value": f"{row.value:f}"}) for row in rows]
    listed = ",\n".join(facts)
    return f'{{"schema_version": {SCHEMA_VERSION}, "facts": [\n{listed}\n]}}\n'
