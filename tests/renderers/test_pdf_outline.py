"""Embedded outlines: the shipped fonts' own, in half as many units."""

from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped, unused-ignore]

from danju.layout.fonts import font_path
from danju.renderers.pdf_font import FontBase, Subset, face
from danju.renderers.pdf_outline import BOX, UNITS, embedded_outline

_SAMPLE = 17
WIDE = "\u20dd"  # a circle around the sign before it
SIGNS = "鑫龘囊麻薯服三一口Rg8@%。，☐☑✓①～"


@pytest.fixture(scope="module", params=(False, True), ids=("regular", "bold"))
def is_bold(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def font(is_bold: bool) -> Iterator[TTFont]:
    with TTFont(font_path(is_bold), lazy=True) as opened:
        yield opened


@pytest.mark.parametrize("char", SIGNS)
def test_points_stay_where_they_are_in_half_the_units(font: TTFont, is_bold: bool, char: str) -> None:
    glyf = font["glyf"]
    coordinates, ends, flags = glyf[font.getBestCmap()[ord(char)]].getCoordinates(glyf)
    embedded = Glyph(face(is_bold).cut(char).outline)
    embedded.expand(glyf)
    assert [(2 * x, 2 * y) for x, y in embedded.coordinates] == list(coordinates)
    assert list(embedded.endPtsOfContours) == list(ends)
    assert [flag & 1 for flag in embedded.flags] == [flag & 1 for flag in flags]


def test_one_box_holds_all_ordinary_glyphs_and_others_declare_their_own(font: TTFont, is_bold: bool) -> None:
    glyf, cmap = font["glyf"], font.getBestCmap()
    chars = [*map(chr, sorted(cmap)[::_SAMPLE]), WIDE, "g", "鑫"]
    cut = {char: face(is_bold).cut(char).outline for char in chars}
    own = {char: _box(outline) for char, outline in cut.items() if outline}
    assert own["g"] == own["鑫"] == BOX
    assert own[WIDE] != BOX
    for char, box in own.items():
        true = glyf[cmap[ord(char)]]
        assert box[0] <= true.xMin / 2
        assert box[1] <= true.yMin / 2
        assert true.xMax / 2 <= box[2]
        assert true.yMax / 2 <= box[3]


def _box(outline: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(outline[at : at + 2], "big", signed=True) for at in (2, 4, 6, 8))


def test_a_blank_has_no_outline() -> None:
    assert embedded_outline(b"") == (b"", 0)


def test_advances_in_the_program_are_those_of_the_page(font: TTFont, is_bold: bool) -> None:
    """ISO 19005-3, 6.2.11.5: they differ by a thousandth at most."""
    source = face(is_bold)
    narrow = {code for code, name in font.getBestCmap().items() if font["hmtx"][name][0] != 1000}
    assert len(narrow) > 500
    for code in narrow:
        glyph = source.cut(chr(code))
        advance = int.from_bytes(glyph.metric[:2], "big") * 1000 / UNITS
        assert abs(advance - glyph.width) <= 1, chr(code)


def test_a_reserved_character_is_drawn_when_a_record_has_it() -> None:
    base = FontBase(face(False), "甲", "乙")
    subset = Subset(base)
    assert base.chars == ["\0", "乙", "甲"]
    assert subset.encode("甲乙甲") == "000200030002"
    assert subset.added == ["乙"]


def test_bases_that_reserve_the_same_characters_number_them_alike() -> None:
    regular, bold = FontBase(face(False), "单据号", "据单"), FontBase(face(True), "据单", "据单")
    assert regular.chars[: len(bold.chars)] == bold.chars
    assert {char: regular.codes[char] for char in bold.codes} == bold.codes
