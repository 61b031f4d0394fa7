"""Pictures on a worksheet: anchored where their lines stand in their cells (ECMA-376 part 1, 20.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import NamedTuple

from danju.model.drawing import EDGE_MM, Cell
from danju.model.picture import Picture
from danju.ooxml.addresses import Range
from danju.ooxml.media import MAIN, add_media, emu, shape_xml
from danju.ooxml.package import Package
from danju.ooxml.parts import OFFICE
from danju.ooxml.text import DECLARATION, attribute

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_EMU_PER_PX, _EMU_PER_PT = 9525, 12700


class PlacedPicture(NamedTuple):
    """A picture with its top left corner: tracks of the sheet, and EMU from their edges."""

    picture: Picture
    column: int
    right_of: int
    row: int
    below: int


def pictures_on_sheet(
    cells: Iterable[tuple[Cell, Range]], columns_px: Sequence[int], rows_pt: Sequence[float]
) -> list[PlacedPicture]:
    """Every picture at its place.

    Args:
        cells: Cells with pictures, and where they reach.
        columns_px: Widths of the columns.
        rows_pt: Heights of the rows.
    """
    columns = [width * _EMU_PER_PX for width in columns_px]
    rows = [round(height * _EMU_PER_PT) for height in rows_pt]
    placed = []
    for cell, place in cells:
        room, pad = sum(columns[cell.column : cell.column + cell.colspan]), emu(cell.pad_mm)
        spare = sum(rows[place.top : place.bottom + 1]) - emu(sum(line.height_mm for line in cell.lines))
        top = {"top": emu(EDGE_MM), "middle": spare // 2, "bottom": spare - emu(EDGE_MM)}[cell.valign]
        for line in cell.lines:
            if line.picture is not None:
                left_over = room - emu(line.picture.width_mm)
                left = {"left": pad, "center": left_over // 2, "right": left_over - pad}[line.align]
                column, right_of = _track(columns, cell.column, max(0, left))
                row, below = _track(rows, place.top, max(0, top))
                placed.append(PlacedPicture(line.picture, column, right_of, row, below))
            top += emu(line.height_mm)
    return placed


def _track(sizes: Sequence[int], first: int, distance: int) -> tuple[int, int]:
    """The track that lies so far from the edge of another, and the rest of the way within it."""
    while first < len(sizes) - 1 and distance >= sizes[first]:
        distance -= sizes[first]
        first += 1
    return first, distance


def with_sheet_pictures(content: bytes, sheet: str, pictures: Sequence[PlacedPicture]) -> bytes:
    """A finished workbook with pictures on a sheet that had none; untouched when there are none."""
    if not pictures:
        return content
    out = BytesIO()
    with Package(BytesIO(content)) as package:
        part = "xl/drawings/drawing1.xml"
        package.put(part, _drawing_xml(pictures).encode())
        package.set_type(part, "sheetDrawing")
        add_media(package, part, [placed.picture for placed in pictures])
        key = package.relate(sheet, "drawing", part)
        led = f'<drawing xmlns:r="{OFFICE}" r:id="{key}"/></worksheet>'  # the last of what our sheets hold: 18.3.1.99
        package.put(sheet, package.read(sheet).replace(b"</worksheet>", led.encode()))
        package.write(out)
    return out.getvalue()


def _drawing_xml(pictures: Sequence[PlacedPicture]) -> str:
    anchors = "".join(_anchor_xml(placed, number) for number, placed in enumerate(pictures, 2))
    return f'{DECLARATION}<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}">{anchors}</xdr:wsDr>'


def _anchor_xml(placed: PlacedPicture, number: int) -> str:
    picture = placed.picture
    shape = shape_xml(picture, number).replace("pic:", "xdr:")
    shape = shape.replace(f'name="{picture.key}"/>', f'name="{picture.key}" descr={attribute(picture.words)}/>', 1)
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{placed.column}</xdr:col><xdr:colOff>{placed.right_of}</xdr:colOff>"
        f"<xdr:row>{placed.row}</xdr:row><xdr:rowOff>{placed.below}</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="{emu(picture.width_mm)}" cy="{emu(picture.height_mm)}"/>'
        f"<xdr:pic>{shape}</xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
    )
