"""Packs the parts of an Office file into a ZIP that is the same on every machine."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The oldest date that a ZIP can hold: composing leaves no trace of the day it was done.
DATE = (1980, 1, 1, 0, 0, 0)


def pack(parts: Mapping[str, str]) -> bytes:
    """The parts by name, packed in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP by name: what two files are compared by, whoever compressed them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
