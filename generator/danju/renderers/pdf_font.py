"""Fonts inside PDF files: tiny TrueType programs with renumbered glyphs, made from the shipped fonts' own tables.

The shipped fonts have no layout features, no hints and no composite glyphs (templates/fonts/README.md), so that a
subset is a concatenation of outlines (`danju.renderers.pdf_outline`) and a text is its characters' glyphs side by side.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import deflate

from danju.layout.font_tables import FontTables
from danju.layout.fonts import font_path
from danju.model.drawing import Line
from danju.renderers.pdf_outline import BOX, UNITS, embedded_outline

_DIRECTORY_ENTRY = struct.Struct(">4sIII")
_LEVEL = 6  # of deflate; level 12 saves 4 % more in ten times the time
_SHORT = 2 * 0xFFFF  # the largest offset of a short loca table
_EM = 1000  # units of the shipped fonts


class Glyph(NamedTuple):
    """A glyph cut out of a font.

    Attributes:
        outline: Padded to four bytes.
        sum: Of the outline's four-byte numbers, for checksums.
        metric: Entry for hmtx: advance and left side bearing.
        width: Advance in thousandths of the type size. The entry of hmtx may be half a thousandth off: ISO 19005-3,
            6.2.11.5 allows a whole one.
    """

    outline: bytes
    sum: int
    metric: bytes
    width: int


class FontFace:
    """One face of the shipped fonts, its tables taken apart once.

    Attributes:
        ascent, descent: Of the line (hhea), in thousandths of the type size; descent is positive.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        tables = _directory(data)

        def table(tag: bytes) -> bytes:
            start, length = tables[tag]
            return data[start : start + length]

        self._characters = FontTables(path)
        self._glyf, self._hmtx = table(b"glyf"), table(b"hmtx")
        head, hhea, maxp = table(b"head"), table(b"hhea"), table(b"maxp")
        self._plain = {b"head": _embedded_head(head), b"hhea": _embedded_hhea(hhea), b"maxp": maxp}
        count = struct.unpack_from(">H", maxp, 4)[0]
        is_long = struct.unpack_from(">h", head, 50)[0]
        offsets = struct.unpack_from(f">{count + 1}{'I' if is_long else 'H'}", table(b"loca"))
        self._loca = offsets if is_long else tuple(2 * offset for offset in offsets)
        self.ascent, descent = struct.unpack_from(">hh", hhea, 4)
        self.descent: int = -descent
        self._long_metrics: int = struct.unpack_from(">H", hhea, 34)[0]
        self.box: tuple[int, ...] = struct.unpack_from(">4h", head, 36)
        self._cut: dict[str, Glyph] = {}
        self.cap_height: int = struct.unpack_from(">h", table(b"OS/2"), 88)[0]

    def glyph(self, char: str) -> int:
        """Glyph of a character; 0 when the face lacks it."""
        return self._characters.glyph(ord(char))

    def cut(self, char: str) -> Glyph:
        """The glyph of a character, cut out once; of U+0000 the one for what is missing."""
        found = self._cut.get(char)
        if found is None:
            glyph = self.glyph(char) if char != "\0" else 0
            data = self._glyf[self._loca[glyph] : self._loca[glyph + 1]]
            outline, left = embedded_outline(data)
            width = struct.unpack_from(">H", self._hmtx, 4 * min(glyph, self._long_metrics - 1))[0]
            metric = struct.pack(">Hh", round(width * UNITS / _EM), left)
            found = self._cut[char] = Glyph(outline, _checksum(outline), metric, width)
        return found

    def table(self, tag: bytes) -> bytes:
        """A table that a subset takes over with small changes."""
        return self._plain[tag]


def _directory(data: bytes) -> dict[bytes, tuple[int, int]]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (_DIRECTORY_ENTRY.unpack_from(data, 12 + 16 * index) for index in range(count))
    return {tag: (offset, length) for tag, _, offset, length in entries}


@lru_cache(maxsize=2)
def face(bold: bool) -> FontFace:
    """The shipped regular or bold face."""
    return FontFace(font_path(bold))


class FontBase:
    """The part of a subset that never changes for a form: its labels' glyphs, cut out and numbered once.

    Args:
        source: Where the glyphs come from.
        chars: The characters in it.
        reserved: Characters that have the first numbers, so that bases which reserve the same ones share a mapping to
            Unicode; of those not in `chars` the outline is left out.

    Attributes:
        face: Where the glyphs come from.
        codes: Hexadecimal code of every character in it.
        widths: Advance of every numbered glyph, in thousandths; glyph 0 is .notdef.
        chars: The character of every numbered glyph.
    """

    def __init__(self, source: FontFace, chars: Iterable[str], reserved: str = "") -> None:
        self.face = source
        own = {"\0", *chars}
        first = {"\0", *reserved}
        self.chars: list[str] = [*sorted(first), *sorted(own - first)]
        cut = [source.cut(char) for char in self.chars]
        glyphs = [
            glyph if char in own else glyph._replace(outline=b"", sum=0)
            for char, glyph in zip(self.chars, cut, strict=True)
        ]
        outlines = [glyph.outline for glyph in glyphs]
        self.metrics = b"".join([glyph.metric for glyph in glyphs])
        self.widths = [glyph.width for glyph in glyphs]
        self.codes = {char: f"{number:04X}" for number, char in enumerate(self.chars) if char in own}
        self.ends = _ends(outlines, 0)
        self.outlines = b"".join(outlines)
        self.sum = _checksum(self.outlines)
        self.program: tuple[bytes, int] | None = None  # of a document that adds nothing

    def holds(self, lines: Iterable[Line]) -> bool:
        """Whether every character of some lines is in the base."""
        return all(char in self.codes for line in lines for run in line.runs for char in run.text)


