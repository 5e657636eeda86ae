"""Findings made by hand, and what a copy of an Office file is compared by."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import spoken
from unbudget_check.model.document import Where
from unbudget_check.model.finding import Confidence, Finding, Quote, Severity
from unbudget_check.model.message import Message
from unbudget_check.model.report import Coverage, DocumentResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATH = "section.docx"
MARKS = {"commentRangeStart", "commentRangeEnd"}


def found(
    address: str | None, stated: str = "", *, quote: str = "", status: str = "open"
) -> Finding:
    """A finding at an address; in ``quote`` the figure stands between square brackets."""
    before, _, rest = quote.partition("[")
    middle, _, after = rest.partition("]")
    cited = Quote(before + middle + after, len(before), len(before + middle)) if quote else None
    where = Where(PATH, row="Total", address=address)
    finding = Finding(
        code="ARI101",
        name="column-total",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        document=PATH,
        where=where,
        stated_text=stated or middle,
        stated=None,
        computed=None,
        residual=None,
        allowance=None,
        message="",
        quote=cited,
        status=status,
        advice="Look again.",
    )
    wording = {"en": f"{{row}}: {stated or middle} is <wrong> & more"}
    return spoken(finding, "en", Message("message.ARI101", (("row", "Total"),), where, wording))


def result_of(
    data: bytes, findings: Iterable[Finding], path: str = PATH, revisions: str = "accepted"
) -> DocumentResult:
    """What a run would have said of these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return DocumentResult(
        path, None, "en", digest, "checked", "", Coverage(), tuple(findings), revisions=revisions
    )


def members(data: bytes) -> dict[str, bytes]:
    """The members of an archive as they are packed, headers included."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = sorted(archive.infolist(), key=lambda each: each.header_offset)
        ends = [each.header_offset for each in infos[1:]] + [archive.start_dir]
    return {
        info.filename: data[info.header_offset : end] for info, end in zip(infos, ends, strict=True)
    }


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element, name: str = "id") -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith(f"}}{name}")), "")


def unmarked(data: bytes, known: Iterable[str] = ()) -> bytes:
    """A text part without comments, but for ``known`` ones, and with its split runs joined."""
    root = etree.fromstring(data)
    for element in list(root.iter("{*}*")):
        ours = value(element) not in set(known)
        if (local(element) in MARKS and ours) or (
            local(element) == "r"
            and any(
                local(each) == "commentReference" and value(each) not in set(known)
                for each in element
            )
        ):
            _drop(element)
    for element in list(root.iter("{*}*")):
        if local(element) == "r":
            _join(element)
    for element in root.iter("{*}*"):
        if local(element) == "t":
            for name in [each for each in element.attrib if str(each).endswith("}space")]:
                del element.attrib[name]
    return etree.tostring(root, method="c14n")


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _join(run: etree._Element) -> None:
    """Take in the runs that follow and have the same format, then join texts side by side."""
    following = run.getnext()
    while following is not None and local(following) == "r" and _format(following) == _format(run):
        for each in list(following):
            if local(each) != "rPr":
                run.append(each)
        _drop(following)
        following = run.getnext()
    for each in list(run):
        before = each.getprevious()
        if before is not None and local(each) == local(before) == "t":
            before.text = (before.text or "") + (each.text or "")
            run.remove(each)


def _format(run: etree._Element) -> bytes:
    settings = b"".join(etree.tostring(each) for each in run if local(each) == "rPr")
    return settings + repr(sorted(run.attrib.items())).encode()


def marked_texts(data: bytes) -> dict[str, str]:
    """The text between the marks of every comment, as a reader sees it."""
    return dict(_ranges(etree.fromstring(data)))


def _ranges(root: etree._Element) -> Iterator[tuple[str, str]]:
    opened: dict[str, list[str]] = {}
    for element in root.iter("{*}*"):
        if local(element) == "commentRangeStart":
            opened[value(element)] = []
        elif local(element) == "commentRangeEnd":
            yield value(element), "".join(opened.pop(value(element)))
        elif local(element) == "t":
            for texts in opened.values():
                texts.append(element.text or "")


def comment_texts(data: bytes) -> dict[str, str]:
    """The text of every comment of a part, by its number."""
    return {
        value(each): " | ".join("".join(str(t) for t in paragraph.itertext()) for paragraph in each)
        for each in etree.fromstring(data)
    }
