"""A record is the same page in every format: the lines, breaks and order of its drawing, nothing outside cell or sheet.

Word files and workbooks are looked at as LibreOffice prints them. An ordinary run draws a few records;
`python -m tests.renderers.test_formats_agree` draws 200, or as many as it is told.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from ctypes import byref, c_double
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
from tests.support.drawings import iter_overflows
from tests.support.extremes import iter_extremes

from danju.layout.fonts import fonts_folder
from danju.model.drawing import MM_PER_PT, Cell, Drawing, Page
from danju.pipeline import draw_document, fill_form

SOFFICE = shutil.which("soffice")
FEW = 9
_FRAME_MM = 5.0  # programs add the thickness of rules to rows, and round
_MIDDLE_MM = 1.3  # of a line, above its baseline
_PER_CALL = 40  # files that LibreOffice converts in one run
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
{aliases}</fontconfig>"""
_OFFICE_FONTS = ("微软雅黑", "Microsoft YaHei", "Segoe UI Symbol", "Arial")  # the digits of ours are as wide as Arial's
_ALIAS = "<alias binding='same'><family>{}</family><prefer><family>Noto Sans SC</family></prefer></alias>"

Box = tuple[float, float, float, float]
Char = tuple[str, float, float]
"""A character and the middle of its box, in millimetres from the top left of the sheet."""


def squeezed(text: str) -> str:
    """The text without blanks, which programs place as they like."""
    return re.sub(r"[\s\u200b\u2006]", "", text)


def wanted(drawing: Drawing, page: Page) -> Iterator[tuple[Cell, Box, list[str]]]:
    """Every cell of a page with words, where it stands, and its lines."""
    xs = [drawing.paper.left_mm]
    for width in drawing.columns_mm:
        xs.append(xs[-1] + width)
    top = drawing.paper.top_mm
    for rows in (drawing.heading, page, page.below):
        ys = [top]
        for height in rows.heights_mm:
            ys.append(ys[-1] + height)
        for cell in rows.cells:
            box = (xs[cell.column], ys[cell.row], xs[cell.column + cell.colspan], ys[cell.row + cell.rowspan])
            yield cell, box, [line for line in (squeezed(each.text) for each in cell.lines) if line]
        top = ys[-1]


def frame(drawing: Drawing, page: Page) -> Box:
    """Where the outermost rules of a page stand."""
    boxes = [box for cell, box, _ in wanted(drawing, page) if cell.border]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def chars_of(page: Any) -> tuple[list[Char], Box]:
    """The characters of a printed page, and the frame of its rules."""
    height = page.get_height()
    text = page.get_textpage()
    whole = text.get_text_range()
    found = []
    across, up = c_double(), c_double()
    for index in range(text.count_chars()):
        left, _, right, _ = text.get_charbox(index, loose=True)
        char = whole[index] if index < len(whole) else ""
        if squeezed(char):
            pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, index, byref(across), byref(up))
            found.append((char, (left + right) / 2 * MM_PER_PT, (height - up.value) * MM_PER_PT - _MIDDLE_MM))
    bounds = [each.get_bounds() for each in page.get_objects(filter=[2])]  # paths
    lines = [each for each in bounds if each[2] - each[0] < page.get_width() * 0.99]
    left, bottom = min(each[0] for each in lines), min(each[1] for each in lines)
    right, top = max(each[2] for each in lines), max(each[3] for each in lines)
    return found, (left * MM_PER_PT, (height - top) * MM_PER_PT, right * MM_PER_PT, (height - bottom) * MM_PER_PT)


def iter_faults(drawing: Drawing, content: bytes) -> Iterator[str]:
    """How a printed file differs from a drawing."""
    document = pypdfium2.PdfDocument(BytesIO(content))
    try:
        if len(document) != len(drawing.pages):
            yield f"{len(document)} pages instead of {len(drawing.pages)}"
            return
        for number, page in enumerate(drawing.pages):
            chars, printed = chars_of(document[number])
            yield from (f"page {number + 1}: {fault}" for fault in _page_faults(drawing, page, chars, printed))
    finally:
        document.close()


