"""styles.xml of one workbook: each look in use once, numbered by first use (ECMA-376 part 1 §18.8)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from danju.model.drawing import Run
from danju.ooxml.look import GREY, LABEL_FILL, SYMBOL_FONT, TEXT_FONT
from danju.ooxml.packing import Member
from danju.renderers.grid import BARE, Rules

# The Normal style's font decides what a column width means. Arial has metric-compatible stand-ins everywhere; the text
# font would make columns differ where it is missing. At 9.5 pt its digits are 7.04 pixels wide (96 dpi), so that
# programs that round to whole pixels (Excel) and those that do not (LibreOffice) agree; at 10 pt they differ by 6 %.
DIGIT_PX = 7
_NORMAL_FONT = '<font><sz val="9.5"/><color rgb="FF000000"/><name val="Arial"/><family val="2"/></font>'

_SIDES = ("left", "right", "top", "bottom")  # order of CT_Border, §18.8.4
_WEIGHTS = ("", "thin", "medium")
_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class Face(NamedTuple):
    """Font of a run."""

    size_pt: float = 10.5
    bold: bool = False
    grey: bool = False
    symbol: bool = False


class Style(NamedTuple):
    """Look of a worksheet cell.

    Attributes:
        align: Value of §18.18.40.
        valign: Value of §18.18.88.
        indent: In steps of about 2.4 mm.
        is_code: Shrinks to fit its cell instead of breaking into lines.
        is_quoted: Excel must take the text as text although it begins like a formula.
    """

    face: Face = Face()
    is_label: bool = False
    rules: Rules = BARE
    align: str = "left"
    valign: str = "center"
    indent: int = 0
    is_code: bool = False
    is_quoted: bool = False


def face_of(run: Run) -> Face:
    """The run's font."""
    return Face(run.size_pt, run.bold, run.grey, run.symbol)


@lru_cache(maxsize=512)
def face_xml(face: Face, name_tag: str) -> str:
    """Children of a font in schema order; the tag of its name is `name` in styles, `rFont` in rich text."""
    return (
        ("<b/>" if face.bold else "")
        + f'<sz val="{face.size_pt:g}"/><color rgb="FF{GREY if face.grey else "000000"}"/>'
        + f'<{name_tag} val="{SYMBOL_FONT if face.symbol else TEXT_FONT}"/><family val="2"/>'
        + ("" if face.symbol else '<charset val="134"/>')  # GB2312_CHARSET
    )


class StyleSheet:
    """Numbers the styles of one workbook as they come."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Style, Rules], int] = {}

    def index(self, style: Style, rules: Rules) -> int:
        """The number to write in a cell of that style with these rules; 0 is the Normal style."""
        return self._numbers.setdefault((style, rules), len(self._numbers) + 1)

    def member(self) -> Member:
        """xl/styles.xml."""
        return _styles_member(tuple(self._numbers))


@lru_cache(maxsize=64)
def _styles_member(styles: tuple[tuple[Style, Rules], ...]) -> Member:
    """Forms repeat the same few sets of styles, hence the cache."""
    return Member.deflate("xl/styles.xml", styles_xml(tuple(style._replace(rules=rules) for style, rules in styles)))


def styles_xml(styles: tuple[Style, ...]) -> bytes:
    """xl/styles.xml with these styles as 1, 2, …."""
    faces = {face: number for number, face in enumerate(dict.fromkeys(style.face for style in styles), start=1)}
    borders = {rules: number for number, rules in enumerate(dict.fromkeys(style.rules for style in styles), start=1)}
    fonts = [_NORMAL_FONT, *(f"<font>{_in_font_order(face)}</font>" for face in faces)]
    fills = [
        '<fill><patternFill patternType="none"/></fill>',  # the first two are reserved
        '<fill><patternFill patternType="gray125"/></fill>',
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{LABEL_FILL}"/></patternFill></fill>',
    ]
    frames = [_border_xml(BARE), *(_border_xml(rules) for rules in borders)]
    cells = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
    cells += [_xf(style, faces[style.face], borders[style.rules]) for style in styles]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet {_NAMESPACE}>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts><fills count="3">{"".join(fills)}</fills>'
        f'<borders count="{len(frames)}">{"".join(frames)}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


def _in_font_order(face: Face) -> str:
    return face_xml(face, "name")


def _border_xml(rules: Rules) -> str:
    top, right, bottom, left = rules
    sides = zip(_SIDES, (left, right, top, bottom), strict=True)
    drawn = [
        f'<{side} style="{_WEIGHTS[rule]}"><color rgb="FF000000"/></{side}>' if rule else f"<{side}/>"
        for side, rule in sides
    ]
    return f"<border>{''.join(drawn)}<diagonal/></border>"


def _xf(style: Style, font: int, border: int) -> str:
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{2 if style.is_label else 0}" borderId="{border}" xfId="0"'
        + (' quotePrefix="1"' if style.is_quoted else "")
        + ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        + f'<alignment horizontal="{style.align}" vertical="{style.valign}"'
        + (' shrinkToFit="1"' if style.is_code else ' wrapText="1"')
        + (f' indent="{style.indent}"' if style.indent else "")
        + "/></xf>"
    )
