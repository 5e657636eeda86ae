"""A broken plug-in: one clear sentence that names its package, exit code 2, never a traceback."""

from __future__ import annotations

import sys
from importlib import invalidate_caches
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from unbudget_check import installed
from unbudget_check.cli.main import run
from unbudget_check.rulebook import load
from unbudget_check.rulebook.scaffold import scaffold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = "Item\t2025\t2026\nPosts\t1 200\t1 300\nTravel\t200\t300\nTotal\t1 400\t1 600\n"
CODE = {
    "mistake": "import nowhere_at_all\n",
    "exits": "raise SystemExit(3)\n",
    "empty": '"""Nothing."""\n',
    "fails": "def read(source): return 1 / 0\ndef render(report, options): return 1 / 0\n",
    "odd": "def read(source): return 'text'\ndef render(report, options): return None\nCHECK = 1\n",
    "checks": "def check(facts, rule, number, claims): return 1 / 0\n",
}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts a package with these entry points where Python finds it."""
    site = tmp_path / "site"
    (site / "broken").mkdir(parents=True)
    (site / "broken" / "__init__.py").write_text("", encoding="utf-8")
    for name, text in CODE.items():
        (site / "broken" / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    document = tmp_path / "small.txt"
    document.write_text(TEXT, encoding="utf-8")
    (tmp_path / "own.odd").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def put(group: str, entry: str, package: str = "broken") -> None:
        told = site / f"{package}-1.0.dist-info"
        told.mkdir()
        named = f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        (told / "METADATA").write_text(named, encoding="utf-8")
        text = f"[unbudget_check.{group}]\n{entry}\n"
        (told / "entry_points.txt").write_text(text, encoding="utf-8")
        forget()

    yield put
    monkeypatch.undo()
    forget()


def forget() -> None:
    """What was found before is looked for again."""
    installed._plugins.cache_clear()
    load._rules_of_packages.cache_clear()
    invalidate_caches()
    for name in [each for each in sys.modules if each.partition(".")[0] == "broken"]:
        del sys.modules[name]


def command(*arguments: str) -> tuple[int, str, str]:
    with CliRunner().isolation() as (out, err, *_):
        code = run(arguments)
        return code, out.getvalue().decode(), err.getvalue().decode()


def refused(*arguments: str) -> str:
    """The one sentence of a command that fails with 2, and says it on standard error only."""
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    (said,) = err.splitlines()
    assert said.startswith("unbudget-check: the package broken 1.0, ")
    return said


def rule_file(folder: Path, text: str, name: str = "own/our-rule.toml") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("verb", [["check", "small.txt"], ["rules"], ["explain", "ARI101"]])
def test_rules_that_are_not_there_or_wrong(
    install: Callable[..., None], tmp_path: Path, verb: list[str]
) -> None:
    install("rules", "ours = broken.rules")
    assert "rules 'ours': there is no folder broken.rules in it" in refused(*verb)
    rules = tmp_path / "site" / "broken" / "rules"
    rule_file(rules, scaffold("OWN101", "our-rule", "own").replace("severity", "serverity"))
    forget()
    said = refused(*verb)
    assert "rules/own/our-rule.toml: unknown key 'serverity'; did you mean 'severity'?" in said


def test_a_rule_that_takes_the_code_of_another(
    install: Callable[..., None], tmp_path: Path
) -> None:
    rules = tmp_path / "site" / "broken" / "rules"
    rule_file(rules, scaffold("ARI101", "our-rule", "own"))
    install("rules", "ours = broken.rules")
    code, _, err = command("rules")
    assert code == 2
    assert "column-total.toml and rules/own/our-rule.toml (from broken 1.0): two rules have" in err


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("own = broken.mistake:check", "cannot be loaded (ModuleNotFoundError: No module named"),
        ("own = broken.exits:check", "cannot be loaded (SystemExit: 3)"),
        ("own = broken.nowhere:check", "cannot be loaded (ModuleNotFoundError:"),
        ("own = broken.empty:check", "cannot be loaded (AttributeError:"),
        ("own = broken.odd:CHECK", "broken.odd:CHECK is no function"),
        ("equation = broken.checks:check", "check 'equation': the program has one of this name"),
    ],
)
def test_a_check_that_cannot_be_used(
    install: Callable[..., None], tmp_path: Path, entry: str, said: str
) -> None:
    install("checks", entry)
    text = scaffold("OWN101", "our-rule", "own").replace('"equation"', '"own"')
    text = text.replace('equation = "amount - expenditure = change"\nunit = "money"', "")
    rule_file(tmp_path / "rules", text)
    assert said in refused("check", "small.txt", "--rules-dir", "rules")


def test_a_check_that_no_rule_names_is_never_loaded(install: Callable[..., None]) -> None:
    install("checks", "own = broken.mistake:check")
    assert command("check", "small.txt")[0] == 0


def test_a_check_that_fails_on_a_document_stops_no_other(
    install: Callable[..., None], tmp_path: Path
) -> None:
    install("checks", "own = broken.checks:check")
    text = scaffold("OWN101", "our-rule", "own").replace('"equation"', '"own"')
    text = text.replace('equation = "amount - expenditure = change"\n', "")
    text = text.replace('unit = "money"            # or posts\n', "")
    rule_file(tmp_path / "rules", text)
    code, out, _ = command("check", "small.txt", "--rules-dir", "rules")
    assert code == 3
    assert "the package broken 1.0, check 'own' failed (ZeroDivisionError:" in out
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("odd = broken.mistake", "reader 'odd' cannot be loaded (ModuleNotFoundError:"),
        ("odd = broken.empty", "reader 'odd': broken.empty has no function 'read'"),
        ("docx = broken.fails", "reader 'docx': the program has one of this name"),
    ],
)
def test_a_reader_that_cannot_be_used(install: Callable[..., None], entry: str, said: str) -> None:
    install("readers", entry)
    assert said in refused("check", "own.odd")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("odd = broken.fails", "reader 'odd' failed (ZeroDivisionError: division by zero)"),
        ("odd = broken.odd", "reader 'odd' gave no document but str"),
    ],
)
def test_a_reader_that_fails_stops_no_other_document(
    install: Callable[..., None], entry: str, said: str
) -> None:
    install("readers", entry)
    code, out, _ = command("check", "own.odd", "small.txt", "--exit-zero")
    assert code == 3
    assert said in out
    assert "1 read, 1 unreadable" in out


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("slips = broken.mistake", "format 'slips' cannot be loaded (ModuleNotFoundError:"),
        ("slips = broken.empty", "format 'slips': broken.empty has no function 'render'"),
        ("slips = broken.fails", "format 'slips' failed (ZeroDivisionError:"),
        ("slips = broken.odd", "format 'slips': it gave no text but NoneType"),
        ("json = broken.fails", "format 'json': the program has one of this name"),
    ],
)
def test_a_format_that_cannot_be_used(install: Callable[..., None], entry: str, said: str) -> None:
    install("reporters", entry)
    assert said in refused("check", "small.txt", "-o", "slips")


def test_two_packages_of_one_name(install: Callable[..., None]) -> None:
    install("reporters", "slips = broken.fails")
    install("reporters", "slips = broken.odd", package="other")
    code, _, err = command("check", "small.txt", "-o", "slips")
    assert code == 2
    assert "the package other 1.0, format 'slips': the package broken 1.0 has one of this" in err