class Subset:
    """The glyphs of one document: a form's base and what the record adds."""

    def __init__(self, base: FontBase) -> None:
        self.base = base
        self.codes = dict(base.codes)
        self.added: list[str] = []

    def encode(self, text: str) -> str:
        """The text as hexadecimal glyph codes; characters new to the document are numbered as they come."""
        codes = self.codes
        try:
            return "".join([codes[char] for char in text])
        except KeyError:
            for char in text:
                if char not in codes:
                    codes[char] = f"{len(self.base.chars) + len(self.added):04X}"
                    self.added.append(char)
            return "".join([codes[char] for char in text])

    def program(self) -> tuple[bytes, int]:
        """The font program as a zlib stream, and its plain length."""
        if not self.added and self.base.program is not None:
            return self.base.program
        base, source = self.base, self.base.face
        glyphs = [source.cut(char) for char in self.added]
        outlines = [glyph.outline for glyph in glyphs]
        extra = b"".join(outlines)
        count = len(base.chars) + len(glyphs)
        ends = [*base.ends, *_ends(outlines, len(base.outlines))]
        tables = {
            b"loca": _loca(ends),
            b"hmtx": base.metrics + b"".join([glyph.metric for glyph in glyphs]),
            b"head": _with(source.table(b"head"), 8, b"\0\0\0\0", 50, b"\0\0" if ends[-1] <= _SHORT else b"\0\1"),
            b"hhea": _with(source.table(b"hhea"), 34, struct.pack(">H", count)),
            b"maxp": _with(source.table(b"maxp"), 4, struct.pack(">H", count)),
        }
        size = len(base.outlines) + len(extra)
        glyf_sum = (base.sum + sum([glyph.sum for glyph in glyphs])) & 0xFFFFFFFF
        directory, tail = _lay_out(tables, size, glyf_sum)
        plain = b"".join((directory, base.outlines, extra, tail))
        program = bytes(deflate.zlib_compress(plain, _LEVEL)), len(plain)
        if not self.added:
            base.program = program
        return program

    def new_widths(self) -> list[int]:
        """Advances of the glyphs added by the record."""
        cut = self.base.face.cut
        return [cut(char).width for char in self.added]


def _embedded_head(table: bytes) -> bytes:
    """The head of a subset: its units, and a box that holds whatever the face holds."""
    return _with(table, 18, struct.pack(">H", UNITS), 36, struct.pack(">4h", *_scaled(table, 36, "4h")))


def _embedded_hhea(table: bytes) -> bytes:
    """Ascent to the largest extent (hhea, 4 to 18) in a subset's units; side bearings are those of the common box."""
    ascent, descent, gap, advance, _, _, extent = _scaled(table, 4, "hhhHhhh")
    metrics = struct.pack(">hhhHhhh", ascent, descent, gap, advance, BOX[0], 0, extent)
    return _with(table, 4, metrics)


def _scaled(table: bytes, at: int, layout: str) -> list[int]:
    return [round(number * UNITS / _EM) for number in struct.unpack_from(f">{layout}", table, at)]


def _loca(ends: list[int]) -> bytes:
    """Offsets of outlines: in units of two bytes while they fit."""
    if ends[-1] <= _SHORT:
        return struct.pack(f">{len(ends) + 1}H", 0, *(end // 2 for end in ends))
    return struct.pack(f">{len(ends) + 1}I", 0, *ends)


def _ends(outlines: list[bytes], start: int) -> list[int]:
    ends = []
    for outline in outlines:
        start += len(outline)
        ends.append(start)
    return ends


def _with(table: bytes, at: int, value: bytes, at_2: int = 0, value_2: bytes = b"") -> bytes:
    """A table with one or two of its entries replaced, padded to four bytes."""
    table = table[:at] + value + table[at + len(value) :]
    if value_2:
        table = table[:at_2] + value_2 + table[at_2 + len(value_2) :]
    return table


def _checksum(data: bytes) -> int:
    data += b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(data) // 4}I", data))
    return total & 0xFFFFFFFF


def _lay_out(tables: dict[bytes, bytes], glyf_size: int, glyf_sum: int) -> tuple[bytes, bytes]:
    """The table directory, and the tables behind glyf, which comes first."""
    count = len(tables) + 1
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    offset = 12 + 16 * count
    entries = [(b"glyf", glyf_sum, offset, glyf_size)]
    offset += glyf_size
    tail = []
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        entries.append((tag, _checksum(table), offset, len(table)))
        tail.append(padded)
        offset += len(padded)
    directory = header + b"".join(_DIRECTORY_ENTRY.pack(*entry) for entry in sorted(entries))
    return directory, b"".join(tail)
