"""OpenDocument texts for tests, written in a few words."""

from __future__ import annotations

import io
import zipfile

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "chart": "chart",
        "number": "datastyle",
        "svg": "svg-compatible",
    }.items()
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
STYLES = """
<style:style style:name="Up" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="In" style:family="paragraph"><style:paragraph-properties
 fo:margin-left="1cm"/></style:style>
<style:style style:name="Deep" style:family="paragraph" style:parent-style-name="In"/>
<style:style style:name="Plain" style:family="paragraph" style:list-style-name=""/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"
 style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="T"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-prefix="Table 4."/></text:list-style>
"""


def odt_body(body: str, styles: str = "") -> str:
    """The main part of a text with this body."""
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def odt_file(body: str, styles: str = "", **parts: str) -> bytes:
    """A whole file; further ``parts`` by name, with slashes written as two underlines."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", odt_body(body, styles))
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return stream.getvalue()


def cell(text: str, **attributes: int) -> str:
    """A cell of a table, with its spans."""
    said = "".join(f' table:number-{name}-spanned="{count}"' for name, count in attributes.items())
    inside = text if text.startswith("<") else f"<text:p>{text}</text:p>"
    return f"<table:table-cell{said}>{inside}</table:table-cell>"


def row(*cells: str) -> str:
    """A row of cells, written as such or as their text."""
    made = (each if each.startswith("<table:") else cell(each) for each in cells)
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def table(*rows: str) -> str:
    """A table of these rows."""
    return f"<table:table>{''.join(rows)}</table:table>"
