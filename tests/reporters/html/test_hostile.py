"""Whatever a document holds, the page shows it as text: no mark-up, no control character."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from tests.reporters.html.pages import accepted_report, page_of, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What the program itself writes, and no document: keys of tables and cells, and what is judged.
OWN = frozenset({"cell", "key", "status"})
# Left as they are, or a report would be another one.
NOT_TEXT = (Enum, int, type(None))
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "]]>--><!--<svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;b&#62;",
    "1\u202e5.2\u2066\u200f\x00\x1b[31m\ud800",
)


def tainted(value: Any, text: str, name: str = "") -> Any:  # noqa: ANN401 - whatever a report holds
    """A report in which every text of a document or a rule ends in another text."""
    if isinstance(value, NOT_TEXT) or name in OWN:
        return value
    if isinstance(value, str):
        return value + text
    if isinstance(value, tuple):
        return tuple(tainted(each, text, name) for each in value)
    if isinstance(value, dict):
        return {key: tainted(each, text) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: tainted(getattr(value, each.name), text, each.name) for each in fields(value)
        }
        return replace(value, **changed)
    return value


def skeleton(tree: HtmlElement) -> list[tuple[str, list[str]]]:
    """The elements and the names of their attributes, without any text.

    Words in a cell give it a style, so styles may differ.
    """
    return [(each.tag, sorted(set(each.attrib) - {"class"})) for each in tree.iter()]


BENIGN = skeleton(document_fromstring(page_of(tainted(accepted_report(), "x"))))


def must_be_harmless(text: str) -> HtmlElement:
    page = page_of(tainted(accepted_report(), f"{text}x"))
    assert not CONTROLS.search(page)
    page.encode("utf-8")
    tree = document_fromstring(page)
    assert skeleton(tree) == BENIGN
    return tree


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    tree = must_be_harmless(text)
    read = "".join(text_of(tree).split())
    visible = text.encode("unicode_escape").decode() if CONTROLS.search(text) else text
    assert "".join(visible.split()).replace("\\u200f", "\u200f") in read


@settings(max_examples=25)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>&\"'={}%/\\-![]#;"), st.characters())))
def test_any_text_stays_a_text(text: str) -> None:
    must_be_harmless(text)
