"""Markdown as a page: its tables, lists and headings, each with the line on which it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENDINGS = (".md", ".markdown")
# The name of an element that begins on a line of the file, counted from 0.
LINE = "line-{}"
# Settings before the text; marks of notes, which are left out as in Word, and before notes.
_SETTINGS = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")


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
