"""The settings of a run, read from the nearest ``unbudget-check.toml`` or ``pyproject.toml``.

    select = ["ARI"]            # codes, names or prefixes of rules
    ignore = ["percentage"]
    language = "en"             # of the documents; detected where it is not given
    revisions = "original"      # tracked changes: "accepted" or "original"
    rounding = "half-even"      # how the author rounded, where that is known
    fail-on = "warning"         # "error", "warning", "note" or "never"
    rules = "our-rules"         # a folder of rule files, seen from the settings file
    waivers = "accepted.toml"   # else the nearest unbudget-decisions.toml, if there is one
    baseline = "known.json"     # findings that were known before: they let no run fail

    profile = "gate"            # or "publication" (default), "audit"; see --help
    exclude = ["drafts/*"]      # files below a folder that it does not stand for
    lang = "zh"                 # in which the report speaks: "en" or "zh"

    [severity]
    ARI301 = "warning"          # by code, name or prefix

    [per-document."A/80/6*"]    # by symbol or path
    ignore = ["NAM"]
    severity = {REF = "note"}

    [tidy."exports/*.csv"]      # data files: which columns mean what
    labels = ["section", "item"]
    measures = ["2025", "2026"]

In ``pyproject.toml`` the same keys stand under ``[tool.unbudget_check]``. The nearest file wins;
files are not merged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import UserError
from unbudget_check.lexicon import language_codes
from unbudget_check.messages import spoken_languages
from unbudget_check.model.finding import SEVERITIES, Severity
from unbudget_check.model.options import DocumentWishes, Profile, TidyMapping, Trust, Wishes
from unbudget_check.model.outcome import Rounding
from unbudget_check.rulebook.equation import parse_equation
from unbudget_check.rulebook.shapes import (
    Flag,
    NamedShape,
    TableShape,
    Text,
    Texts,
    TomlTable,
    parse_toml,
    read,
    table_at,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_NAME = "unbudget-check.toml"
SHARED_NAME = "pyproject.toml"
SECTION = ("tool", "unbudget_check")
REVISIONS = ("accepted", "original")
NEVER = "never"
FAIL_ON = (*map(str, reversed(SEVERITIES)), NEVER)
SEVERITY = NamedShape(
    "Rule (code, name or prefix) -> how grave its findings are.",
    Text("How grave.", words=tuple(Severity)),
)
DOCUMENT = TableShape(
    "What is asked of these documents only.",
    {
        "ignore": Texts("Further rules to leave out."),
        "severity": SEVERITY,
    },
)
MAPPING = TableShape(
    "Which columns of a data file mean what.",
    {
        "labels": Texts("The columns that say what a row is about.", least="column"),
        "measures": Texts("The columns that hold figures."),
        "measure": Text("The column that says of which measure a figure is."),
        "value": Text("The column that holds the figures, one a row."),
        "unit": Text("The unit of the figures."),
        "table": Text("The column that says to which table a row belongs."),
        "hierarchy": Flag("Whether the labels name levels, each the sum of those below it."),
        "totals": Texts("How rows of totals are called, in a label or in the kind column."),
        "code": Text(
            "The column with the code of a row; longer codes that begin so are its parts."
        ),
        "parent": Text("The column with the code of the row that a row is a part of."),
        "kind": Text("The column that tells rows of totals from others."),
        "within": Texts(
            "The columns across which nothing is summed, such as a currency or a year."
        ),
        "unique": Texts("The columns that together name no two rows alike."),
        "equations": Texts(
            'What ties the measures of a row, such as "variance = actual - budget".'
        ),
        "exact": Flag("Whether no figure was rounded, so that every difference is an error."),
    },
)
SETTINGS = TableShape(
    "The settings of a run: unbudget-check.toml, or [tool.unbudget_check] of pyproject.toml.",
    {
        "select": Texts("Check only these codes, names or prefixes of rules."),
        "ignore": Texts("Leave these rules out."),
        "language": Text("The language of the documents; else detected.", words=language_codes),
        "revisions": Text("How to read tracked changes.", default="accepted", words=REVISIONS),
        "rounding": Text(
            "How the author rounded, where that is known.",
            default=Rounding.UNKNOWN,
            words=tuple(Rounding),
        ),
        "fail-on": Text(
            "The least severity that lets a run fail.", default=Severity.ERROR, words=FAIL_ON
        ),
        "rules": Text("A folder of rule files, seen from the settings file."),
        "waivers": Text("The file of decisions; else the nearest unbudget-decisions.toml."),
        "baseline": Text("Findings that were known before: they let no run fail."),
        "profile": Text(
            "How much is told: gate (errors beyond doubt) or more.",
            default=Profile.PUBLICATION,
            words=tuple(Profile),
        ),
        "exclude": Texts("Patterns of paths that folders do not stand for."),
        "lang": Text("The language that reports are written in.", words=spoken_languages),
        "severity": SEVERITY,
        "per-document": NamedShape(
            "Symbol or pattern of paths -> wishes for these alone.", DOCUMENT
        ),
        "tidy": NamedShape(
            "Pattern of paths -> the meaning of the columns of data files.", MAPPING
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does where the command says nothing else; ``fail_on`` is None for never.

    ``waivers`` and ``baseline`` are the files that hold them, where they are named; ``folder`` is
    that of the settings file, or where it was looked for in vain. ``path`` is that file, if any,
    and ``trust`` says which files are heeded though nobody named them.
    """

    wishes: Wishes = field(default_factory=Wishes)
    fail_on: Severity | None = Severity.ERROR
    waivers: Path | None = None
    baseline: Path | None = None
    folder: Path = field(default_factory=Path, compare=False)
    path: Path | None = field(default=None, compare=False)
    trust: Trust = field(default=Trust.ALL, compare=False)


