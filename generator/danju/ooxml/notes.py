"""Notes of worksheets, and the boxes in which they are shown: shapes of a VML drawing, edited as bytes.

VML is not always well-formed XML, programs differ in its prefixes, and it holds buttons and pictures beside comments.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from danju.ooxml.addresses import cell_name
from danju.ooxml.parts import Part
from danju.ooxml.styles import Typeface, face_xml
from danju.ooxml.text import DECLARATION, escape, escape_text
from danju.ooxml.workbook import MAIN

__all__ = [
    "Boxes",
    "anchor_of",
    "edit_shapes",
    "empty_drawing",
    "is_bare",
    "last_number",
    "note_parts",
    "with_anchor",
    "with_shapes",
    "without_kind",
]

_FACE = Typeface(9)
_BOX_PX, _LINE_PX, _MARGIN_PX, _HIGHEST_PX = 300, 17, 16, 480
_CHARACTERS = 40  # half-width signs on a line of the box
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NAMESPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY_VML = (
    b"<xml" + _NAMESPACES + b'><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:{width}pt;height:{height}pt;z-index:{layer};visibility:hidden" fillcolor="#fffbe6" o:insetmode="auto">'
    '<v:fill color2="#fffbe6"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ANY_SHAPE = re.compile(rb"<(\w+:)shape\s.*?</\1shape>", re.DOTALL)
_PLACE = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d+)\s*<")
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)(<)")
_FIRST_WIDE = 0x2E80  # CJK Radicals Supplement
_FAR = 200
_BLOCK = 1024  # numbers of shapes in a block
_END = re.compile(rb"</xml\s*>\s*$")


@dataclass(frozen=True, slots=True)
class Boxes:
    """Makes boxes beside the cells of one worksheet, large enough for their texts.

    Attributes:
        width_px, height_px: Of 0-based columns and rows.
    """

    width_px: Callable[[int], float]
    height_px: Callable[[int], float]

    def shape(self, number: int, place: tuple[int, int], text: str) -> str:
        """The shape of a comment on a 0-based cell; `number` is its own in the drawing."""
        return _SHAPE.format(
            number=number,
            layer=number % _BLOCK,
            row=place[0],
            column=place[1],
            anchor=self.anchor(place, text),
            width=_BOX_PX * 3 // 4,
            height=f"{_height_px(text) * 72 / 96:g}",
        )

    def anchor(self, place: tuple[int, int], text: str) -> str:
        """Left column and offset, top row, right column, bottom row, each with its offset in pixels."""
        left, top = place[1] + 1, max(0, place[0] - 1)
        right, right_px = _walk(left, 12 + _BOX_PX, self.width_px)
        bottom, bottom_px = _walk(top, 4 + _height_px(text), self.height_px)
        return f"{left}, 12, {top}, 4, {right}, {right_px}, {bottom}, {bottom_px}"


def note_parts(notes: Mapping[tuple[int, int], str], number: int, author: str, boxes: Boxes) -> tuple[Part, Part]:
    """The parts with the notes of a new worksheet, by 0-based cell, and with their boxes.

    Args:
        notes: Not empty.
        number: 1-based position of the worksheet.
        author: Of all notes.
        boxes: Those of the worksheet.
    """
    listed = "".join(
        f'<comment ref="{cell_name(*place)}" authorId="0"><text><r><rPr>{face_xml(_FACE, "rFont")}</rPr>'
        f'<t xml:space="preserve">{escape_text(text)}</t></r></text></comment>'
        for place, text in sorted(notes.items())
    )
    comments = (
        f'{DECLARATION}<comments xmlns="{MAIN}"><authors><author>{escape(author)}</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )
    first = _BLOCK * number + 1
    shapes = (boxes.shape(first + index, *note) for index, note in enumerate(sorted(notes.items())))
    vml = with_shapes(empty_drawing(number), shapes)
    return (
        Part(f"xl/comments{number}.xml", "sheetComments", comments.encode()),
        Part(f"xl/drawings/vmlDrawing{number}.vml", "vml", vml),
    )


def empty_drawing(block: int) -> bytes:
    """A drawing without shapes; `block` is that of its numbers."""
    return _EMPTY_VML % block


def last_number(vml: bytes, block: int) -> int:
    """The highest number of the shapes, or what stands before the first one of the drawing's block."""
    found = max((int(each) for each in _NUMBER.findall(vml)), default=0)
    told = re.search(rb'<\w+:idmap[^>]*\bdata="(\d+)', vml)
    return found or _BLOCK * (int(told[1]) if told else block)


def edit_shapes(vml: bytes, change: Callable[[tuple[int, int], bytes], bytes]) -> bytes:
    """The drawing with its comments' shapes changed; `change` gets the 0-based cell and the shape."""

    def changed(found: re.Match[bytes]) -> bytes:
        place = _PLACE.search(found[0])
        if place is None or b'ObjectType="Note"' not in found[0]:
            return found[0]
        return change((int(place[1]), int(place[2])), found[0])

    return _ANY_SHAPE.sub(changed, vml)


def anchor_of(shape: bytes) -> str | None:
    """Where a shape stands, or None when it does not say."""
    found = _ANCHOR.search(shape)
    return found[2].decode() if found else None


def with_anchor(shape: bytes, anchor: str) -> bytes:
    """The shape at another place."""
    return _ANCHOR.sub(lambda found: found[1] + anchor.encode() + found[3], shape, count=1)


def with_shapes(vml: bytes, shapes: Iterable[str]) -> bytes:
    """The drawing with more comments."""
    added = "".join(shapes).encode()
    if not added:
        return vml
    if b'id="_x0000_t202"' not in vml:
        added = _SHAPE_TYPE + added
    if b"xmlns:v=" not in vml[: vml.find(b">", vml.find(b"<xml")) + 1]:  # declared at every element instead
        added = re.sub(rb"<v:shape(?:type)?(?= id=)", lambda found: found[0] + _NAMESPACES, added)
    end = _END.search(vml)
    at = end.start() if end else len(vml)
    return vml[:at] + added + vml[at:]


def without_kind(vml: bytes) -> bytes:
    """The drawing without the kind of shape that came with ours, unless others use it."""
    declared = _SHAPE_TYPE.replace(b" id=", _NAMESPACES + b" id=", 1)
    without = vml.replace(_SHAPE_TYPE, b"").replace(declared, b"")
    return vml if b'"#_x0000_t202"' in without else without


def is_bare(vml: bytes) -> bool:
    """Whether nothing is left on a drawing."""
    return re.search(rb"<\w+:(?:shape|group|rect|line|oval|image)[\s>]", vml) is None


def _height_px(text: str) -> float:
    lines = sum(max(1, math.ceil(_width(line) / _CHARACTERS)) for line in text.split("\n"))
    return min(_HIGHEST_PX, lines * _LINE_PX + _MARGIN_PX)


def _width(line: str) -> int:
    """Half-width signs that a line takes."""
    return sum(1 if ord(char) < _FIRST_WIDE else 2 for char in line)


def _walk(start: int, distance: float, size_of: Callable[[int], float]) -> tuple[int, int]:
    """The track in which a distance from the beginning of another ends, and how far in it."""
    at = start
    while distance > (size := size_of(at)) and at < start + _FAR:
        distance -= size
        at += 1
    return at, round(min(distance, size))
