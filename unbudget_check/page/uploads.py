"""Take in files that were dropped on the page: bounded, archives unpacked, names made harmless.

Nothing is ever written or opened under the name that a file came with; the name is a label, and its
ending says which reader is asked.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zlib import error as ZlibError  # noqa: N812  an exception is a class

from unbudget_check.readers.paths import HIDDEN, OFFICE_KINDS, endings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIB = 1024 * 1024
ARCHIVE = ".zip"
CHUNK = 64 * 1024
# A packed budget document shrinks to a tenth; a file that shrinks further was made to do harm.
# Small ones may: a text of blanks does.
RATIO_MOST, RATIO_FROM = 200, MIB
NAME_MOST = 200
# What may not stand in a label: controls, and marks that turn the direction of what follows.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large one file may be, all files together, and how many there may be."""

    file_bytes: int = 64 * MIB
    total_bytes: int = 512 * MIB
    files: int = 500


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it came: its label and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not taken in: the name of the text that says it, and the file."""

    reason: str
    name: str


def label_of(name: str) -> str:
    """The name of a file as a label: folders from the top one down, never above it."""
    parts = UNSAFE.sub("", name).replace("\\", "/").split("/")
    kept = [part.strip() for part in parts]
    kept = [part for part in kept if part not in {"", ".", ".."} and not part.endswith(":")]
    label = "/".join(kept)
    if len(label) > NAME_MOST:  # the ending says what it is, so the beginning goes
        label = label[-NAME_MOST:].lstrip("/")
    return label or "document"


def taken_in(
    files: Iterable[tuple[str, bytes]], limits: Limits
) -> tuple[tuple[Dropped, ...], tuple[Refusal, ...]]:
    """The documents among files that were dropped, those inside of archives too, and the others.

    In folders and archives lie other files, too; they are left out, as ``check`` leaves them out of
    a folder. A file that was dropped by itself is taken in, so that its reader can say why not.
    """
    kept: list[Dropped] = []
    refused: list[Refusal] = []
    for name, data in files:
        label = label_of(name)
        is_archive = PurePosixPath(label).suffix.lower() == ARCHIVE
        found = _unpacked(label, data, limits) if is_archive else iter([Dropped(label, data)])
        for each in found:
            if isinstance(each, Refusal):
                refused.append(each)
            elif len(each.data) > limits.file_bytes:
                refused.append(Refusal("page.file_too_large", each.name))
            elif _is_document(each.name):
                kept.append(each)
            elif not _is_hidden(each.name):
                refused.append(Refusal("page.file_no_document", each.name))
    return tuple(kept), tuple(refused)


def _is_hidden(label: str) -> bool:
    return any(part.startswith((*HIDDEN, "__MACOSX")) for part in label.split("/"))


def _is_document(label: str) -> bool:
    if "/" not in label:
        return True
    suffix = PurePosixPath(label).suffix.lower()
    return not _is_hidden(label) and suffix in (*endings(), *OFFICE_KINDS)


def _unpacked(label: str, data: bytes, limits: Limits) -> Iterator[Dropped | Refusal]:
    """The members of an archive, as far as they are within bounds; archives within stay closed."""
    top = PurePosixPath(label).stem
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > limits.files:
                yield Refusal("page.archive_too_many", label)
                return
            left = limits.total_bytes
            for member in members:
                name = f"{top}/{label_of(member.filename)}"
                if not _is_document(name):
                    yield Dropped(name, b"")  # said by its name, without being unpacked
                    continue
                found = _member(archive, member, min(left, limits.file_bytes))
                if found is None:
                    yield Refusal("page.archive_bomb", name)
                    return
                left -= len(found)
                yield Dropped(name, found)
    except (zipfile.BadZipFile, ZlibError, LZMAError, EOFError, OSError, ValueError, RuntimeError):
        # RuntimeError: a password is asked for; ValueError: a date or a name that none can have.
        yield Refusal("page.archive_unreadable", label)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes | None:
    """The bytes of a member; None where it is more than it may be, whatever it says of itself."""
    found = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            found += chunk
            if len(found) > most:
                return None
            if len(found) > RATIO_FROM and len(found) > RATIO_MOST * max(member.compress_size, 1):
                return None
    return bytes(found)
