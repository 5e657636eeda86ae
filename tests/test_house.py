"""The rules of the house: docstrings, numbers and where they may be made, words of languages."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT
from unbudget_check.lexicon import language_codes, load_language, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = PROJECT / "unbudget_check"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
EVERYTHING = [path for path in (*SOURCES, *TESTS) if path.stat().st_size]
# Where a printed text becomes a number, or a stored one its printed form; nowhere else.
DECIMALS = {"model/number.py", "notation/numerals.py"}
FLOATS = {
    "rulebook/nearest.py",  # how alike two words are, for "did you mean"
    "readers/csv_dialect.py",  # how likely a character is the separator
    "tidy/amounts.py",  # the binary columns of frames become whole numbers
    "readers/pdf",  # places on a page, in points; figures stay the text that is printed
}
LETTERS = ("LATIN", "GREEK", "MICRO", "FEMININE ORDINAL", "MASCULINE ORDINAL")


# What stands beside the package: what the design names, and what tools look for there.
# What other formats are read with: the tables of a sheet of cells, and the lines of a text.
SHARED = {"grid", "text", "__pycache__"}
TOP = {"pyproject.toml", "README.md", "unbudget_check", "rules", "tests", "sample_data"} | {
    *(".ci", ".github", ".gitignore", ".dockerignore", ".pre-commit-hooks.yaml"),
    *("CHANGELOG.md", "CITATION.cff", "Dockerfile", "LICENSE", "Makefile"),
}


def _id(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_a_file_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(_tree(path))
    assert said, "the first row of a file is a docstring that says what it answers"
    first = said.splitlines()[0]
    assert first.endswith((".", "?", ":")), first


@pytest.mark.parametrize("path", SOURCES, ids=_id)
def test_exact_numbers_are_made_in_one_place(path: Path) -> None:
    where = path.relative_to(PACKAGE).as_posix()
    made = {name for node in ast.walk(_tree(path)) for name in _numbers_made(node)}
    assert "Decimal" not in made or where in DECIMALS
    assert "float" not in made or FLOATS & {where, where.rpartition("/")[0]}


def _numbers_made(node: ast.AST) -> Iterator[str]:
    """Which kinds of number this piece of code makes: ``float(...)``, ``1.5``, ``Decimal(...)``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield "float"
    if isinstance(node, ast.Attribute) and node.attr.startswith("float"):
        yield "float"


@pytest.mark.parametrize("path", SOURCES, ids=_id)
def test_no_code_knows_a_word_of_a_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    letters = {c for c in text if unicodedata.category(c) in {"Lu", "Ll", "Lo"}}
    assert not {c for c in letters if not unicodedata.name(c).startswith(LETTERS)}
    said = {normalise(text) for text in _texts(_tree(path))}
    assert not said & _phrases()


def _phrases() -> set[str]:
    """The terms of all languages that are more than one word: no code says them by chance."""
    phrases: set[str] = set()
    for code in language_codes():
        language = load_language(code)
        for terms in (language.columns, language.rows, language.captions):
            phrases |= {term for words in terms.values() for term in words if " " in term}
    return phrases


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_format_is_read_without_knowing_another() -> None:
    formats = {path.name for path in (PACKAGE / "readers").iterdir() if path.is_dir()} - SHARED
    assert formats >= {"docx", "sheets"}
    for own in formats:
        for path in sorted((PACKAGE / "readers" / own).glob("*.py")):
            for name in _imported(_tree(path)):
                through = name.removeprefix("unbudget_check.readers.").split(".")[0]
                is_other = through in formats - {own} and name.startswith("unbudget_check.")
                assert not is_other, f"{path.name} reads through {name}"


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_wheel_carries_the_rules_where_the_rulebook_looks() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert packed == {"rules": "unbudget_check/_rules"}
    loader = (PACKAGE / "rulebook" / "load.py").read_text(encoding="utf-8")
    assert '"_rules"' in loader


def test_the_readme_says_only_targets_and_files_that_exist() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    said = re.findall(r"(?:^    |`)make ([a-z-]+)", readme, flags=re.MULTILINE)
    assert said
    assert set(said) <= targets
    for path in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (PROJECT / path).exists(), path


def test_nothing_else_stands_at_the_top() -> None:
    git = shutil.which("git") or pytest.skip("git, which knows what is ours, is not installed here")
    command = (git, "-c", "safe.directory=*", "ls-files")
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    if listed.returncode or not listed.stdout:
        pytest.skip("this is no checkout of git: what belongs to the project cannot be told")
    assert {name.partition("/")[0] for name in listed.stdout.splitlines()} == TOP
