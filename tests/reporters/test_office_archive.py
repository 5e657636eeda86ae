"""Office files with some parts replaced: every other member stays as it is packed."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.compose.archive import unpack
from tests.reporters.copied import members
from unbudget_check.errors import UnreadableError
from unbudget_check.reporters.office.package import (
    pack_parts,
    read_markup,
    replace_parts,
    with_attribute,
)

PARTS = {"a.xml": b"<a/>" * 50, "b/ü.xml": b"<b/>", "c.bin": bytes(range(256))}


class Pipe(io.RawIOBase):
    """Something that can only be written to: sizes follow each member, as some programs do it."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, more: object) -> int:
        self.data += bytes(more)  # type: ignore[call-overload]
        return len(bytes(more))  # type: ignore[call-overload]


def _packed(method: int, *, streamed: bool = False, large: bool = False) -> bytes:
    target = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.comment = b"saved by somebody"
        for name, content in PARTS.items():
            with archive.open(name, "w", force_zip64=large) as member:
                member.write(content)
    return bytes(target.data) if isinstance(target, Pipe) else target.getvalue()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_other_members_stay_as_they_are_packed(method: int, *, streamed: bool, large: bool) -> None:
    data = _packed(method, streamed=streamed, large=large)
    copy = replace_parts(data, "a.docx", {"a.xml": b"new", "d.xml": b"more"})
    before, after = members(data), members(copy)
    assert [name for name in before if after[name] == before[name]] == ["b/ü.xml", "c.bin"]
    assert unpack(copy) == {**PARTS, "a.xml": b"new", "d.xml": b"more"}
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.testzip() is None
        assert archive.comment == b"saved by somebody"
        assert archive.namelist() == [*PARTS, "d.xml"]


def test_nothing_replaced_is_nothing_changed() -> None:
    data = _packed(zipfile.ZIP_DEFLATED)
    assert replace_parts(data, "a.docx", {}) == data


def test_a_file_before_the_archive_stays() -> None:
    data = b"#!/bin/sh\n" + _packed(zipfile.ZIP_DEFLATED)
    assert unpack(replace_parts(data, "a.docx", {"a.xml": b"new"}))["a.xml"] == b"new"


def test_parts_are_packed_in_their_order() -> None:
    data = pack_parts(PARTS)
    assert list(unpack(data).items()) == list(PARTS.items())
    assert pack_parts(PARTS) == data


def test_an_archive_whose_members_cannot_be_told_apart_is_refused() -> None:
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.xml", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xml", "2")
    for data in (twice.getvalue(), b"PK", b""):
        with pytest.raises(UnreadableError, match="unusual way"):
            replace_parts(data, "a.docx", {"a.xml": b"new"})


def test_elements_are_found_where_they_stand() -> None:
    text = "<?xml version='1.0'?><!-- <no> --><x:a b='>'>"
    text += '<c d="/"/><![CDATA[<no>]]><c>é</c ></x:a>'
    markup = read_markup(text.encode())
    assert [each.name for each in markup.elements] == ["x:a", "c", "c"]
    assert [each.parent for each in markup.elements] == [-1, 0, 0]
    first, second = markup.elements[1:]
    assert text[first.start : first.end] == '<c d="/"/>'
    assert text[second.inside : second.close] == "é"
    assert markup.edited([markup.appended(each, "!") for each in (first, second)]).decode() == (
        text.replace('<c d="/"/>', '<c d="/">!</c>').replace("é", "é!")
    )


@pytest.mark.parametrize(
    ("tag", "changed"),
    [
        ("<c/>", '<c s="7"/>'),
        ("<c>", '<c s="7">'),
        ("<c r='A1' s='2'>", "<c r='A1' s=\"7\">"),
        ('<c ns="2" t=" s=3 "/>', '<c s="7" ns="2" t=" s=3 "/>'),
    ],
)
def test_an_attribute_is_set(tag: str, changed: str) -> None:
    assert with_attribute(tag, "s", "7") == changed
