"""An Office file with some parts replaced or added, and everything else byte for byte as it was.

Parts that stay are copied as they are packed, headers included, in their order; so a copy differs
from its original in nothing that was not meant to differ, and the same input gives the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The records of the ZIP format: of a member, of its entry in the directory, of the directory's end.
LOCAL, ENTRY, END = (struct.Struct(f"<4s{form}") for form in ("5H3I2H", "6H3I5H2I", "4H2IH"))
LOCAL_SIGN, ENTRY_SIGN, END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, DEFLATED, LEVEL = 20, 8, 6
UTF8_NAME = 0x800  # the only flag that a new member keeps
FIRST_DAY = 0x21  # 1 January 1980, the first day that the format knows


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory: its fields, its name, and what follows the name."""

    fields: tuple[int, ...]
    name: bytes
    extra: bytes
    comment: bytes


def replace_parts(data: bytes, path: str, parts: Mapping[str, bytes]) -> bytes:
    """The same file with these parts; those that it did not have come last.

    Raises UnreadableError where the file is packed so that its members cannot be told apart.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos, begin, comment = archive.infolist(), archive.start_dir, archive.comment
        entries = list(_entries(data, begin, len(infos)))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError(_unusual(path)) from error
    starts = sorted(info.header_offset for info in infos)
    known = {info.filename for info in infos}
    if not starts or len({*starts}) < len(starts) or len(known) < len(infos) or starts[-1] >= begin:
        raise UnreadableError(_unusual(path))
    ends = dict(pairwise([*starts, begin]))
    body, directory = bytearray(data[: starts[0]]), {}
    for at in sorted(range(len(infos)), key=lambda each: infos[each].header_offset):
        info, entry = infos[at], entries[at]
        place = len(body)
        if info.filename in parts:
            entry, packed = _packed(entry, parts[info.filename])
            body += packed
        else:
            body += data[info.header_offset : ends[info.header_offset]]
        directory[at] = _record(entry, place)
    records = [directory[at] for at in range(len(infos))]
    for name in (each for each in parts if each not in known):
        place = len(body)
        entry, packed = _packed(_new_entry(name), parts[name])
        body += packed
        records.append(_record(entry, place))
    return _closed(body, records, comment)


def pack_parts(parts: Mapping[str, bytes]) -> bytes:
    """A new file of these parts, in their order."""
    body, records = bytearray(), []
    for name, content in parts.items():
        place = len(body)
        entry, packed = _packed(_new_entry(name), content)
        body += packed
        records.append(_record(entry, place))
    return _closed(body, records, b"")


def _unusual(path: str) -> str:
    return f"{path} is packed in an unusual way: save it again in the office program."


def _entries(data: bytes, begin: int, count: int) -> Iterator[_Entry]:
    """The entries of the directory, as they stand in the file."""
    at = begin
    for _ in range(count):
        sign, *fields = ENTRY.unpack_from(data, at)
        if sign != ENTRY_SIGN:
            raise ValueError
        at += ENTRY.size
        texts = []
        for length in fields[9:12]:
            texts.append(data[at : at + length])
            at += length
        yield _Entry(tuple(fields), *texts)


def _new_entry(name: str) -> _Entry:
    raw = name.encode()
    flags = 0 if name.isascii() else UTF8_NAME
    return _Entry((VERSION, VERSION, flags, 0, 0, FIRST_DAY, *[0] * 10), raw, b"", b"")


def _packed(entry: _Entry, content: bytes) -> tuple[_Entry, bytes]:
    """The entry of a member with this content, and the member as it is packed."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    made, _, flags, _, time, date = entry.fields[:6]
    sizes = (zlib.crc32(content), len(packed), len(content))
    common = (VERSION, flags & UTF8_NAME, DEFLATED, time, date, *sizes)
    header = LOCAL.pack(LOCAL_SIGN, *common, len(entry.name), 0)
    fields = (made, *common, *entry.fields[9:])
    return _Entry(fields, entry.name, b"", entry.comment), header + entry.name + packed


def _record(entry: _Entry, place: int) -> bytes:
    """The entry as it is written, for a member that begins at this place."""
    texts = (entry.name, entry.extra, entry.comment)
    settings = entry.fields[12:15]
    fields = (*entry.fields[:9], *map(len, texts), *settings, place)
    return ENTRY.pack(ENTRY_SIGN, *fields) + b"".join(texts)


def _closed(body: bytearray, records: list[bytes], comment: bytes) -> bytes:
    directory, count = b"".join(records), len(records)
    sizes = (len(directory), len(body), len(comment))
    return bytes(body) + directory + END.pack(END_SIGN, 0, 0, count, count, *sizes) + comment