def load_settings(config: str | None, start: str) -> Settings:
    """The settings of the file ``config``, or of the nearest one from the folder ``start`` upwards.

    Raises UserError with the file, the key and the nearest known key for every mistake.
    """
    if config is not None:
        path = Path(config)
        chosen = _section(path) if path.name == SHARED_NAME else _own(path)
        if chosen is None:
            message = f"{path}: it has no section [{'.'.join(SECTION)}]"
            raise UserError(message)
        return _settings(chosen, path)
    for folder in (Path(start).resolve(), *Path(start).resolve().parents):
        own = folder / OWN_NAME
        if own.is_file():
            return _settings(_own(own), own)
        shared = folder / SHARED_NAME
        section = _section(shared) if shared.is_file() else None
        if section is not None:
            return _settings(section, shared)
    return Settings(folder=Path(start).resolve())


def fail_on_of(word: str) -> Severity | None:
    """The severity that lets a run fail, None for "never"."""
    return None if word == NEVER else Severity(word)


def _own(path: Path) -> TomlTable:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = f"{path}: this settings file does not exist"
        raise UserError(message) from None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the settings cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise UserError(message) from None
    return parse_toml(str(path), text)


def _section(path: Path) -> TomlTable | None:
    """Our section of a file that other programs share, or None where it has none."""
    table = _own(path)
    for name in SECTION:
        if name not in table.values:
            return None
        table = table_at(table, name)
    return table


def _settings(table: TomlTable, path: Path) -> Settings:
    folder = path.parent
    said = read(table, SETTINGS)
    wishes = Wishes(
        select=said["select"],
        ignore=said["ignore"],
        language=said["language"] or None,
        revisions=said["revisions"],
        rounding=Rounding(said["rounding"]),
        tidy={
            pattern: mapping_of(each, f"{path}: tidy.{pattern}")
            for pattern, each in said["tidy"].items()
        },
        rules_dir=str(folder / said["rules"]) if said["rules"] else None,
        severities=_severities(said["severity"]),
        per_document={name: _document(each) for name, each in said["per-document"].items()},
        profile=Profile(said["profile"]),
        exclude=said["exclude"],
        lang=said["lang"] or None,
    )
    return Settings(
        wishes,
        fail_on_of(said["fail-on"]),
        _file(said["waivers"], folder),
        _file(said["baseline"], folder),
        folder,
        path,
    )


def _severities(said: Mapping[str, str]) -> dict[str, Severity]:
    return {word: Severity(severity) for word, severity in said.items()}


def _document(said: Mapping[str, Any]) -> DocumentWishes:
    return DocumentWishes(said["ignore"], _severities(said["severity"]))


def _file(name: str, folder: Path) -> Path | None:
    """A file that the settings name, seen from their folder."""
    return folder / name if name else None


def read_mapping(said: Mapping[str, object]) -> TidyMapping:
    """A mapping that a program states; lists may be tuples. Raises UserError for a mistake."""
    values = {key: list(each) if isinstance(each, tuple) else each for key, each in said.items()}
    return mapping_of(read(TomlTable("the mapping", values), MAPPING), "the mapping")


def mapping_of(said: Mapping[str, Any], place: str) -> TidyMapping:
    """What the columns of a data file mean; ``place`` is where that is said.

    Raises UserError for an equation that is none, and where no column holds figures.
    """
    if not (said["value"] or said["measures"]):
        message = f"{place}: no column holds figures: name it as 'value', or several as 'measures'"
        raise UserError(message)
    for text in said["equations"]:
        parse_equation(text)
    single = ("measure", "value", "table", "code", "parent", "kind")
    return TidyMapping(**{**said, **{name: said[name] or None for name in single}})


def text_of(path: str | Path) -> str:
    """The text of a file that a person wrote; raises UserError where it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the file cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        raise UserError(message) from None
