"""Render the whole report as one HTML page that needs nothing but itself.

The style that lights the cells of a finding where no script runs.

The rules of a report for a page: what each claims, and how its relations came out.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unbudget_check.messages import ENGLISH, call, say
from unbudget_check.model.decision import Verdict
from unbudget_check.reporters.closing import result_of, setup_rows
from unbudget_check.reporters.html.documents import counts_of, coverage_of, direction_of, view_of
from unbudget_check.reporters.html.grid import anchors_of, rule_anchor
from unbudget_check.reporters.options import findings_told
from unbudget_check.reporters.words import shown, spaced, unsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.report import Report, RuleCard
    from unbudget_check.reporters.options import RenderOptions


# A browser needs long for such rules where they are many; a script, where one runs, does the same
# for all findings and takes these rules away. See ``.lit`` in style.css for what they set.
LIT_MOST = 60
# How a cell belongs to a finding (see spots.py): its colour in the style, and its sign. One that
# is to blame keeps the sign of its role; one that may be keeps its colour, too.
USES = (
    ("u", "--l:var(--hit)"),
    ("o", "--l:var(--also);--g:'·'"),
    ("e", "--l:var(--sum);--g:'='"),
    ("m", "--l:var(--minus);--g:'−'"),
    ("p", "--l:var(--plus);--g:'+'"),
    ("s", "--l:var(--hit)"),
)

HERE = "unbudget_check.reporters.html"
FOLDER = "templates"


def lights_of(most: int) -> str:
    """A rule of style for every number that a finding may have in its document.

    Pointing at a finding or at the cell to blame, reaching one with the keyboard or coming to it
    by a link lights its cells and frames the finding.
    """
    rows = []
    for at in range(1, min(most, LIT_MOST) + 1):
        cells = "".join(f".{use}{at}{{{style}}}" for use, style in USES)
        reached = f":is(.f{at},.s{at},.u{at}):is(:hover,:focus-within,:target)"
        rows.append(f".doc:has({reached}){{{cells}.f{at}{{--edge:var(--focus)}}}}")
    return "\n".join([*rows, ""])


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with how its relations came out; ``spoken`` is the language of its texts."""

    anchor: str
    code: str
    name: str
    spoken: str
    title: str
    why: str
    fix: str
    source: str
    exact: int
    rounding: int
    broken: int
    findings: int


def rule_views(report: Report) -> tuple[RuleView, ...]:
    """All rules that have a finding or a relation."""
    found = Counter(each.code for each in report.findings)
    totals: dict[str, list[int]] = {}
    for document in report.documents:
        for tally in document.tallies:
            total = totals.setdefault(tally.code, [0, 0, 0])
            for at, count in enumerate((tally.exact, tally.rounding, tally.broken)):
                total[at] += count
    nothing = [0, 0, 0]
    return tuple(
        _view(each, totals.get(each.code, nothing), found, report.lang) for each in report.rules
    )


def _view(card: RuleCard, total: list[int], found: Mapping[str, int], lang: str) -> RuleView:
    texts = (card.title, card.why, card.fix)
    spoken = lang if all(lang in each for each in texts) else ENGLISH
    title, why, fix = (shown(each[spoken]) for each in texts)
    exact, rounding, broken = total
    return RuleView(
        rule_anchor(card.code),
        shown(card.code),
        shown(card.name),
        shown(spoken),
        title,
        why,
        fix,
        shown(card.source),
        exact,
        rounding,
        broken,
        found[card.code],
    )


def render(report: Report, options: RenderOptions) -> str:
    """The page; it is the same however wide a terminal is and whatever it can show."""
    return environment().get_template("page.html").render(page_values(report, options))


def page_values(report: Report, options: RenderOptions) -> dict[str, object]:
    """What the templates of a report speak of, by the names that they give it."""
    told, held_back = findings_told(report, replace(options, verbose=True))
    anchors = anchors_of(report.documents, report.lang)
    rules = {each.code: each for each in report.rules}
    taken: set[str] = set()
    documents = [view_of(each, found, rules, anchors, taken) for each, found in told]
    lights = lights_of(max((each.last for each in documents), default=0))
    styles = (asset("style.css"), lights)
    scripts = (asset("first.js"), asset("script.js"), asset("decide.js"))
    return {
        "report": report,
        "say": partial(say, report.lang),
        "named": partial(call, report.lang),
        "verdicts": tuple(Verdict),
        "spoken": shown(report.lang),
        "side": direction_of(report.lang),
        "documents": documents,
        "rules": rule_views(report),
        "result": result_of(report),
        "counts": counts_of(report.findings, report.lang),
        "held_back": held_back,
        "coverage": (
            *coverage_of(report.coverage, report.lang),
            *((row.label, row.text) for row in setup_rows(report, verbose=True)),
        ),
        # Written in this folder, not by a document.
        "styles": [(Markup(each), hash_of(each)) for each in styles],  # noqa: S704
        "scripts": [(Markup(each), hash_of(each)) for each in scripts],  # noqa: S704
    }


@cache
def environment(*packages: str) -> Environment:
    """The templates, in which every text is escaped and a missing name is a mistake.

    Those of other ``packages`` come before ours and may use them.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(each, FOLDER) for each in (*packages, HERE)]),
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
    return unsplit(value)


@cache
def asset(name: str) -> str:
    """The text of a style or a script of the page."""
    return (files(HERE) / FOLDER / name).read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """What the policy of a page allows to run or to style: this text and nothing else."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
