"""Word and Excel files are ZIP archives: opened here, and only after everything hostile is refused.

The sizes in the archive's directory bound what unpacking can cost: never are more bytes of a member
unpacked than the directory declares for it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying

if TYPE_CHECKING:
    from unbudget_check.readers.source import Source

# Of 60 real documents and workbooks none unpacks to more than 20 MB or 20 times its size; what is
# parsed of it takes some eight times as much memory.
MAX_UNPACKED = 256 * 1024 * 1024  # bytes of all members together
MAX_RATIO = 100  # unpacked bytes to a packed one, for archives that are large when unpacked
RATIO_FREE = 16 * 1024 * 1024  # unpacked bytes below which no ratio is asked for
MAX_MEMBERS = 20_000

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a document with a password is called inside the old container.
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED = 0x1  # the flag of a member that needs a password
# The only two methods that the Office formats allow; the others unpack without a bound.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Office parts are UTF-8 or UTF-16; anything else could hide a declaration from the search below.
XML_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})
# How a text in UTF-32 begins, with its mark or without; no office program writes one.
UTF_32 = {b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<"}
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")


def open_archive(source: Source) -> zipfile.ZipFile:
    """The archive of a Word or Excel file, safe to unpack.

    Raises UnreadableError, with what to do, for a file that is empty, encrypted or in the old
    binary format, no archive, truncated, or too large once unpacked.
    """
    _refuse_other_formats(source)
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error
    _refuse_bombs(archive.infolist(), source)
    return archive


def read_part(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of one part of an open archive; raises UnreadableError where they are damaged."""
    try:
        with archive.open(name) as member:
            # Asked for all there is, zipfile would first unpack what a member really holds.
            return member.read(archive.getinfo(name).file_size)
    except KeyError as error:
        raise unreadable(saying("file-no-part", path=path, part=name)) from error
    except Exception as error:  # zipfile raises a dozen kinds for damaged members
        raise unreadable(saying("file-damaged-part", path=path, part=name)) from error


def safe_xml(data: bytes, path: str, name: str) -> bytes:
    """The same bytes, once it is sure that they declare no document type (and so no entities).

    Office programs never write one; it is how a small file makes a parser expand without end.
    Raises UnreadableError with the name of the part.
    """
    if data[:4] in UTF_32:
        raise unreadable(saying("file-declares", path=path, part=name))
    wide = b"\x00" in data[:4]
    declared = DECLARED.match(data[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"))
    encoding = declared.group(1).decode("ascii", "replace").lower() if declared else "utf-8"
    markers: tuple[bytes, ...] = (b"<!DOCTYPE", b"<!ENTITY")
    if wide or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        forms = ("utf-16-le", "utf-16-be")
        markers = tuple(mark.decode().encode(form) for mark in markers for form in forms)
    if encoding not in XML_ENCODINGS or any(marker in data for marker in markers):
        raise unreadable(saying("file-declares", path=path, part=name))
    return data


def _refuse_other_formats(source: Source) -> None:
    path, data = source.path, source.data
    if not data:
        name = "file-empty"
    elif data.startswith(OLE_MAGIC):
        name = "file-password" if ENCRYPTED_PART in data else "file-old"
    elif data.startswith(b"%PDF-"):
        name = "file-pdf"
    elif not data.startswith(b"PK"):
        name = "file-no-office"
    else:
        return
    raise unreadable(saying(name, path=path))


def _refuse_bombs(members: list[zipfile.ZipInfo], source: Source) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        name, limit = "file-unpacks", MAX_UNPACKED // 2**20
    elif len(members) > MAX_MEMBERS:
        name, limit = "file-parts", MAX_MEMBERS
    elif unpacked > RATIO_FREE and unpacked > MAX_RATIO * len(source.data):
        name, limit = "file-unpacks-times", MAX_RATIO
    elif any(member.flag_bits & ENCRYPTED for member in members):
        name, limit = "file-password", 0
    elif any(member.compress_type not in METHODS for member in members):
        name, limit = "file-unusual", 0
    else:
        return
    raise unreadable(saying(name, path=source.path, limit=limit))
