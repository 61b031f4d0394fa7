"""Parts of a blank Word form beside its text: the stamp, the style of placeholders, and their building blocks."""

from __future__ import annotations

import uuid
from collections.abc import MutableMapping
from xml.sax.saxutils import escape, quoteattr

from danju.blanks.word.controls import PLACEHOLDER_GREY, PLACEHOLDER_STYLE, PLACEHOLDERS
from danju.exchange.stamp import Stamp
from danju.renderers.look import TEXT_FONT
from danju.renderers.properties import CUSTOM
from danju.renderers.word_parts import DECLARATION, NAMESPACES

__all__ = ["add_parts"]

_STYLES, _TYPES, _RELATIONS = "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
_GLOSSARY = "word/glossary/document.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# fmtid of user-defined properties and the first free pid: [MS-OSHARED] 2.3.3.2.3
_FMTID, _FIRST_PID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2
_STYLE = (
    f'<w:style w:type="character" w:styleId="{PLACEHOLDER_STYLE}"><w:name w:val="Placeholder Text"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    f'<w:rPr><w:color w:val="{PLACEHOLDER_GREY}"/></w:rPr></w:style>'
)
_BLOCK_NAMESPACE = uuid.UUID("6f0b7c1e-4d0a-5a0e-9d55-1f3c2b7a9e10")


def add_parts(parts: MutableMapping[str, bytes], stamp: Stamp) -> None:
    """Puts the stamp, the placeholder style and the glossary into an unzipped package."""
    parts[CUSTOM] = _custom_xml(stamp).encode()
    parts[_STYLES] = _before_end(parts[_STYLES], "</w:styles>", _STYLE)
    parts[_GLOSSARY] = _glossary_xml().encode()
    parts["word/glossary/styles.xml"] = parts[_STYLES]
    parts["word/glossary/_rels/document.xml.rels"] = (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}relationships/styles" Target="styles.xml"/></Relationships>'
    ).encode()
    types = "".join(
        f'<Override PartName="/word/glossary/{name}.xml" ContentType="{_WORD_TYPE}{kind}+xml"/>'
        for name, kind in (("document", "document.glossary"), ("styles", "styles"))
    )
    parts[_TYPES] = _before_end(parts[_TYPES], "</Types>", types)
    kind = f"{_OFFICE}relationships/glossaryDocument"
    relation = f'<Relationship Id="rIdGlossary" Type="{kind}" Target="glossary/document.xml"/>'
    parts[_RELATIONS] = _before_end(parts[_RELATIONS], "</Relationships>", relation)


def _before_end(xml: bytes, end: str, more: str) -> bytes:
    return xml.replace(end.encode(), f"{more}{end}".encode(), 1)


def _custom_xml(stamp: Stamp) -> str:
    """docProps/custom.xml."""
    entries = "".join(
        f'<property fmtid="{_FMTID}" pid="{pid}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(stamp.properties().items(), start=_FIRST_PID)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}custom-properties"'
        f' xmlns:vt="{_OFFICE}docPropsVTypes">{entries}</Properties>'
    )


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
