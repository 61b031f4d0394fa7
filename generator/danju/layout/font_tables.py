"""What the shipped fonts say about characters: whether there is a glyph, and how far it advances.

Two tables of OpenType (ISO/IEC 14496-22) are read, cmap and hmtx. A shaping library would take longer to import than
a whole record takes to be drawn, and Chinese text on forms needs no shaping.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from pathlib import Path

_ENTRY = struct.Struct(">4sIII")  # tag, checksum, offset, length of a table
_SUBTABLE = struct.Struct(">HHI")  # platform, encoding, offset in cmap
_GROUP = struct.Struct(">III")  # first and last character, first glyph
_SEGMENTED = 12  # cmap format: the one that knows all of Unicode


class FontTables:
    """Characters and advances of a TrueType font.

    Args:
        path: The font file; its cmap has a subtable of format 12.

    Raises:
        OSError: There is no such file.
        ValueError: It is no such font.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                count = struct.unpack(">4xH6x", file.read(12))[0]
                places = {tag: (at, size) for tag, _, at, size in _ENTRY.iter_unpack(file.read(_ENTRY.size * count))}

                def table(tag: bytes) -> bytes:
                    at, size = places[tag]
                    file.seek(at)
                    return file.read(size)

                self.units_per_em: int = struct.unpack_from(">H", table(b"head"), 18)[0]
                long_metrics = struct.unpack_from(">H", table(b"hhea"), 34)[0]
                self._advances = array("H", table(b"hmtx")[: 4 * long_metrics])[::2]
                self._groups = _groups(table(b"cmap"))
            except (struct.error, KeyError, ValueError) as err:
                raise ValueError(f"no font: {path.name}") from err
        if struct.pack("=H", 1) != struct.pack(">H", 1):
            self._advances.byteswap()
        self._starts = [first for first, _, _ in self._groups]

    def glyph(self, code: int) -> int:
        """The glyph of a character by its code point, or 0."""
        position = bisect_right(self._starts, code) - 1
        if position < 0:
            return 0
        first, last, glyph = self._groups[position]
        return glyph + code - first if code <= last else 0

    def advance(self, glyph: int) -> int:
        """How far a glyph advances, in font units."""
        return self._advances[min(glyph, len(self._advances) - 1)]

    def codes(self) -> list[int]:
        """The code points of all characters, in order."""
        return [code for first, last, _ in self._groups for code in range(first, last + 1)]


def _groups(cmap: bytes) -> list[tuple[int, int, int]]:
    """Runs of characters whose glyphs follow each other: first and last character, first glyph."""
    for _, _, at in _SUBTABLE.iter_unpack(cmap[4 : 4 + _SUBTABLE.size * struct.unpack_from(">H", cmap, 2)[0]]):
        if struct.unpack_from(">H", cmap, at)[0] == _SEGMENTED:
            count = struct.unpack_from(">I", cmap, at + 12)[0]
            return list(_GROUP.iter_unpack(cmap[at + 16 : at + 16 + _GROUP.size * count]))
    raise ValueError("no cmap of format 12")
