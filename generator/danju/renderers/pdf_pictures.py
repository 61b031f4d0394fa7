"""Pictures in PDF: image XObjects (ISO 32000-1, 8.9), grey or RGB as PDF/A with an sRGB output intent wants them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from danju.model.drawing import Drawing, Page, pictures_of
from danju.model.picture import Picture
from danju.renderers.pdf_file import PdfWriter, packed, plain_stream, stream
from danju.renderers.pdf_page import PT, PdfFrame, content_box

if TYPE_CHECKING:
    from PIL import Image

_SPACES = {"1": ("/DeviceGray", 1), "L": ("/DeviceGray", 8), "RGB": ("/DeviceRGB", 8)}


def write_pictures(drawing: Drawing, page: Page, frame: PdfFrame) -> str:
    """Operators that paint the pictures of a page's grid, each at its line's place."""
    out = []
    for cell in page.cells:
        if not any(line.picture for line in cell.lines):
            continue
        left, right, top, bottom = content_box(cell, frame)
        spare = bottom - top - sum([line.height_mm for line in cell.lines]) * PT
        y = top + {"top": 0.0, "middle": spare / 2, "bottom": spare}[cell.valign]
        for line in cell.lines:
            picture = line.picture
            if picture is not None:
                width, height = picture.width_mm * PT, picture.height_mm * PT
                x = left + {"left": 0.0, "center": 0.5, "right": 1.0}[line.align] * (right - left - width)
                base = drawing.paper.height_mm * PT - y - height
                out.append(f"\nq {width:.3f} 0 0 {height:.3f} {x:.3f} {base:.3f} cm /{picture.key} Do Q")
            y += line.height_mm * PT
    return "".join(out)


def add_pictures(pdf: PdfWriter, drawing: Drawing) -> str:
    """The pictures of a drawing as objects, each content once; returns their entry of the resources."""
    pictures = {picture.key: picture for picture in pictures_of(drawing)}
    if not pictures:
        return ""
    entries = "".join(f"/{key} {pdf.add_stream(_image(picture))} 0 R" for key, picture in pictures.items())
    return f"/XObject<<{entries}>>"


def _image(picture: Picture) -> bytes:
    """The stream: JPEG files as they are, unless they are meant for the press; others as rows of samples."""
    from PIL import Image as Images

    with Images.open(BytesIO(picture.content)) as image:
        width, height = image.size
        if image.format == "JPEG" and image.mode in _SPACES:
            return plain_stream(picture.content, _entries(width, height, image.mode) + "/Filter/DCTDecode")
        plain = _flat(image)
        return stream(packed(plain.tobytes()), _entries(width, height, plain.mode))


def _entries(width: int, height: int, mode: str) -> str:
    space, bits = _SPACES[mode]
    return f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent {bits}"


def _flat(image: Image.Image) -> Image.Image:
    """The picture on white ground, in a mode that PDF has."""
    from PIL import Image as Images

    if image.mode in _SPACES and "transparency" not in image.info:
        return image
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = Images.new("RGBA", clear.size, "white")
        return Images.alpha_composite(ground, clear).convert("RGB")
    return image.convert("L" if image.mode in ("LA", "I;16", "I", "F") else "RGB")
