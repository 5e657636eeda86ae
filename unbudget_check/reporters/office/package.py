"""Edit parts of an Office file; everything else stays byte for byte as it was.

Parts that stay are copied as they are packed, headers included, in their order; so a copy differs
from its original in nothing that was not meant to differ, and the same input gives the same bytes.

The parts of an Office file: which there are, how they refer to each other, and new ones.

The text of an XML part with the place of every element, so that pieces can be put in.

A tree that is read and written again comes out otherwise than it went in: names are declared
anew, quotes and blanks change. What is put in at a place of the text leaves all else as it was.
Only for parts that a parser has accepted already.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from unbudget_check.errors import UnreadableError
from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.archive import read_part, safe_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


# The records of the ZIP format: of a member, of its entry in the directory, of the directory's end.
LOCAL, ENTRY, END = (struct.Struct(f"<4s{form}") for form in ("5H3I2H", "6H3I5H2I", "4H2IH"))
LOCAL_SIGN, ENTRY_SIGN, END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, DEFLATED, LEVEL = 20, 8, 6
UTF8_NAME = 0x800  # the only flag that a new member keeps
FIRST_DAY = 0x21  # 1 January 1980, the first day that the format knows

TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"""|<(/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*+)>""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
# What XML cannot hold in any form.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TYPES = "[Content_Types].xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# How one part refers to another: the beginning of the kind, in both variants of the standard.
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


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


def refuse_damaged(data: bytes, path: str) -> None:
    """Raise UnreadableError where some part is damaged: office programs do not open such a file.

    Parts that nothing is read from, such as pictures, come to light only here.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = read_part(archive, path, name)
            if name.endswith((".xml", ".rels")):
                try:
                    etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
                except etree.XMLSyntaxError as error:
                    said = saying("file-damaged-part", path=path, part=name)
                    raise unreadable(said) from error


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


class Element(NamedTuple):
    """Where an element stands: ``[start:inside]`` is its start tag, ``[close:end]`` its end tag.

    ``parent`` is the number of the element around it, -1 for the root; an element without content
    may have no end tag, and ``inside``, ``close`` and ``end`` are one place then.
    """

    name: str
    start: int
    inside: int
    close: int
    end: int
    parent: int

    @property
    def prefix(self) -> str:
        """What stands before the local name, with its colon."""
        return self.name[: self.name.rfind(":") + 1]

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name[self.name.rfind(":") + 1 :]


class TextEdit(NamedTuple):
    """``text`` instead of what stands at ``[start:end]``; nothing does where they are equal."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Markup:
    """A part as text, and its elements in the order of their start tags."""

    text: str
    encoding: str = "utf-8"
    elements: list[Element] = field(default_factory=list)

    def attributes(self, element: Element) -> dict[str, str]:
        """The attributes of an element, by their full names, as written."""
        tag = self.text[element.start : element.inside]
        return {name: value[1:-1] for name, value in ATTRIBUTE.findall(tag)}

    def children(self, parent: int) -> Iterator[tuple[int, Element]]:
        """The numbers and places of the elements right below one."""
        end = self.elements[parent].end
        for number in range(parent + 1, len(self.elements)):
            element = self.elements[number]
            if element.start >= end:
                return
            if element.parent == parent:
                yield number, element

    def appended(self, element: Element, text: str) -> TextEdit:
        """Put something in as the last content of an element."""
        if element.close < element.end:
            return TextEdit(element.close, element.close, text)
        slash = self.text.rindex("/", element.start, element.inside)
        return TextEdit(slash, element.inside, f">{text}</{element.name}>")

    def edited(self, edits: Iterable[TextEdit]) -> bytes:
        """The part with all edits made; several at one place come in their order."""
        pieces, at = [], 0
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            pieces += [self.text[at : edit.start], edit.text]
            at = edit.end
        return "".join([*pieces, self.text[at:]]).encode(self.encoding)


def read_markup(data: bytes) -> Markup:
    """The text of a part and its elements."""
    encoding = _encoding(data)
    markup = Markup(data.decode(encoding), encoding)
    opened: list[tuple[int, str, int, int]] = []
    elements = markup.elements
    for match in TAG.finditer(markup.text):
        is_end, name, rest = match.groups()
        if name is None:
            continue
        start, end = match.span()
        if is_end:
            number, name, begin, inside = opened.pop()
            parent = opened[-1][0] if opened else -1
            elements[number] = Element(name, begin, inside, start, end, parent)
            continue
        parent = opened[-1][0] if opened else -1
        if not rest.endswith("/"):
            opened.append((len(elements), name, start, end))
        # One with content takes its place when its end is known.
        elements.append(Element(name, start, end, end, end, parent))
    return markup


