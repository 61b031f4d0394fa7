"""Build NotoSansSC-{Regular,Bold}.ttf from Debian's fonts-noto-cjk.

The SC face of Noto Sans CJK (CID-keyed CFF) is cut down to what Chinese office
documents use, turned into TrueType outlines, stripped of all layout features
(text is set by cmap and advance width alone) and given the signs that it lacks.
The same source package gives the same bytes.
"""

# fontTools has no type marker: its fonts, glyphs and pens are Any here.
# mypy: disable-error-code="import-untyped"

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from outlines import Contour, cheapest, on_grid, step_costs

HERE = Path(__file__).resolve().parent
SOURCE = Path("/usr/share/fonts/opentype/noto")
PACKAGE = "fonts-noto-cjk 1:20220127+repack1-1"  # and the digests of its files:
SHA256 = {
    "Regular": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "Bold": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}
UNIT = 2  # every coordinate is a multiple: PDF files embed subsets of 500 units to the em
EM, CENTRE = 1000, (500, 380)  # the ideographic box is 0..1000 by -120..880

BLOCKS = (
    (0x0020, 0x04FF),  # Latin, combining marks, Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x2BFF),  # punctuation, currency, arrows, mathematics, boxes, symbols
    (0x2E80, 0x312F),  # radicals, CJK punctuation, kana, bopomofo
    (0x3190, 0x33FF),  # strokes, enclosed and compatibility forms
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xFE10, 0xFE6F),  # vertical, compatibility and small forms
    (0xFF00, 0xFFEF),  # half-width and full-width forms
    (0x1F100, 0x1F1E5),  # enclosed alphanumeric supplement
)
Shape = list[list[tuple[str, tuple[tuple[float, float], ...]]]]  # drawn contours


class Fit(NamedTuple):
    """How closely outlines are followed, in units of 1/1000 em: where a curve may run, and the grid of its points."""

    error: float
    grid: int


CLOSE = Fit(1.5, UNIT)  # letters, figures and signs: small curves, and few of them on a page


class Style(NamedTuple):
    name: str
    ideographs: Fit
    box: int  # stroke of the tick boxes
    cross: int  # stroke of the cross in a box
    ballot: int  # stroke of U+2717


# Regular is set at up to 11 pt: at 600 dpi a step of 8 units is 0.7 pixels, and no eye tells the outlines from the
# source's. Bold is for titles of 19 pt, a handful of characters.
STYLES = (Style("Regular", Fit(5, 8), 56, 62, 76), Style("Bold", Fit(2, 4), 84, 92, 112))
IDEOGRAPHS = range(0x4E00, 0xA000)


def gbk() -> set[int]:
    """Every code point that GBK encodes, control characters left out."""
    pairs = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    texts = (pair.decode("gbk", "ignore") for pair in pairs)
    return {ord(c) for text in texts for c in text if c > "\x7f"} | {*range(32, 127)}


