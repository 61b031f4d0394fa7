"""Places in a document as a person would look for them: 正文 › 表1 行2 列3."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["WORD", "part_name", "place_of", "w"]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "core": "文档属性",
    "app": "文档属性",
    "custom": "自定义属性",
    "chart": "图表",
    "data": "图示",
    "drawing": "图示",
}


def w(name: str) -> str:
    """The full name of an element of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def part_name(member: str) -> str:
    """`word/header1.xml` → 页眉1; relations are named after their part."""
    if member.endswith(".rels"):
        owner = part_name(member.replace("_rels/", "").removesuffix(".rels"))
        return f"{owner}的超链接"
    stem = member.rpartition("/")[2].removesuffix(".xml")
    found = re.fullmatch(r"(\D+)(\d*)", stem)
    if found is None or found.group(1) not in _PARTS:
        return stem
    return _PARTS[found.group(1)] + found.group(2)


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
