"""Small Word files, made in code, and what a filled one says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file: a text is a paragraph (`¦` separates its runs), rows of texts are a table."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            paragraph = document.add_paragraph()
            for run in block.split("¦"):
                paragraph.add_run(run)
        else:
            table = document.add_table(len(block), max(map(len, block)))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
    return saved(document)


def body(xml: str) -> bytes:
    """A Word file with this XML in front of its section."""
    document = Document()
    for element in parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a')}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def saved(document: object) -> bytes:
    """The file of a python-docx document."""
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def member(content: bytes, name: str = "word/document.xml") -> str:
    """A member as text."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name).decode()


def lines(content: bytes, name: str = "word/document.xml") -> list[str]:
    """A readable projection: paragraphs as they are, rows as `a | b`, with `[span=2]`, `[top]`, `[below]`."""
    root = etree.fromstring(member(content, name).encode())
    return list(_lines(root[0] if root.tag == f"{W}document" else root))


def _lines(parent: etree._Element) -> list[str]:
    found: list[str] = []
    for each in parent:
        if each.tag == f"{W}p":
            found.append(text_of(each))
        elif each.tag == f"{W}tbl":
            found += [" | ".join(_cell(cell) for cell in row.iter(f"{W}tc")) for row in each.iter(f"{W}tr")]
        elif each.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}footnote"):
            found += _lines(each)
    return found


def _cell(cell: etree._Element) -> str:
    marks = ""
    span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    if span is not None:
        marks += f"[span={span.get(W + 'val')}]"
    if merge is not None:
        marks += "[top]" if merge.get(f"{W}val") == "restart" else "[below]"
    return marks + "¶".join(text_of(each) for each in cell.iter(f"{W}p"))


def text_of(paragraph: etree._Element) -> str:
    """Text with \\n, \\t and \\f for breaks."""
    pieces = []
    for each in paragraph.iter():
        if each.tag == f"{W}t":
            pieces.append(each.text or "")
        elif each.tag == f"{W}br":
            pieces.append("\f" if each.get(f"{W}type") == "page" else "\n")
        elif each.tag == f"{W}tab" and each.getparent().tag == f"{W}r":
            pieces.append("\t")
    return "".join(pieces)


def columns(content: bytes) -> list[int]:
    """How many grid columns each table has."""
    root = etree.fromstring(member(content).encode())
    return [len(grid) for grid in root.iter(f"{W}tblGrid")]


def messages(issues: Sequence[object]) -> list[str]:
    """`place「tag」code` of each issue."""
    return [f"{i.location.sheet}「{i.label}」{i.code}" for i in issues]  # type: ignore[attr-defined]


def without_declarations(xml: str) -> str:
    """XML without declarations of namespaces."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)
