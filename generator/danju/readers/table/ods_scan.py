"""What calamine does not tell about the sheets of an .ods: failed formulas, merged cells, extent."""

from __future__ import annotations

import zipfile
from typing import Any

from danju.readers.table.ooxml_scan import CellScan
from danju.readers.table.sheets import BrokenCell, is_error_text

__all__ = ["is_encrypted", "scan_tables"]

_COPIES = 2  # calamine keeps values and formulas side by side
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def is_encrypted(package: zipfile.ZipFile) -> bool:
    """Whether the manifest says that members are encrypted (ODF 1.3 part 2, 4.8)."""
    if "META-INF/manifest.xml" not in package.namelist():
        return False
    return b"encryption-data" in package.read("META-INF/manifest.xml")


def scan_tables(package: zipfile.ZipFile) -> dict[str, CellScan]:
    """Findings by table name.

    Raises:
        lxml.etree.XMLSyntaxError, KeyError: When the content part is broken.
    """
    from lxml import etree

    scans: dict[str, CellScan] = {}
    with package.open("content.xml") as stream:
        tags = (_TABLE + "table", _TABLE + "table-row")
        walker = _TableWalker()
        for event, element in etree.iterparse(
            stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True
        ):
            is_table = element.tag == tags[0]
            if event == "start" and is_table:
                walker = _TableWalker()
            elif event == "end" and is_table:
                scans[element.get(_TABLE + "name", "")] = walker.finish()
                element.clear()
            elif event == "end":
                walker.take(element)
                element.clear()
    return scans


class _TableWalker:
    """Counts rows and columns of a table as its repeats unfold."""

    def __init__(self) -> None:
        self.row = self.rows = self.columns = 0
        self.broken: dict[tuple[int, int], BrokenCell] = {}
        self.merges: list[tuple[int, int, int, int]] = []

    def take(self, row: Any) -> None:
        repeat, column, is_filled = _count(row, "number-rows-repeated"), 0, False
        for cell in row:
            width = _count(cell, "number-columns-repeated")
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                self.merges.append((self.row, column, self.row + down - 1, column + across - 1))
            text = cell.find(_TEXT + "p")
            if text is not None or cell.get(_OFFICE + "value-type"):
                is_filled = True
                self.columns = max(self.columns, column + width)
                shown = "".join(text.itertext()) if text is not None else ""
                if cell.get(_TABLE + "formula") and (is_error_text(shown) or shown.startswith(("Err:", "#"))):
                    self.broken[self.row, column] = BrokenCell(shown)
            column += width
        if is_filled:
            self.rows = self.row + repeat
        self.row += repeat

    def finish(self) -> CellScan:
        return CellScan(_COPIES * self.rows * self.columns, self.broken, tuple(self.merges))


def _count(element: Any, name: str) -> int:
    value = element.get(_TABLE + name, "1")
    return int(value) if value.isdecimal() and len(value) < 10 else 1
