"""What is taken in of what was dropped: names are labels, archives bounded, nothing is written."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.page.conftest import WRONG, OpenPage, text_of
from unbudget_check.page.session import Session
from unbudget_check.page.uploads import Limits, label_of, taken_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SMALL = Limits(file_bytes=10_000, total_bytes=30_000, files=5)
TRAVERSING = (
    "../../../etc/passwd.csv",
    "/etc/passwd.csv",
    "C:\\Windows\\win.csv",
    "..\\..\\x.csv",
    "a/./../../b.csv",
    "\x00a\x1b[31m.csv",
    "\u202evsc.exe",
)


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def names_of(*files: tuple[str, bytes], limits: Limits = SMALL) -> tuple[list[str], list[str]]:
    kept, refused = taken_in(files, limits)
    return [each.name for each in kept], [each.reason for each in refused]


@pytest.mark.parametrize("name", TRAVERSING)
def test_a_name_leads_nowhere(name: str) -> None:
    label = label_of(name)
    assert not label.startswith("/")
    assert ".." not in label.split("/")
    assert not {"\\", "\x00", "\x1b", "\u202e", ":"} & set(label)


@given(st.text(max_size=300))
def test_any_name_is_a_label(name: str) -> None:
    label = label_of(name)
    assert 0 < len(label) <= 200
    assert not {"", ".", ".."} & set(label.split("/"))
    assert label_of(label) == label


@pytest.mark.parametrize("name", TRAVERSING[:5])
def test_nothing_is_written_or_read_under_the_name_of_a_file(
    opened: OpenPage, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    secret = tmp_path / "b.csv"
    secret.write_text("a secret,1\n", encoding="utf-8")
    monkeypatch.chdir(inside)
    opened.drop((name, WRONG), ("archive.zip", packed({name: WRONG, "../b.csv": WRONG})))
    opened.check()
    assert not [*inside.iterdir()]
    assert secret.read_text(encoding="utf-8") == "a secret,1\n"
    assert all(len(each.report.findings) == 1 for each in opened.session.entries if each.report)
    assert "a secret" not in opened.get("as/json").text


def test_the_documents_of_an_archive_are_taken_in() -> None:
    members = {
        "part/a.csv": b"1",
        "b.docx": b"2",
        "notes.exe": b"3",
        ".hidden.csv": b"4",
        "__MACOSX/a.csv": b"5",
        "inner.zip": packed({"c.csv": b"6"}),
    }
    kept, refused = names_of(("section.zip", packed(members)), limits=Limits())
    assert kept == ["section/part/a.csv", "section/b.docx"]
    assert refused == ["page.file_no_document"] * 2


def test_a_file_that_was_dropped_alone_is_taken_in_whatever_it_is() -> None:
    assert names_of(("picture.png", b"1")) == (["picture.png"], [])
    assert names_of(("folder/picture.png", b"1")) == ([], ["page.file_no_document"])


def test_a_file_is_bounded() -> None:
    assert names_of(("a.csv", b"1" * 10_001)) == ([], ["page.file_too_large"])
    assert names_of(("a.csv", b"1" * 10_000)) == (["a.csv"], [])


def test_an_archive_is_bounded_in_count_and_size() -> None:
    many = packed({f"{number}.csv": b"1" for number in range(6)})
    assert names_of(("z.zip", many)) == ([], ["page.archive_too_many"])
    large = packed({"a.csv": b"1" * 10_001})
    assert names_of(("z.zip", large)) == ([], ["page.archive_bomb"])
    whole = packed({f"{number}.csv": b"1" * 9_000 for number in range(4)})
    kept, refused = names_of(("z.zip", whole))
    assert (len(kept), refused) == (3, ["page.archive_bomb"])


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed({"a.csv": b"0" * 40_000_000})
    assert len(bomb) < 50_000
    assert names_of(("bomb.zip", bomb), limits=Limits()) == ([], ["page.archive_bomb"])


def test_an_archive_that_lies_about_its_size_is_still_bounded() -> None:
    data = bytearray(packed({"a.csv": b"1" * 50_000}))
    size = (50_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (5).to_bytes(4, "little")
    kept, refused = names_of(("z.zip", bytes(data)))
    assert not kept
    assert refused in (["page.archive_bomb"], ["page.archive_unreadable"])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04torn", b"no archive"])
def test_a_torn_archive_is_said(data: bytes) -> None:
    assert names_of(("z.zip", data)) == ([], ["page.archive_unreadable"])


def test_a_member_that_cannot_be_unpacked_is_said_whatever_packed_it() -> None:
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED):
        data = bytearray(packed({"a.csv": b"Item,2024\nRent,1\n" * 9}, method))
        data[40:52] = bytes(12)
        kept, refused = names_of(("z.zip", bytes(data)), ("b.csv", WRONG))
        assert (kept, refused) == (["b.csv"], ["page.archive_unreadable"])


def test_all_files_together_are_bounded() -> None:
    page = OpenPage(Session(SMALL))
    page.drop(*((f"{number}.csv", b"1" * 8_000) for number in range(3)))
    page.drop(("more.csv", b"1" * 8_000))
    assert len(page.session.entries) == 3
    assert "no room left" in text_of(page.tree().get_element_by_id("notices"))


def test_the_number_of_documents_is_bounded() -> None:
    page = OpenPage(Session(SMALL))
    for number in range(6):
        page.drop((f"{number}.csv", b"1"))
    assert len(page.session.entries) == 5
    assert "5.csv: more than" in text_of(page.tree().get_element_by_id("notices"))


def test_a_request_is_bounded_before_it_is_kept() -> None:
    page = OpenPage(Session(SMALL))
    assert page.drop(("a.csv", b"1" * 200_000)).status_code == 413
    assert page.post("documents/1/done", {"done": "1" * 100_000}).status_code == 413
    assert not page.session.entries


def test_too_many_files_in_one_request_are_refused() -> None:
    page = OpenPage(Session(SMALL))
    answer = page.drop(*((f"{number}.csv", b"1") for number in range(6)))
    assert (answer.status_code, len(page.session.entries)) == (400, 0)
