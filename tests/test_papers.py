"""The papers beside the code: what CONTRIBUTING, CHANGELOG and CITATION say is so."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from tests.conftest import PROJECT
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

CONTRIBUTING = PROJECT / ".github" / "CONTRIBUTING.md"
CHANGELOG = PROJECT / "CHANGELOG.md"
CITATION = PROJECT / "CITATION.cff"
# The keys that the Citation File Format 1.2.0 knows, and those that it demands.
KNOWN = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip
DEMANDED = {"authors", "cff-version", "message", "title"}


def said(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_contributing_names_only_places_that_exist() -> None:
    text = said(CONTRIBUTING)
    for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.toml)`", text):
        if path == "findings.toml":
            continue
        assert (PROJECT / path).exists(), path
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (CONTRIBUTING.parent / path).exists(), path


def test_contributing_has_a_room_for_every_package() -> None:
    text = said(CONTRIBUTING)
    for init in (PROJECT / "unbudget_check").glob("*/__init__.py"):
        assert f"`unbudget_check/{init.parent.name}/`" in text


def test_the_changelog_has_the_form_that_it_names() -> None:
    text = said(CHANGELOG)
    versions = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d\d-\d\d)$", text, re.MULTILINE
    )
    assert versions
    assert versions[0][0] == __version__
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(versions)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds


def test_the_citation_is_what_tools_read() -> None:
    text = said(CITATION)
    keys = re.findall(r"^([a-z-]+):", text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert DEMANDED <= set(keys) <= KNOWN
    assert re.search(r"^cff-version: 1\.2\.0$", text, re.MULTILINE)
    assert re.search(r"^authors:\n  - (?:name|family-names): \S", text, re.MULTILINE)


def test_the_citation_agrees_with_the_project() -> None:
    project = tomllib.loads(said(PROJECT / "pyproject.toml"))["project"]
    text = said(CITATION)
    assert f"\nversion: {__version__}\n" in text
    assert project["version"] == __version__
    assert f"\nlicense: {project['license']}\n" in text
