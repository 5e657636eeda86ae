"""The bytes of a page -> its characters: encodings, Markdown, and files that hold a page in them.

A byte order mark decides, then what the page or the archive around it declares, then the bytes
themselves. Browsers save whole pages as MHTML (Chrome, Edge) or as a web archive (Safari).
"""

from __future__ import annotations

import codecs
import email
import email.policy
import plistlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.encoding import BYTE_ORDER_MARKS, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.readers.source import Source


ENDINGS = (".md", ".markdown")
# The name of an element that begins on a line of the file, counted from 0.
LINE = "line-{}"
# Settings before the text; marks of notes, which are left out as in Word, and before notes.
_SETTINGS = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")

# How far into a page its encoding may be declared; saved pages put comments before it.
HEAD = 16_384
_DECLARED = re.compile(
    rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_XML = re.compile(rb"""\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
# What the standard of the web reads under other names than Python: the larger set of its kind.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
MHTML = (".mht", ".mhtml")
ARCHIVE = ".webarchive"


_NO_TEXT = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"}
    | {"unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "mbcs"}
)


@dataclass(frozen=True, slots=True)
class RenderedMarkdown:
    """A page, and by the names of its elements the lines of the file, counted from 1."""

    text: str
    lines: dict[str, int]


def render_markdown(text: str) -> RenderedMarkdown:
    """The page that a Markdown file describes, tables of the common dialect among it."""
    from markdown_it import MarkdownIt  # few documents need it

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _SETTINGS.sub(lambda match: "\n" * match[0].count("\n"), plain)
    plain = _MARK.sub("", _NOTE.sub("", plain))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(plain)
    lines: dict[str, int] = {}
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "inline":
            name = LINE.format(token.map[0])
            token.attrSet("id", name)
            lines[name] = token.map[0] + 1
    return RenderedMarkdown(parser.renderer.render(tokens, parser.options, {}), lines)


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page, and the encoding that was declared or guessed.

    ``lines`` are those of a file from which the page was made, by the names of its elements.
    """

    text: str
    encoding: str
    lines: Mapping[str, int] = field(default_factory=dict)


def page_of(source: Source) -> Page:
    """The page of a file; raises UnreadableError where there is none in it."""
    lowered, data, declared = source.path.lower(), source.data, ""
    if lowered.endswith(ENDINGS):
        made = render_markdown(decode(data, source.path))
        return Page(made.text, "utf-8", made.lines)
    if not data.strip(b" \t\r\n\x00"):
        raise unreadable(saying("file-empty", path=source.path))
    if lowered.endswith(MHTML):
        data, declared = _of_mhtml(source)
    elif lowered.endswith(ARCHIVE):
        data, declared = _of_archive(source)
    return characters(data, source.path, declared)


def characters(data: bytes, path: str, declared: str = "") -> Page:
    """The characters of a page; ``declared`` is what stands outside it about its encoding."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    if not marked:
        found = _DECLARED.search(data[:HEAD]) or _XML.match(data)
        for name in (declared, found[1].decode("ascii", "replace") if found else ""):
            page = _in(data, name)
            if page is not None:
                return page
    return Page(decode(data, path).replace("\x00", "\ufffd"), marked or "utf-8")


def _in(data: bytes, name: str) -> Page | None:
    """The page in a declared encoding, or None where it is unknown or the bytes belie it."""
    try:
        known = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return None
    # Only encodings of texts; a declaration that one can read stands in no wide characters.
    if not known or known.startswith(("utf-16", "utf-32", "utf-7")) or known in _NO_TEXT:
        return None
    known = _WIDER.get(known, known)
    if known != "utf-8":
        try:
            if not data.isascii():
                return Page(data.decode("utf-8"), "utf-8")  # no other encoding looks like it
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode(known, "strict" if known == "utf-8" else "replace")
    except (UnicodeDecodeError, LookupError):
        return None
    # A few bytes that the encoding does not know are damage; many are another encoding.
    if text.count("\ufffd") * 50 > len(text):
        return None
    return Page(text.replace("\x00", "\ufffd"), known)


def _of_mhtml(source: Source) -> tuple[bytes, str]:
    """The page in an archive of the kind of e-mail: its first part that is one."""
    try:
        message = email.message_from_bytes(source.data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    return payload, str(part.get_content_charset() or "")
    except (ValueError, LookupError, TypeError, AssertionError, RecursionError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error
    raise unreadable(saying("file-no-page", path=source.path))


def _of_archive(source: Source) -> tuple[bytes, str]:
    """The page in a web archive, which is a property list."""
    try:
        held: Any = plistlib.loads(source.data)["WebMainResource"]
        data, name = held["WebResourceData"], held.get("WebResourceTextEncodingName", "")
    except Exception as error:  # plistlib raises a dozen kinds for damaged files
        raise unreadable(saying("file-damaged", path=source.path)) from error
    if not isinstance(data, bytes):
        raise unreadable(saying("file-no-page", path=source.path))
    return data, str(name)
