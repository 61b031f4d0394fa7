"""XML of pictures and hyperlinks; namespaces are declared in place, whatever the part around declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from posixpath import relpath

from lxml import etree

from danju.ooxml.parts import OFFICE, PACKAGE, relationship_type
from danju.ooxml.text import DECLARATION

__all__ = ["content_types_with", "drawing_xml", "in_default_namespace", "link_xml", "relations_with"]

_R = OFFICE
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMPTY = f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'


def drawing_xml(size: tuple[int, int], relation: str, number: int, text: str, link: str | None) -> str:
    """w:drawing with the picture in the line of text; `size` in EMU."""
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    click = f'<a:hlinkClick xmlns:a="{_A}" xmlns:r="{_R}" r:id="{link}"/>' if link else ""
    described = f' descr="{escape(text)}"' if text else ""
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="Picture {number}"{described}>{click}</wp:docPr>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def link_xml(relation: str, run: str) -> str:
    """w:hyperlink around a run."""
    return f'<w:hyperlink xmlns:r="{_R}" r:id="{relation}">{run}</w:hyperlink>'


def relations_with(xml: str, added: Mapping[tuple[str, str], str], folder: str) -> str:
    """A part's relations with more of them.

    Args:
        xml: As it is, in its default namespace; "" for none.
        added: Kind and target (of a picture the member) to the id.
        folder: Of the part.
    """
    lines = "".join(
        f'<Relationship Id="{number}" Type="{relationship_type(kind)}" '
        + (
            f'Target="{escape(target)}" TargetMode="External"/>'
            if kind == "hyperlink"
            else f'Target="{escape(relpath(f"/{target}", f"/{folder}"))}"/>'
        )
        for (kind, target), number in added.items()
    )
    whole = xml or _EMPTY
    if whole.rstrip().endswith("/>") and "</Relationships>" not in whole:
        return whole.rstrip()[:-2] + f">{lines}</Relationships>"
    before, _, after = whole.rpartition("</Relationships>")
    return f"{before}{lines}</Relationships>{after}"


def content_types_with(xml: str, kinds: Iterable[str]) -> str:
    """[Content_Types].xml, in its default namespace, knowing the pictures' extensions: in any case, each once."""
    known = {extension.lower() for extension in re.findall(r'Extension="([^"]*)"', xml)}
    lines = "".join(
        f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in sorted(kinds) if kind not in known
    )
    start = xml.index(">", xml.index("<Types")) + 1
    return xml[:start] + lines + xml[start:]


def in_default_namespace(content: bytes) -> bytes:
    """An index of a package (content types, relations) whose elements have no prefixes, so that text can be added."""
    root = etree.fromstring(content)
    name = etree.QName(root)
    if f"<{name.localname} ".encode() in content:
        return content
    plain = etree.fromstring(f'<{name.localname} xmlns="{name.namespace}"/>')
    plain.extend(list(root))
    etree.cleanup_namespaces(plain)
    return etree.tostring(plain, xml_declaration=True, encoding="UTF-8", standalone=True)
