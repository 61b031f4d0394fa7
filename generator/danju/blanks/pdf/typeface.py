"""The font that people type with in a PDF form: embedded with every character they are likely to need.

Codes are UTF-16 code units, so that a program which knows nothing of the font can set new text; the few characters
beyond the Basic Multilingual Plane have codes in the private use area.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from danju.layout.fonts import font_path, fonts_folder
from danju.renderers.pdf_file import CMAP

__all__ = ["FONT_NAME", "TypeFont", "add_font", "type_font"]

FONT_NAME = "Wingdings"
"""Name of the font among the resources of a form, which nobody sees.

PDFium (Chrome, Edge) sets Chinese in a font of the machine, whatever `/DA` says, unless the font's resource has the
name of a symbol font (cpdf_bafontmap.cpp); with this one it keeps to ours.
"""
_BASE_FONT = "NotoSansSC-Regular"
_LAST = 0xFFFF
_PRIVATE = 0xE000
_CHINESE = 0x3400
_SIGNS = (
    *((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x203B), (0x20AC, 0x20AC), (0x2100, 0x2122)),
    *((0x2160, 0x217B), (0x2190, 0x2193), (0x2200, 0x22A5), (0x2460, 0x249B), (0x25A0, 0x25CF), (0x2605, 0x2612)),
    *((0x2713, 0x2717), (0x3000, 0x3017), (0x33A0, 0x33D5), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE5), (0x391, 0x3C9)),
)


@dataclass(frozen=True, slots=True)
class TypeFont:
    """The font, ready to be embedded.

    Attributes:
        program: A TrueType file.
        glyphs: Glyph of each code, 65,536 numbers of two bytes.
        widths: The `W` entries of codes that are not as wide as the type size.
        private: Code of each character beyond the Basic Multilingual Plane.
        unicode: The CMap that tells the text of codes.
        line: Ascent, descent (positive) and height of capitals, in thousandths.
        box: Around all glyphs.
    """

    program: bytes
    glyphs: bytes
    widths: tuple[int | tuple[int, ...], ...]
    private: dict[str, int]
    unicode: bytes
    line: tuple[int, int, int]
    box: tuple[int, ...]

    def has(self, char: str) -> bool:
        """Whether the font can set a character."""
        code = self.private.get(char, ord(char))
        return code <= _LAST and self.glyphs[2 * code : 2 * code + 2] != b"\0\0"

    def encode(self, text: str) -> bytes:
        """The codes of a text."""
        return b"".join(struct.pack(">H", self.private.get(char, min(ord(char), _LAST))) for char in text)


@lru_cache(maxsize=1)
def type_font() -> TypeFont:
    """The shipped regular face with the 8,105 characters of 通用规范汉字表, Latin, Greek, digits and signs."""
    import uharfbuzz as hb

    chars = _characters()
    request = hb.SubsetInput()
    request.unicode_set.set({ord(char) for char in chars})
    subset = hb.subset(hb.Face(hb.Blob.from_file_path(str(font_path()))), request)
    font: Any = hb.Font(subset)
    private = {char: _PRIVATE + at for at, char in enumerate(char for char in chars if ord(char) > _LAST)}
    glyphs = bytearray(2 * (_LAST + 1))
    widths: list[int | tuple[int, ...]] = []
    for char in chars:
        code, glyph = private.get(char, ord(char)), int(font.get_nominal_glyph(ord(char)) or 0)
        struct.pack_into(">H", glyphs, 2 * code, glyph)
        width = int(font.get_glyph_h_advance(glyph))
        if glyph and width != subset.upem:
            widths += [code, (width,)]
    (capitals,) = struct.unpack_from(">h", subset.reference_table("OS/2").data, 88)
    box = struct.unpack_from(">4h", subset.reference_table("head").data, 36)
    extents = font.get_font_extents("ltr")
    return TypeFont(
        bytes(subset.blob.data), bytes(glyphs), tuple(widths), private, _unicode(private).encode(),
        (extents.ascender, -extents.descender, capitals), box,
    )  # fmt: skip


def _characters() -> list[str]:
    listed = (fonts_folder() / "tgh8105.txt").read_text(encoding="utf-8")
    chinese = {
        char for line in listed.splitlines() if not line.startswith("#") for char in line if ord(char) > _CHINESE
    }
    return sorted(chinese | {chr(code) for first, last in _SIGNS for code in range(first, last + 1)})


def _unicode(private: dict[str, int]) -> str:
    """Every code is its own text, except the private ones."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high < 0xF9]
    own = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in private.items()]
    out = []
    for entries, kind in ((ranges, "bfrange"), (own, "bfchar")):
        for start in range(0, len(entries), 100):
            part = entries[start : start + 100]
            out.append(f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}\n")
    return CMAP.format("".join(out))


def add_font(pdf: Any) -> Any:
    """The font as an object of a document (`pikepdf.Pdf`): Type 0 over TrueType (ISO 32000-1, 9.7)."""
    from pikepdf import Array, Dictionary, Name, Stream

    font = type_font()
    base = Name(f"/{_BASE_FONT}")
    ascent, descent, capitals = font.line
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=Array(list(font.box)), ItalicAngle=0,
        Ascent=ascent, Descent=-descent, CapHeight=capitals, StemV=80,
        FontFile2=Stream(pdf, font.program, Length1=len(font.program)),
    )  # fmt: skip
    widths = Array([Array(list(entry)) if isinstance(entry, tuple) else entry for entry in font.widths])
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, DW=1000, W=widths,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=Stream(pdf, font.glyphs), FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=Stream(pdf, font.unicode),
        )
    )  # fmt: skip
