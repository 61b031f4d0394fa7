"""XML of pictures and hyperlinks; namespaces are declared in place, whatever the part around declares."""

from __future__ import annotations

from html import escape

__all__ = ["content_types_with", "drawing_xml", "link_xml", "relations_with"]

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}"></Relationships>'
)


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


def relations_with(xml: str, added: dict[tuple[str, str], str]) -> str:
    """A part's relations with more of them; `added` maps kind and target to the id."""
    lines = "".join(
        f'<Relationship Id="{number}" Type="{_R}/{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for (kind, target), number in added.items()
    )
    whole = xml or _EMPTY
    if whole.rstrip().endswith("/>") and "</Relationships>" not in whole:
        return whole.rstrip()[:-2] + f">{lines}</Relationships>"
    before, _, after = whole.rpartition("</Relationships>")
    return f"{before}{lines}</Relationships>{after}"


def content_types_with(xml: str, kinds: set[str]) -> str:
    """[Content_Types].xml knowing the pictures' extensions."""
    lines = "".join(
        f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
        for kind in sorted(kinds)
        if f'Extension="{kind}"' not in xml
    )
    start = xml.index(">", xml.index("<Types")) + 1
    return xml[:start] + lines + xml[start:]
