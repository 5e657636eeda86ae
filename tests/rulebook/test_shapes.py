"""Settings and rule files: what the reader refuses the schema refuses, and the other way round."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.errors import UserError
from unbudget_check.rulebook import rule
from unbudget_check.rulebook.load import load_rules
from unbudget_check.rulebook.rule import RULE, rule_schema
from unbudget_check.rulebook.scaffold import scaffold
from unbudget_check.rulebook.shapes import NamedShape, Tables, TableShape, TomlTable, published
from unbudget_check.settings import SETTINGS, _settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.rulebook.shapes import Shape

    Way = tuple[Any, ...]

# Every key of the settings, so that every change below has something to change.
WHOLE = """
select = ["ARI"]
ignore = []
language = "zh"
revisions = "original"
rounding = "truncated"
fail-on = "never"
rules = "ours"
waivers = "w.toml"
baseline = "b.json"
profile = "gate"
exclude = ["drafts/*"]
lang = "zh"

[severity]
ARI301 = "note"

[per-document."A/80/6*"]
ignore = ["NAM"]
severity = { REF = "note" }

[tidy."*.csv"]
labels = ["item"]
measures = ["2025"]
measure = "kind"
value = "amount"
unit = "Dollars"
table = "section"
hierarchy = true
totals = ["All"]
"""
FILES: dict[str, dict[str, Any]] = {
    "config": tomllib.loads(WHOLE, parse_float=Decimal),
    "rule": tomllib.loads(scaffold("OWN101", "our-rule", "own"), parse_float=Decimal)
    | {"single": {"en": "text"}},
}
SHAPES = {"config": SETTINGS, "rule": RULE}
SCHEMAS = {"config": published("config", "Settings", SETTINGS), "rule": rule_schema()}
CHECKERS = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
# What somebody may write instead of a value; TOML knows no other kinds.
VALUES: tuple[object, ...] = (
    "",
    "error",
    "no such word",
    [],
    ["text"],
    [1],
    [{}],
    {},
    {"en": "text"},
    {"english": "text"},
    {"en": " "},
    {"key": 1},
    True,
    0,
    Decimal("0.1"),
    date(2026, 1, 1),
)
# What no schema can say: how an equation is built, which words stand in braces.
BEYOND = ("the equation ", "unknown placeholder", "the braces", "an example that ")


def ways_in(value: object, way: Way = ()) -> Iterator[Way]:
    """The way to every value of a file, the whole file first."""
    yield way
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from ways_in(value[key], (*way, key))


WAYS = [
    pytest.param(name, way, id=f"{name}: {'.'.join(map(str, way)) or 'all'}")
    for name, data in FILES.items()
    for way in ways_in(data)
]


def at(data: Any, way: Way) -> Any:  # noqa: ANN401  whatever stands there
    for key in way:
        data = data[key]
    return data


def changes(data: dict[str, Any], way: Way) -> Iterator[dict[str, Any]]:
    """The file with another value there, without that key, and with a key that nobody knows."""
    for value in VALUES if way else ():
        changed = deepcopy(data)
        at(changed, way[:-1])[way[-1]] = deepcopy(value)
        yield changed
    if way and isinstance(way[-1], str):
        changed = deepcopy(data)
        del at(changed, way[:-1])[way[-1]]
        yield changed
    if isinstance(at(data, way), dict):
        changed = deepcopy(data)
        at(changed, way)["unheard-of"] = "x"
        yield changed


def complaint(name: str, data: dict[str, Any]) -> str:
    """What the reader says against a file, nothing where it takes it."""
    table = TomlTable("file", data)
    try:
        if name == "config":
            _settings(table, Path())
        else:
            rule._rule(Path(), table)
            rule.examples_in(table)
    except UserError as error:
        return str(error)
    return ""


def agree(name: str, data: dict[str, Any]) -> None:
    said = complaint(name, data)
    if any(beyond in said for beyond in BEYOND):
        return
    found = jsonschema.exceptions.best_match(CHECKERS[name].iter_errors(data))
    assert bool(said) == bool(found), (said, found and found.message)


def test_the_whole_files_are_right() -> None:
    assert set(FILES["config"]) == set(SETTINGS.keys)
    assert set(FILES["rule"]) == set(RULE.keys)
    for name, data in FILES.items():
        assert complaint(name, data) == ""
        CHECKERS[name].validate(data)


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_reader_and_schema_refuse_the_same(name: str, way: Way) -> None:
    for changed in changes(FILES[name], way):
        agree(name, changed)


@given(st.data())
def test_reader_and_schema_refuse_the_same_after_two_changes(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    changed = FILES[name]
    for _ in range(2):
        ways = [way for way in ways_in(changed) if way]
        way = data.draw(st.sampled_from(ways))
        changed = data.draw(st.sampled_from(list(changes(changed, way))))
    agree(name, changed)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_with_its_identity_and_words(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["$id"] == f"urn:unbudget-check:schema:{name}:1"
    for key, words in told(SHAPES[name]):
        assert words.endswith((".", "...")), key


def told(shape: Shape, key: str = "") -> Iterator[tuple[str, str]]:
    """Every key that a shape declares, with what it says of it."""
    yield key, shape.about
    if isinstance(shape, TableShape):
        for name, part in shape.keys.items():
            yield from told(part, name)
    if isinstance(shape, Tables):
        yield from told(shape.item, key)
    if isinstance(shape, NamedShape) and isinstance(shape.value, TableShape):
        yield from told(shape.value, key)


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_every_rule_file_keeps_the_schema(rule: Any) -> None:  # noqa: ANN401
    CHECKERS["rule"].validate(tomllib.loads(rule.path.read_text(encoding="utf-8")))


def test_a_mistake_in_parameters_is_refused() -> None:
    data = deepcopy(FILES["rule"])
    data["parameters"]["unit"] = "monye"
    assert not CHECKERS["rule"].is_valid(data)
    data["parameters"] = {"equation": "base + change = estimate"}
    assert not CHECKERS["rule"].is_valid(data)
