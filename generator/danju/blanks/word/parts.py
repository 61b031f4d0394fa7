"""Parts of a blank Word form beside its text: the stamp, the style of placeholders, and their building blocks."""

from __future__ import annotations

import uuid

from danju.blanks.word.controls import PLACEHOLDER_GREY, PLACEHOLDER_STYLE, PLACEHOLDERS
from danju.exchange.stamp import Stamp
from danju.ooxml.look import TEXT_FONT
from danju.ooxml.package import Package, parse_xml
from danju.ooxml.properties import custom_xml
from danju.ooxml.text import DECLARATION
from danju.renderers.word_parts import NAMESPACES

__all__ = ["add_parts"]

_GLOSSARY, _GLOSSARY_STYLES = "word/glossary/document.xml", "word/glossary/styles.xml"
_STYLE = (
    f'<w:style {NAMESPACES} w:type="character" w:styleId="{PLACEHOLDER_STYLE}"><w:name w:val="Placeholder Text"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    f'<w:rPr><w:color w:val="{PLACEHOLDER_GREY}"/></w:rPr></w:style>'
)
_BLOCK_NAMESPACE = uuid.UUID("6f0b7c1e-4d0a-5a0e-9d55-1f3c2b7a9e10")


def add_parts(package: Package, stamp: Stamp) -> None:
    """Puts the stamp, the placeholder style and the glossary into a package."""
    package.put(package.related("", "custom-properties")[0], custom_xml(stamp.properties()))
    (styles,) = package.related(package.main, "styles")
    package.edit(styles).append(parse_xml(_STYLE.encode()))
    package.put(_GLOSSARY, _glossary_xml().encode())
    package.put(_GLOSSARY_STYLES, package.read(styles))
    package.set_type(_GLOSSARY, "glossary")
    package.set_type(_GLOSSARY_STYLES, "styles")
    package.relate(package.main, "glossaryDocument", _GLOSSARY)
    package.relate(_GLOSSARY, "styles", _GLOSSARY_STYLES)


def _glossary_xml() -> str:
    """The words that an emptied control shows again (§17.12)."""
    blocks = "".join(_block_xml(name, words) for words, name in PLACEHOLDERS.items())
    return f"{DECLARATION}<w:glossaryDocument {NAMESPACES}><w:docParts>{blocks}</w:docParts></w:glossaryDocument>"


def _block_xml(name: str, words: str) -> str:
    guid = str(uuid.uuid5(_BLOCK_NAMESPACE, name)).upper()
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        f'<w:behaviors><w:behavior w:val="content"/></w:behaviors><w:guid w:val="{{{guid}}}"/></w:docPartPr>'
        f'<w:docPartBody><w:p><w:r><w:rPr><w:rStyle w:val="{PLACEHOLDER_STYLE}"/>'
        f'<w:rFonts w:ascii="{TEXT_FONT}" w:hAnsi="{TEXT_FONT}" w:eastAsia="{TEXT_FONT}"/></w:rPr>'
        f"<w:t>{words}</w:t></w:r></w:p></w:docPartBody></w:docPart>"
    )
