"""Archives are opened only when they are sound, and bounded before anything is unpacked."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from unbudget_check.errors import UnreadableError
from unbudget_check.readers import archive
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.readers.source import Source


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


SOUND = packed({"word/document.xml": b"<w/>" * 50})


def test_a_sound_archive_opens() -> None:
    with open_archive(Source("a.docx", SOUND)) as opened:
        assert read_part(opened, "a.docx", "word/document.xml") == b"<w/>" * 50


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.docx is empty"),
        (b"Item,2026\n", "is not a Word or Excel file"),
        (b"%PDF-1.7", "is a PDF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "is an old .doc file"),
        (SOUND[: len(SOUND) // 2], "is damaged or incomplete"),
        (b"PK\x03\x04 nothing more", "is damaged or incomplete"),
        (packed({"a": b"x" * 999}, zipfile.ZIP_LZMA), "is compressed in an unusual way"),
    ],
    ids=["empty", "text", "pdf", "doc", "half", "nothing more", "lzma"],
)
def test_what_is_no_sound_archive_says_why(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        open_archive(Source("a.docx", data))


def test_a_password_is_named() -> None:
    locked = bytearray(SOUND)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableError, match="protected by a password"):
        open_archive(Source("a.docx", bytes(locked)))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": bytes(archive.RATIO_FREE + 1)})
    with pytest.raises(UnreadableError, match="times its size, so it was not opened"):
        open_archive(Source("a.docx", bomb))


def test_many_large_parts_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 2**20)
    half = packed({name: bytes(2**19) for name in "abc"}, zipfile.ZIP_STORED)
    with pytest.raises(UnreadableError, match="would unpack to more than 1 MB"):
        open_archive(Source("a.docx", half))


def test_a_member_that_lies_about_its_size_costs_what_it_declares() -> None:
    large = 64 * 2**20
    lying = bytearray(packed({"word/document.xml": bytes(large)}))
    declared = large.to_bytes(4, "little")
    for at in (lying.index(declared), lying.rindex(declared)):
        lying[at : at + 4] = (1000).to_bytes(4, "little")
    with open_archive(Source("a.docx", bytes(lying))) as opened:
        tracemalloc.start()
        try:
            with pytest.raises(UnreadableError, match=r"damaged \(part word/document\.xml"):
                read_part(opened, "a.docx", "word/document.xml")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 2**20


def test_a_damaged_or_missing_part_is_named() -> None:
    broken = bytearray(packed({"word/document.xml": bytes(range(256)) * 9}, zipfile.ZIP_STORED))
    broken[100] ^= 0xFF
    with open_archive(Source("a.docx", bytes(broken))) as opened:
        with pytest.raises(UnreadableError, match=r"damaged \(part word/document\.xml"):
            read_part(opened, "a.docx", "word/document.xml")
        with pytest.raises(UnreadableError, match=r"has no part word/styles\.xml"):
            read_part(opened, "a.docx", "word/styles.xml")


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    "data",
    [
        ENTITIES.encode(),
        f'<?xml version="1.0" encoding="UTF-8"?>{ENTITIES}'.encode(),
        ENTITIES.encode("utf-16"),
        ENTITIES.encode("utf-16-be"),
        ENTITIES.encode("utf-32"),
        ENTITIES.encode("utf-32-le"),
        ENTITIES.encode("utf-32-be"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-',
        f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused_in_every_encoding(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"its part a\.xml contains a document type"):
        safe_xml(data, "a.xlsx", "a.xml")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>&lt;!DOCTYPE</a>",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a/>',
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
    ],
)
def test_ordinary_parts_pass_unchanged(data: bytes) -> None:
    assert safe_xml(data, "a.xlsx", "a.xml") == data
