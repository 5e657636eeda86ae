"""The files with which a folder begins to be checked, filled with what was found in it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.languages import language_codes
from unbudget_check.languages.messages import spoken_languages
from unbudget_check.model.outcome import Rounding
from unbudget_check.rulebook.toml_table import toml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.cli.found_documents import FoundDocuments
    from unbudget_check.model.wishes import TidyMapping

TEMPLATES = Path(__file__).with_name("templates")
WIDE = 80  # a longer list has a row for each of its texts
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
        elif len(_listed(value)) > WIDE:
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
