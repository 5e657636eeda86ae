"""The site: every page is there, every link leads somewhere, and nothing comes from outside."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import unbudget_check
import unbudget_check.plugin_api
from tests.conftest import PROJECT
from unbudget_check.cli.main import program
from unbudget_check.messages import load_words, spoken_languages
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.page import page_of
from unbudget_check.site.__main__ import main
from unbudget_check.site.build import (
    COMMANDS,
    KEYS,
    MENU,
    PYTHON,
    RULES,
    broken_links,
    prose_pages,
    rule_path,
)
from unbudget_check.site.markdown import html_of, prose_of
from unbudget_check.site.reference import interface, verbs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Site = Mapping[str, str]

RULE_LIST = load_rules()


def test_every_link_leads_somewhere(site: Site) -> None:
    assert broken_links(site) == ()


def test_the_menu_names_every_page_once(site: Site) -> None:
    listed = [entry.path for _, entries in MENU for entry in entries]
    assert sorted(listed) == sorted([*prose_pages(), RULES, COMMANDS, KEYS, PYTHON])
    rules = {rule_path(rule.code, lang) for rule in RULE_LIST for lang in spoken_languages()}
    assert set(site) == {f"{path}.html" for path in listed} | rules | {"style.css"}


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda rule: rule.code)
def test_every_rule_has_its_page(site: Site, rule: object) -> None:
    page = site[rule_path(rule.code)]  # type: ignore[attr-defined]
    plain = unescaped(re.sub(r"<[^>]+>", "", page))
    for text in (rule.title["en"], rule.why["en"], rule.fix["en"], rule.source):  # type: ignore[attr-defined]
        assert text in plain
    for example in rule.examples:  # type: ignore[attr-defined]
        assert example.what in plain
        for finding in example.findings:
            assert finding.at in plain


def test_every_rule_speaks_every_language(site: Site) -> None:
    for lang in spoken_languages():
        page = site[rule_path("ARI101", lang)]
        assert f'<div lang="{lang}">' in page
        assert page_of(RULE_LIST[1], lang).why in page
        others = [load_words(each).name for each in spoken_languages() if each != lang]
        assert re.findall(r'class="other"[^>]*>([^<]+)<', page) == others


def test_wrong_figures_are_marked(site: Site) -> None:
    found = (each for rule in RULE_LIST for each in rule.examples if each.kind == "fails")
    pages = (site[rule_path(rule.code)] for rule in RULE_LIST)
    marks = sum(page.count('<mark class="stated">') - 1 for page in pages)
    assert marks > 0.8 * sum(len(each.findings) for each in found)


def test_a_table_of_an_example_is_a_table(site: Site) -> None:
    page = site[rule_path("ARI101")]
    assert '<th scope="colgroup" colspan="5">Changes</th>' in page
    assert '<mark class="stated">7 282.8</mark>' in page
    assert '<th scope="row">Total</th>' in page


def test_nothing_is_fetched_from_anywhere(site: Site) -> None:
    for path, text in site.items():
        assert not re.findall(r"<(?:script|iframe|img|object)|url\(|@import", text), path
        assert re.findall(r'<link rel="stylesheet" href="((?:\.\./)*style\.css)">', text) or (
            path == "style.css"
        )


def test_every_page_can_be_read_by_ear(site: Site) -> None:
    for path, text in site.items():
        if path.endswith(".css"):
            continue
        assert text.count("<h1") == 1, path
        assert '<html lang="en">' in text
        assert text.count(' id="content"') == 1
        assert 'class="skip" href="#content"' in text
        levels = [int(each) for each in re.findall(r"<h([1-6])", text.partition("<main")[2])]
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), path


def test_every_command_is_described(site: Site) -> None:
    for name, verb in program.commands.items():
        assert verb.hidden or f'<h2 id="{name}">' in site["commands.html"]


def test_no_help_shows_the_marks_of_its_paragraphs() -> None:
    for verb in verbs_of():
        assert not [each for each in verb.passages if "\\" in each.text.replace("\\\n", "")], (
            verb.name
        )


def test_the_interface_is_what_the_package_offers(site: Site) -> None:
    told = interface()
    functions = {name for name in unbudget_check.__all__ if name.islower() and name[0] != "_"}
    assert {each.name for each in told.functions} == functions
    names = {each.name for each in told.values}
    assert {"Report", "Finding", "Where", "Proof", "Document", "FactRow", "Coverage"} <= names
    plugin = {each.name for each in (*told.plugin_functions, *told.plugin_values)}
    others = {each.name for each in (*told.values, *told.errors)}
    assert set(unbudget_check.plugin_api.__all__) <= plugin | others
    for each in (*told.functions, *told.values, *told.errors, *told.plugin_values):
        assert each.text.split("\n")[0].rstrip().endswith((".", ",", ":", ";")), each.name
        assert f'<h3 id="{each.name}">' in site["python.html"]
    assert "revisions: str = &#39;accepted&#39;," in site["python.html"]


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<a href="b.html">b</a>', "no such page: b.html"),
        ('<a href="../a.html">a</a>', "no such page: ../a.html"),
        ('<a href="#far">far</a>', "no such anchor: #far"),
        ('<p id="x"></p><p id="x"></p>', "two anchors #x"),
        ('<a href="http://example.org">plain</a>', "no address: http://example.org"),
        ('<a href="https://">nothing</a>', "no address: https://"),
    ],
)
def test_a_broken_link_is_told(page: str, fault: str) -> None:
    assert broken_links({"a.html": page}) == (f"a.html: {fault}",)


def test_sound_links_are_left_alone() -> None:
    page = '<a id="x" href="https://example.org/a">o</a><a href="a.html#x">x</a><a href="#x">x</a>'
    assert broken_links({"a.html": page}) == ()


def test_prose_has_anchors_links_and_no_markup_of_its_own() -> None:
    prose = prose_of("# A title\n\nLead.\n\n## One `two`\n\n## One two\n\n[x](b.md#y) <b>c</b>\n")
    assert (prose.title, prose.lead) == ("A title", "Lead.")
    assert [each.anchor for each in prose.headings] == ["one-two", "one-two-2"]
    assert '<a href="b.html#y">' in prose.body
    assert "&lt;b&gt;" in prose.body


def test_tables_of_prose_scroll_by_themselves() -> None:
    table = html_of("| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table 1"><table>' in table
    assert "</table></div>" in table
    assert '<th scope="col">a</th>' in table


def test_the_site_is_written_and_nothing_else_is_touched(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unbudget_check.site.__main__.build_site", lambda: site)
    folder = tmp_path / "site"
    assert main([str(folder)]) is None
    assert main([str(folder)]) is None
    assert (folder / "rules" / "ARI101.html").is_file()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    assert "something else" in (main([str(tmp_path / "mine")]) or "")
    assert (tmp_path / "mine" / "notes.txt").exists()
    assert "use:" in (main([]) or "")


def test_pages_say_nothing_of_this_machine(site: Site) -> None:
    assert not [path for path, text in site.items() if str(PROJECT) in text]


def unescaped(text: str) -> str:
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'")):
        text = text.replace(entity, letter)
    return text.replace("&amp;", "&")
