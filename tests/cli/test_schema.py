"""``schema``: what it prints is the schema that files are held to."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]


@pytest.mark.parametrize("name", ["report", "config", "rule"])
def test_a_schema_is_printed_with_its_identity(command: Command, name: str) -> None:
    ran = command("dev", "schema", name)
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:unbudget-check:schema:{name}:1"
    assert "unbudget-check" in schema["title"]
    assert schema["description"]


def test_a_report_keeps_the_schema_that_is_printed(command: Command, project: Path) -> None:
    path = str(project / "sample_data" / "clean" / "word" / "section-40.docx")
    report = json.loads(command("check", path, "-o", "json").out)
    jsonschema.validate(report, json.loads(command("dev", "schema", "report").out))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('selct = ["ARI"]', []),
        ('fail-on = "eror"', ["fail-on"]),
        ('select = "ARI"', ["select"]),
        ('[tidy."*.csv"]\nmeasures = ["a"]', ["tidy", "*.csv"]),
    ],
)
def test_an_editor_marks_a_mistake_in_the_settings(
    command: Command, text: str, where: list[str]
) -> None:
    schema = json.loads(command("dev", "schema", "config").out)
    with pytest.raises(jsonschema.ValidationError) as caught:
        jsonschema.validate(tomllib.loads(text), schema)
    assert list(caught.value.absolute_path) == where


def test_a_schema_that_is_none_is_refused(command: Command) -> None:
    ran = command("dev", "schema", "reprot")
    assert ran.code == 2
    assert "report" in ran.err
