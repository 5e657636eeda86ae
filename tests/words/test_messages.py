"""The words of reports: what is missing in a language is known, and comes in English."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT
from unbudget_check.evidence.slips import Slip
from unbudget_check.messages import (
    ENGLISH,
    Text,
    call,
    grouped,
    load_words,
    say,
    spoken_languages,
    tell,
)
from unbudget_check.model.comparison import Fate, Turn
from unbudget_check.model.finding import CONFIDENCES, SEVERITIES
from unbudget_check.model.message import Message, saying
from unbudget_check.reporters.words import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EACH = pytest.mark.parametrize("code", spoken_languages())
TEXTS = load_words(ENGLISH).texts
SOURCES = sorted((PROJECT / "unbudget_check").rglob("*.py"))
PAGES = ("reporters", "page")
TEMPLATES = [
    path for each in PAGES for path in sorted((PROJECT / "unbudget_check" / each).rglob("*.html"))
]
# Sections with a word for each value of something in the model.
OF_THE_MODEL = frozenset(
    [
        "heeded",
        "slips",
        "severities",
        "confidences",
        "statuses",
        "statistics",
        "roles",
        "manners",
        "origins",
        "standings",
    ]
)
NAMED = re.compile(r"[a-z]+\.[a-z]")
# Chinese texts are whole without these.
MISSING: dict[str, frozenset[str]] = {"zh": frozenset()}


def forms_of(text: Text) -> tuple[str, ...]:
    return tuple(text.values()) if isinstance(text, dict) else (text,)


def blanks_in(text: Text) -> set[str]:
    return {name for form in forms_of(text) for _, name, _, _ in Formatter().parse(form) if name}


@EACH
def test_what_a_language_lacks_is_known(code: str) -> None:
    assert set(TEXTS) - set(load_words(code).texts) == MISSING.get(code, frozenset())


@EACH
def test_no_language_has_a_text_that_english_lacks(code: str) -> None:
    assert not set(load_words(code).texts) - set(TEXTS)


@EACH
def test_a_text_has_the_same_blanks_in_every_language(code: str) -> None:
    texts = load_words(code).texts
    wrong = {name for name in texts if blanks_in(texts[name]) != blanks_in(TEXTS[name])}
    assert not wrong


@EACH
def test_every_form_of_a_text_has_the_same_blanks(code: str) -> None:
    for text in load_words(code).texts.values():
        assert len({frozenset(blanks_in(form)) for form in forms_of(text)}) == 1


def names_used(path: Path) -> Iterator[str]:
    """The names of texts that a file asks for, as far as they are written out in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        found = [each.value for each in node.args if isinstance(each, ast.Constant)]
        words = [each for each in found if isinstance(each, str)]
        match node.func.id:
            case "say":
                yield from (word for word in words if NAMED.match(word))
            case "count_of" if len(node.args) == 3:  # in any language, not in English alone
                yield from (f"counts.{word}" for word in words if word not in spoken_languages())
            case "saying" | "unchecked":
                yield from (word if NAMED.match(word) else f"reasons.{word}" for word in words)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_text_that_code_asks_for_is_there(path: Path) -> None:
    lacking = {name for name in names_used(path) if name not in TEXTS}
    assert not lacking, f"add these to languages/messages/en.toml: {sorted(lacking)}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_text_that_a_template_asks_for_is_there(path: Path) -> None:
    asked = re.findall(r"[\"']((?:html|page)\.\w+)[\"']", path.read_text(encoding="utf-8"))
    begun = ("page.show_", "page.changes_")  # the rest of the name is a value of the program
    assert not [name for name in asked if name not in TEXTS and name not in begun]


def test_every_reason_why_a_file_cannot_be_read_is_there() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    known = {name.removeprefix("reasons.") for name in TEXTS}
    assert not set(re.findall(r'"(file-[a-z-]+)"', code)) - known


def test_every_text_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (*SOURCES, *TEMPLATES))
    unused = set()
    for name in TEXTS:
        section, _, word = name.partition(".")
        if section in OF_THE_MODEL:
            continue  # named by values of the model
        if name.startswith(
            ("html.meant_", "readings.", "page.as_", "page.show_", "page.failed_", "page.changes_")
        ):
            continue  # the rest of the name is a value of the program
        if name not in code and not re.search(rf"[\"'`]{re.escape(word)}[\"'`]", code):
            unused.add(name)
    assert not unused


@EACH
def test_every_value_of_the_model_has_a_word(code: str) -> None:
    texts = load_words(code).texts
    names = [f"severities.{each}" for each in SEVERITIES]
    names += [f"confidences.{each}" for each in CONFIDENCES]
    names += [f"counts.{each}" for each in SEVERITIES]
    names += [f"slips.{each}" for each in Slip]
    names += [f"turns.{each}" for each in Turn] + [f"fates.{each}" for each in Fate]
    assert not [name for name in names if name not in texts]


def test_counts_take_the_form_that_the_number_asks_for() -> None:
    assert count_of(1, "table") == "1 table"
    assert count_of(1250, "table") == "1 250 tables"
    assert count_of(0, "relation") == "0 checks"
    assert count_of(3, "table", "zh") == "3 个表"
    assert count_of(2, "widget") == "2 widgets"


def test_numbers_come_in_groups() -> None:
    assert grouped(1234567) == "1 234 567"
    assert "1 234 read" in say(ENGLISH, "closing.tables", read=1234, checked=0)


def test_what_is_no_name_is_said_as_it_stands() -> None:
    assert tell("zh", "a plug-in said this {sentence}") == "a plug-in said this {sentence}"
    assert tell("zh", Message("a remark")) == "a remark"
    assert call("zh", "slips", "a slip of a plug-in") == "a slip of a plug-in"
    with pytest.raises(KeyError):
        say(ENGLISH, "closing.nonsense")


def test_a_reason_is_told_in_the_language_asked_for() -> None:
    remark = saying("hidden-sheet", sheet="Old {1}")
    assert tell(ENGLISH, remark) == "sheet Old {1} is hidden; it was included"
    assert tell("zh", remark) == "工作表 Old {1} 已隐藏，但也已读取"
    assert tell("fr", remark) == tell(ENGLISH, remark)
