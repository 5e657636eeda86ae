"""Text files are read in whatever encoding they were saved; what is no text says so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.errors import UnreadableError
from unbudget_check.readers.encoding import decode

CHINESE = "项目\t2026\n员额\t1 234.5\n非员额一般\t一 一\n合计\t1 234.5\n"
WESTERN = "Item;Café – naïve\nRésumé;1 234,5\nTotal;£ 12\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_chinese_in_every_encoding_it_is_saved_in(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding), "a.txt") == CHINESE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_western_text_in_every_encoding_it_is_saved_in(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding), "a.txt") == WESTERN


@pytest.mark.parametrize(
    "text",
    [
        "Posts\t100.5\t–\nTravel\t–\t12.0\n",
        "Poste\t100,5\t–\nIndemnité\t—\t1\u00a0234\n",
        "Посты\t100,5\t–\nПоездки\t−5,5\t‑\n",
        "Rent (“net”)\t£\u20095.0\t…\n",
    ],
)
def test_other_languages_that_a_chinese_program_saves(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_utf_8_comes_back_unchanged(text: str) -> None:
    text = f"a{text}"
    assert decode(text.encode("utf-8"), "a.txt") == text


def test_one_broken_byte_does_not_turn_a_text_into_another_encoding() -> None:
    data = ("合计项目员额" * 100).encode()
    text = decode(data[:300] + b"\xff" + data[301:], "a.txt")
    assert text.startswith("合计项目员额")
    assert text.endswith("合计项目员额")


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.txt is empty"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x14\x00", "is a ZIP, Word or Excel file, not text"),
        (b"%PDF-1.7\n", "is a PDF file, not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Word or Excel file, not text"),
        (bytes(range(256)) * 8, "is not text"),
        (b"\x00\x01\x00\x02" * 64, "is not text"),
        (random.Random(7).randbytes(4096), "is not text"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        decode(data, "a.csv")
