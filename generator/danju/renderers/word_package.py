"""The fixed part of a Word file: styles, settings, fonts and relations (ECMA-376 part 1 §11, §17)."""

from __future__ import annotations

from danju.layout.linebreaks import NO_END, NO_START
from danju.model.drawing import FOOT_LINE_MM, FOOT_PT, LINE_MM, TEXT_PT
from danju.ooxml.look import GREY, SYMBOL_FONT, TEXT_FONT, TEXT_FONT_LATIN_NAME
from danju.ooxml.packing import CompiledPackage
from danju.ooxml.parts import Part, compile_parts
from danju.ooxml.properties import property_parts
from danju.ooxml.text import DECLARATION
from danju.renderers.word_parts import FOOT_STYLE, NAMESPACES, PARAGRAPH_STYLES, SYMBOL_STYLE, spacing_xml

DOCUMENT, FOOTER = "word/document.xml", "word/footer1.xml"
"""The members that each record has of its own."""

_COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
)
# Signs that must not begin or end a line: §17.15.1.58, §17.15.1.59.
_SETTINGS_XML = f"""{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:noLineBreaksAfter w:lang="zh-CN" w:val="{NO_END}"/>
<w:noLineBreaksBefore w:lang="zh-CN" w:val="{NO_START}"/>
<w:compat>{_COMPATIBILITY}</w:compat>
<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""


def _fonts_xml(font: str) -> str:
    """w:rFonts for every script: a style that leaves one out does not reach Chinese text."""
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


def _size_xml(size_pt: float) -> str:
    return f'<w:sz w:val="{int(size_pt * 2)}"/><w:szCs w:val="{int(size_pt * 2)}"/>'


_DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>{_fonts_xml(TEXT_FONT)}{_size_xml(TEXT_PT)}
<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""

# No space is added between Chinese and Latin letters, no sign hangs over the edge, lines keep off the document grid:
# the drawing has measured.
_SETTING = """<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>
<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>"""
_NORMAL = f"""<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr>{_SETTING}<w:spacing w:before="0" w:after="0"/></w:pPr></w:style>"""
_NEEDED = """<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>
</w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"""
_NAMES = {"left": "单据文字", "center": "单据文字 居中", "right": "单据文字 居右"}


def _paragraph_style(align: str, style_id: str) -> str:
    """The style of the words in cells of one alignment; type face and size stand in it for all scripts."""
    turned = f'<w:jc w:val="{align}"/>' if align != "left" else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{_NAMES[align]}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_SETTING}{spacing_xml(LINE_MM)}{turned}</w:pPr>'
        f"<w:rPr>{_fonts_xml(TEXT_FONT)}{_size_xml(TEXT_PT)}</w:rPr></w:style>"
    )


_SYMBOLS = (
    f'<w:style w:type="character" w:customStyle="1" w:styleId="{SYMBOL_STYLE}"><w:name w:val="单据选项框"/>'
    f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{_fonts_xml(SYMBOL_FONT)}</w:rPr></w:style>'
)
_FOOT = (
    f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{FOOT_STYLE}"><w:name w:val="单据页脚"/>'
    f'<w:basedOn w:val="Normal"/><w:pPr>{_SETTING}{spacing_xml(FOOT_LINE_MM)}</w:pPr>'
    f'<w:rPr>{_fonts_xml(TEXT_FONT)}<w:color w:val="{GREY}"/>{_size_xml(FOOT_PT)}</w:rPr></w:style>'
)
_STYLES_XML = (
    f"{DECLARATION}<w:styles {NAMESPACES}>{_DEFAULTS}{_NORMAL}{_NEEDED}"
    + "".join([_paragraph_style(align, style_id) for align, style_id in PARAGRAPH_STYLES.items()])
    + f"{_FOOT}{_SYMBOLS}</w:styles>"
)

_FONTS_XML = f"""{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="{TEXT_FONT}">
<w:altName w:val="{TEXT_FONT_LATIN_NAME}"/>
<w:panose1 w:val="020B0503020204020204"/>
<w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="{SYMBOL_FONT}"><w:panose1 w:val="020B0502040204020203"/><w:charset w:val="00"/><w:family w:val="swiss"/>
<w:pitch w:val="variable"/></w:font></w:fonts>"""


def compile_package() -> tuple[CompiledPackage, str]:
    """The compiled package and the relation id of its footer."""
    beside = (
        Part(FOOTER, "footer"),
        Part("word/styles.xml", "styles", _STYLES_XML.encode()),
        Part("word/settings.xml", "settings", _SETTINGS_XML.encode()),
        Part("word/fontTable.xml", "fontTable", _FONTS_XML.encode()),
    )
    return compile_parts((Part(DOCUMENT, "document", None, beside), *property_parts(None, None))), "rId1"
