"""One number a finding, the same wherever it is told."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree
from lxml.html import document_fromstring
from openpyxl import load_workbook

from tests.reports import column_total, lone_relation, notation, whole_report
from unbudget_check import check
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.data.saved import read_report
from unbudget_check.reporters.office.docx import annotate
from unbudget_check.reporters.office.findings_book import findings_book
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.triage.identity import numbered

SAMPLES = Path(__file__).parents[2] / "sample_data" / "broken"


def test_the_most_certain_come_first_and_then_reading_order() -> None:
    found = (notation(), lone_relation(), column_total(), lone_relation(), column_total())
    told = [(each.number, each.code) for each in numbered(found)]
    assert told == [(1, "ARI101"), (2, "ARI101"), (3, "ARI501"), (4, "ARI501"), (5, "NOT101")]


def test_accepting_a_finding_changes_no_number() -> None:
    found = [replace(column_total(), fingerprint=each) for each in "abc"]
    waived = [replace(found[0], status="waived"), *found[1:]]
    numbers = [{each.fingerprint: each.number for each in numbered(of)} for of in (found, waived)]
    assert numbers[0] == numbers[1]


def test_all_formats_give_a_finding_the_same_number() -> None:
    path = SAMPLES / "word" / "section-40.docx"
    report = check([str(path)])
    heads = {each.number: f"{each.code} {each.name}" for each in report.findings}
    codes = {number: head.partition(" ")[0] for number, head in heads.items()}
    prints = {each.number: each.fingerprint for each in report.findings}
    assert list(heads) == list(range(1, len(heads) + 1))

    def told(name: str) -> str:
        text = renderer_of(name)(report, RenderOptions())
        assert isinstance(text, str)
        return text

    def numbers_in(text: str, pattern: str) -> dict[int, str]:
        return {int(number): head for number, head in re.findall(pattern, text, re.MULTILINE)}

    assert numbers_in(told("full"), r"^  (\d+)\. \w+ (\S+ \S+)") == heads
    assert {
        int(number): head
        for head, number in re.findall(
            r": \w+ ([A-Z]{3}\d+ \S+): .*\[finding (\d+)", told("concise")
        )
    } == heads
    assert numbers_in(told("markdown"), r"^- \*\*(\d+)\. \w+\*\* (\S+ [a-z-]+)") == heads
    assert numbers_in(told("junit"), r"^(?:.*>)?(\d+)\. \w+ ([A-Z]{3}\d+ \S+)$") == heads
    titles = re.findall(r"title=(\S+ \S+) \(finding (\d+)\)::", told("github"))
    shown = {int(number): head for head, number in titles}
    assert shown
    assert shown.items() <= heads.items()
    for rows in (
        json.loads(told("json"))["findings"],
        [*map(json.loads, told("jsonl").split("\n")[1:-1])],
    ):
        assert {each["number"]: each["fingerprint"] for each in rows} == prints
    table = csv.DictReader(io.StringIO(told("csv").removeprefix("\ufeff")))
    assert {int(each["number"]): each["fingerprint"] for each in table} == prints
    results = json.loads(told("sarif"))["runs"][0]["results"]
    assert {each["properties"]["number"]: each["ruleId"] for each in results} == codes
    page = document_fromstring(told("html"))
    drawn = {
        int(number.text or 0): card.get("data-rule")
        for card in page.iter("article")
        for number in card.iter("span")
        if number.get("class") == "number"
    }
    assert drawn == codes
    sheet = load_workbook(io.BytesIO(findings_book(report)))["Findings"]
    heading, *cells = sheet.iter_rows(values_only=True)
    at = heading.index("Fingerprint")
    assert {row[0]: row[at] for row in cells} == prints
    copy = annotate(path.read_bytes(), report.documents[0])
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
    texts = ["".join(map(str, each.itertext())) for each in comments]
    assert {int(each.partition(".")[0]) for each in texts} == set(heads)
    assert list(report.to_frame()["number"]) == list(heads)


def test_a_report_of_an_older_program_is_numbered_when_it_is_read() -> None:
    data = json.loads(renderer_of("json")(whole_report(), RenderOptions()))
    for each in data["findings"]:
        del each["number"]
    read = read_report(json.dumps(data), "old.json")
    assert [each.number for each in read.findings] == [1, 1, 1]
