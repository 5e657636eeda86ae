"""Readers: bytes of one format -> Document. One file a format, all with one signature.

    read(source: Source) -> Document

A reader knows bytes and addresses, never a rule. It raises ``UnreadableError`` with one plain
sentence where the bytes cannot be read; nothing else may escape it.
"""

from __future__ import annotations
