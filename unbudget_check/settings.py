"""The settings of a run, read from the nearest ``unbudget-check.toml`` or ``pyproject.toml``.

    select = ["ARI"]            # codes, names or prefixes of rules
    ignore = ["percentage"]
    language = "en"             # of the documents; detected where it is not given
    revisions = "original"      # tracked changes: "accepted" or "original"
    rounding = "half-even"      # how the author rounded, where that is known
    fail-on = "warning"         # "error", "warning", "note" or "never"
    rules = "our-rules"         # a folder of rule files, seen from the settings file
    waivers = "accepted.toml"   # else the nearest unbudget-waivers.toml, if there is one
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

from dataclasses import dataclass, field, fields
from pathlib import Path

from unbudget_check.errors import UserError
from unbudget_check.languages import language_codes
from unbudget_check.languages.messages import spoken_languages
from unbudget_check.model.finding import SEVERITIES, Severity
from unbudget_check.model.outcome import Rounding
from unbudget_check.model.wishes import DocumentWishes, Profile, TidyMapping, Wishes
from unbudget_check.rulebook.toml_table import (
    TomlTable,
    choice_at,
    flag_at,
    parse_toml,
    refuse_unknown,
    table_at,
    text_at,
    texts_at,
)

OWN_NAME = "unbudget-check.toml"
SHARED_NAME = "pyproject.toml"
SECTION = ("tool", "unbudget_check")
REVISIONS = ("accepted", "original")
NEVER = "never"
FAIL_ON = (*map(str, reversed(SEVERITIES)), NEVER)
KEYS = (
    "select",
    "ignore",
    "language",
    "revisions",
    "rounding",
    "fail-on",
    "rules",
    "waivers",
    "baseline",
    "profile",
    "exclude",
    "lang",
    "severity",
    "per-document",
    "tidy",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does where the command says nothing else; ``fail_on`` is None for never.

    ``waivers`` and ``baseline`` are the files that hold them, where they are named; ``folder`` is
    that of the settings file, or where it was looked for in vain.
    """

    wishes: Wishes = field(default_factory=Wishes)
    fail_on: Severity | None = Severity.ERROR
    waivers: Path | None = None
    baseline: Path | None = None
    folder: Path = field(default_factory=Path, compare=False)


def load_settings(config: str | None, start: str) -> Settings:
    """The settings of the file ``config``, or of the nearest one from the folder ``start`` upwards.

    Raises UserError with the file, the key and the nearest known key for every mistake.
    """
    if config is not None:
        path = Path(config)
        chosen = _section(path) if path.name == SHARED_NAME else _own(path)
        if chosen is None:
            message = f"{path}: there is no section [{'.'.join(SECTION)}] in it"
            raise UserError(message)
        return _settings(chosen, path.parent)
    for folder in (Path(start).resolve(), *Path(start).resolve().parents):
        own = folder / OWN_NAME
        if own.is_file():
            return _settings(_own(own), folder)
        shared = folder / SHARED_NAME
        section = _section(shared) if shared.is_file() else None
        if section is not None:
            return _settings(section, folder)
    return Settings(folder=Path(start).resolve())


def fail_on_of(word: str) -> Severity | None:
    """The severity that lets a run fail, None for "never"."""
    return None if word == NEVER else Severity(word)


def _own(path: Path) -> TomlTable:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = f"{path}: there is no such settings file"
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


def _settings(table: TomlTable, folder: Path) -> Settings:
    refuse_unknown(table, KEYS)
    rules = text_at(table, "rules", "")
    wishes = Wishes(
        select=texts_at(table, "select"),
        ignore=texts_at(table, "ignore"),
        language=_choice(table, "language", language_codes(), "") or None,
        revisions=_choice(table, "revisions", REVISIONS, "accepted"),
        rounding=Rounding(_choice(table, "rounding", tuple(Rounding), Rounding.UNKNOWN)),
        tidy=_tidy(table_at(table, "tidy", needed=False)),
        rules_dir=str(folder / rules) if rules else None,
        severities=_severities(table),
        per_document=_per_document(table_at(table, "per-document", needed=False)),
        profile=Profile(_choice(table, "profile", tuple(Profile), Profile.PUBLICATION)),
        exclude=texts_at(table, "exclude"),
        lang=_choice(table, "lang", spoken_languages(), "") or None,
    )
    return Settings(
        wishes,
        fail_on_of(_choice(table, "fail-on", FAIL_ON, Severity.ERROR)),
        _file(table, "waivers", folder),
        _file(table, "baseline", folder),
        folder,
    )


def _severities(table: TomlTable) -> dict[str, Severity]:
    """Rule -> how grave its findings are."""
    words = table_at(table, "severity", needed=False)
    return {word: Severity(choice_at(words, word, tuple(Severity))) for word in words.values}


def _per_document(table: TomlTable) -> dict[str, DocumentWishes]:
    """Symbol or pattern of paths -> what is asked of these documents only."""
    found = {}
    for name in table.values:
        own = table_at(table, name)
        refuse_unknown(own, ("ignore", "severity"))
        found[name] = DocumentWishes(texts_at(own, "ignore"), _severities(own))
    return found


def _file(table: TomlTable, key: str, folder: Path) -> Path | None:
    """A file that the settings name, seen from their folder."""
    name = text_at(table, key, "")
    return folder / name if name else None


def _choice(table: TomlTable, key: str, choices: tuple[str, ...], default: str) -> str:
    return choice_at(table, key, choices) if key in table.values else default


def _tidy(table: TomlTable) -> dict[str, TidyMapping]:
    return {pattern: _mapping(table_at(table, pattern)) for pattern in table.values}


def _mapping(table: TomlTable) -> TidyMapping:
    refuse_unknown(table, [each.name for each in fields(TidyMapping)])
    labels = texts_at(table, "labels")
    if not labels:
        message = f"{table.place}: 'labels' must name at least one column"
        raise UserError(message)
    return TidyMapping(
        labels=labels,
        measures=texts_at(table, "measures"),
        measure=text_at(table, "measure", "") or None,
        value=text_at(table, "value", "") or None,
        unit=text_at(table, "unit", ""),
        table=text_at(table, "table", "") or None,
        hierarchy=flag_at(table, "hierarchy"),
        totals=texts_at(table, "totals"),
    )