def tgh() -> set[int]:
    """The characters of tgh8105.txt."""
    lines = (HERE / "tgh8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(c) for line in lines if not line.startswith("#") for c in line}


class Face:
    def __init__(self, source: Path) -> None:
        self.font = TTFont(source, fontNumber=2, lazy=True)  # SC
        self.cmap: dict[int, str] = self.font.getBestCmap()
        self.glyphs: Any = self.font.getGlyphSet()

    def contours(self, char: str) -> Shape:
        pen = RecordingPen()
        self.glyphs[self.cmap[ord(char)]].draw(pen)
        ends = [i for i, (command, _) in enumerate(pen.value) if command == "closePath"]
        starts = [0, *(i + 1 for i in ends)]
        return [pen.value[a : b + 1] for a, b in zip(starts, ends, strict=False)]


Draw = Callable[[Any], None]


def quadratic(fit: Fit, *draws: Draw) -> list[Contour]:
    """Contours for TrueType from cubic, counter-clockwise outlines."""
    target = TTGlyphPen(None)
    pen = Cu2QuPen(target, max_err=fit.error, reverse_direction=True)
    for draw in draws:
        draw(pen)
    glyph = target.glyph()
    if glyph.numberOfContours <= 0:
        return []
    points = [(round(x), round(y), bool(flag & 1)) for (x, y), flag in zip(glyph.coordinates, glyph.flags, strict=True)]
    starts = [0, *(end + 1 for end in glyph.endPtsOfContours)]
    return on_grid([points[a:b] for a, b in pairwise(starts)], fit.grid)


def truetype(contours: list[Contour]) -> Any:
    """The glyph of some contours."""
    glyph = TTGlyphPen(None).glyph()
    if contours:
        points = [point for contour in contours for point in contour]
        glyph.numberOfContours = len(contours)
        glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in points])
        glyph.flags = bytearray(int(on) for _, _, on in points)
        glyph.endPtsOfContours = [end - 1 for end in accumulate(map(len, contours))]
        glyph.program = Program()
        glyph.program.fromBytecode(b"")
    return glyph


def replay(pen: Any, shape: Shape, dx: float, dy: float, scale: float = 1) -> None:
    moved = TransformPen(pen, (scale, 0, 0, scale, dx, dy))
    for contour in shape:
        for command, points in contour:
            getattr(moved, command)(*points)


def bounds(shape: Shape) -> tuple[float, float, float, float]:
    """Of all points: exact for outlines with points at their extremes."""
    points = [p for contour in shape for _, args in contour for p in args]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def polygon(pen: Any, points: list[tuple[int, int]]) -> None:
    """A closed outline; the points are relative to CENTRE."""
    for i, (x, y) in enumerate(points):
        (pen.lineTo if i else pen.moveTo)((CENTRE[0] + x, CENTRE[1] + y))
    pen.closePath()


def frame(pen: Any, stroke: int) -> None:
    """The tick box: a square of 0.86 em, centred on the ideographic box."""
    for r, turn in ((430, 1), (430 - stroke, -1)):
        polygon(pen, [(-r, -r), (r, -r), (r, r), (-r, r)][::turn])


def cross(pen: Any, half: int, stroke: int) -> None:
    """Two diagonals as one outline, `half` from centre to edge."""
    d = round(stroke / 2**0.5)
    arm, points = [(d, 0), (half, half - d), (half - d, half)], []
    for _ in range(4):
        points += arm
        arm = [(-y, x) for x, y in arm]
    polygon(pen, points)


def check_mark(pen: Any, face: Face, scale: float = 1) -> None:
    """The face's own check mark, scaled, centred on the ideographic box."""
    mark = face.contours("✓")
    x0, y0, x1, y1 = (scale * v for v in bounds(mark))
    replay(pen, mark, CENTRE[0] - (x0 + x1) / 2, CENTRE[1] - (y0 + y1) / 2, scale)


def nearly_equal(pen: Any, face: Face) -> None:
    """U+2252: the full-width equals sign with the dots of the division sign."""
    bars, dot, gap = face.contours("\uff1d"), face.contours("÷")[:1], 56
    (bx0, by0, bx1, by1), (dx0, dy0, dx1, dy1) = bounds(bars), bounds(dot)
    replay(pen, bars, 0, 0)
    replay(pen, dot, bx0 - dx0, by1 + gap - dy0)
    replay(pen, dot, bx1 - dx1, by0 - gap - dy1)


def drawn(face: Face, style: Style) -> dict[int, list[Contour]]:
    """The glyphs that the face lacks, or has in another width (U+2713)."""

    def box(pen: Any) -> None:
        frame(pen, style.box)

    return {
        0x2252: quadratic(CLOSE, lambda pen: nearly_equal(pen, face)),
        0x2610: quadratic(CLOSE, box),
        0x2611: quadratic(CLOSE, box, lambda pen: check_mark(pen, face, 0.76)),
        0x2612: quadratic(CLOSE, box, lambda pen: cross(pen, 250, style.cross)),
        0x2713: quadratic(CLOSE, lambda pen: check_mark(pen, face)),
        0x2717: quadratic(CLOSE, lambda pen: cross(pen, 340, style.ballot)),
    }


