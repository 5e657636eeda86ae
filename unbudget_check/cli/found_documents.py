"""What lies in a folder that is to be checked: documents, data, and texts that are neither."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.cli.data_columns import guess_columns
from unbudget_check.errors import UserError
from unbudget_check.readers.paths import FORMATS, is_excluded, listing_of
from unbudget_check.reporters.words import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.wishes import TidyMapping

KINDS = {
    "docx": "Word document",
    "workbook": "workbook",
    "html": "web page",
    "csv": "CSV file",
    "text": "text file",
}
# What stands beside documents in many folders and is none; folders end in /*.
NO_DOCUMENTS = (
    "requirements*.txt",
    "constraints*.txt",
    "CMakeLists.txt",
    "robots.txt",
    "README*.txt",
    "LICENSE*.txt",
    "CHANGELOG*.txt",
    "node_modules/*",
    "site-packages/*",
    "venv/*",
)
MOST_DATA = 3  # files are suggested by name; more would only fill the page


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """What was found: how many of each kind, their endings, what to leave out, data files."""

    counts: Mapping[str, int]
    endings: tuple[str, ...]
    left_out: tuple[str, ...]
    data: Mapping[str, TidyMapping]

    @property
    def told(self) -> str:
        """In words: ``2 Word documents, 1 workbook``."""
        known = {kind: word for kind, word in KINDS.items() if kind in self.counts}
        said = ", ".join(count_of(self.counts[kind], word) for kind, word in known.items())
        return said or "no document yet"


def find_documents(folder: Path) -> FoundDocuments:
    """Look through a folder as ``check`` would."""
    try:
        found = listing_of(str(folder)).files
        names = [Path(each).relative_to(folder).as_posix() for each in found]
    except UserError:
        names = []
    left_out = tuple(p for p in NO_DOCUMENTS if any(is_excluded(name, (p,)) for name in names))
    kept = [name for name in names if not is_excluded(name, left_out)]
    endings = {Path(name).suffix.lower() for name in kept}
    data = {name: guess_columns(folder / name) for name in kept if _kind(name) == "csv"}
    known = [(name, mapping) for name, mapping in data.items() if mapping is not None]
    return FoundDocuments(
        Counter(map(_kind, kept)),
        tuple(ending for ending in FORMATS if ending in endings),
        left_out,
        dict(known[:MOST_DATA]),
    )


def _kind(name: str) -> str:
    return FORMATS[Path(name).suffix.lower()]
