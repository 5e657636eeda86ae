"""Builds the whole site in memory: its files by their paths."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from unbudget_check.languages.messages import load_words, say, spoken_languages
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.page import page_of
from unbudget_check.site.commands import verbs_of
from unbudget_check.site.interface import interface
from unbudget_check.site.keys import check_kinds, rule_keys, setting_keys
from unbudget_check.site.markdown import html_of, prose_of
from unbudget_check.site.plan import COMMANDS, KEYS, MENU, PYTHON, RULES, rule_path
from unbudget_check.site.rule_views import example_view
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from unbudget_check.rulebook.rule import Rule

PACKAGE = "unbudget_check.site"
STYLE = "style.css"
WORDS = re.compile(r"(\W+)")


def build_site(rules: Sequence[Rule] | None = None) -> dict[str, str]:
    """Every file of the site; ``rules`` are those of the program unless others are given."""
    rules = load_rules() if rules is None else tuple(rules)
    style = (files(PACKAGE) / "templates" / STYLE).read_text(encoding="utf-8")
    return {STYLE: style, **dict(_pages(rules))}


def prose_pages() -> dict[str, str]:
    """The Markdown of every page of prose, by its path without ending."""
    folder = files(PACKAGE) / "pages"
    found = (each for each in folder.iterdir() if each.name.endswith(".md"))
    return {each.name.removesuffix(".md"): each.read_text(encoding="utf-8") for each in found}


def _pages(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    for path, text in sorted(prose_pages().items()):
        prose = prose_of(text)
        yield _drawn("prose.html", path, title=prose.title, prose=prose)
    families = [(name, tuple(each)) for name, each in groupby(_by_family(rules), _family)]
    yield _drawn("rules.html", RULES, title="All rules", families=families, total=len(rules))
    for lang in spoken_languages():
        yield from (_rule_page(rule, lang) for rule in rules)
    yield _drawn("commands.html", COMMANDS, title="All commands", verbs=tuple(verbs_of()))
    yield _drawn(
        "keys.html",
        KEYS,
        title="All keys",
        settings=setting_keys(),
        rule_file=rule_keys(),
        kinds=check_kinds(rules),
    )
    yield _drawn("python.html", PYTHON, title="From Python", interface=interface())


def _family(rule: Rule) -> str:
    return rule.family


def _by_family(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with families together, in the order of their first codes."""
    order = list(dict.fromkeys(rule.family for rule in rules))
    return sorted(rules, key=lambda rule: (order.index(rule.family), rule.code))


def _rule_page(rule: Rule, lang: str) -> tuple[str, str]:
    page = page_of(rule, lang)
    return _drawn(
        "rule.html",
        rule_path(rule.code, lang).removesuffix(".html"),
        title=f"{page.code} {page.name}",
        page=page,
        rule=rule,
        headings={name: say(lang, f"rule.{name}") for name in ("why", "fix", "examples")},
        others=[load_words(each) for each in spoken_languages() if each != lang],
        examples=[example_view(each, lang) for each in page.examples],
    )


def _drawn(template: str, path: str, **values: Any) -> tuple[str, str]:  # noqa: ANN401 a page takes any value
    text = (
        _environment()
        .get_template(template)
        .render(path=path, root="../" * path.count("/"), **values)
    )
    return f"{path}.html", text


@cache
def _environment() -> Environment:
    """The templates, in which every text is escaped and a missing name is a mistake."""
    environment = Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(menu=MENU, version=__version__, rule_path=rule_path)
    environment.filters.update(markdown=html_of, words=WORDS.split)
    return environment
