"""A place as SARIF says it: an address that code-scanning sites accept, and the human name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from unbudget_check.reporters.hosting import stable_path
from unbudget_check.reporters.words import anchor_of, place_of, shown

if TYPE_CHECKING:
    from unbudget_check.model.location import Where
    from unbudget_check.reporters.options import RenderOptions

# How the reader of texts writes the span of a figure: "line 12, 40-47", both ends included.
_SPAN = re.compile(r"line \d+, (\d+)-(\d+)")
_DRIVE = re.compile(r"[A-Za-z]:/")


def location_data(where: Where, lang: str, options: RenderOptions) -> dict[str, Any]:
    """A location; its human name is in the language of the report."""
    name = place_of(where, lang=lang)
    path = anchor_of(where).removeprefix(shown(where.document)).lstrip("#!:")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quoted_uri(stable_path(where.document, options))},
            "region": _region(where),
        },
        "logicalLocations": [{"name": name, "fullyQualifiedName": path or name}],
    }


def quoted_uri(path: str) -> str:
    """A path as a relative reference; what is no letter of a URI is percent-encoded."""
    if _DRIVE.match(path):
        return f"file:///{quote(path, safe='/:', errors='surrogateescape')}"
    # A colon in a first step would read as a scheme such as "file:"; it is encoded, too.
    quoted = quote(path, safe="/", errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted


def _region(where: Where) -> dict[str, int]:
    """All four numbers; what has no lines has its beginning as its place."""
    line = where.line or 1
    span = _SPAN.fullmatch(where.address or "") if where.line else None
    first, last = (int(span[1]), int(span[2])) if span else (1, 0)
    return {
        "startLine": line,
        "startColumn": first,
        "endLine": line,
        "endColumn": max(last + 1, first),
    }
