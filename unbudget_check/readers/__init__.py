"""Readers: bytes of one format -> Document. One file a format, all with one signature.

    read(source: Source) -> Document

A format whose bytes are parsed outside the interpreter may offer ``prepare(source)`` beside it,
which does that part of the work and returns the rest as a function: the engine prepares the next
document while it checks one.

A reader knows bytes and addresses, never a rule. It raises ``UnreadableError`` with one plain
sentence where the bytes cannot be read; nothing else may escape it.
"""

from __future__ import annotations
