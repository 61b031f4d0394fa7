"""The workbook's style table (xl/styles.xml): looks as numbered formats."""

from __future__ import annotations

from danju.ooxml.look import LABEL_FILL, TEXT_FONT
from danju.ooxml.text import DECLARATION, attribute
from danju.ooxml.workbook import MAIN
from danju.summary.cell_looks import RULE, STREAMED, CellLook

TABLE_STYLE = "Danju"
"""Name of the calm banded style of Excel tables."""

_GB2312_CHARSET = 134  # font charset of simplified Chinese
_BUILT_IN_FORMATS = {  # ECMA-376 part 1, 18.8.30 (numFmt)
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49,
}  # fmt: skip
_FIRST_OWN_FORMAT = 164
_STRIPE = "FAFAFB"
# Column widths are counted in digits of the first font: 7.04 pixels of 96 dpi each in this one. Arial has stand-ins
# of equal width everywhere; with the text font, columns would differ where it is missing.
_DEFAULT_FONT = '<font><sz val="9.5"/><name val="Arial"/><family val="2"/></font>'
_DEFAULT_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
)
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_CELL_STYLES = (
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
)
_TABLE_STYLES = (
    '<dxfs count="2"><dxf><font><b/></font><fill><patternFill patternType="solid">'
    f'<bgColor rgb="FF{LABEL_FILL}"/></patternFill></fill></dxf>'
    f'<dxf><fill><patternFill patternType="solid"><bgColor rgb="FF{_STRIPE}"/></patternFill></fill></dxf></dxfs>'
    f'<tableStyles count="1" defaultTableStyle="{TABLE_STYLE}" defaultPivotStyle="PivotStyleLight16">'
    f'<tableStyle name="{TABLE_STYLE}" pivot="0" count="2"><tableStyleElement type="headerRow" dxfId="0"/>'
    '<tableStyleElement type="secondRowStripe" dxfId="1"/></tableStyle></tableStyles>'
)


class StyleTable:
    """Gives looks their numbers in `cellXfs`; those of streamed cells have them from the start."""

    def __init__(self) -> None:
        self._formats: dict[str, int] = {}
        self._fonts = {_DEFAULT_FONT: 0}
        self._fills = {fill: number for number, fill in enumerate(_DEFAULT_FILLS)}
        self._borders = {_NO_BORDER: 0}
        self._xfs = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
        self._numbers: dict[CellLook, int] = {}
        for style, look in STREAMED.items():
            self._numbers[look] = style
            self._xfs.append(self._xf(look))

    def number(self, look: CellLook) -> int:
        """The number of a look."""
        number = self._numbers.get(look)
        if number is None:
            number = self._numbers[look] = len(self._xfs)
            self._xfs.append(self._xf(look))
        return number

    def xml(self) -> bytes:
        """The part."""
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode={attribute(code)}/>' for code, number in self._formats.items()
        )
        return "".join(
            (
                DECLARATION,
                f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(self._formats)}">{formats}</numFmts>',
                *(
                    f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'
                    for name, parts in (("fonts", self._fonts), ("fills", self._fills), ("borders", self._borders))
                ),
                _CELL_STYLES[0],
                f'<cellXfs count="{len(self._xfs)}">{"".join(self._xfs)}</cellXfs>',
                _CELL_STYLES[1],
                _TABLE_STYLES,
                "</styleSheet>",
            )
        ).encode()

    def _xf(self, look: CellLook) -> str:
        number_format = _BUILT_IN_FORMATS.get(look.number_format)
        if number_format is None:
            number_format = _number_in(self._formats, look.number_format, _FIRST_OWN_FORMAT)
        quoted = ' quotePrefix="1"' if look.quoted else ""
        wrapped = ' wrapText="1"' if look.wrap else ""
        return (
            f'<xf numFmtId="{number_format}" fontId="{_number_in(self._fonts, _font(look))}"'
            f' fillId="{_number_in(self._fills, _fill(look))}" borderId="{_number_in(self._borders, _border(look))}"'
            f' xfId="0"{quoted} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="{look.horizontal}" vertical="center"{wrapped}/></xf>'
        )


def _number_in(known: dict[str, int], part: str, first: int = 0) -> int:
    return known.setdefault(part, first + len(known))


def _font(look: CellLook) -> str:
    """Children in the order of CT_Font (ECMA-376 part 1, A.2), which strict readers insist on."""
    bold, line = "<b/>" * look.bold, "<u/>" * look.underlined
    return (
        f'<font>{bold}{line}<sz val="{look.size_pt:g}"/><color rgb="FF{look.colour}"/><name val="{TEXT_FONT}"/>'
        f'<charset val="{_GB2312_CHARSET}"/></font>'
    )


def _fill(look: CellLook) -> str:
    if not look.fill:
        return _DEFAULT_FILLS[0]
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/><bgColor indexed="64"/>'
        "</patternFill></fill>"
    )


def _border(look: CellLook) -> str:
    edges = "".join(
        f'<{edge} style="thin"><color rgb="FF{RULE}"/></{edge}>' if edge[0] in look.rules else f"<{edge}/>"
        for edge in ("left", "right", "top", "bottom")
    )
    return f"<border>{edges}<diagonal/></border>"
