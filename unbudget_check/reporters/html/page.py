"""The whole report as one page of HTML that needs nothing but itself, with script or without."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unbudget_check.languages.messages import call, say
from unbudget_check.reporters.closing import result_of, setup_rows
from unbudget_check.reporters.html.anchors import anchors_of
from unbudget_check.reporters.html.coverage import counts_of, coverage_of
from unbudget_check.reporters.html.documents import direction_of, view_of
from unbudget_check.reporters.html.lights import lights_of
from unbudget_check.reporters.html.rules import rule_views
from unbudget_check.reporters.selection import findings_told
from unbudget_check.reporters.words import shown, spaced

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

HERE = "unbudget_check.reporters.html"
FOLDER = "templates"
GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def render(report: Report, options: RenderOptions) -> str:
    """The page; it is the same however wide a terminal is and whatever it can show."""
    told, held_back = findings_told(report, replace(options, verbose=True))
    anchors = anchors_of(report.documents, report.lang)
    rules = {each.code: each for each in report.rules}
    taken: set[str] = set()
    documents = [view_of(each, found, rules, anchors, taken) for each, found in told]
    styles = (_text_of("style.css"), lights_of(max((each.count for each in documents), default=0)))
    scripts = (_text_of("first.js"), _text_of("script.js"))
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            say=partial(say, report.lang),
            named=partial(call, report.lang),
            spoken=shown(report.lang),
            side=direction_of(report.lang),
            documents=documents,
            rules=rule_views(report),
            result=result_of(report),
            counts=counts_of(report.findings, report.lang),
            held_back=held_back,
            coverage=(
                *coverage_of(report.coverage, report.lang),
                *((row.label, row.text) for row in setup_rows(report, verbose=True)),
            ),
            # Written in this folder, not by a document.
            styles=[(Markup(each), _hash(each)) for each in styles],  # noqa: S704
            scripts=[(Markup(each), _hash(each)) for each in scripts],  # noqa: S704
        )
    )


@cache
def _environment() -> Environment:
    """The templates, in which every text is escaped and a missing name is a mistake."""
    made = Environment(
        loader=PackageLoader(HERE, FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_firm,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": shown, "spaced": spaced}
    return made


def _firm(value: object) -> object:
    """A text in which no figure can be split at the end of a row: 25 358.9 stays together."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return GROUPS.sub("\u00a0", value)


@cache
def _text_of(name: str) -> str:
    return (files(HERE) / FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's own policy allows to run or to style: this text and nothing else."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
