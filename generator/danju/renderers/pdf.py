"""PDF: a drawing written straight into a file, PDF/A-3b, with the source record attached.

Compiled once for a form: the glyphs of its labels, the title's bold face. Kept for each grid of a page: fills, rules,
labels. What is left for a record is its own text and its own glyphs. (HTML of a workspace's own is laid out by
`danju.renderers.pdf_html`.)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from danju.layout.grid import Grid
from danju.layout.pages import GridCells
from danju.model.drawing import Cell, Drawing, Line, Page
from danju.model.form import Form
from danju.ooxml.properties import Properties
from danju.renderers.pdf_file import (
    CMAP,
    PdfWriter,
    add_attachment,
    colour_profile,
    info,
    metadata,
    packed,
    stream,
    to_unicode,
)
from danju.renderers.pdf_font import FontBase, FontFace, Subset, face
from danju.renderers.pdf_page import (
    PLAIN_COLOUR,
    PLAIN_FONT,
    PT,
    Box,
    Encode,
    PdfFrame,
    content_box,
    frame_of,
    heading_frame,
    iter_cell,
    iter_foot,
    iter_rows,
    notes_frame,
    write_grid,
    write_marks,
)
from danju.renderers.pdf_pictures import add_pictures, write_pictures

_COMMON = "0123456789-.,:/ 　年月日第页共☐☑万元"
_KEPT_GRIDS = 512
_KEPT_LINES = 1024
_MANY_RUNS = 4  # an option line
_FULL_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """What the pages on one grid share.

    Attributes:
        frame: Edges of its tracks.
        grid: Fills and rules, as a stream object.
        parts: In reading order: ready operators (labels), or the number of a cell that a record fills and its room.
        base: The glyphs that every document of the form has under the same codes.
        kept: Operators of option lines, by cell and lines; plans give the same lines for the same choice.
    """

    frame: PdfFrame
    grid: bytes
    parts: tuple[str | tuple[int, Box], ...]
    base: FontBase
    kept: dict[tuple[int, int], tuple[tuple[Line, ...], str]] = field(default_factory=dict)

    def text(self, cell: Cell, number: int, room: Box, drawing: Drawing, encode: Encode) -> str:
        """The operators of a cell that a record fills."""
        height = drawing.paper.height_mm * PT
        if len(cell.lines[0].runs) < _MANY_RUNS or not self.base.holds(cell.lines):
            return write_marks(iter_cell(cell, room), encode, height)
        key = number, id(cell.lines)
        found = self.kept.get(key)
        if found is None or found[0] is not cell.lines:
            found = cell.lines, write_marks(iter_cell(cell, room), encode, height)
            if len(self.kept) < _KEPT_LINES:
                self.kept[key] = found
        return found[1]


class PdfRenderer:
    """Draws records of any form.

    Args:
        blank_of: Gives the drawing of a form without a record, from which what its files share is compiled.
    """

    def __init__(self, blank_of: Callable[[Form], Drawing]) -> None:
        self._blank_of = blank_of
        self._forms: dict[str, FormPdf] = {}

    def render(self, form: Form, drawing: Drawing, properties: Properties, source: Mapping[str, object]) -> bytes:
        """The finished file of a record of the form; see `FormPdf.render`."""
        compiled = self._forms.get(form.digest)
        if compiled is None:
            compiled = self._forms[form.digest] = FormPdf(self._blank_of(form))
        return compiled.render(drawing, properties, source)


class FormPdf:
    """Draws records of one form.

    Args:
        blank: The form's drawing without a record, every block shown: its labels decide what is compiled.
    """

    def __init__(self, blank: Drawing) -> None:
        rows = [blank.heading, *(part for page in blank.pages for part in (page, page.below))]
        runs = [run for part in rows for cell in part.cells for line in cell.lines for run in line.runs]
        texts = [_COMMON, *(run.text for run in runs if not run.bold)]
        regular = face(False)
        title = "".join([run.text for run in runs if run.bold])
        self._regular = FontBase(regular, (char for text in texts for char in text if regular.glyph(char)), title)
        self._bold = FontBase(face(True), title, title)
        self._skeletons: dict[object, tuple[_Skeleton, Grid | None]] = {}  # a grid known by its id must stay alive

    def render(self, drawing: Drawing, properties: Properties, source: Mapping[str, object]) -> bytes:
        """The finished file; equal bytes for equal input.

        Args:
            drawing: The record on its paper.
            properties: What the file says about itself.
            source: The record as plain data, attached as `record.json`.
        """
        regular, bold = Subset(self._regular), Subset(self._bold)

        def encode(text: str, is_bold: bool) -> str:
            return (bold if is_bold else regular).encode(text)

        pdf = PdfWriter()
        root, pages, resources = pdf.reserve(), pdf.reserve(), pdf.reserve()
        kids = []
        box = f"[0 0 {drawing.paper.width_mm * PT:.3f} {drawing.paper.height_mm * PT:.3f}]"
        for number, page in enumerate(drawing.pages, 1):
            skeleton = self._skeleton(drawing, page)
            text = _page_text(drawing, page, skeleton, number, encode) + write_pictures(drawing, page, skeleton.frame)
            parts = f"{pdf.add_stream(skeleton.grid)} 0 R {pdf.add_stream(stream(packed(text.encode())))} 0 R"
            kids.append(
                pdf.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox{box}/Contents[{parts}]/Resources {resources} 0 R>>")
            )
        pdf.put(pages, f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
        tag = "".join(chr(65 + int(digit, 16)) for digit in properties.record_digest[:6])
        pdf.put(resources, _resources(pdf, regular, bold, tag) + add_pictures(pdf, drawing) + ">>")
        pdf.put(root, _catalog(pdf, pages, properties, source))
        return pdf.write(root, pdf.add(info(properties)), bytes.fromhex(properties.record_digest)[:16] or b"\0" * 16)

    def _skeleton(self, drawing: Drawing, page: Page) -> _Skeleton:
        """Kept, because the pages of most records stand on few different grids."""
        grid = page.cells.grid if isinstance(page.cells, GridCells) else None
        known_by = id(grid) if grid else tuple(map(_outline, page.cells))
        key = (drawing.columns_mm, drawing.heading.heights_mm, page.heights_mm, known_by)
        found = self._skeletons.get(key)
        if found is None:
            found = self._make_skeleton(drawing, page), grid
            if len(self._skeletons) < _KEPT_GRIDS:
                self._skeletons[key] = found
        return found[0]

    def _make_skeleton(self, drawing: Drawing, page: Page) -> _Skeleton:
        frame = frame_of(drawing, page)
        base = Subset(self._regular)
        parts: list[str | tuple[int, Box]] = []
        for number, cell in enumerate(page.cells):
            room = content_box(cell, frame)
            if cell.is_label and self._regular.holds(cell.lines):
                marks = iter_cell(cell, room)
                parts.append(write_marks(marks, lambda text, _: base.encode(text), drawing.paper.height_mm * PT))
            else:
                parts.append((number, room))
        return _Skeleton(
            frame, stream(packed(write_grid(page, drawing, frame).encode(), 12)), tuple(parts), self._regular
        )


def _outline(cell: Cell) -> tuple[object, ...]:
    """What of a cell a skeleton depends on."""
    label = cell.lines if cell.is_label else None
    return cell.row, cell.column, cell.rowspan, cell.colspan, label, cell.open_top, cell.open_bottom, cell.border


def _page_text(drawing: Drawing, page: Page, skeleton: _Skeleton, number: int, encode: Encode) -> str:
    """Everything written on a page, in reading order."""
    height = drawing.paper.height_mm * PT
    out = ["BT", PLAIN_FONT, PLAIN_COLOUR]
    out.append(write_marks(iter_rows(drawing.heading, heading_frame(drawing)), encode, height))
    for part in skeleton.parts:
        if isinstance(part, str):
            out.append(part)
            continue
        cell = page.cells[part[0]]
        if any(line.runs for line in cell.lines):
            out.append(skeleton.text(cell, part[0], part[1], drawing, encode))
    out.append(write_marks(iter_rows(page.below, notes_frame(drawing, page, skeleton.frame)), encode, height))
    out.append(write_marks(iter_foot(drawing, number), encode, height))
    out.append("ET")
    return "\n".join(out)


def _catalog(pdf: PdfWriter, pages: int, properties: Properties, source: Mapping[str, object]) -> str:
    profile = pdf.add_stream(colour_profile())
    content = json.dumps(source, ensure_ascii=False, separators=(",", ":")).encode()
    file = add_attachment(pdf, "record.json", content, properties)
    xmp = pdf.add_stream(metadata(properties))
    return (
        f"<</Type/Catalog/Pages {pages} 0 R/Lang(zh-CN)/Metadata {xmp} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
        f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile} 0 R>>]/AF[{file} 0 R]"
        f"/Names<</EmbeddedFiles<</Names[(record.json){file} 0 R]>>>>>>"
    )


def _resources(pdf: PdfWriter, regular: Subset, bold: Subset, tag: str) -> str:
    """The resource dictionary with both fonts, not yet closed.

    One mapping to Unicode does for both while bold is the title's only.
    """
    names = (f"{tag}+NotoSansSC-Regular", f"{tag}+NotoSansSC-Bold")
    unicode = _unicode(pdf, regular)
    first = _font(pdf, regular, names[0], 400, unicode)
    second = _font(pdf, bold, names[1], 700, _unicode(pdf, bold) if bold.added else unicode)
    return f"<</Font<</R {first} 0 R/B {second} 0 R>>"


def _unicode(pdf: PdfWriter, subset: Subset) -> int:
    """The mapping from glyphs to characters; returns its object number."""
    base = subset.base
    sections = _base_unicode(base) + to_unicode(subset.added, len(base.chars))
    return pdf.add_stream(stream(packed(CMAP.format(sections).encode())))


def _font(pdf: PdfWriter, subset: Subset, name: str, weight: int, unicode: int) -> int:
    """A Type 0 font over a TrueType CID font (ISO 32000-1, 9.7); returns its object number."""
    base = subset.base
    program, length = subset.program()
    file = pdf.add_stream(stream(program, length1=length))
    descriptor = pdf.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox{_box(base.face)}/ItalicAngle 0"
        f"/Ascent {base.face.ascent}/Descent {-base.face.descent}/CapHeight {base.face.cap_height}"
        f"/StemV {weight // 5}/FontFile2 {file} 0 R>>"
    )
    widths = _base_widths(base) + _width_entries(subset.new_widths(), len(base.widths))
    cid = pdf.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 1000/W[{widths}]"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>"
    )
    return pdf.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{cid} 0 R]"
        f"/ToUnicode {unicode} 0 R>>"
    )


def _width_entries(widths: Sequence[int], first: int) -> str:
    """W entries of the glyphs that are not as wide as their type size."""
    return "".join(f"{first + at}[{width}]" for at, width in enumerate(widths) if width != _FULL_WIDTH)


@lru_cache(maxsize=64)
def _base_widths(base: FontBase) -> str:
    return _width_entries(base.widths, 0)


@lru_cache(maxsize=64)
def _base_unicode(base: FontBase) -> str:
    return to_unicode(base.chars[1:], 1)


def _box(source: FontFace) -> str:
    return "[" + " ".join(map(str, source.box)) + "]"
