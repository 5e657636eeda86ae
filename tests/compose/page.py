"""Writes the blocks as a web page of an office: a frame of tables, menus, a hidden draft.

Header cells are merged, the last row is the foot, marks are raised, paragraphs are not closed.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.compose.printed import Grid, Paragraph, Piece, labelled, plain, split_mark, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

TAGS = {"heading": "h2", "caption": "h3", "part": "h4"}
TOP = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
  body {{ font-family: serif }}
  td {{ text-align: right; padding: 2px 6px }}
  .item {{ padding-left: 32px }}
  .draft {{ display: none }}
</style>
<script>document.title += " | 1 234.5";</script>
</head>
<body>
<table role="presentation"><tr><td class="menu"><ul><li><a href="#">Home</a><li><a href="#">2025
</a></ul><td>
<p class="draft">Draft of 3 March: the total was 99 999.9.
"""
END = "</table>\n</body>\n</html>\n"


def render_page(blocks: Iterable[Piece], language: str, footnote: str) -> bytes:
    """The page; ``footnote`` stands at its end, with a link from the first paragraph."""
    pieces = [piece for each in blocks for piece in labelled(each)]
    title = next(plain(each.text) for each in pieces if isinstance(each, Paragraph))
    lines = [TOP.format(language=language, title=escape(title))]
    for piece in pieces:
        lines += [_paragraph(piece)] if isinstance(piece, Paragraph) else _table(piece)
    mark = '<a href="#note-1" id="noteref-1"><sup>1</sup></a>'
    whole = "\n".join(lines)
    at = whole.index("\n", whole.index("<p>"))
    back = '<p id="note-1"><a href="#noteref-1">1</a> '
    return f"{whole[:at]}{mark}{whole[at:]}\n{back}{escape(footnote)}\n{END}".encode()


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.style == "note":
        mark, _, text = paragraph.text.partition(" ")
        return f"<p>{_text(mark)} {_text(text)}"
    tag = TAGS.get(paragraph.style)
    return f"<{tag}>{_text(paragraph.text)}</{tag}>" if tag else f"<p>{_text(paragraph.text)}"


def _text(text: str) -> str:
    """A printed text, its mark raised, its tracked changes shown as such."""
    body, mark = split_mark(text)
    for sign, tag in (("[-", "<del>"), ("-]", "</del>"), ("{+", "<ins>"), ("+}", "</ins>")):
        body = escape(body, quote=False) if sign == "[-" else body
        body = body.replace(sign, tag)
    return body + (f"<sup>{escape(mark)}</sup>" if mark else "")


def _table(grid: Grid) -> list[str]:
    columns = width_of(grid)
    lines = ["<table>", "<thead>"]
    for row in grid.header:
        cells = "".join(
            f'<th scope="col"{_span("colspan", each.columns)}{_span("rowspan", each.rows)}>'
            f"{_text(each.text)}"
            for each in row
        )
        lines.append(f"<tr>{cells}")
    lines.append("<tbody>")
    for at, texts in enumerate(grid.rows):
        if at == len(grid.rows) - 1 and len(texts) > 1:
            lines.append("<tfoot>")
        if len(texts) == 1:
            lines.append(f'<tr><th scope="rowgroup" colspan="{columns}">{_text(texts[0])}')
            continue
        kind = ' class="item"' if texts[0][:1].isdigit() else ""
        figures = "".join(f"<td>{_text(text).replace(' ', '&nbsp;')}" for text in texts[1:])
        lines.append(f'<tr><th scope="row"{kind}>{_text(texts[0])}{figures}')
    return [*lines, "</table>"]


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
