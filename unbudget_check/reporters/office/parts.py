"""The parts of an Office file: which there are, how they refer to each other, and new ones."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from unbudget_check.readers.archive import read_part, safe_xml
from unbudget_check.reporters.office.archive import replace_parts
from unbudget_check.reporters.office.markup import Edit, Markup, attribute, read_markup

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = "[Content_Types].xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# How one part refers to another: the beginning of the kind, in both variants of the standard.
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


@dataclass(slots=True)
class Package:
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
class Relation:
    """How a part refers to another one; ``target`` is the full name of that part."""

    identity: str
    kind: str
    target: str


def relations_of(package: Package, part: str) -> tuple[Relation, ...]:
    """What a part refers to inside the package."""
    name = _relations_name(part)
    if name not in package:
        return ()
    markup = package.markup(name)
    every = (markup.attributes(element) for element in markup.elements)
    return tuple(
        Relation(
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


def add_relation(package: Package, part: str, kind: str, target: str) -> str:
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


def declare(package: Package, part: str, kind: str) -> None:
    """Say in the list of contents of which kind a new part is."""
    markup = package.markup(TYPES)
    root = markup.elements[0]
    said = f'PartName="/{attribute(part)}" ContentType="{kind}"'
    edit = markup.appended(root, f"<{root.prefix}Override {said}/>")
    package.changed[TYPES] = markup.edited([edit])


def declare_ending(package: Package, ending: str, kind: str) -> None:
    """Say of which kind all parts with this ending are, unless it is said already."""
    markup = package.markup(TYPES)
    every = (markup.attributes(element) for element in markup.elements)
    if any(each.get("Extension", "").casefold() == ending for each in every):
        return
    root = markup.elements[0]
    said = f'<{root.prefix}Default Extension="{ending}" ContentType="{kind}"/>'
    package.changed[TYPES] = markup.edited([Edit(root.inside, root.inside, said)])


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
