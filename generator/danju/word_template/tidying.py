"""A part made fit for being repeated: editing traces out, ids given at filling, fragile containers marked."""

from __future__ import annotations

from lxml import etree

from danju.word_template.cells import has_children, insert_before
from danju.word_template.places import w
from danju.word_template.source import CLOSE, END_MARK, OPEN, START_MARK, TemplatePart

__all__ = ["finish_tree", "strip_traces"]

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PICTURE_IDS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PAIRS = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))
_BLOCKS = frozenset(
    map(w, ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "tc", "tr", "tbl", "p", "r", "pPr",
            "rPr", "tcPr", "tblPr", "trPr", "sdt", "sdtContent", "sdtPr"))
)  # fmt: skip
_NEED_PARAGRAPH = frozenset(map(w, ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")))


def strip_traces(root: etree._Element) -> None:
    """Take out spelling marks, revision ids and the place of the cursor: they split tags and must not be repeated."""
    for element in list(root.iter()):
        if element.tag == w("proofErr") or (element.tag == w("lastRenderedPageBreak")):
            _drop(element)
            continue
        for name in list(element.attrib):
            if str(name).startswith((w("rsid"), f"{_W14}paraId", f"{_W14}textId")):
                del element.attrib[name]
        if element.tag in _BLOCKS:
            _drop_blanks(element)
    cursors = {each.get(w("id")) for each in root.iter(w("bookmarkStart")) if each.get(w("name")) == "_GoBack"}
    for name in ("bookmarkStart", "bookmarkEnd"):
        for each in list(root.iter(w(name))):
            if each.get(w("id")) in cursors:
                _drop(each)


def _drop_blanks(element: etree._Element) -> None:
    """White space between elements, which only indents the file."""
    if element.text and not element.text.strip():
        element.text = None
    for child in element:
        if child.tail and not child.tail.strip():
            child.tail = None


def finish_tree(part: TemplatePart) -> None:
    """After tags have found their places: pairs, ids and marks."""
    root = part.root
    for first, last in _PAIRS:
        starts = {each.get(w("id")) for each in root.iter(w(first))}
        ends = {each.get(w("id")) for each in root.iter(w(last))}
        for each in [*root.iter(w(first)), *root.iter(w(last))]:
            if each.get(w("id")) not in starts & ends:
                _drop(each)
    _number_at_filling(part)
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            _mark(part, element)


def _number_at_filling(part: TemplatePart) -> None:
    """Ids that must be unique in the document even when a loop repeats their element."""
    if not any(site.mode == "block" for site in part.sites):
        return
    for element in part.root.iter(_PICTURE_IDS):
        element.set("id", part.add_raw(f"{OPEN}{{\n0|__id }}{CLOSE}"))
    for element in part.root.iter(w("bookmarkStart"), w("bookmarkEnd")):
        number = (element.get(w("id")) or "0").strip()
        number = number if number.isdigit() else "0"
        if element.tag == w("bookmarkStart"):
            name = element.get(w("name")) or ""
            element.set(w("id"), part.add_raw(f"{OPEN}{{\n{number}|__mark }}{CLOSE}"))
            suffix = part.add_raw(f"{OPEN}{{\n{number}|__mark_name }}{CLOSE}")
            element.set(w("name"), name + suffix)
        else:
            element.set(w("id"), part.add_raw(f"{OPEN}{{\n{number}|__mark_end }}{CLOSE}"))
    for properties in part.root.iter(w("sdtPr")):
        for name in ("id", "showingPlcHdr"):
            for child in properties.findall(w(name)):
                properties.remove(child)


def _mark(part: TemplatePart, element: etree._Element) -> None:
    """Remember where an element may lose all it needs; `mend` looks there after filling."""
    if element.tag in _NEED_PARAGRAPH and _has_tokens(element):
        part_mark = part.add_raw(f"{END_MARK}c")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + part_mark
        else:
            element.text = (element.text or "") + part_mark
    elif element.tag in (w("tbl"), w("tr")) and _has_tokens(element):
        kind = "t" if element.tag == w("tbl") else "r"
        insert_before(element, part.add_raw(START_MARK + kind))
        element.tail = part.add_raw(END_MARK + kind) + (element.tail or "")
    elif element.tag == w("sdtContent") and (_has_tokens(element) or not has_children(element)):
        control = element.getparent()
        if control is not None:
            insert_before(control, part.add_raw(f"{START_MARK}s"))
            control.tail = part.add_raw(f"{END_MARK}s") + (control.tail or "")


def _has_tokens(element: etree._Element) -> bool:
    if "\U0010fff0" in (element.text or ""):
        return True
    return any("\U0010fff0" in (child.tail or "") for child in element)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        insert_before(element, element.tail)
    parent.remove(element)
