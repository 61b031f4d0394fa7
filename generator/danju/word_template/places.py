"""Places in a document as a person would look for them: 正文 › 表1 行2 列3."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["BODY", "WORD", "part_name", "place_of", "w"]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "body"
"""Kind of the part that the package is about; other kinds are the last words of content types."""
_PARTS = {
    BODY: "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "core-properties": "文档属性",
    "extended-properties": "文档属性",
    "custom-properties": "自定义属性",
    "chart": "图表",
    "chartex": "图表",
    "diagramData": "图示",
    "diagramDrawing": "图示",
}


def w(name: str) -> str:
    """The full name of an element of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def part_name(kind: str, member: str) -> str:
    """What a person calls a part of some kind: `header`, `word/header1.xml` → 页眉1."""
    if kind == BODY:
        return _PARTS[kind]
    number = re.search(r"(\d*)(?:\.\w+)?$", member)
    return _PARTS[kind] + (number.group(1) if number else "")


def place_of(element: etree._Element, part: str) -> str:
    """The part and, inside it, the table cell or the paragraph, each counted from 1."""
    cell = _ancestor(element, "tc")
    box = "文本框 " if _ancestor(element, "txbxContent") is not None else ""
    if cell is not None and (not box or _ancestor(cell, "txbxContent") is not None):
        row, table = _ancestor(cell, "tr"), _ancestor(cell, "tbl")
        if row is not None and table is not None:
            root = element.getroottree().getroot()
            count = _index(table, list(root.iter(w("tbl"))))
            line = _index(row, [each for each in table.iter(w("tr")) if _ancestor(each, "tbl") is table])
            return f"{part} › {box}表{count} 行{line} 列{_column(cell, row)}"
    paragraph = element if element.tag == w("p") else _ancestor(element, "p")
    if paragraph is None:
        return part
    parent = paragraph.getparent()
    siblings = [] if parent is None else list(parent.iterchildren(w("p")))
    return f"{part} › {box}第{_index(paragraph, siblings)}段"


def _ancestor(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(w(name)), None)


def _index(element: etree._Element, among: list[etree._Element]) -> int:
    return next((index for index, each in enumerate(among, 1) if each is element), 1)


def _column(cell: etree._Element, row: etree._Element) -> int:
    cells = [each for each in row.iter(w("tc")) if _ancestor(each, "tr") is row]
    return next((index for index, each in enumerate(cells, 1) if each is cell), 1)
