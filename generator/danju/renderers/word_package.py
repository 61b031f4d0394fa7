"""The fixed part of a Word file: styles, settings, fonts and relations, built once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

from danju.renderers.look import SYMBOL_FONT, TEXT_FONT, TEXT_FONT_LATIN_NAME
from danju.renderers.package import CompiledPackage
from danju.renderers.properties import APP_XML
from danju.renderers.word_parts import NAMESPACES

if TYPE_CHECKING:
    from docx.document import Document
    from docx.package import Package

CHANGING = ("word/document.xml", "word/footer1.xml", "docProps/core.xml", "docProps/custom.xml")

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_UNUSED = (
    "stylesWithEffects",
    "customXml",
    "numbering",
    "webSettings",
    "thumbnail",
    "fontTable",
    "extended-properties",
)
_KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")

# Signs that must not end or begin a line. The first list is Word's own for zh-CN and the tick boxes, which must not
# part from their words; the second is Word's own. §17.15.1.58, §17.15.1.59.
_NOT_AT_END = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥☐☑☒"
_NOT_AT_START = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"

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
_SETTINGS = f"""<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:noLineBreaksAfter w:lang="zh-CN" w:val="{_NOT_AT_END}"/>
<w:noLineBreaksBefore w:lang="zh-CN" w:val="{_NOT_AT_START}"/>
<w:compat>{_COMPATIBILITY}</w:compat>
<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"
 w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
 w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""

_DEFAULTS = f"""<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{TEXT_FONT}" w:hAnsi="{TEXT_FONT}" w:eastAsia="{TEXT_FONT}" w:cs="{TEXT_FONT}"/>
<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>"""

# No space is added between Chinese and Latin letters, and lines keep off the document grid: the drawing has measured.
_PARAGRAPH = f"""<w:pPr {NAMESPACES}><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"/></w:pPr>"""

_FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {NAMESPACES}><w:font w:name="{TEXT_FONT}"><w:altName w:val="{TEXT_FONT_LATIN_NAME}"/>
<w:panose1 w:val="020B0503020204020204"/>
<w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="{SYMBOL_FONT}"><w:panose1 w:val="020B0502040204020203"/><w:charset w:val="00"/><w:family w:val="swiss"/>
<w:pitch w:val="variable"/></w:font></w:fonts>"""


def compile_package() -> tuple[CompiledPackage, str]:
    """The compiled package and the relation id of its footer."""
    import docx  # late: most commands never draw a Word file
    from docx.oxml import parse_xml

    document = docx.Document()
    _replace_parts(document)
    _replace_children(document.settings.element, parse_xml(_SETTINGS))
    _reduce_styles(document, parse_xml(_DEFAULTS), parse_xml(_PARAGRAPH))
    document.sections[0].footer.is_linked_to_previous = False
    footer = next(rel for rel in document.part.rels.values() if rel.reltype == _RELATION + "footer").rId
    out = BytesIO()
    document.save(out)
    return CompiledPackage.compile(out.getvalue(), CHANGING), footer


def _replace_parts(document: Document) -> None:
    """Drop what python-docx's own template brings along and is not ours; put our font table and properties in."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = cast("Package", document.part.package)
    for rels in (document.part.rels, package.rels):
        for relation in [rel for rel in rels.values() if rel.reltype.rsplit("/", 1)[1] in _UNUSED]:
            del rels[relation.rId]
    office = "application/vnd.openxmlformats-officedocument."
    for owner, relation, name, kind, content in (
        (document.part, "fontTable", "/word/fontTable.xml", "wordprocessingml.fontTable+xml", _FONTS.encode()),
        (package, "extended-properties", "/docProps/app.xml", "extended-properties+xml", APP_XML),
        (package, "custom-properties", "/docProps/custom.xml", "custom-properties+xml", b""),
    ):
        owner.relate_to(Part(PackURI(name), office + kind, content, package), _RELATION + relation)


def _replace_children(element: object, source: object) -> None:
    """Give the first lxml element the children of the second."""
    element[:] = list(source)  # type: ignore[index, call-overload]


def _reduce_styles(document: Document, defaults: object, paragraph: object) -> None:
    """Keep the four styles that Word cannot do without; every run and paragraph carries its own look."""
    styles = document.styles
    for style in list(styles):
        if style.style_id not in _KEPT_STYLES:
            style.delete()
    normal = styles["Normal"].element
    for child in list(normal):
        if child.tag.endswith(("}rPr", "}pPr", "}rsid")):
            normal.remove(child)
    normal.append(paragraph)
    root = styles.element
    for child in list(root):
        if child.tag.endswith(("}docDefaults", "}latentStyles")):
            root.remove(child)
    root.insert(0, defaults)