def with_attribute(tag: str, name: str, value: str) -> str:
    """A start tag with this attribute, instead of the value that it had."""
    for found in ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return f'{tag[: found.start(2)]}"{value}"{tag[found.end(2) :]}'
    named = len(re.split(r"[\s/>]", tag, maxsplit=1)[0])
    return f'{tag[:named]} {name}="{value}"{tag[named:]}'


def attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes."""
    return escape(FORBIDDEN.sub("", text)).replace("\n", "&#10;")


def content(text: str) -> str:
    """Text as the content of an element; what XML cannot hold is left out."""
    return escape(FORBIDDEN.sub("", text), quote=False)


def _encoding(data: bytes) -> str:
    """The encoding, without the mark at the beginning, which stays part of the text."""
    if data.startswith(codecs.BOM_UTF16_BE) or data[:1] == b"\0":
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE) or data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-8"


@dataclass(slots=True)
class OfficePackage:
    """An Office file while a copy of it is made: its bytes, and the parts that will differ."""

    path: str
    data: bytes
    changed: dict[str, bytes] = field(default_factory=dict)
    packed: Mapping[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        """List the parts; whoever makes a copy has refused hostile archives before."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            self.packed = dict.fromkeys(archive.namelist(), b"")

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self.packed or name in self.changed

    def part(self, name: str) -> bytes:
        """A part as it is by now; raises UnreadableError where it is damaged."""
        if name in self.changed:
            return self.changed[name]
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return safe_xml(read_part(archive, self.path, name), self.path, name)

    def markup(self, name: str) -> Markup:
        """A part as text with the places of its elements."""
        return read_markup(self.part(name))

    def unused(self, stem: str, ending: str) -> str:
        """A name for a new part: the stem with the first free number."""
        number = 1
        while f"{stem}{number}{ending}" in self:
            number += 1
        return f"{stem}{number}{ending}"

    def written(self) -> bytes:
        """The copy."""
        return replace_parts(self.data, self.path, self.changed)


@dataclass(frozen=True, slots=True)
class Relationship:
    """How a part refers to another one; ``target`` is the full name of that part."""

    identity: str
    kind: str
    target: str


def relations_of(package: OfficePackage, part: str) -> tuple[Relationship, ...]:
    """What a part refers to inside the package."""
    name = _relations_name(part)
    if name not in package:
        return ()
    markup = package.markup(name)
    every = (markup.attributes(element) for element in markup.elements)
    return tuple(
        Relationship(
            each.get("Id", ""),
            each.get("Type", ""),
            resolved(part, unescape(each.get("Target", ""))),
        )
        for each in every
        if each.get("TargetMode") != "External" and "Id" in each
    )


def resolved(part: str, target: str) -> str:
    """The full name of a part that another one names, from its own folder or from the root."""
    folder = posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def add_relation(package: OfficePackage, part: str, kind: str, target: str) -> str:
    """Let a part refer to another one; the identity of the new relation."""
    name = _relations_name(part)
    if name not in package:
        package.changed[name] = f'{DECLARATION}<Relationships xmlns="{RELATIONS}"/>'.encode()
    markup = package.markup(name)
    used = {markup.attributes(element).get("Id") for element in markup.elements}
    number = len(used)
    while f"rId{number}" in used:
        number += 1
    root = markup.elements[0]
    way = attribute(posixpath.relpath(target, posixpath.dirname(part) or "."))
    said = f'Id="rId{number}" Type="{kind}" Target="{way}"'
    edit = markup.appended(root, f"<{root.prefix}Relationship {said}/>")
    package.changed[name] = markup.edited([edit])
    return f"rId{number}"


def declare(package: OfficePackage, part: str, kind: str) -> None:
    """Say in the list of contents of which kind a new part is."""
    markup = package.markup(TYPES)
    root = markup.elements[0]
    said = f'PartName="/{attribute(part)}" ContentType="{kind}"'
    edit = markup.appended(root, f"<{root.prefix}Override {said}/>")
    package.changed[TYPES] = markup.edited([edit])


def declare_ending(package: OfficePackage, ending: str, kind: str) -> None:
    """Say of which kind all parts with this ending are, unless it is said already."""
    markup = package.markup(TYPES)
    every = (markup.attributes(element) for element in markup.elements)
    if any(each.get("Extension", "").casefold() == ending for each in every):
        return
    root = markup.elements[0]
    said = f'<{root.prefix}Default Extension="{ending}" ContentType="{kind}"/>'
    package.changed[TYPES] = markup.edited([TextEdit(root.inside, root.inside, said)])


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
