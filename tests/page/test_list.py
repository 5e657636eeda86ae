"""The list of all documents, and the page of each: what they show, and what people do there."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.compose.pdf import render_pdf
from tests.page.conftest import RIGHT, WRONG, OpenPage, text_of
from tests.readers.pdf.test_reading import BLOCKS
from unbudget_check.page.deciding import FILE
from unbudget_check.page.session import Draft
from unbudget_check.reporters import FORMATS, OFFICE
from unbudget_check.reporters.differences import FORMATS as COMPARISONS
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from pathlib import Path

SESAME = "open sesame"


def rows(page: OpenPage, query: str = "") -> list[str]:
    return [
        text_of(each)
        for each in page.tree(query).xpath("//tbody/tr/th/a[starts-with(@id, 'open-')]")
    ]


def test_an_empty_page_says_what_to_do(opened: OpenPage) -> None:
    tree = opened.tree()
    assert "Drop documents, a folder or a ZIP file here" in text_of(tree)
    assert not tree.xpath("//table")


def test_a_document_waits_and_is_then_checked(opened: OpenPage) -> None:
    opened.drop(("wrong.csv", WRONG))
    tree = opened.tree()
    assert "0 of 1 checked" in text_of(tree)
    assert "waiting" in text_of(tree.xpath("//tbody/tr")[0])
    assert opened.get("state").json()["busy"]
    assert "waiting" in text_of(opened.tree("documents/1"))
    opened.check()
    state = opened.get("state").json()
    assert (state["busy"], state["said"]) == (False, "1 of 1 checked")


def test_the_list_tells_what_was_found_and_what_was_not_checked(checked: OpenPage) -> None:
    checked.drop(("torn.docx", b"torn"), ("empty.txt", b"no figures\n"))
    checked.check()
    tree = checked.tree()
    assert text_of(tree.get_element_by_id("result")).startswith("1 finding: 1 error, 0 warnings")
    told = [[text_of(cell) for cell in row.xpath("td|th")] for row in tree.xpath("//tbody/tr")]
    assert told[0][:6] == ["wrong.csv", "1", "0", "0", "10 of 10", "0"]
    assert told[1][:6] == ["right.csv", "0", "0", "0", "10 of 10", "0"]
    assert told[2][0].startswith("torn.docx unreadable")
    assert "nothing to check" in told[3][0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["wrong.csv", "right.csv", "torn.docx"]),
        ("?sort=name", ["right.csv", "torn.docx", "wrong.csv"]),
        ("?sort=name&down=1", ["wrong.csv", "torn.docx", "right.csv"]),
        ("?sort=errors", ["wrong.csv", "right.csv", "torn.docx"]),
        ("?sort=coverage", ["torn.docx", "wrong.csv", "right.csv"]),
        ("?show=findings", ["wrong.csv"]),
        ("?show=unchecked", ["torn.docx"]),
        ("?words=RIGHT", ["right.csv"]),
        ("?words=csv&sort=name&show=all", ["right.csv", "wrong.csv"]),
        ("?show=nonsense&sort=nonsense", ["wrong.csv", "right.csv", "torn.docx"]),
    ],
)
def test_the_list_is_sorted_and_chosen(checked: OpenPage, query: str, expected: list[str]) -> None:
    checked.drop(("torn.docx", b"torn"))
    checked.check()
    assert rows(checked, query) == expected


def test_a_column_is_sorted_the_other_way_at_the_second_click(checked: OpenPage) -> None:
    (link,) = checked.tree().xpath("//thead//a[@id='by-name']/@href")
    assert rows(checked, link) == ["right.csv", "wrong.csv"]
    tree = checked.tree(link)
    assert tree.xpath("//th[@aria-sort='ascending']//a/@id") == ["by-name"]
    (again,) = tree.xpath("//thead//a[@id='by-name']/@href")
    assert rows(checked, again) == ["wrong.csv", "right.csv"]


def test_a_document_is_ticked_off_and_back(checked: OpenPage) -> None:
    assert checked.post("documents/1/done", {"done": "1"}).status_code == 303
    assert rows(checked, "?show=open") == ["right.csv"]
    (button,) = checked.tree().xpath("//button[@id='done-1']")
    assert button.get("aria-pressed") == "true"
    checked.post("documents/1/done", {"done": "0"})
    assert rows(checked, "?show=open") == ["wrong.csv", "right.csv"]


def test_a_tick_comes_back_with_the_document_as_it_was(checked: OpenPage) -> None:
    checked.post("documents/1/done", {"done": "1"})
    file = checked.get("decisions").content
    again = OpenPage()
    again.drop(("wrong.csv", WRONG), ("right.csv", RIGHT), (FILE, file))
    again.check()
    assert rows(again, "?show=open") == ["right.csv"]
    again.drop(("wrong.csv", WRONG + b"\n"))  # another draft of it, which nobody looked at
    again.check()
    assert rows(again, "?show=open") == ["wrong.csv", "right.csv"]
    again.post("documents/1/done", {"done": "1"})
    again.post("documents/1/done", {"done": "0"})
    assert parse_decisions(again.get("decisions").text, FILE) == ()


def test_the_tick_of_one_document_leaves_others_of_its_name(opened: OpenPage) -> None:
    opened.drop(("a/budget.csv", WRONG), ("b/budget.csv", RIGHT))
    opened.check()
    for number in (1, 2):
        opened.post(f"documents/{number}/done", {"done": "1"})
    assert not rows(opened, "?show=open")


def test_a_protected_file_asks_for_its_password_and_the_others_are_checked(
    opened: OpenPage,
) -> None:
    locked = ("locked.pdf", render_pdf(BLOCKS, password=SESAME))
    opened.drop(locked, ("right.csv", RIGHT))
    opened.check()
    told = text_of(opened.tree().get_element_by_id("row-1"))
    assert "is protected by a password: type it on the page" in told
    assert "--password" not in opened.get("documents/1").text
    assert opened.tree("documents/1").xpath("//input[@type='password']")
    assert not opened.tree("documents/1").xpath("//section[@aria-labelledby='rules']")
    assert "10 of 10" in text_of(opened.tree().get_element_by_id("row-2"))
    opened.post("documents/1/password", {"password": "sesame"})
    opened.check()
    assert "does not open with this password" in text_of(opened.tree().get_element_by_id("row-1"))
    opened.post("documents/1/password", {"password": SESAME})
    opened.check()
    assert not opened.tree().xpath("//input[@type='password']")
    assert opened.get("documents/1/as/pdf").status_code == 200
    assert opened.get("as/pdf").status_code == 200
    opened.drop(locked)
    opened.check()  # the next draft has the same one
    assert not opened.tree().xpath("//input[@type='password']")
    assert SESAME not in opened.get().text + opened.get("documents/1").text


def test_a_form_leads_back_to_where_it_stands(checked: OpenPage) -> None:
    base = checked.keys.base
    came = {"referer": f"http://127.0.0.1:50000{base}?show=open"}
    answer = checked.post("documents/1/done", {"done": "1"}, **came)
    assert answer.headers["location"] == f"{base}?show=open"
    answer = checked.post("documents/1/done", {"done": "1"}, referer="http://example.org/x")
    assert answer.headers["location"] == base


def test_a_document_is_removed(checked: OpenPage) -> None:
    checked.post("documents/1/remove")
    assert rows(checked) == ["right.csv"]
    assert checked.get("documents/1").status_code == 404
    assert checked.post("documents/1/done").status_code == 404


def test_the_page_of_a_document_shows_its_report(checked: OpenPage) -> None:
    tree = checked.tree("documents/1")
    (card,) = tree.xpath("//article")
    assert "its 4 parts add up to 17.4 (difference 0.5)" in text_of(card)
    assert text_of(tree.xpath("//td[contains(@class, 'e1')]")[0]) == "117.9"
    names = [str(name) for name in tree.xpath("//@id")]
    assert len(names) == len(set(names))
    links = {str(link) for link in tree.xpath("//@href") if link.startswith("#")}
    assert {link[1:] for link in links} <= set(names)


def test_a_new_draft_takes_the_place_of_a_document(checked: OpenPage) -> None:
    checked.post("documents/1/done", {"done": "1"})
    checked.drop(("corrected.csv", RIGHT), path="documents/1/draft")
    checked.check()
    entry = checked.session.entry(1)
    assert entry
    assert entry.report
    assert entry.earlier
    assert (entry.name, entry.version, entry.is_done) == ("wrong.csv", 2, False)
    assert (len(entry.earlier.report.findings), len(entry.report.findings)) == (1, 0)


def test_a_file_of_a_known_name_is_its_next_draft(checked: OpenPage) -> None:
    checked.drop(("wrong.csv", RIGHT))
    checked.check()
    assert rows(checked, "?show=findings") == []
    assert rows(checked) == ["wrong.csv", "right.csv"]


def test_what_was_found_in_a_draft_that_is_past_is_not_told_of_the_next(opened: OpenPage) -> None:
    opened.drop(("a.csv", WRONG))
    (entry,) = opened.session.take(1)
    opened.drop(("a.csv", RIGHT))
    checked = OpenPage()
    checked.drop(("a.csv", WRONG))
    checked.check()
    report = checked.session.entries[0].report
    assert report
    opened.session.settle(entry, Draft(report))
    assert opened.session.entries[0].report is None


def test_what_the_new_draft_changed_is_told(checked: OpenPage) -> None:
    assert checked.get("documents/1/changes").status_code == 404
    checked.drop(("corrected.csv", RIGHT), path="documents/1/draft")
    checked.check()
    row = checked.tree().xpath("//tbody/tr[1]")[0]
    assert "What changed: no new findings; 1 fixed" in text_of(row)
    told = text_of(checked.tree("documents/1/changes"))
    assert "17.9" in told
    assert "17.4" in told
    for name in COMPARISONS:
        answer = checked.get(f"documents/1/changes/as/{name}")
        assert "wrong-changes." in answer.headers["content-disposition"]
        assert answer.content
    checked.post("language", {"lang": "zh"})
    assert checked.tree("documents/1/changes").get("lang") == "zh"


def test_a_draft_may_come_in_another_format(checked: OpenPage) -> None:
    checked.drop(("next.txt", b"no table\n"), path="documents/1/draft")
    checked.check()
    assert rows(checked) == ["wrong.txt", "right.csv"]
    assert "wrong.txt" in text_of(checked.tree("documents/1/changes"))


SHEETS = [f"corrections.{ending}" for ending in ("xlsx", "docx", "md")]


@pytest.mark.parametrize("name", [*FORMATS, "xlsx", *SHEETS])
def test_every_format_of_the_registry_is_offered_and_saved(checked: OpenPage, name: str) -> None:
    tree = checked.tree("documents/1")
    assert tree.xpath(f"//a[@download][contains(@href, '/as/{name}')]")
    one, every = checked.get(f"documents/1/as/{name}"), checked.get(f"as/{name}")
    assert one.content
    assert every.content
    mark = "corrections" if name in SHEETS else "checked"
    assert f"wrong-{mark}." in one.headers["content-disposition"]
    assert f"unbudget-check-{mark}." in every.headers["content-disposition"]


def test_a_copy_is_offered_for_documents_of_its_kind(checked: OpenPage) -> None:
    offered = {each.rpartition("/")[2] for each in checked.tree().xpath("//a[@download]/@href")}
    assert offered == {*FORMATS, *OFFICE, *SHEETS} - {"docx", "pdf", "page", "corrections"}
    answer = checked.get("documents/1/as/docx", accept="text/html")
    assert answer.status_code == 422
    assert "none of the documents is a Word document" in answer.text


def test_several_copies_come_as_one_archive(opened: OpenPage) -> None:
    table = b"<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>1</td></tr></table>"
    opened.drop(("one/a.html", table), ("two/a.html", table))
    opened.check()
    answer = opened.get("as/page")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["one/a.html", "two/a.html"]


def test_a_hostile_name_and_text_stay_texts(opened: OpenPage) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>.csv"
    opened.drop((hostile, b"<script>alert(2)</script>,1\n" + WRONG))
    opened.check()
    for path in ("", "documents/1"):
        tree = opened.tree(path)
        assert not tree.xpath("//script[not(@src)] | //img | //*[@onerror]")
        assert "alert(1)" in text_of(tree)
    saved = opened.get("documents/1/as/json")
    assert "\n" not in saved.headers["content-disposition"]


@pytest.mark.parametrize(
    ("asked", "lang"), [("zh-CN,zh;q=0.9", "zh"), ("xx, en;q=0.8", "en"), ("", "en")]
)
def test_the_page_speaks_the_language_of_the_browser(asked: str, lang: str) -> None:
    page = OpenPage(lang=None)
    answer = page.get(**{"accept-language": asked})
    assert f'<html lang="{lang}"' in answer.text


def test_the_language_is_chosen(checked: OpenPage) -> None:
    checked.post("language", {"lang": "zh"})
    tree = checked.tree("documents/1")
    assert tree.get("lang") == "zh"
    assert "发现 1 处问题" in text_of(tree.xpath("//h1")[0])
    checked.post("language", {"lang": "../../x"})
    assert checked.tree().get("lang") == "zh"


def test_local_files_are_read_again(opened: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "local.csv"
    path.write_bytes(WRONG)
    opened.session.add_paths([str(path)])
    opened.check()
    tree = opened.tree("documents/1")
    assert "Read the file again" in text_of(tree)
    path.write_bytes(RIGHT)
    opened.post("documents/1/again")
    opened.check()
    entry = opened.session.entry(1)
    assert entry
    assert entry.report
    assert not entry.report.findings
    assert entry.earlier
