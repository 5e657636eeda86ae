"""``extract``: facts as data, exact in every format, harmless in a spreadsheet, never half."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace
from decimal import Decimal
from importlib.resources import files
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from unicodedata import category

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as arrow_parquet

from unbudget_check import engine
from unbudget_check.errors import UserError
from unbudget_check.model.fact_row import FactRow, Origin
from unbudget_check.reporters.facts.csv import COLUMNS
from unbudget_check.reporters.facts.csv import render as as_csv
from unbudget_check.reporters.facts.json import render as as_json
from unbudget_check.reporters.facts.parquet import render as as_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

SCHEMA = json.loads(
    (files("unbudget_check.reporters.facts") / "facts.schema.json").read_text(encoding="utf-8")
)
AMOUNTS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9
)
FACT = FactRow(
    document="a.docx",
    symbol="A/99/6 (Sect. 40)",
    language="en",
    scope="40",
    entity="overall",
    entity_name="Overall",
    measure="travel of staff",
    kind="proposed",
    year=2026,
    source="regular",
    unit="money",
    scale=3,
    value=Decimal(1970500),
    printed="1 970.5",
    table="40.3",
    part=None,
    row="Travel of staff",
    column="2026 estimate",
    paragraph=None,
    item=None,
    figure=None,
    page=None,
    line=12,
    address="12:30-37",
    origin=Origin.TABLE,
    view="objects",
    checked=True,
)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.fixture
def section(project: Path) -> Path:
    return project / "sample_data" / "clean" / "word" / "section-40.docx"


@pytest.fixture
def rows(section: Path) -> tuple[FactRow, ...]:
    (found,) = engine.extract([str(section)])
    return found.rows


def test_a_document_becomes_one_row_a_fact(
    command: Command, section: Path, rows: Sequence[FactRow]
) -> None:
    ran = command("extract", str(section))
    assert (ran.code, ran.err) == (0, "")
    listed = read_csv(ran.out)
    assert [each["address"] for each in listed] == [each.address for each in rows]
    assert [Decimal(each["value"]) for each in listed] == [each.value for each in rows]
    assert {each["origin"] for each in listed} >= {"table", "sentence"}
    assert {each["document"] for each in listed} == {str(section)}


def test_what_a_sentence_states_means_what_its_tables_print(rows: Sequence[FactRow]) -> None:
    meant = ("scope", "entity", "measure", "kind", "year", "source", "unit")
    values: dict[tuple[object, ...], set[Decimal]] = {}
    for row in rows:
        values.setdefault(tuple(getattr(row, name) for name in meant), set()).add(row.value)
    assert all(len(found) == 1 for found in values.values())
    assert any(row.origin is Origin.SENTENCE and row.paragraph for row in rows)


def test_all_formats_say_the_same(
    command: Command, section: Path, tmp_path: Path, rows: Sequence[FactRow]
) -> None:
    names = [f"{name}={tmp_path / name}" for name in ("csv", "json", "parquet")]
    outputs = [word for name in names for word in ("-o", name)]
    ran = command("extract", str(section), *outputs)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    told = json.loads((tmp_path / "json").read_bytes())["facts"]
    stored = arrow_parquet.read_table(tmp_path / "parquet").to_pylist()
    listed = read_csv((tmp_path / "csv").read_text(encoding="utf-8"))
    assert len(told) == len(stored) == len(listed) == len(rows)
    for row, one, other, third in zip(rows, told, stored, listed, strict=True):
        assert list(one) == list(other) == list(third)
        assert {**one, "value": Decimal(one["value"])} == other
        assert third["printed"].removeprefix("'") == one["printed"] == row.printed


def test_facts_keep_their_schema(rows: Sequence[FactRow]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    told = json.loads(as_json(rows))
    jsonschema.validate(told, SCHEMA)
    required = SCHEMA["properties"]["facts"]["items"]["required"]
    assert required == list(told["facts"][0]) == [field.name for field in fields(FactRow)]
    told["facts"][0]["value"] = 1.5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, SCHEMA)


@given(AMOUNTS)
def test_an_amount_comes_back_digit_by_digit(value: Decimal) -> None:
    row = replace(FACT, value=value)
    text = read_csv(as_csv([row]))[0]["value"]
    assert Decimal(text) == value
    assert "E" not in text
    assert json.loads(as_json([row]))["facts"][0]["value"] == text


@given(st.lists(AMOUNTS, min_size=1, max_size=5))
def test_parquet_keeps_decimals(values: list[Decimal]) -> None:
    content = as_parquet([replace(FACT, value=value) for value in values])
    stored = arrow_parquet.read_table(BytesIO(content))
    assert str(stored.schema.field("value").type) == "decimal128(38, 9)"
    assert stored.column("value").to_pylist() == values


def test_an_amount_that_parquet_would_cut_is_refused() -> None:
    with pytest.raises(UserError, match="use csv or json"):
        as_parquet([replace(FACT, value=Decimal("0.1234567891"))])


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@sum", "'@sum"),
        ("+1+cmd", "'+1+cmd"),
        ("- Posts", "'- Posts"),
        ("-", "'-"),
        ("\tx", "'\tx"),
        ("\rx", "'\nx"),
        ("＝1", "'＝1"),
        ("-1 250.5", "-1 250.5"),
        ("+3", "+3"),
        ("(82.0)", "(82.0)"),
        ("–", "–"),
    ],
)
def test_no_text_becomes_a_formula(printed: str, written: str) -> None:
    row = replace(FACT, printed=printed, row=printed, value=Decimal("-82000.0"))
    (listed,) = read_csv(as_csv([row]))
    assert (listed["printed"], listed["row"]) == (written, written)
    assert listed["value"] == "-82000.0"


@given(st.text())
def test_any_label_keeps_its_cell(label: str) -> None:
    text = as_csv([replace(FACT, row=label), FACT])
    found = list(csv.reader(StringIO(text, newline="")))
    assert [len(each) for each in found] == [len(COLUMNS)] * 3
    cell = found[1][COLUMNS.index("row")]
    assert not _has_controls(cell)
    if label.replace("\n", "").isprintable() and ";" not in label:
        assert cell in {label, f"'{label}"}


def _has_controls(text: str) -> bool:
    return any(category(each) in {"Cc", "Cs"} for each in text if each not in "\n\t")


def test_an_unreadable_document_is_said_and_the_others_are_extracted(
    command: Command, section: Path, tmp_path: Path, rows: Sequence[FactRow]
) -> None:
    torn = tmp_path / "torn.docx"
    torn.write_bytes(b"no archive")
    ran = command("extract", str(torn), str(section), "gone.docx", "-q")
    assert ran.code == 3
    assert len(read_csv(ran.out)) == len(rows)
    said = ran.err.splitlines()
    assert [row.partition(":")[0] for row in said] == [str(torn), "gone.docx"]
    assert "1 fact" not in ran.err
    assert f"{len(rows)} facts" in command("extract", str(torn), str(section)).err


def test_nothing_to_extract_is_incomplete(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("Item,2024\nPosts,1.0\nTravel,2.0\nTotal,3.0\n", encoding="utf-8")
    ran = command("extract", str(path))
    assert ran.code == 3
    assert ran.out.splitlines() == [",".join(COLUMNS)]
    assert "no figure with a meaning was found" in ran.err


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("parquet", "parquet is not text: give a file, such as -o parquet=facts.parquet"),
        ("cvs", "did you mean 'csv'?"),
        ("full", "formats are: csv, json, parquet"),
        ("csv=a.docx", "one of the documents that are read"),
        ("json=gone/a.json", "create it first"),
    ],
)
def test_wrong_use_is_one_sentence(command: Command, output: str, said: str) -> None:
    ran = command("extract", "a.docx", "-o", output)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert said in ran.err


def test_a_document_of_a_folder_is_never_overwritten(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("Item,2024\nPosts,1.0\n", encoding="utf-8")
    ran = command("extract", str(tmp_path), "-o", f"csv={path}")
    assert ran.code == 2
    assert path.read_text(encoding="utf-8").startswith("Item")
