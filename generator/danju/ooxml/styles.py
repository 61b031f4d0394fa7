"""Looks of cells and the style table of a workbook, xl/styles.xml (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from danju.ooxml.look import LABEL_FILL, SYMBOL_FONT, TEXT_FONT
from danju.ooxml.packing import Member
from danju.ooxml.text import DECLARATION, attribute
from danju.ooxml.workbook import MAIN, STYLES

__all__ = [
    "BARE_EDGES", "BOXED", "DATETIME_FORMAT", "DATE_FORMAT", "DIGIT_PX", "TABLE_STYLE", "CellStyle", "StyleTable",
    "Typeface", "border_xml", "face_xml", "fill_xml", "font_xml", "styles_xml", "xf_xml",
]  # fmt: skip

DATE_FORMAT = "yyyy\\-mm\\-dd"
DATETIME_FORMAT = "yyyy\\-mm\\-dd\\ hh:mm"
TABLE_STYLE = "Danju"
"""Name of the calm banded style of Excel tables."""

Edges = tuple[str, str, str, str]
"""Weights of the left, right, top and bottom edge: "", thin, medium."""
BARE_EDGES: Edges = ("", "", "", "")
BOXED: Edges = ("thin", "thin", "thin", "thin")

# The Normal style's font decides what a column width means. Arial has metric-compatible stand-ins everywhere; the text
# font would make columns differ where it is missing. At 9.5 pt its digits are 7.04 pixels wide (96 dpi), so that
# programs that round to whole pixels (Excel) and those that do not (LibreOffice) agree; at 10 pt they differ by 6 %.
DIGIT_PX = 7
_NORMAL = '<font><sz val="9.5"/><color rgb="FF000000"/><name val="Arial"/><family val="2"/></font>'
_BUILT_IN_FORMATS = {  # ECMA-376 part 1, 18.8.30 (numFmt)
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49,
}  # fmt: skip
_FIRST_OWN_FORMAT = 164
_SIDES = ("left", "right", "top", "bottom")  # order of CT_Border, 18.8.4
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_RESERVED_FILLS = (_NO_FILL, '<fill><patternFill patternType="gray125"/></fill>')


def _ground(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><bgColor rgb="FF{colour}"/></patternFill></fill>'


_STRIPES = (
    f"<dxf><font><b/></font>{_ground(LABEL_FILL)}</dxf>",
    f"<dxf>{_ground('FAFAFB')}</dxf>",
)
_TABLE_STYLES = (
    f'<tableStyles count="1" defaultTableStyle="{TABLE_STYLE}" defaultPivotStyle="PivotStyleLight16">'
    f'<tableStyle name="{TABLE_STYLE}" pivot="0" count="2"><tableStyleElement type="headerRow" dxfId="0"/>'
    '<tableStyleElement type="secondRowStripe" dxfId="1"/></tableStyle></tableStyles>'
)


class Typeface(NamedTuple):
    """The type of a cell or of a stretch of its text."""

    size_pt: float = 10.0
    bold: bool = False
    colour: str = "000000"
    name: str = TEXT_FONT
    italic: bool = False
    underlined: bool = False


class CellStyle(NamedTuple):
    """Everything about a cell but its value.

    Attributes:
        face: Its type.
        horizontal: Value of ST_HorizontalAlignment, 18.18.40.
        vertical: Value of ST_VerticalAlignment, 18.18.88.
        wrap: Whether long texts break.
        shrink: Whether long texts are made smaller.
        indent: In steps of about 2.4 mm.
        fill: RRGGBB, or "" for none.
        edges: Which edges have a line.
        edge_colour: RRGGBB.
        number_format: Excel's code.
        quoted: Marks a text that would otherwise be taken for a formula (quotePrefix).
        locked: Whether a protected sheet keeps it.
    """

    face: Typeface = Typeface()
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = False
    shrink: bool = False
    indent: int = 0
    fill: str = ""
    edges: Edges = BARE_EDGES
    edge_colour: str = "000000"
    number_format: str = "General"
    quoted: bool = False
    locked: bool = True


class StyleTable:
    """Gives styles their numbers in `cellXfs`, by first use; 0 is Excel's own default.

    Args:
        first: Styles that have the numbers 1, 2 … from the start.
        is_striped: Whether the workbook has Excel tables.
    """

    def __init__(self, first: Iterable[CellStyle] = (), *, is_striped: bool = False) -> None:
        self._styles = list(first)
        self._numbers = {style: number for number, style in enumerate(self._styles, start=1)}
        self._effects = dict.fromkeys(_STRIPES if is_striped else ())
        self._is_striped = is_striped

    def number(self, style: CellStyle) -> int:
        """The number of a style."""
        number = self._numbers.get(style)
        if number is None:
            self._styles.append(style)
            number = self._numbers[style] = len(self._styles)
        return number

    def style(self, number: int) -> CellStyle:
        """The style of a number above 0."""
        return self._styles[number - 1]

    def effect(self, xml: str) -> int:
        """The number of a `dxf` element, which a condition brings about."""
        self._effects.setdefault(xml)
        return list(self._effects).index(xml)

    def xml(self) -> bytes:
        """The part."""
        return styles_xml(tuple(self._styles), tuple(self._effects), _TABLE_STYLES if self._is_striped else "")

    def member(self) -> Member:
        """The part of a workbook without conditions and tables, packed; forms repeat the same few sets of styles."""
        return _packed(tuple(self._styles))


@lru_cache(maxsize=64)
def _packed(styles: tuple[CellStyle, ...]) -> Member:
    return Member.deflate(STYLES, styles_xml(styles))


def styles_xml(styles: tuple[CellStyle, ...], effects: tuple[str, ...] = (), table_styles: str = "") -> bytes:
    """xl/styles.xml with these styles as 1, 2, …."""
    fonts, fills = {_NORMAL: 0}, {fill: number for number, fill in enumerate(_RESERVED_FILLS)}
    borders, formats = {border_xml(BARE_EDGES, ""): 0}, dict[str, int]()
    cells = [xf_xml()]
    for style in styles:
        code = _BUILT_IN_FORMATS.get(style.number_format)
        if code is None:
            code = formats.setdefault(style.number_format, _FIRST_OWN_FORMAT + len(formats))
        font = fonts.setdefault(font_xml(style.face), len(fonts))
        fill = fills.setdefault(fill_xml(style.fill), len(fills))
        border = borders.setdefault(border_xml(style.edges, style.edge_colour), len(borders))
        cells.append(xf_xml((code, font, fill, border), style))
    own = (
        f"<numFmt numFmtId={attribute(str(number))} formatCode={attribute(code)}/>" for code, number in formats.items()
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">{_group("numFmts", own)}'
        f"{_group('fonts', fonts)}{_group('fills', fills)}{_group('borders', borders)}"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"{_group('cellXfs', cells)}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        f"{_group('dxfs', effects)}{table_styles}</styleSheet>"
    ).encode()


def _group(name: str, elements: Iterable[str]) -> str:
    listed = list(elements)
    return f'<{name} count="{len(listed)}">{"".join(listed)}</{name}>' if listed else ""


def font_xml(face: Typeface) -> str:
    """A font of the style table."""
    return f"<font>{face_xml(face, 'name')}</font>"


@lru_cache(maxsize=512)
def face_xml(face: Typeface, name_tag: str) -> str:
    """Children of a font in the order of CT_Font (A.2), which strict readers insist on.

    The tag of its name is `name` in the style table, `rFont` in rich text.
    """
    return (
        ("<b/>" if face.bold else "")
        + ("<i/>" if face.italic else "")
        + ("<u/>" if face.underlined else "")
        + f'<sz val="{face.size_pt:g}"/><color rgb="FF{face.colour}"/><{name_tag} val="{face.name}"/><family val="2"/>'
        + ("" if face.name == SYMBOL_FONT else '<charset val="134"/>')  # GB2312_CHARSET
    )


def fill_xml(colour: str, behind: str = "") -> str:
    """A solid fill, or none; the colour behind a solid one is never seen."""
    if not colour:
        return _NO_FILL
    ground = f'rgb="FF{behind}"' if behind else 'indexed="64"'
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor {ground}/></patternFill></fill>'


def border_xml(edges: Edges, colour: str) -> str:
    """Edges of a cell."""
    drawn = (
        f'<{side} style="{weight}"><color rgb="FF{colour}"/></{side}>' if weight else f"<{side}/>"
        for side, weight in zip(_SIDES, edges, strict=True)
    )
    return f"<border>{''.join(drawn)}<diagonal/></border>"


def xf_xml(numbers: tuple[int, int, int, int] = (0, 0, 0, 0), style: CellStyle | None = None) -> str:
    """A cell format by the numbers of its number format, font, fill and border."""
    code, font, fill, border = numbers
    start = f'<xf numFmtId="{code}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
    if style is None:
        return f"{start}/>"
    return (
        start
        + (' quotePrefix="1"' if style.quoted else "")
        + ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        + ("" if style.locked else ' applyProtection="1"')
        + f'><alignment horizontal="{style.horizontal}" vertical="{style.vertical}"'
        + (' wrapText="1"' if style.wrap else "")
        + (f' indent="{style.indent}"' if style.indent else "")
        + (' shrinkToFit="1"' if style.shrink else "")
        + ("/></xf>" if style.locked else '/><protection locked="0"/></xf>')
    )
