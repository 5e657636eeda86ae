"""The JSON report keeps its published contract, and carries figures exactly."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import empty_report, whole_report
from unbudget_check.model.document import Where
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from unbudget_check.model.report import Report

SCHEMA = json.loads(
    (files("unbudget_check.reporters") / "report.schema.json").read_text(encoding="utf-8")
)


def as_data(report: Report) -> Any:  # noqa: ANN401 what a program gets is checked by the schema
    return json.loads(render(report, RenderOptions()))


@pytest.mark.parametrize("report", [whole_report(), empty_report()], ids=["whole", "empty"])
def test_the_report_keeps_its_schema(report: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(as_data(report), SCHEMA)


def test_the_schema_refuses_a_float_for_a_figure() -> None:
    data = as_data(whole_report())
    data["findings"][0]["stated"] = 27138.0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_a_place_has_all_its_keys_in_the_published_order() -> None:
    place = as_data(whole_report())["findings"][0]["where"]
    published = SCHEMA["$defs"]["where"]
    assert list(place) == list(published["properties"])
    # Reports that were saved before a key was added stay readable.
    assert [*published["required"], "below"] == list(place)
    assert list(place) == [field.name for field in fields(Where)]
    assert place["paragraph"] is None


def test_the_parts_of_a_relation_prove_its_residual() -> None:
    relation = as_data(whole_report())["findings"][0]["relations"][0]
    parts = relation["parts"]
    computed = sum(part["coefficient"] * Decimal(part["stated"]) for part in parts)
    assert computed == Decimal(relation["computed"])
    assert Decimal(relation["stated"]) - computed == Decimal(relation["residual"])


def test_an_unreadable_document_has_its_reason() -> None:
    torn = as_data(whole_report())["documents"][-1]
    assert torn["status"] == "unreadable"
    assert torn["reason"] == "the file ends too early; copy it anew"
    assert torn["sha256"] is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_figure_comes_back_digit_by_digit(stated: Decimal) -> None:
    report = whole_report()
    finding = replace(report.documents[0].findings[0], stated=stated)
    document = replace(report.documents[0], findings=(finding,))
    text = as_data(replace(report, documents=(document,)))["findings"][0]["stated"]
    assert Decimal(text) == stated
    assert "E" not in text


def test_a_path_that_is_no_text_is_still_json() -> None:
    report = empty_report()
    document = replace(report.documents[0], path="notes-\udce9.txt")
    text = render(replace(report, documents=(document,)), RenderOptions())
    written = text.encode("utf-8", "backslashreplace")
    assert json.loads(written)["documents"][0]["path"] == "notes-\udce9.txt"
