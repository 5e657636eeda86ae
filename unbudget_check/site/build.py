"""Build the whole site in memory, with its menu and checked links.

Which pages the site has, in which order, and where the page of a rule lies.

Whether every link of the site leads somewhere; nothing outside of it is ever asked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from itertools import groupby
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from unbudget_check.messages import ENGLISH, load_words, say, spoken_languages
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.page import page_of
from unbudget_check.site.markdown import html_of, prose_of
from unbudget_check.site.reference import (
    check_kinds,
    example_view,
    interface,
    rule_keys,
    setting_keys,
    verbs_of,
)
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from unbudget_check.rulebook.rule import Rule


HOME = "index"
RULES = "rules/index"
COMMANDS = "commands"
KEYS = "keys"
PYTHON = "python"

PACKAGE = "unbudget_check.site"
STYLE = "style.css"
WORDS = re.compile(r"(\W+)")

OUTWARD = ("https", "mailto")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page in the menu: its path without ending, and what the menu calls it."""

    path: str
    label: str


MENU: tuple[tuple[str, tuple[MenuEntry, ...]], ...] = (
    (
        "Start",
        (
            MenuEntry(HOME, "What it does"),
            MenuEntry("officer", "For budget officers"),
            MenuEntry("open", "A page in the browser"),
            MenuEntry("documents", "Documents that are read"),
            MenuEntry("ci", "In continuous integration"),
        ),
    ),
    (
        "Use",
        (
            MenuEntry("compare", "Two drafts"),
            MenuEntry("formats", "Formats of reports"),
            MenuEntry("waivers", "Decisions and baselines"),
            MenuEntry("configuration", "Configuration"),
            MenuEntry("data-files", "Data in a CI gate"),
            MenuEntry("data", "Figures as data"),
            MenuEntry("exit-codes", "Exit codes"),
            MenuEntry(COMMANDS, "All commands"),
            MenuEntry(KEYS, "All keys"),
        ),
    ),
    (
        "Understand",
        (
            MenuEntry(RULES, "All rules"),
            MenuEntry("rounding", "What rounding may explain"),
            MenuEntry("evidence", "Why a finding is told, or not"),
            MenuEntry("security", "What files may do"),
        ),
    ),
    (
        "Extend",
        (
            MenuEntry("write-a-rule", "Write a rule"),
            MenuEntry("plug-ins", "Plug-ins"),
            MenuEntry(PYTHON, "From Python"),
        ),
    ),
)


def rule_path(code: str, lang: str = ENGLISH) -> str:
    """Where the page of a rule lies, from the top of the site; codes are stable for ever."""
    return f"rules/{code}.html" if lang == ENGLISH else f"rules/{lang}/{code}.html"


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


class _LinkCollector(HTMLParser):
    """Collects the anchors of a page and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: Counter[str] = Counter()
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag names and what it refers to."""
        del tag
        for name, value in attrs:
            if name == "id":
                self.anchors[value or ""] += 1
            elif name in {"href", "src"}:
                self.targets.append(value or "")


def broken_links(site: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the links and anchors of a site: its files by their paths."""
    pages = {path: _LinkCollector(text) for path, text in site.items() if path.endswith(".html")}
    return tuple(_faults(site, pages))


def _faults(site: Mapping[str, str], pages: Mapping[str, _LinkCollector]) -> Iterator[str]:
    for path, page in pages.items():
        yield from (f"{path}: two anchors #{name}" for name, n in page.anchors.items() if n > 1)
        for target in page.targets:
            fault = _outward(target) if urlsplit(target).scheme else _inward(target, path, pages)
            if fault and _file(target, path) not in site.keys() - pages.keys():
                yield f"{path}: {fault}: {target}"


def _outward(target: str) -> str:
    """What is wrong with an address elsewhere, by its form."""
    parts = urlsplit(target)
    sound = parts.scheme in OUTWARD and (parts.netloc or parts.path)
    return "" if sound else "no address"


def _inward(target: str, path: str, pages: Mapping[str, _LinkCollector]) -> str:
    """What is wrong with a link to a page of the site."""
    file, anchor = _file(target, path), urlsplit(target).fragment
    if file not in pages:
        return "no such page"
    return "no such anchor" if anchor and anchor not in pages[file].anchors else ""


def _file(target: str, path: str) -> str:
    """The file that a link on a page leads to."""
    named = unquote(urlsplit(target).path)
    return normpath(join(dirname(path), named)) if named else path
