"""The fonts in templates/fonts: complete, TrueType, rightly named, with their licence."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped, unused-ignore]

FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
STYLES = {"Regular": 400, "Bold": 700}
DRAWN = "≒☐☑☒✓✗"
_SAMPLE = 17  # every glyph would take half a minute


@pytest.fixture(scope="module", params=STYLES)
def style(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def font(style: str) -> Iterator[TTFont]:
    with TTFont(FONTS / f"NotoSansSC-{style}.ttf", lazy=True) as opened:
        yield opened


def in_gbk(code_point: int) -> bool:
    try:
        chr(code_point).encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def lacking(font: TTFont, code_points: set[int]) -> list[str]:
    return [f"U+{cp:04X}" for cp in sorted(code_points - font.getBestCmap().keys())]


def tgh_lines() -> list[str]:
    lines = (FONTS / "tgh8105.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_list_is_complete() -> None:
    text = "".join(tgh_lines())
    assert len(text) == len(set(text)) == 8105
    assert text[:3] == "一乙二"
    assert {"㑇", "𬭩", "镕", "堃", "昇"} <= set(text)


def test_covers_gbk(font: TTFont) -> None:
    encodable = {cp for cp in range(0x20, 0x10000) if cp != 0x7F and in_gbk(cp)}
    assert len(encodable) > 21_000
    assert lacking(font, encodable) == []


def test_covers_general_standard_characters(font: TTFont) -> None:
    assert lacking(font, {ord(c) for line in tgh_lines() for c in line}) == []


def test_has_form_signs(font: TTFont) -> None:
    signs = DRAWN + "√×÷≠≈□■●○◎￥¥€①⑳㈠Ⅳ→─│┌"
    assert lacking(font, {ord(c) for c in signs}) == []


def test_drawn_signs_are_one_em_and_inside_it(font: TTFont) -> None:
    cmap, glyf = font.getBestCmap(), font["glyf"]
    for char in DRAWN:
        name = cmap[ord(char)]
        glyph = glyf[name]
        assert font["hmtx"][name] == (1000, glyph.xMin), char
        assert 60 <= glyph.xMin < glyph.xMax <= 940, char
        assert -120 <= glyph.yMin < glyph.yMax <= 880, char


def test_points_stand_on_a_grid(font: TTFont, style: str) -> None:
    """Even: PDF files embed outlines in half as many units. Ideographs are coarser."""
    glyf = font["glyf"]
    for code, name in sorted(font.getBestCmap().items())[::_SAMPLE]:
        glyph = glyf[name]
        if glyph.numberOfContours:
            grid = {"Regular": 8, "Bold": 4}[style] if 0x4E00 <= code < 0xA000 else 2
            assert not any(number % grid for point in glyph.coordinates for number in point), chr(code)


def test_contours_begin_on_the_curve(font: TTFont) -> None:
    glyf = font["glyf"]
    for name in sorted(set(font.getBestCmap().values()))[::_SAMPLE]:
        glyph = glyf[name]
        if glyph.numberOfContours:
            starts = [0, *(end + 1 for end in glyph.endPtsOfContours[:-1])]
            assert all(glyph.flags[start] & 1 for start in starts), name


@pytest.mark.parametrize(
    ("char", "regular", "bold"), [("0", 555, 590), (" ", 224, 227), ("W", 878, 915), ("单", 1000, 1000)]
)
def test_advances_are_the_sources(font: TTFont, style: str, char: str, regular: int, bold: int) -> None:
    assert font["hmtx"][font.getBestCmap()[ord(char)]][0] == (bold if style == "Bold" else regular)


def _outlines() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outlines", FONTS / "outlines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _bar(bottom: int, width: int) -> list[tuple[int, int, bool]]:
    top = bottom + width
    return [(100, bottom, True), (100, top, True), (900, top, True), (900, bottom, True)]


def test_equal_strokes_stay_equal_on_the_grid() -> None:
    bars = [_bar(bottom, 60) for bottom in (101, 303, 507, 705)]
    for contour in _outlines().on_grid(bars, 8):
        heights = [y for _, y, _ in contour]
        assert max(heights) - min(heights) == 64
    assert {max(y for _, y, _ in bar) - min(y for _, y, _ in bar) for bar in bars} == {60}


def test_points_that_change_nothing_go() -> None:
    square = [(0, 0, True), (0, 400, True), (0, 800, True), (800, 800, True), (800, 800, True), (800, 0, True)]
    assert _outlines().on_grid([square], 8) == [[(0, 0, True), (0, 800, True), (800, 800, True), (800, 0, True)]]


def test_the_dearest_step_is_the_one_nobody_writes() -> None:
    outlines = _outlines()
    bars = [_bar(400, 64)]
    ordered = outlines.cheapest(bars, lambda step: abs(step))
    assert sorted(ordered[0]) == sorted(bars[0])
    closing = ordered[0][0][0] - ordered[0][-1][0]
    assert abs(closing) == 800


def test_outlines_run_clockwise(font: TTFont) -> None:
    coordinates, ends, _ = font["glyf"][font.getBestCmap()[ord("☐")]].getCoordinates(None)
    outer = list(coordinates)[: ends[0] + 1]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(outer, outer[1:] + outer[:1], strict=True))
    assert area < 0


def test_is_plain_truetype(font: TTFont) -> None:
    assert font.sfntVersion == "\x00\x01\x00\x00"
    assert set(font.keys()) - {"GlyphOrder"} == {
        *("head", "hhea", "maxp", "OS/2", "hmtx", "cmap"),
        *("loca", "glyf", "name", "post", "gasp"),
    }
    assert font["post"].formatType == 3
    assert font["glyf"][font.getGlyphName(0)].numberOfContours > 0


def test_names(font: TTFont, style: str) -> None:
    name = font["name"]
    assert name.getDebugName(1) == "Noto Sans SC"
    assert name.getDebugName(2) == style
    assert name.getDebugName(4) == f"Noto Sans SC {style}"
    assert name.getDebugName(6) == f"NotoSansSC-{style}"
    assert "Adobe" in name.getDebugName(0)
    assert "SIL Open Font License" in name.getDebugName(13)


def test_weight_and_metrics(font: TTFont, style: str) -> None:
    bold = style == "Bold"
    os2, hhea = font["OS/2"], font["hhea"]
    assert os2.usWeightClass == STYLES[style]
    assert os2.fsSelection & 0b110_0000 == (0x20 if bold else 0x40)
    assert font["head"].macStyle == int(bold)
    assert os2.fsType == 0
    assert (hhea.ascent, hhea.descent, hhea.lineGap) == (1160, -288, 0)
    assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (880, -120, 0)
    assert (os2.usWinAscent, os2.usWinDescent) == (1160, 288)


def test_licence_and_origin_lie_beside() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence
    assert "fonts-noto-cjk" in (FONTS / "README.md").read_text(encoding="utf-8")
