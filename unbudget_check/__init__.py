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
    from enum import StrEnum

    import pandas as pd

    from unbudget_check.model.document import Document
    from unbudget_check.model.fact_row import FactRow
    from unbudget_check.model.options import Wishes

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
    rules: str | PathLike[str] | None = None,
    profile: str = "",
    decisions: str | PathLike[str] | None = None,
    baseline: str | PathLike[str] | None = None,
    revisions: str = "",
) -> Report:
    """Check documents, or all documents of a folder, and return everything that was found.

    ``select`` and ``ignore`` hold codes, names or prefixes of rules; ``language`` a code such as
    "en" where it is not to be detected; ``rounding`` how the author rounded, where that is known
    ("half-away", "half-even" or "truncated"). ``config`` is a settings file as for the command; no
    other one is looked for. ``lang`` is the language of all messages, "en" or "zh"; otherwise each
    is in that of its document. A document that cannot be read is part of the report, with its
    reason.

    ``rules`` is a folder of rules of your own, used besides all others; ``profile`` says how much
    is told ("gate", "publication" or "audit"); ``decisions`` and ``baseline`` are files of what was
    decided on findings and of those that are known; ``revisions`` says how tracked changes are read
    ("accepted" or "original").

    Raises ``unbudget_check.errors.UserError`` for an unknown rule, for wrong settings and for files
    that cannot be used.
    """
    from unbudget_check import engine
    from unbudget_check.model.outcome import Rounding
    from unbudget_check.settings import Settings, load_settings

    settings = load_settings(config, ".") if config else Settings()
    wishes = _wished(
        settings.wishes,
        {
            "select": tuple(select),
            "ignore": tuple(ignore),
            "lang": lang,
            "language": language,
            "rounding": _one_of(Rounding, rounding, "rounding"),
            "revisions": revisions,
        },
        rules=rules,
        profile=profile,
        decisions=decisions or settings.waivers,
        baseline=baseline or settings.baseline,
    )
    listed = [paths] if isinstance(paths, str | PathLike) else paths
    return engine.check([fspath(path) for path in listed], wishes)


def check_frame(  # noqa: PLR0913 - each is a wish of its own, said by name
    frame: pd.DataFrame,
    mapping: Mapping[str, object],
    *,
    name: str = "frame",
    language: str | None = None,
    lang: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    rules: str | PathLike[str] | None = None,
    profile: str = "",
    decisions: str | PathLike[str] | None = None,
    baseline: str | PathLike[str] | None = None,
) -> Report:
    """Check a pandas frame by a mapping, which has the keys of ``[tidy]`` in the settings.

    ``labels``, ``measures``, ``hierarchy``, ``equations`` and the others say what the columns mean.
    ``name`` stands for the frame in the report; its rows are numbered from 1. All other wishes mean
    what they do for ``check``. ``report.to_frame()`` gives the findings back as a frame. Raises
    ``unbudget_check.errors.UserError`` for a mapping that says nothing.
    """
    from unbudget_check import engine
    from unbudget_check.model.options import Wishes
    from unbudget_check.settings import read_mapping
    from unbudget_check.tidy import check

    wishes = _wished(
        Wishes(language=language, lang=lang),
        {"select": tuple(select), "ignore": tuple(ignore)},
        rules=rules,
        profile=profile,
        decisions=decisions,
        baseline=baseline,
    )
    chosen = engine.rules_of(wishes)
    result = check.check_frame(frame, read_mapping(mapping), chosen, wishes, name)
    return engine.report_of(result, chosen, wishes)


def _wished(
    wishes: Wishes,
    said: Mapping[str, Any],
    *,
    rules: str | PathLike[str] | None,
    profile: str,
    decisions: str | PathLike[str] | None,
    baseline: str | PathLike[str] | None,
) -> Wishes:
    """The wishes with what was said besides; raises UserError for files that cannot be used."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from unbudget_check.model.options import Profile
    from unbudget_check.settings import text_of
    from unbudget_check.triage.baseline import read_baseline
    from unbudget_check.triage.decisions_file import parse_decisions

    told: dict[str, Any] = {
        **said,
        "rules_dir": rules and fspath(rules),
        "profile": _one_of(Profile, profile, "profile"),
        "today": datetime.now(UTC).date(),
    }
    heeded = wishes.heeded
    if decisions:
        name = fspath(decisions)
        told["decisions"] = parse_decisions(text_of(name), name)
        heeded = replace(heeded, waivers=(name,))
    if baseline:
        name = fspath(baseline)
        told["baseline"] = read_baseline(text_of(name), name)
        heeded = replace(heeded, baseline=name)
    given = {key: value for key, value in told.items() if value}
    return replace(wishes, **given, heeded=replace(heeded, rules=told["rules_dir"] or heeded.rules))


def _one_of(kind: type[StrEnum], word: str, name: str) -> StrEnum | None:
    """A word as one of those that may be said; raises UserError for any other."""
    from unbudget_check.errors import UserError

    try:
        return kind(word) if word else None
    except ValueError:
        message = f"{name} '{word}': use one of {', '.join(kind)}"
        raise UserError(message) from None


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
