"""Pictures in Word: inline drawings that lead to their file by the picture's key (ECMA-376 part 1, 20.4.2.8)."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count

from danju.model.picture import Picture
from danju.ooxml.media import MAIN, PICTURE, add_media, emu, shape_xml
from danju.ooxml.text import attribute

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def picture_paragraph(picture: Picture, style_id: str) -> str:
    """w:p with the picture alone in it, as high as the picture."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/><w:spacing w:before="0" w:after="0" w:line="240"'
        ' w:lineRule="auto"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{emu(picture.width_mm)}" cy="{emu(picture.height_mm)}"/>'
        f'<wp:docPr id="1" name="{picture.key}" descr={attribute(picture.words)}/>'
        f'<a:graphic xmlns:a="{MAIN}"><a:graphicData uri="{PICTURE}"><pic:pic xmlns:pic="{PICTURE}">'
        f"{shape_xml(picture, 1)}</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def with_pictures(content: bytes, part: str, pictures: tuple[Picture, ...]) -> bytes:
    """A finished file with the pictures that a part shows, its drawings numbered; untouched when there are none."""
    if not pictures:
        return content
    from danju.ooxml.package import Package  # late: most papers have no picture, and it brings lxml

    out = BytesIO()
    numbers = count(1)
    with Package(BytesIO(content)) as package:
        add_media(package, part, pictures)
        text = package.read(part)
        package.put(part, re.sub(rb'<wp:docPr id="1"', lambda _: b'<wp:docPr id="%d"' % next(numbers), text))
        package.write(out)
    return out.getvalue()
