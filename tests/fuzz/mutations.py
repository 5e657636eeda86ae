"""Ways to damage a document: bytes, archives, elements, cells, lines, figures.

A mutation says whether it ``keeps`` all figures: then none of them may vanish without a word.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

from tests.compose.archive import unpack
from tests.fuzz.seeds import Seed, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
ODD_FIGURES = (
    *(
        "9" * 40,
        "9" * 5000,
        "0." + "0" * 300 + "1",
        "1e9",
        "NaN",
        "-0",
        "--5",
        "(-5)",
        "((5))",
        "(5",
    ),
    *(
        "5)",
        "−5",
        "—",
        "…",
        "n/a",
        "1,2,3",
        "1.2.3",
        "1.234,5",
        "1'234",
        "１２３",
        "٣٤٥",
        "½",
        "10²",
    ),
    *("5 %", "1/0", "=1+1", "$5", "5-", "1_000", "\u202e123", "1\u200b2", "1\u00a0234", "五百"),
    *("十" * 300, "(" * 500 + "5" + ")" * 500, "1" + " 234" * 900, "1," * 1500, "P-5" * 400),
    *("1 D-1, " * 300, "a/" * 300 + "5", "000123", "-", "", " ", "2026-2027", "100.5 a/"),
)
ODD_TEXTS = (
    *("\u202e", "\x07", "\x1b[31m", "\ufeff", "a" * 20_000, "😀" * 50, "<script>alert(1)</script>"),
    *("&amp;", "::error::x", "Table " * 200, "table 4.1 " * 200, "(4)=(3)-(1)" * 50, "Total"),
    *("of which", "$1,000.0 " * 300, "“" * 2000, "a, b and c; " * 300, "1. " * 500, "-" * 3000),
    *("|" * 1500, "年" * 1500, "an increase of $5,000 and a decrease of 12.5 per cent, " * 60),
)
COUNTS = ("-1", "0", "1000000000", "99999999999999999999", "2.5", "NaN", "", "２", "63", "20000")
LARGEST_PAGE = 30_000
PAGE_TAGS = (
    *("table", "tr", "td", "tbody", "thead", "p", "div", "span", "ol", "li", "sup", "pre", "h2"),
    *("caption", "script", "style", "a", "b", "template", "svg", "select", "body", "html", "!--"),
)
FAR_NUMBERS = ("1e308", "-99999999", "0.00000001", "2147483648", "1" * 400, "--3", "1.2.3")
# Of PDF files: what moves, scales, draws and ends, and what objects are called.
CALLS = ("Tj", "TJ", "T*", "Tm", "cm", "re", "Do", "q", "Q", "BT", "ET", "sh", "BI", "EI", "")
NAMES_IN_PRINT = ("/Kids", "/Parent", "/Font", "/Length", "/Contents", "/Resources", "/XObject")
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "gb18030", "cp1252", "utf-8-sig", "latin-1", "cp437")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One input: which it is, how it was made, and what to check."""

    number: int
    family: str
    suffix: str
    data: bytes
    keeps: bool
    seed: Seed


def mutant_of(seed: int, number: int) -> Mutant:
    """Input ``number`` of a seed; families take turns."""
    random = Random(f"{seed}:{number}")
    family = tuple(FAMILIES)[number % len(FAMILIES)]
    suffixes, mutate = FAMILIES[family]
    sound = random.choice([each for each in seeds() if each.suffix in suffixes])
    data, keeps = mutate(sound.data, random)
    return Mutant(number, family, sound.suffix, data, keeps, sound)


def odd(random: Random) -> str:
    """A figure or text that no honest document holds."""
    return random.choice(ODD_FIGURES if random.random() < 0.7 else ODD_TEXTS)


