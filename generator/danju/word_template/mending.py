"""What a filled part still needs: no cell without paragraph, no row without cell, grids as wide as their rows."""

from __future__ import annotations

import re

from lxml import etree

from danju.word_template.places import w
from danju.word_template.source import END_MARK, START_MARK

__all__ = ["mend_containers", "mend_grids"]

_MARKS = re.compile(f"([{START_MARK}{END_MARK}].)")
_TRAILING = re.compile(r"(?:<w:(?:bookmark|comment|perm)\w+(?: [^>]*)?/>)+$")
_NEEDED = {"t": "<w:tr", "r": "<w:tc", "s": "<w:sdtContent"}


def mend_containers(xml: str) -> str:
    """The XML without marks; empty tables and rows are gone, cells end with a paragraph."""
    if END_MARK not in xml:
        return xml
    stack: list[list[str]] = [[]]
    for piece in _MARKS.split(xml):
        if not piece or piece[0] not in (START_MARK, END_MARK):
            stack[-1].append(piece)
        elif piece[0] == START_MARK:
            stack.append([])
        elif piece[1] == "c":
            _end_with_paragraph(stack)
        else:
            inside = "".join(stack.pop())
            if _is_worth_keeping(inside, piece[1]):
                stack[-1].append(inside)
    return "".join(stack[0])


def _is_worth_keeping(inside: str, kind: str) -> bool:
    if kind == "s":
        return "<w:sdtContent></w:sdtContent>" not in inside and "<w:sdtContent/>" not in inside
    return re.search(_NEEDED[kind] + "[ >]", inside) is not None


def _end_with_paragraph(stack: list[list[str]]) -> None:
    last = next((piece for piece in reversed(stack[-1]) if piece), "")
    text = _TRAILING.sub("", last[-2000:])
    if not text.endswith(("</w:p>", "<w:p/>")):
        stack[-1].append("<w:p/>")


def mend_grids(xml: bytes) -> bytes:
    """The part with each table's grid as wide as its widest row, total width kept."""
    root = etree.fromstring(xml)
    for table in root.iter(w("tbl")):
        _mend_grid(table)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _mend_grid(table: etree._Element) -> None:
    grid = table.find(w("tblGrid"))
    if grid is None:
        grid = etree.Element(w("tblGrid"))
        table.insert(1, grid)
    columns = [_number(each.get(w("w"))) for each in grid.findall(w("gridCol"))]
    rows = [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]
    needed = max((_width_of(row) for row in rows), default=len(columns))
    if needed == len(columns) or not needed:
        return
    total = sum(columns) or 9000
    if needed > len(columns):
        average = total / max(1, len(columns))
        widths = [*columns, *[average] * (needed - len(columns))]
    else:
        widths = [float(each) for each in columns[:needed]]
    scale = total / (sum(widths) or 1)
    scaled = [int(each * scale) for each in widths]
    for child in list(grid):
        grid.remove(child)
    for width in scaled:
        etree.SubElement(grid, w("gridCol")).set(w("w"), str(width))
    for row in rows:
        _set_cell_widths(row, scaled)


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def _width_of(row: etree._Element) -> int:
    """Grid columns that the row takes, those left out at both ends included."""
    skipped = sum(
        int(_number(each.get(w("val"))))
        for name in ("gridBefore", "gridAfter")
        for each in row.iterfind(f"{w('trPr')}/{w(name)}")
    )
    return skipped + sum(_span(cell) for cell in _cells(row))


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else max(1, int(_number(span.get(w("val")))))


def _set_cell_widths(row: etree._Element, widths: list[int]) -> None:
    at = sum(int(_number(each.get(w("val")))) for each in row.iterfind(f"{w('trPr')}/{w('gridBefore')}"))
    for cell in _cells(row):
        span = _span(cell)
        width = cell.find(f"{w('tcPr')}/{w('tcW')}")
        if width is not None:
            width.set(w("w"), str(sum(widths[at : at + span])))
            width.set(w("type"), "dxa")
        at += span


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
