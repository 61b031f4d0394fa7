"""The fast road to PDF: a drawing written straight into a file, without laying out HTML.

Compiled once for a form: the glyphs of its labels, the title's bold face, colour profile. Kept for each structure of page:
fills, rules and labels. What is left for a record is its own text and its own glyphs.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from danju.model.drawing import Cell, Drawing, Page
from danju.renderers.pdf_file import PdfFile, add_attachment, colour_profile, info, metadata, stream, to_unicode
from danju.renderers.pdf_font import FontBase, FontFace, Subset, face
from danju.renderers.pdf_page import (
    PT,
    Frame,
    Mark,
    frame_of,
    iter_cell,
    iter_heading,
    iter_notes,
    write_grid,
    write_marks,
)
from danju.renderers.properties import Properties

_COMMON = "0123456789-.,:/ 　年月日第页共☐☑万元"
_CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS)"
    " /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
    "endcodespacerange\n{}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)
_KEPT_GRIDS = 512


class DirectPdf:
    """Writes records of one form.

    Args:
        blank: The form's drawing without a record: its labels decide what is compiled.
    """

    def __init__(self, blank: Drawing) -> None:
        texts = [blank.left, blank.right, _COMMON]
        for page in blank.pages:
            texts += [line.text for cell in page.cells for line in cell.lines] + [note.text for note in page.notes]
        regular = face(False)
        self._regular = FontBase(regular, (char for text in texts for char in text if regular.glyph(char)))
        self._bold = FontBase(face(True), blank.title)
        self._grids: dict[object, bytes] = {}

    def render(self, drawing: Drawing, properties: Properties, source: Mapping[str, object]) -> bytes:
        """The finished file; equal bytes for equal input.

        Args:
            drawing: With one line of text in each `Line` (`danju.layout.linebreaks.broken`).
            properties: What the file says about itself.
            source: The record as plain data, attached as `record.json`.
        """
        fonts = {False: Subset(self._regular), True: Subset(self._bold)}

        def encode(text: str, bold: bool) -> str:
            return fonts[bold].encode(text)

        height = drawing.paper.height_mm * PT
        contents = []
        for number, page in enumerate(drawing.pages, 1):
            frame = frame_of(drawing, page)
            marks = _page_marks(drawing, page, frame, number)
            text = write_marks(marks, encode, height)
            contents.append((self._grid(drawing, page, frame), stream(zlib.compress(text.encode(), 6))))
        tag = "".join(chr(65 + int(digit, 16)) for digit in properties.record_digest[:6])
        pdf = PdfFile()
        root, pages_number = pdf.reserve(), pdf.reserve()
        resources = _resources(pdf, fonts, tag)
        kids = []
        box = f"[0 0 {drawing.paper.width_mm * PT:.3f} {height:.3f}]"
        for grid, text_stream in contents:
            parts = f"{pdf.add(grid)} 0 R {pdf.add(text_stream)} 0 R"
            kids.append(
                pdf.add(
                    f"<< /Type /Page /Parent {pages_number} 0 R /MediaBox {box} /Contents [{parts}] /Resources {resources} >>"
                )
            )
        pdf.put(pages_number, f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>")
        pdf.put(root, _catalog(pdf, pages_number, properties, source))
        return pdf.write(root, pdf.add(info(properties)), bytes.fromhex(properties.record_digest)[:16] or b"\0" * 16)

    def _grid(self, drawing: Drawing, page: Page, frame: Frame) -> bytes:
        """Fills and rules, deflated; kept, because the pages of most records stand on few different grids."""
        key = (drawing.columns_mm, page.heights_mm, tuple(map(_outline, page.cells)))
        found = self._grids.get(key)
        if found is None:
            found = stream(zlib.compress(write_grid(page, drawing, frame).encode(), 9))
            if len(self._grids) < _KEPT_GRIDS:
                self._grids[key] = found
        return found


def _outline(cell: Cell) -> tuple[object, ...]:
    """What of a cell shows in the grid."""
    return cell.row, cell.column, cell.rowspan, cell.colspan, cell.is_label, cell.open_top, cell.open_bottom, cell.border


def _page_marks(drawing: Drawing, page: Page, frame: Frame, number: int) -> Iterator[Mark]:
    """Everything written on a page, in reading order."""
    *heading, foot = iter_heading(drawing, number, len(drawing.pages))
    yield from heading
    for cell in page.cells:
        yield from iter_cell(cell, drawing, frame)
    yield from iter_notes(drawing, page, frame)
    yield foot


def _catalog(pdf: PdfFile, pages: int, properties: Properties, source: Mapping[str, object]) -> str:
    profile = pdf.add(colour_profile())
    content = json.dumps(source, ensure_ascii=False, indent=1).encode()
    file = add_attachment(pdf, "record.json", content, properties)
    xmp = pdf.add(metadata(properties))
    return (
        f"<< /Type /Catalog /Pages {pages} 0 R /Lang (zh-CN) /Metadata {xmp} 0 R /ViewerPreferences << /DisplayDocTitle true >>"
        f" /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        f" /DestOutputProfile {profile} 0 R >>] /AF [{file} 0 R]"
        f" /Names << /EmbeddedFiles << /Names [(record.json) {file} 0 R] >> >> >>"
    )


def _resources(pdf: PdfFile, fonts: Mapping[bool, Subset], tag: str) -> str:
    """The resource dictionary with both fonts."""
    regular = _font(pdf, fonts[False], f"{tag}+NotoSansSC-Regular", 400)
    bold = _font(pdf, fonts[True], f"{tag}+NotoSansSC-Bold", 700)
    return f"<< /Font << /R {regular} 0 R /B {bold} 0 R >> >>"


def _font(pdf: PdfFile, subset: Subset, name: str, weight: int) -> int:
    """A Type 0 font over a TrueType CID font (ISO 32000-1, 9.7); returns its object number."""
    base = subset.base
    program, length = subset.program()
    file = pdf.add(stream(program, length1=length))
    descriptor = pdf.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox {_box(base.face)} /ItalicAngle 0"
        f" /Ascent {base.face.ascent} /Descent {-base.face.descent} /CapHeight {base.face.cap_height}"
        f" /StemV {weight // 5} /FontFile2 {file} 0 R >>"
    )
    widths = f"0 [{' '.join(map(str, base.widths))}]"
    added = subset.new_widths()
    if added:
        widths += f" {len(base.widths)} [{' '.join(map(str, added))}]"
    cid = pdf.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /DW 1000 /W [{widths}]"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R >>"
    )
    sections = _base_unicode(base) + to_unicode(subset.added, len(base.chars))
    unicode = pdf.add(stream(zlib.compress(_CMAP.format(sections).encode(), 6)))
    return pdf.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{cid} 0 R]"
        f" /ToUnicode {unicode} 0 R >>"
    )


@lru_cache(maxsize=64)
def _base_unicode(base: FontBase) -> str:
    return to_unicode(base.chars[1:], 1)


def _box(source: FontFace) -> str:
    return "[" + " ".join(map(str, source.box)) + "]"
