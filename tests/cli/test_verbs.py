"""``explain``, ``rules``, ``inspect`` and the help: what a person reads who wants to understand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import click
import pytest

from unbudget_check.cli.main import program
from unbudget_check.errors import UnreadableError
from unbudget_check.rulebook.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]


@pytest.mark.parametrize("word", ["ARI101", "ari101", "column-total"])
def test_a_rule_is_explained_by_code_and_by_name(command: Command, word: str) -> None:
    ran = command("explain", word)
    assert ran.code == 0
    assert ran.out.startswith("ARI101 column-total\n")
    for part in ("Why", "What to do", "Example: error", "Example: correct", "Rounding", "->"):
        assert part in ran.out


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_every_explanation_fits_80_columns(command: Command, rule: object) -> None:
    ran = command("explain", rule.code, "-v")  # type: ignore[attr-defined]
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["explain", "colum-total"], "did you mean 'column-total'?"),
        (["explain", "XYZ"], "`unbudget-check rules` lists all rules"),
        (["rules", "--family", "footin"], "did you mean 'footing'?"),
        (["chek", "a.docx"], "Did you mean one of: 'check'"),
        (["waivers", "ad"], "Did you mean 'add'?"),
        (["check", "a.docx", "--explain-prof"], "'--explain-proof'?"),
        (["check", "a.docx", "--colour", "never"], "Did you mean '--color'?"),
        (["rules", "--famly", "footing"], "Did you mean '--family'?"),
        (["check", "a.docx", "-o", "jsn"], "did you mean 'json'?"),
        (["check", "a.docx", "--fail-on", "errors"], "'error', 'warning', 'note', 'never'"),
    ],
)
def test_a_slip_of_the_pen_is_met_with_the_nearest_word(
    command: Command, arguments: list[str], hint: str
) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


def test_a_document_without_a_verb_is_offered_to_check(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "section 1.docx"
    path.touch()
    ran = command(str(path), "-o", "json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"To check it: unbudget-check check '{path}' -o json\n")


def test_rules_are_listed_one_a_row(command: Command) -> None:
    rows = command("rules").out.splitlines()
    assert [row.split()[0] for row in rows] == [rule.code for rule in load_rules()]
    assert all(re.match(r"[A-Z]{3}\d{3}  \S+ +(error|warning|note)  +\S", row) for row in rows)


def test_one_family_is_listed(command: Command) -> None:
    listed = json.loads(command("rules", "--family", "footing", "-o", "json").out)
    assert {rule["family"] for rule in listed} == {"footing"}
    assert listed[0]["code"] == "ARI101"
    assert set(listed[0]["title"]) >= {"en", "zh"}


def test_rules_of_ones_own_are_listed_and_explained(command: Command, tmp_path: Path) -> None:
    own = tmp_path / "ours" / "footing"
    own.mkdir(parents=True)
    rule = next(each for each in load_rules() if each.code == "ARI101")
    source = rule.path.read_text(encoding="utf-8")
    text = source.replace("ARI101", "OUR101").replace('"column-total"', '"our-total"')
    (own / "our-total.toml").write_text(text, encoding="utf-8")
    settings = tmp_path / "unbudget-check.toml"
    settings.write_text('rules = "ours"\n', encoding="utf-8")
    assert "OUR101  our-total" in command("rules", "--config", str(settings)).out
    assert command("explain", "our-total", "--config", str(settings)).code == 0


@pytest.mark.parametrize(
    "verb",
    [
        *("", "check", "compare", "inspect", "extract", "explain", "rules"),
        *("dev", "dev new-rule", "dev test-rules", "dev schema", "dev completion"),
    ],
)
def test_help_teaches_by_example(command: Command, verb: str) -> None:
    arguments = [*verb.split(), "-h"]
    ran = command(*arguments)
    assert ran.code == 0
    assert f"unbudget-check {verb}".strip() in ran.out.partition("Options:")[0]
    assert max(map(len, ran.out.splitlines())) <= 80
    assert command(*arguments[:-1], "--help").out == ran.out


@pytest.mark.parametrize("arguments", [["explain", "ARI101"], ["rules", "--family", "footing"]])
def test_never_means_neither_colour_nor_bold(
    command: Command, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[1m" in command(*arguments, "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in command(*arguments).out
    assert "\x1b" not in command(*arguments, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in command(*arguments).out
    assert "\x1b[1m" in command(*arguments, "--color", "always").out


def test_the_version_is_printed(command: Command) -> None:
    from unbudget_check import __version__

    assert command("--version").out == f"unbudget-check, version {__version__}\n"


def test_a_mistake_of_the_program_is_one_sentence(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "two\nrows"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("unbudget_check.engine.check", fail)
    ran = command("check", "a.docx")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "ZeroDivisionError: two" in ran.err
    assert "Traceback" in command("check", "a.docx", "-v").err


def test_stopping_by_hand_is_quiet(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("unbudget_check.engine.check", stop)
    ran = command("check", "a.docx")
    assert ran.code == 130
    assert "Traceback" not in ran.err


def test_inspecting_what_cannot_be_read_is_incomplete(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        message = "torn.docx: the file ends too early"
        raise UnreadableError(message)

    monkeypatch.setattr("unbudget_check.engine.understand", refuse)
    ran = command("inspect", "torn.docx")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "unbudget-check: torn.docx: the file ends too early\n"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("schema", "rule"), ("dev", "schema", "rule")),
        (("completion", "bash"), ("dev", "completion", "bash")),
        (("new-rule", "cash"), ("dev", "new-rule", "cash")),
        (("test-rules", "nowhere"), ("dev", "test-rules", "nowhere")),
        (("report", "diff", "a.json", "b.json"), ("compare", "a.json", "b.json")),
    ],
)
def test_verbs_work_under_their_older_names_and_say_the_new_ones(
    command: Command, older: tuple[str, ...], newer: tuple[str, ...]
) -> None:
    before, now = command(*older), command(*newer)
    assert (before.code, before.out) == (now.code, now.out)
    listed = command("-h").out.partition("Commands:")[2].splitlines()
    assert older[0] not in {row.split()[0] for row in listed if row.strip()}
    if older[0] != "new-rule":  # what is asked wrongly is said before anything runs
        hint = before.err.removesuffix(now.err)
        assert hint.count("\n") == 1
        assert f"is now `unbudget-check {newer[0]}" in hint


def every_verb(group: click.Group, *before: str) -> Iterator[tuple[str, ...]]:
    """The verbs that help lists, and those below them."""
    for name, verb in group.commands.items():
        if not verb.hidden:
            yield *before, name
            if isinstance(verb, click.Group):
                yield from every_verb(verb, *before, name)


@pytest.mark.parametrize("verb", [(), *every_verb(program)], ids=" ".join)
def test_the_help_of_every_verb_fits_80_columns(command: Command, verb: tuple[str, ...]) -> None:
    ran = command(*verb, "--help")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_help_of_check_shows_what_people_use_and_where_the_rest_is(command: Command) -> None:
    short, whole = (command("check", word) for word in ("--help", "--help-all"))
    assert (short.code, whole.code) == (0, 0)
    options = [row for row in short.out.partition("Options:")[2].splitlines() if row[:3] == "  -"]
    assert len(options) == 12  # ten, and two that show help
    assert "--help-all" in options[-1]
    for ran in (short, whole):
        assert max(map(len, ran.out.splitlines())) <= 80
    params = program.commands["check"].params
    every = {name for each in params for name in each.opts if name.startswith("--")}
    hidden = {"--today"}
    assert {name for name in every if f"{name} " not in whole.out.replace(",", " ")} <= hidden
    assert "Other:" not in whole.out
    assert whole.out.count("--help-all") == 1