def _page_faults(drawing: Drawing, page: Page, chars: list[Char], printed: Box) -> Iterator[str]:
    left, top, right, bottom = frame(drawing, page)
    wide, high = printed[2] - printed[0], printed[3] - printed[1]
    if abs(wide - right + left) > _FRAME_MM or abs(high - bottom + top) > _FRAME_MM:
        yield f"a frame of {wide:.1f} × {high:.1f} mm, not {right - left:.1f} × {bottom - top:.1f}"
    across, down = (right - left) / wide, (bottom - top) / high if high > _FRAME_MM * 20 else 1.0
    foot = drawing.paper.height_mm - max(drawing.paper.bottom_mm, 6.5) - 0.5
    cells = [(box, lines, []) for _, box, lines in wanted(drawing, page)]  # type: ignore[var-annotated]
    for char, x, y in chars:
        if y > foot:
            continue
        place = left + (x - printed[0]) * across, top + (y - printed[1]) * down
        for box, _, inside in cells:
            if box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]:
                inside.append((char, *place))
                break
        else:
            yield f"“{char}” stands outside every cell"
    for _, lines, inside in cells:
        if (shown := _lines(inside)) != lines:
            yield f"{shown} instead of {lines}"
    if squeezed(drawing.footer) not in _text(char for char in chars if char[2] > foot):
        yield "no number at the foot"


def _lines(chars: list[Char]) -> list[str]:
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda each: each[2]):
        if rows and char[2] - rows[-1][0][2] < 2.4:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_text(row) for row in rows]


def _text(chars: Any) -> str:
    return "".join(char for char, _, _ in sorted(chars, key=lambda each: each[1]))


class Cells(HTMLParser):
    """The lines of every cell of an HTML page with words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.cells: list[list[str]] = []
        self._text: str | None = None
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "td":
            self._text = ""
        elif tag in ("p", "br") and self._text:
            self._text += "\n"

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._text is not None:
            self.cells.append([line for line in map(squeezed, self._text.split("\n")) if line])
            self._text = None


def html_faults(drawing: Drawing, markup: str) -> Iterator[str]:
    """How the cells of an HTML page differ from the drawing's."""
    parts = [rows for page in drawing.pages for rows in (drawing.heading, page, page.below)]
    cells = [cell for rows in parts for cell in sorted(rows.cells, key=lambda each: (each.row, each.column))]
    expected = [[line for line in (squeezed(each.text) for each in cell.lines) if line] for cell in cells]
    shown = [lines for lines in Cells(markup).cells if lines]
    if shown != [lines for lines in expected if lines]:
        yield "cells of the HTML page differ"


def convert(folder: Path, files: list[Path]) -> None:
    """The files as LibreOffice prints them, beside them, our fonts standing for those of an office."""
    aliases = "".join(map(_ALIAS.format, _OFFICE_FONTS))
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=fonts_folder(), cache=folder / "cache", aliases=aliases), encoding="utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    command = [
        SOFFICE or "",
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    for start in range(0, len(files), _PER_CALL):
        batch = files[start : start + _PER_CALL]
        subprocess.run(
            [*command, "--outdir", str(folder / "printed"), *map(str, batch)],
            env=env, check=True, capture_output=True, timeout=600,
        )  # fmt: skip


def compare(folder: Path, count: int) -> Mapping[str, list[str]]:
    """The faults of so many extreme records, by record and format."""
    drawings: dict[str, Drawing] = {}
    faults: dict[str, list[str]] = {}
    files: list[Path] = []
    for number, (form, values) in enumerate(iter_extremes(folder / "forms", count)):
        filled = fill_form(form, values)
        drawing = filled.drawing
        documents = {target: draw_document(filled, target).content for target in ("pdf", "html", "docx", "xlsx")}
        faults[f"{number} drawing"] = list(iter_overflows(drawing))
        faults[f"{number} pdf"] = list(iter_faults(drawing, documents["pdf"]))
        faults[f"{number} html"] = list(html_faults(drawing, documents["html"].decode()))
        for target in ("docx", "xlsx"):
            name = f"{number}{target}"
            drawings[name] = drawing
            files.append(folder / f"{name}.{target}")
            files[-1].write_bytes(documents[target])
    if SOFFICE:
        convert(folder, files)
        for name, drawing in drawings.items():
            printed = folder / "printed" / f"{name}.pdf"
            faults[name] = list(iter_faults(drawing, printed.read_bytes())) if printed.is_file() else ["not printed"]
    return {name: found for name, found in faults.items() if found}


@pytest.mark.skipif(SOFFICE is None, reason="Word files and workbooks are printed by LibreOffice")
def test_every_format_breaks_the_same_lines_at_the_same_places(tmp_path: Path) -> None:
    """Short, mixed and overlong values, many rows, long titles, odd margins, A3 to A5."""
    assert compare(tmp_path, FEW) == {}


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        found = compare(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    for name, lines in found.items():
        print(name, *lines[:6], sep="\n  ")
    print(f"{len(found)} files differ")
    sys.exit(bool(found))