def name_table(face: Face, style: Style) -> Any:
    """The source's copyright, trademark, credits and licence under our names."""
    name = deepcopy(face.font["name"])
    keep = (0, *range(7, 15))
    name.names = [r for r in name.names if r.langID == 0x409 and r.nameID in keep]
    postscript = f"NotoSansSC-{style.name}"
    own = {1: "Noto Sans SC", 2: style.name, 4: f"Noto Sans SC {style.name}"}
    own |= {3: f"2.004;GOOG;{postscript};TrueType", 6: postscript}
    own |= {5: "Version 2.004; TrueType subset of Noto Sans CJK SC"}
    for number, text in own.items():
        name.setName(text, number, 3, 1, 0x409)
    return name


def assemble(face: Face, style: Style) -> TTFont:
    must, own = gbk() | tgh(), drawn(face, style)
    blocks = {cp for first, last in BLOCKS for cp in range(first, last + 1)}
    cmap = {cp: face.cmap[cp] for cp in (must | blocks) & face.cmap.keys()}
    cmap |= {cp: f"u{cp:04X}" for cp in own}
    if missing := must - cmap.keys():
        raise SystemExit(f"{style.name}: no glyph for {sorted(map(hex, missing))}")
    order = [".notdef", *sorted({*cmap.values()})]
    ideographs = {cmap[cp] for cp in IDEOGRAPHS if cp in cmap}
    outlines = {
        g: quadratic(style.ideographs if g in ideographs else CLOSE, face.glyphs[g].draw)
        for g in order
        if g in face.glyphs
    }
    outlines |= {cmap[cp]: contours for cp, contours in own.items()}
    cost = step_costs(outlines.values(), UNIT)
    glyf = {g: truetype(cheapest(contours, cost)) for g, contours in outlines.items()}
    widths = {g: face.font["hmtx"][g][0] if g in face.glyphs else EM for g in order}
    builder = FontBuilder(EM)
    font: TTFont = builder.font
    for tag in ("head", "hhea", "OS/2", "post"):  # metrics and dates as they were
        font[tag] = deepcopy(face.font[tag])
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupMaxp()
    builder.setupGlyf(glyf)
    lsb = {g: getattr(glyf[g], "xMin", 0) for g in order}
    builder.setupHorizontalMetrics({g: (widths[g], lsb[g]) for g in order})
    font["name"] = name_table(face, style)
    os2 = font["OS/2"]
    os2.recalcUnicodeRanges(font)
    os2.recalcAvgCharWidth(font)
    os2.ulCodePageRange1 &= ~(1 << 19 | 1 << 21)  # no Korean
    os2.usMaxContext = 0
    gasp = font["gasp"] = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x000F}  # unhinted: smooth always
    return font


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build(style: Style, out: Path) -> Path:
    source = SOURCE / f"NotoSansCJK-{style.name}.ttc"
    if not source.exists() or digest(source) != SHA256[style.name]:
        raise SystemExit(f"{source} is not the file of Debian's {PACKAGE}")
    path = out / f"NotoSansSC-{style.name}.ttf"
    assemble(Face(source), style).save(path)
    print(f"{path.name}: {path.stat().st_size} bytes, sha256 {digest(path)}")
    return path


def check() -> int:
    """Rebuild into a temporary folder and compare with the fonts beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        built = [build(style, Path(folder)) for style in STYLES]
        differ = [p.name for p in built if digest(p) != digest(HERE / p.name)]
    print("differ: " + ", ".join(differ) if differ else "identical")
    return 1 if differ else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the TrueType Noto Sans SC.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    args = parser.parse_args()
    if args.check:
        return check()
    for style in STYLES:
        build(style, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
