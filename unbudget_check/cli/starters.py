"""The files that ``init`` writes, filled with what was found in the folder.

What lies in a folder that is to be checked: documents, data, and texts that are neither.

Which columns of a data file probably name its rows, and which hold its figures.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.lexicon import language_codes
from unbudget_check.messages import spoken_languages
from unbudget_check.model.options import TidyMapping
from unbudget_check.model.outcome import Rounding
from unbudget_check.notation.figures import is_amount
from unbudget_check.notation.years import is_year
from unbudget_check.readers.csv_dialect import find_delimiter
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.paths import FORMATS, is_excluded, listing_of
from unbudget_check.reporters.words import count_of
from unbudget_check.rulebook.shapes import toml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

LONG_LIST_CHARS = 80  # a longer list has a row for each of its texts
USUAL_EXCLUDE = '#exclude = ["old/*", "*-draft.docx"]'
USUAL_ENDINGS = (".docx", ".xlsx", ".csv")
TIDY = (
    "# Data files, one row an item: which columns name a row, which hold figures; the command",
    "# `unbudget-check map FILE` finds it out. What looks like a printed table needs none of this.",
)
GUESSED = (
    "# This was guessed from the names and the first rows of files; look at it before you switch",
    "# it on.",
)
EXAMPLE = (
    '#[tidy."exports/*.csv"]',
    '#labels = ["section", "item"]',
    '#measures = ["2025", "2026"]',
)

ROWS = 200  # are looked at
BYTES = 200_000
LABELS = 2  # columns of text; a table as printed has one

KINDS = {
    "docx": "Word document",
    "odt": "OpenDocument text",
    "sheets": "workbook",
    "csv": "CSV file",
    "html": "web page",
    "pdf": "PDF file",
    "pptx": "presentation",
    "text": "text file",
}
NOTICES = ("README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY")
# What stands beside documents in many folders and is none; folders end in /*.
NO_DOCUMENTS = (
    "requirements*.txt",
    "constraints*.txt",
    "CMakeLists.txt",
    "robots.txt",
    *(f"{name}*{ending}" for name in NOTICES for ending in (".txt", ".md")),
    "node_modules/*",
    "site-packages/*",
    "venv/*",
)
MOST_DATA = 3  # files are suggested by name; more would only fill the page


TEMPLATES = Path(__file__).with_name("templates")


def settings_text(found: FoundDocuments) -> str:
    """The settings, with every key explained and switched off."""
    excluded = f"exclude = {_listed(found.left_out)}" if found.left_out else USUAL_EXCLUDE
    tidy = [*TIDY, *(GUESSED if found.data else EXAMPLE)]
    for name, mapping in found.data.items():
        tidy += [f"#[tidy.{toml_text(name)}]", *(f"#{row}" for row in mapping_rows(mapping))]
    return _filled(
        "unbudget-check.toml",
        FOUND=found.told,
        EXCLUDE=excluded,
        LANGUAGES=", ".join(language_codes()),
        SPOKEN=", ".join(spoken_languages()),
        ROUNDINGS=", ".join(map(toml_text, _known(Rounding))),
        TIDY="\n".join(tidy),
    )


def workflow_text(requirement: str, documents: str) -> str:
    """A workflow for GitHub that checks the documents of this path."""
    return _filled(
        "workflow.yml", REQUIREMENT=_yaml_text(requirement), DOCUMENTS=_yaml_text(documents)
    )


def hook_rows(requirement: str, documents: str, found: FoundDocuments) -> str:
    """An entry for the file of pre-commit, as it stands below ``repos:``."""
    folder = "" if documents == "." else f"^{re.escape(documents)}/.*"
    endings = "|".join(each.removeprefix(".") for each in found.endings or USUAL_ENDINGS)
    return _filled(
        "hook.yaml",
        REQUIREMENT=_yaml_text(requirement),
        FILES=_yaml_text(rf"(?i){folder}\.({endings})$"),
        EXCLUDE=_yaml_text("|".join([r"(^|/)(\.|~\$", *map(_pattern, found.left_out)]) + ")"),
    )


def _pattern(text: str) -> str:
    """A pattern of paths as a regular expression."""
    return re.escape(text).replace(r"\*", "[^/]*")


def _known(roundings: Iterable[Rounding]) -> Iterator[str]:
    return (str(each) for each in roundings if each is not Rounding.UNKNOWN)


def mapping_rows(mapping: TidyMapping) -> Iterator[str]:
    """A mapping as the rows of its table in the settings; what says nothing is left out."""
    for each in fields(mapping):
        value = getattr(mapping, each.name)
        if not value:
            continue
        if isinstance(value, bool):
            yield f"{each.name} = true"
        elif isinstance(value, str):
            yield f"{each.name} = {toml_text(value)}"
        elif len(_listed(value)) > LONG_LIST_CHARS:
            yield from (f"{each.name} = [", *(f"    {toml_text(text)}," for text in value), "]")
        else:
            yield f"{each.name} = {_listed(value)}"


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_text, texts))}]"


def _yaml_text(text: str) -> str:
    """A text in quotes: apostrophes keep backslashes, JSON escapes what cannot be printed."""
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else json.dumps(text)


def _filled(name: str, **values: str) -> str:
    """A template in one pass, so that what is put in is never filled again."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return re.sub("@([A-Z]+)@", lambda found: values[found[1]], text)


def guess_columns(path: Path) -> TidyMapping | None:
    """The columns of a file that looks like data, None for a table as printed.

    Data have a name above every column and several columns that name a row, and no blank rows.
    It is a guess: a person has to look at it.
    """
    names, *rows = _first_rows(path) or [[]]
    if not rows or len(set(names)) < len(names) or not all(names):
        return None
    if any(len(row) != len(names) for row in rows):
        return None
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    figures = [name for name in names if _most(columns[name], is_amount)]
    years = [name for name in names if _most(columns[name], is_year)]
    texts = [name for name in names if name not in {*figures, *years}]
    # Numbers before the first text are codes, not figures.
    figures = [name for name in figures if texts and names.index(name) > names.index(texts[0])]
    labels = tuple(name for name in names if name not in {*figures, *years})
    if not figures or len(labels) + len(years) < LABELS:
        return None
    if len(years) == 1 and len(figures) == 1:
        return TidyMapping(labels=labels, measure=years[0], value=figures[0])
    return TidyMapping(labels=(*labels, *years), measures=tuple(figures))


def _first_rows(path: Path) -> list[list[str]]:
    """The first rows with their cells; nothing where they cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(BYTES)
        text = decode(data, str(path))
        # The last row may be cut.
        text = text.rpartition("\n")[0] if len(data) == BYTES else text
        records = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
        return [[cell.strip() for cell in record] for record in islice(records, ROWS)]
    except (OSError, UnreadableError, csv.Error):
        return []


def _most(cells: Sequence[str], claim: Callable[[str], bool]) -> bool:
    """Whether four of five entries of a column are such; the rest may be damaged."""
    entries = [cell for cell in cells if cell]
    return bool(entries) and sum(map(claim, entries)) * 5 >= len(entries) * 4


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
    return FORMATS[Path(name).suffix.lower()].partition(".")[0]
