"""Bytes of a text file -> its characters, whatever encoding it was saved in."""

from __future__ import annotations

import codecs
import unicodedata

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying

# Longer marks first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are often renamed to .txt or .csv by mistake.
FOREIGN = (
    (b"PK\x03\x04", "file-not-text-office"),
    (b"%PDF-", "file-not-text-pdf"),
    (b"\xd0\xcf\x11\xe0", "file-not-text-old"),
    (b"{\\rtf", "file-not-text-rtf"),
    (b"\x89PNG", "file-not-text-picture"),
    (b"\xff\xd8\xff", "file-not-text-picture"),
    (b"GIF8", "file-not-text-picture"),
)
# Tab, line ends, form feed, the old end-of-file mark: control characters that texts do hold.
TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f\x85")
# What GB18030 makes of dashes, and, in four bytes, of the blanks and signs that budgets print.
DASHES = frozenset(each.encode("gb18030") for each in "–―‥")
WESTERN = frozenset(each.encode("gb18030") for each in "\u00a0\u2009\u202f\u2007−‑«»£¥¢")
SAMPLE = 65_536  # characters or bytes that are looked at when an encoding is guessed


def decode(data: bytes, path: str) -> str:
    """The characters of a text file saved as UTF-8, UTF-16, GB18030 or Windows-1252.

    A byte order mark decides where there is one. Raises UnreadableError for an empty file and for
    bytes that are no text.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise unreadable(saying("file-empty", path=path))
    for first, name in FOREIGN:
        if data.startswith(first):
            raise unreadable(saying(name, path=path))
    text = _marked(data) or (_wide(data) if b"\x00" in data[:SAMPLE] else _narrow(data))
    if text is None:
        raise unreadable(saying("file-no-text", path=path))
    return text


def _marked(data: bytes) -> str | None:
    """The text of a file whose byte order mark names its encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _narrow(rest) if mark == codecs.BOM_UTF8 else _decoded(rest, encoding)
    return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in the right byte order more of it is ASCII (digits, line ends)."""
    texts = [_decoded(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    counted = [(sum(map(str.isascii, text[:SAMPLE])), text) for text in texts if text]
    return max(counted)[1] if counted and max(counted)[0] else None


def _narrow(data: bytes) -> str | None:
    """UTF-8, or what Chinese and Western Windows programs save instead."""
    text = _decoded(data, "utf-8")
    if text is not None:
        return text
    damaged = data.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    # A few broken bytes in a text full of good UTF-8 do not make it another encoding.
    if lost * 20 < sum(not character.isascii() for character in damaged) and _is_text(damaged):
        return damaged
    chinese = _decoded(data, "gb18030") if _is_chinese(data) else None
    return chinese if chinese is not None else _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text in this encoding; None where the bytes do not fit it or are no text in it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    """No zero characters, and hardly any other control character, in the first part of a text."""
    sample = text[:SAMPLE]
    strange = sum(1 for character in set(sample) - TEXT_CONTROLS if _is_control(character))
    if not strange:
        return True
    controls = sum(map(_is_control, sample)) - sum(map(sample.count, TEXT_CONTROLS))
    return "\x00" not in sample and controls * 200 < len(sample)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cn", "Cs"}


def _is_chinese(data: bytes) -> bool:
    """Whether the high bytes pair up as the usual characters of a Chinese program do.

    In Western texts a high byte stands alone among letters. In Chinese ones they come in pairs,
    and nearly all of them are of the 3,755 common characters (first byte B0 to D7) or punctuation
    (A1 to A3), Cyrillic or accented letters (A7 and A8); an English text saved there holds its
    dashes and blanks, and little else.
    """
    pairs = common = position = 0
    sample = data[:SAMPLE]
    while position < len(sample) - 1:
        first, second = sample[position], sample[position + 1]
        if first < 0x80:
            position += 1
            continue
        pairs += 1
        in_block = 0xA1 <= first <= 0xA3 or 0xA7 <= first <= 0xA8 or 0xB0 <= first <= 0xD7
        common += (in_block and second >= 0xA1) or sample[position : position + 2] in DASHES
        position += 2
        if sample[position - 2 : position + 2] in WESTERN:
            common += 1
            position += 2
    return common * 10 > pairs * 7
