"""The workbook's style table (xl/styles.xml) as Excel's schema and our look want it."""

from __future__ import annotations

from lxml import etree

from danju.renderers.look import LABEL_FILL

TABLE_STYLE = "Danju"
"""Name of the calm banded style of Excel tables."""

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# CT_Font, ECMA-376 part 1, A.2: Office reads the children in any order, the schema allows only this one.
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
_STRIPE = "FAFAFB"
_DXFS = (
    f'<dxfs xmlns="{_NS}" count="2">'
    f'<dxf><font><b/></font><fill><patternFill patternType="solid"><bgColor rgb="FF{LABEL_FILL}"/></patternFill></fill>'
    "</dxf>"
    f'<dxf><fill><patternFill patternType="solid"><bgColor rgb="FF{_STRIPE}"/></patternFill></fill></dxf></dxfs>'
)
_TABLE_STYLES = (
    f'<tableStyles xmlns="{_NS}" count="1" defaultTableStyle="{TABLE_STYLE}" defaultPivotStyle="PivotStyleLight16">'
    f'<tableStyle name="{TABLE_STYLE}" pivot="0" count="2"><tableStyleElement type="headerRow" dxfId="0"/>'
    '<tableStyleElement type="secondRowStripe" dxfId="1"/></tableStyle></tableStyles>'
)


def mend_styles(styles: bytes) -> bytes:
    """The same style table with fonts in schema order, our default font and our table style."""
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    fonts = root.find(f"{{{_NS}}}fonts")
    if fonts is not None:
        _set_default_font(fonts[0])
        for font in fonts:
            font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
    for name, replacement in (("dxfs", _DXFS), ("tableStyles", _TABLE_STYLES)):
        old = root.find(f"{{{_NS}}}{name}")
        if old is not None:
            root.replace(old, etree.fromstring(replacement))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_default_font(font: etree._Element) -> None:
    """Column widths are counted in digits of the first font: 7.04 pixels of 96 dpi each in this one.

    Arial has stand-ins of equal width everywhere; with the text font, columns would differ where it is missing.
    """
    font[:] = []
    etree.SubElement(font, f"{{{_NS}}}sz", val="9.5")
    etree.SubElement(font, f"{{{_NS}}}name", val="Arial")
    etree.SubElement(font, f"{{{_NS}}}family", val="2")
