"""The font tables that are read without a shaping library."""

from __future__ import annotations

from pathlib import Path

import pytest
import uharfbuzz as hb

from danju.layout.font_tables import FontTables
from danju.layout.fonts import font_path


@pytest.mark.parametrize("bold", [False, True])
def test_every_character_has_the_glyph_and_advance_that_harfbuzz_finds(bold: bool) -> None:
    path = font_path(bold)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font, ours = hb.Font(face), FontTables(path)
    assert ours.units_per_em == face.upem
    assert ours.codes() == sorted(face.unicodes)
    for code in ours.codes():
        glyph = font.get_nominal_glyph(code)
        assert (ours.glyph(code), ours.advance(glyph)) == (glyph, font.get_glyph_h_advance(glyph))


@pytest.mark.parametrize("code", [0, 0x1F, 0xD800, 0xE000, 0x1F600, 0x10FFFF])
def test_a_character_that_the_font_lacks_has_no_glyph(code: int) -> None:
    assert FontTables(font_path()).glyph(code) == 0


@pytest.mark.parametrize("content", [b"", b"no font at all, only some text", bytes(200)])
def test_a_file_that_is_no_font_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"font\.ttf"):
        FontTables(path)