def _in_xml(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def damage_bytes(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Bytes turned, cut out, put in twice, or exchanged for numbers at their limits."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at, size = random.randrange(len(made) or 1), random.choice((1, 2, 16, 200))
        match random.randrange(6):
            case 0 if made:
                made[at] ^= 1 << random.randrange(8)
            case 1:
                del made[at : at + size]
            case 2:
                del made[at:]
            case 3:
                made[at:at] = made[random.randrange(len(made) or 1) :][:size]
            case 4:
                made[at : at + 4] = random.choice((b"\xff" * 4, b"\0" * 4, b"PK\1\2", b"PK\5\6"))
            case _:
                made[-random.randrange(1, 300) :][:1] = b"\xff"
    return bytes(made), False


def lie_in_archive(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Members renamed, missing, empty or many; a directory that lies about sizes and methods."""
    parts = unpack(data)
    name = random.choice(list(parts))
    match random.randrange(6):
        case 0:
            parts[name + "x"] = parts.pop(name)
        case 1:
            del parts[name]
        case 2:
            parts |= {"../../evil.xml": b"x", "/abs": b"y", "word\\document.xml": b"z"}
        case 3:
            parts |= {f"word/header{at}.xml": b"<a/>" for at in range(random.choice((9, 2000)))}
        case 4:
            parts[name] = random.choice((b"", b"<a/>", b"\xff\xfe<", b"<a>" * 5000))
        case _:
            pass
    whole = bytearray(_packed(parts))
    for entry in re.finditer(b"PK\1\2", bytes(whole)):
        if random.random() < 0.2:
            at = entry.start() + random.choice((8, 10, 16, 20, 24, 28, 42))
            whole[at : at + 2] = random.choice((b"\0\0", b"\1\0", b"\xff\xff", b"\x08\0"))
    return bytes(whole), False


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def disturb_word(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Elements of a Word document moved, nested, doubled, wrapped, spanned or emptied."""
    parts = unpack(data)
    root = etree.fromstring(parts[BODY])
    keeps = True
    for _ in range(random.choice((1, 1, 2, 4))):
        keeps = _disturb(root, random) and keeps
    parts[BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _packed(parts), keeps


def _disturb(root: etree._Element, random: Random) -> bool:
    """One disturbance; whether it kept all figures."""
    names = ("p", "tbl", "tr", "tc", "r", "t")
    every = [e for e in root.iter(*(W + name for name in names)) if e.getparent() is not None]
    element, other = random.choice(every), random.choice(every)
    parent = element.getparent()
    assert parent is not None
    match random.randrange(10):
        case 0:
            parent.remove(element)
            return False
        case 1:
            for _ in range(random.choice((1, 3, 200))):
                element.addnext(copy.deepcopy(element))
        case 2 if other not in list(element.iter()):
            other.append(element)
            return False
        case 3:
            setting = etree.Element(W + "tcPr")
            element.insert(0, setting)
            kind = random.choice(("gridSpan", "gridBefore", "gridAfter", "vMerge", "hMerge"))
            etree.SubElement(setting, W + kind).set(W + "val", random.choice(COUNTS))
            return False
        case 4:
            element.text = _in_xml(odd(random))
            return False
        case 5:
            kinds = ("sdt", "ins", "del", "smartTag", "hyperlink", "unknown", "txbxContent")
            outer = etree.Element(W + random.choice(kinds))
            element.addprevious(outer)
            outer.append(element)
            return False
        case 6:
            deep = element
            kind = random.choice(("sdt", "tbl", "r", "ins"))
            for _ in range(random.choice((50, 200, 240))):
                deep = etree.SubElement(deep, W + kind)
        case 7:
            element.tag = W + random.choice(names)
            return False
        case 8:
            for each in [e for e in every if e.tag == W + "t" and len(e.text or "") > 1]:
                text = each.text or ""
                at = random.randrange(1, len(text))
                twin = copy.deepcopy(each)
                each.text, twin.text = text[:at], text[at:]
                each.addnext(twin)
        case _:
            for each in every:
                if each.tag in (W + "p", W + "tr", W + "tc"):
                    each.addprevious(
                        etree.Element(W + random.choice(("bookmarkStart", "proofErr")))
                    )
    return True


def disturb_workbook(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Elements of a workbook's parts with other values, in other places, or gone."""
    parts = unpack(data)
    name = random.choice([each for each in parts if each.endswith((".xml", ".rels"))])
    root = etree.fromstring(parts[name])
    for _ in range(random.choice((1, 2, 5))):
        element = random.choice(list(root.iter("*")))
        parent = element.getparent()
        match random.randrange(5):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                element.addnext(copy.deepcopy(element))
            case 2 if element.attrib:
                values = (*COUNTS, "XFD1048576", "A0", "A1:XFD1048576", "s", "inlineStr", "e", "n")
                key = random.choice(sorted(map(str, element.attrib)))
                element.set(key, random.choice(values))
            case 3:
                element.text = _in_xml(odd(random))
            case _:
                element.append(copy.deepcopy(element))
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _packed(parts), False


def disturb_page(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Tags of a page gone, doubled, moved, with other spans, hidden, or nested without end."""
    text, keeps, encoding = data.decode(), True, "utf-8"
    for _ in range(random.choice((1, 1, 2, 4))):
        if len(text) > LARGEST_PAGE:
            break  # it is a large document by now, and takes as long as one
        tags = list(re.finditer(r"<[^<>]*>", text)) or list(re.finditer(r"", text))
        found = random.choice(tags)
        name = random.choice(PAGE_TAGS)
        match random.randrange(11):
            case 0:
                text, keeps = text[: found.start()] + text[found.end() :], False
            case 1:
                text = text[: found.end()] + found[0] + text[found.end() :]
                keeps = False
            case 2:
                other = random.choice(tags).end()
                text, keeps = text[:other] + f"</{name}>" + text[other:], False
            case 3:
                span = random.choice(("colspan", "rowspan", "start", "value", "type", "style"))
                said = f" {span}='{random.choice((*COUNTS, 'display:none', 'A', 'float:left'))}'>"
                text, keeps = text.replace("<td>", "<td" + said, random.choice((1, 5))), False
            case 4:
                deep = f"<{name}>" * random.choice((60, 500, 3000))
                text, keeps = text[: found.end()] + deep + text[found.end() :], False
            case 5:
                figure = re.search(r">[^<>]*\d[^<>]*<", text[found.start() :])
                if figure:
                    text = text.replace(figure[0], f">{odd(random)}<", 1)
                keeps = False
            case 6:
                encoding, keeps = random.choice(ENCODINGS), False
            case 7:
                text = text.replace("<tr", "<!-- row --><tr data-x='1>2'")
            case 8:
                text = re.sub(r"<td>([^<]*)", r"<td><span><b>\1</b></span>", text)
            case 9:
                text = text.replace("</p>", "").replace("</li>", "")
            case _:
                part = text[found.start() :][: random.choice((40, 400, 4000))]
                text, keeps = text[: found.start()] + part * random.choice((2, 30)) + text, False
    return text.encode(encoding, "replace"), keeps


def disturb_lines(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Lines of a text joined, cut, doubled, re-encoded, or with blanks where none were."""
    lines, keeps, encoding = data.decode().splitlines(keepends=True), True, "utf-8"
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(lines))
        match random.randrange(11):
            case 0:
                lines[at] = re.sub(r"\d[\d,.]*", lambda _: odd(random), lines[at][:2000])
                keeps = False
            case 1:
                lines.insert(at, odd(random) + "\n")
            case 2:
                lines[at] = lines[at].replace(" ", random.choice("\x07\x1b\0\x7f\u2028\u200b"))
                keeps = False
            case 3:
                ends = (" ", "", "\t", "\r")
                lines, keeps = ["".join(lines).replace("\n", random.choice(ends)) + "\n"], False
            case 4:
                lines.insert(at, random.choice(("1 234.5 ", "– ", "\t", "| 1 ")) * 3000 + "\n")
            case 5:
                lines[at:at] = lines[max(at - 5, 0) : at] * random.choice((2, 40))
            case 6:
                end = random.choice(("\r\n", "\r", "\n\n"))
                lines = [each.replace("\n", end) for each in lines]
            case 7:
                lines, keeps = [each[: random.randrange(1, 80)] + "\n" for each in lines], False
            case 8:
                encoding, keeps = random.choice(ENCODINGS), False
            case 9:
                share = random.choice((0.1, 0.3, 0.6, 1))
                lines = [
                    each.rstrip("\n") + " \n" if random.random() < share else each for each in lines
                ]
            case _:
                lines *= random.choice((2, 6))
    return "".join(lines).encode(encoding, "replace"), keeps


def disturb_cells(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Cells of a CSV file with odd texts, rows that are ragged or wide, quotes left open."""
    rows = [line.split(",") for line in data.decode().splitlines()]
    keeps, separator = True, ","
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(rows))
        match random.randrange(8):
            case 0:
                rows[at][random.randrange(len(rows[at]))] = odd(random)
                keeps = False
            case 1:
                rows = [each[: random.randrange(1, len(each) + 1)] for each in rows]
                keeps = False
            case 2:
                rows[at] = ['"' * random.randrange(1, 9) + each for each in rows[at]]
                keeps = False
            case 3:
                rows[at] = [*rows[at], *map(str, range(random.choice((100, 400))))]
            case 4:
                rows[at:at] = [[""]] * random.choice((1, 200))
                keeps = False
            case 5:
                rows, keeps = [list(each) for each in zip(*rows, strict=False)], False
            case 6:
                rows += [list(each) for each in rows] * random.choice((1, 4))
            case _:
                separator, keeps = random.choice(";\t|"), False
    text = "\n".join(separator.join(each) for each in rows)
    if random.random() < 0.2:
        cut = random.randrange(len(text) + 1)
        text, keeps = text[:cut] + random.choice('\0"') + text[cut:], False
    return text.encode(), keeps


def disturb_print(data: bytes, random: Random) -> tuple[bytes, bool]:
    """Numbers, texts, operators and references of a PDF file exchanged, doubled, nested or gone."""
    made = data.decode("latin-1")
    for _ in range(random.choice((1, 1, 2, 5))):
        match random.randrange(7):
            case 0:
                made = _exchanged(made, r"(?<![\d.])-?\d+(?:\.\d+)?", COUNTS + FAR_NUMBERS, random)
            case 1:
                texts = tuple(f"({odd(random).encode('utf-8').decode('latin-1')})" for _ in "ab")
                made = _exchanged(made, r"\([^()\n]{1,80}\)", texts, random)
            case 2:
                made = _exchanged(
                    made, r"\b(?:Tj|Td|Tm|TL|Tf|re|cm|Do|BT|ET|q|Q|l|m|S)\b", CALLS, random
                )
            case 3:
                made = _exchanged(
                    made, r"\b\d+ 0 R\b", ("1 0 R", "3 0 R", "5 0 R", "999 0 R"), random
                )
            case 4:
                made = _exchanged(made, r"/[A-Z]\w+", NAMES_IN_PRINT, random)
            case 5:
                lines = made.splitlines(keepends=True)
                at, many = random.randrange(len(lines)), random.choice((2, 300))
                lines[at:at] = lines[max(at - 5, 0) : at] * many
                made = "".join(lines)
            case _:
                deep = random.choice(("[" * 3000, "<<" * 3000, "q " * 20_000, "(" * 5000))
                at = random.randrange(len(made))
                made = made[:at] + deep + made[at:]
    return made.encode("latin-1", "replace"), False


def _exchanged(text: str, pattern: str, others: Sequence[str], random: Random) -> str:
    """The text with one piece of a kind, or all of them, exchanged for others."""
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    if random.random() < 0.1:
        return re.sub(pattern, lambda _: random.choice(others), text)
    piece = random.choice(found)
    return text[: piece.start()] + random.choice(others) + text[piece.end() :]


FAMILIES: dict[str, tuple[tuple[str, ...], Callable[[bytes, Random], tuple[bytes, bool]]]] = {
    "word": ((".docx",), disturb_word),
    "lines": ((".txt",), disturb_lines),
    "cells": ((".csv",), disturb_cells),
    "workbook": ((".xlsx", ".odt"), disturb_workbook),
    "archive": ((".docx", ".xlsx", ".odt"), lie_in_archive),
    "bytes": ((".docx", ".xlsx", ".odt", ".csv", ".txt", ".html", ".pdf"), damage_bytes),
    "page": ((".html",), disturb_page),
    "print": ((".pdf",), disturb_print),
}
