"""What the documentation tells people to type and to write, taken out of its texts."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.conftest import PROJECT
from unbudget_check.site.build import prose_pages
from unbudget_check.site.markdown import code_blocks, code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = re.compile(r"(?:\.venv/bin/)?unbudget-check(?: |$)")


def texts() -> dict[str, str]:
    """The README and every page of prose, by name."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    return {"README": readme, **dict(sorted(prose_pages().items()))}


def typed_commands(text: str) -> Iterator[list[str]]:
    """The words of every command in a block of code, without the name of the program."""
    for _, block in code_blocks(text):
        for row in block.replace("\\\n", " ").splitlines():
            if COMMAND.match(row):
                yield shlex.split(row, comments=True)[1:]


def named_commands(text: str) -> Iterator[list[str]]:
    """The same of every command that a sentence names."""
    for span in code_spans(text):
        words = shlex.split(span.replace("'", ""))
        while words and not COMMAND.fullmatch(words[0]):
            words = words[1:]
        if words:
            yield words[1:]
