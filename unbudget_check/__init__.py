"""Reads budget documents and proves which printed figures contradict each other.

    from unbudget_check import check

    report = check(["section.docx"])
    for finding in report.findings:
        print(finding.where.table, finding.where.row, finding.message)

The command ``unbudget-check`` does the same from a terminal.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from unbudget_check.model.report import Report
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from unbudget_check.model.document import Document
    from unbudget_check.model.fact_row import FactRow

__all__ = ["Report", "__version__", "check", "check_frame", "facts", "read"]


def check(  # noqa: PLR0913 - each is a wish of its own, said by name
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    language: str | None = None,
    rounding: str = "",
    config: str | None = None,
    lang: str | None = None,
) -> Report:
    """Check documents, or all documents of a folder, and return everything that was found.

    ``select`` and ``ignore`` hold codes, names or prefixes of rules; ``language`` a code such as
    "en" where it is not to be detected; ``rounding`` how the author rounded, where that is known
    ("half-away", "half-even" or "truncated"). ``config`` is a settings file as for the command; no
    other one is looked for. ``lang`` is the language of all messages, "en" or "zh"; otherwise each
    is in that of its document. A document that cannot be read is part of the report, with its
    reason.

    Raises ``unbudget_check.errors.UserError`` for an unknown rule and for wrong settings.
    """
    from dataclasses import replace

    from unbudget_check import engine
    from unbudget_check.model.options import Wishes
    from unbudget_check.model.outcome import Rounding
    from unbudget_check.settings import load_settings

    wishes = load_settings(config, ".").wishes if config else Wishes()
    said: dict[str, Any] = {
        "select": tuple(select),
        "ignore": tuple(ignore),
        "lang": lang,
        "language": language,
        "rounding": Rounding(rounding) if rounding else None,
    }
    wishes = replace(wishes, **{key: value for key, value in said.items() if value})
    listed = [paths] if isinstance(paths, str | PathLike) else paths
    return engine.check([fspath(path) for path in listed], wishes)


def check_frame(
    frame: pd.DataFrame,
    mapping: Mapping[str, object],
    *,
    name: str = "frame",
    language: str | None = None,
    lang: str | None = None,
) -> Report:
    """Check a pandas frame by a mapping, which has the keys of ``[tidy]`` in the settings.

    ``labels``, ``measures``, ``hierarchy``, ``equations`` and the others say what the columns mean.
    ``name`` stands for the frame in the report; its rows are numbered from 1. ``report.to_frame()``
    gives the findings back as a frame. Raises ``unbudget_check.errors.UserError`` for a mapping
    that says nothing.
    """
    from unbudget_check import engine
    from unbudget_check.model.options import Wishes
    from unbudget_check.settings import read_mapping
    from unbudget_check.tidy import check

    wishes = Wishes(language=language, lang=lang)
    rules = engine.rules_of(wishes)
    result = check.check_frame(frame, read_mapping(mapping), rules, wishes, name)
    return engine.report_of(result, rules, wishes)


def read(
    path: str | PathLike[str], *, revisions: str = "accepted", language: str | None = None
) -> Document:
    """Read one document: its paragraphs and tables in reading order, as printed.

    ``revisions`` says how to read tracked changes: "accepted" or "original". Raises
    ``unbudget_check.errors.UnreadableError`` with the reason and what to do.
    """
    from unbudget_check import engine
    from unbudget_check.model.options import Wishes

    return engine.read(fspath(path), Wishes(revisions=revisions, language=language))


def facts(
    path: str | PathLike[str], *, revisions: str = "accepted", language: str | None = None
) -> tuple[FactRow, ...]:
    """The figures of one document with their meaning, exact value and place, one row a fact.

    ``engine.extract`` does the same for many documents. Raises
    ``unbudget_check.errors.UnreadableError`` with the reason and what to do.
    """
    from unbudget_check import engine
    from unbudget_check.model.options import Wishes

    return engine.facts(fspath(path), Wishes(revisions=revisions, language=language))
