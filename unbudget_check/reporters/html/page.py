"""The whole report as one page of HTML that needs nothing but itself, with script or without."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unbudget_check.reporters.closing import result_of
from unbudget_check.reporters.html.anchors import anchors_of
from unbudget_check.reporters.html.documents import counts_of, coverage_of, view_of
from unbudget_check.reporters.words import shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import Report, RuleCard
    from unbudget_check.reporters.html.documents import DocumentView
    from unbudget_check.reporters.options import RenderOptions

FOLDER = "templates"
GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
EXITS = {
    0: "everything was checked and nothing was found that fails the run",
    1: "findings that fail the run",
    3: "incomplete: a document was unreadable, or there was nothing to check",
}


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with how its relations came out; ``texts`` are its title, why and fix."""

    code: str
    name: str
    title: str
    why: str
    fix: str
    source: str
    exact: str
    rounding: str
    broken: str
    findings: int


def render(report: Report, options: RenderOptions) -> str:
    """The page; it is the same however wide a terminal is and whatever it can show."""
    anchors = anchors_of(report.documents)
    cards = {each.code: each for each in report.rules}
    taken: set[str] = set()
    documents = [view_of(each, cards, anchors, taken) for each in report.documents]
    style = _text_of("style.css") + _lights(documents)
    script = _text_of("script.js")
    return _environment().get_template("page.html").render(
        report=report,
        documents=documents,
        rules=[_rule(each, report) for each in report.rules],
        result=result_of(report),
        counts=counts_of(report.findings),
        coverage=coverage_of(report.coverage),
        style=Markup(style),  # noqa: S704 - written in this folder and by _lights, not by a document
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        exit_code=options.exit_code,
        exit_words=EXITS.get(options.exit_code or 0, ""),
    )


@cache
def _environment() -> Environment:
    """The templates, in which every text is escaped and a missing name is a mistake."""
    loader = PackageLoader("unbudget_check.reporters.html", FOLDER)
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=firm,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = shown
    made.filters["spaced"] = spaced
    return made


def firm(value: object) -> object:
    """A text in which no figure can be split at the end of a row: 25 358.9 stays together."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return GROUPS.sub("\u00a0", value)


@cache
def _text_of(name: str) -> str:
    return (files("unbudget_check.reporters.html") / FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's own policy allows to run or to style: this text and nothing else."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _lights(documents: Iterable[DocumentView]) -> str:
    """The style that lights the cells of the finding under the pointer or the keyboard."""
    most = max((len(each.cards) for each in documents), default=0)
    lit = "--l:var(--{});--g:'{}'"
    uses = (("s", "hit", ""), ("p", "plus", "+"), ("m", "minus", "−"), ("e", "sum", "="))
    said = []
    for at in range(1, most + 1):
        inner = "".join(f".{use}{at}{{{lit.format(tone, sign)}}}" for use, tone, sign in uses)
        inner += f".o{at}{{{lit.format('also', '·')}}}"
        said.append(f".doc:has(.f{at}:is(:hover,:focus-within,:target)){{{inner}}}")
        said.append(f".doc:has(.s{at}:is(:hover,:focus-within)) .f{at}{{--edge:var(--focus)}}")
    return "\n".join([*said, ""])


def _rule(card: RuleCard, report: Report) -> RuleView:
    tallies = [each for document in report.documents for each in document.tallies]
    own = [each for each in tallies if each.code == card.code]
    found = Counter(each.code for each in report.findings)
    return RuleView(
        shown(card.code),
        shown(card.name),
        *(shown(texts["en"]) for texts in (card.title, card.why, card.fix)),
        source=shown(card.source),
        exact=spaced(sum(each.exact for each in own)),
        rounding=spaced(sum(each.rounding for each in own)),
        broken=spaced(sum(each.broken for each in own)),
        findings=found[card.code],
    )
