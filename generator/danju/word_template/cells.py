"""Tags about the table cell they stand in: colspan, cellbg, hm, vm."""

from __future__ import annotations

from lxml import etree

from danju.messages import phrase
from danju.word_template.places import w
from danju.word_template.source import CONTINUE, OPEN, Site, TemplatePart

__all__ = ["CELL_WORDS", "apply_cell_tags", "has_children", "insert_before"]

CELL_WORDS = frozenset(("colspan", "cellbg", "hm", "vm"))
# CT_TcPr, ECMA-376 part 1, 17.4.69: the order of children is fixed.
_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
          "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange")  # fmt: skip


def apply_cell_tags(part: TemplatePart) -> None:
    """Every such tag goes from the text and into the properties of its cell."""
    for site in list(part.sites):
        word, _, argument = site.source.partition(" ")
        if site.mode != "block" or word not in CELL_WORDS or site.element is None:
            continue
        token = _drop_token(part, site)
        cell = next(site.element.iterancestors(w("tc")), None)
        if cell is None:
            part.report("T108", site.place, site.tag.text, level="tc")
            continue
        argument = argument.strip()
        if word in ("colspan", "cellbg") and not argument:
            part.report("T103", site.place, site.tag.text, reason=phrase("value_missing_behind", word=word))
            continue
        _drop_empty_runs(site.element)
        _APPLY[word](part, cell, site, argument, token)


def _drop_token(part: TemplatePart, site: Site) -> str:
    token = f"\U0010fff0{part.sites.index(site)}\U0010fff1"
    if site.element is not None:
        site.element.text = (site.element.text or "").replace(token, "")
    return token


def _drop_empty_runs(text: etree._Element) -> None:
    """A run that held nothing but the tag."""
    run = text.getparent()
    if run is None or text.text or len([child for child in run if child.tag != w("rPr")]) > 1:
        return
    parent = run.getparent()
    if parent is not None and run.tag == w("r"):
        parent.remove(run)


def _colspan(part: TemplatePart, cell: etree._Element, site: Site, argument: str, token: str) -> None:
    part.mends_tables = True
    site.mode, site.source = "span", argument
    _property(cell, "gridSpan").set(w("val"), token)


def _cellbg(part: TemplatePart, cell: etree._Element, site: Site, argument: str, token: str) -> None:
    site.mode, site.source = "colour", argument
    shading = _property(cell, "shd")
    shading.attrib.clear()
    shading.set(w("val"), "clear")
    shading.set(w("color"), "auto")
    shading.set(w("fill"), token)


def _hm(part: TemplatePart, cell: etree._Element, site: Site, argument: str, token: str) -> None:
    part.mends_tables = True
    site.mode, site.source = "raw", f"{OPEN}%\nif loop.first {CONTINUE}"
    span = _property(cell, "gridSpan")
    times = span.get(w("val")) or "1"
    raw = part.add_raw(f"{OPEN}{{\nloop.length * {int(times) if times.isdigit() else 1} }}\x02", site.place)
    span.set(w("val"), raw)
    insert_before(cell, token)
    cell.tail = part.add_raw(f"{OPEN}%endif{CONTINUE}", site.place) + (cell.tail or "")


def _vm(part: TemplatePart, cell: etree._Element, site: Site, argument: str, token: str) -> None:
    """Without an argument all rows of the loop merge, with one the neighbours of equal value."""
    number = part.sites.index(site)
    condition = f"loop|__starts({number}, ({argument}))" if argument else "loop.first"
    site.mode, site.source = "raw", f"{OPEN}%\nset __top{number} = {condition} {CONTINUE}"
    merge = _property(cell, "vMerge")
    merge.set(
        w("val"),
        part.add_raw(f"{OPEN}%if __top{number}{CONTINUE}restart{OPEN}%else{CONTINUE}continue{OPEN}%endif{CONTINUE}"),
    )
    insert_before(cell, token)
    properties = cell.find(w("tcPr"))
    assert properties is not None
    paragraph = next(cell.iter(w("p")), None)
    kept = None if paragraph is None else paragraph.find(w("pPr"))
    properties.tail = part.add_raw(f"{OPEN}%if __top{number}{CONTINUE}", site.place)
    # A continued cell keeps one empty paragraph, as every cell must.
    other = etree.SubElement(cell, w("p"))
    if kept is not None:
        other.append(etree.fromstring(etree.tostring(kept, with_tail=False)))
    insert_before(other, part.add_raw(f"{OPEN}%else{CONTINUE}", site.place))
    other.tail = part.add_raw(f"{OPEN}%endif{CONTINUE}", site.place)


_APPLY = {"colspan": _colspan, "cellbg": _cellbg, "hm": _hm, "vm": _vm}


def _property(cell: etree._Element, name: str) -> etree._Element:
    """The child of w:tcPr of that name, made at its place when missing."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    found = properties.find(w(name))
    if found is not None:
        return found
    rank = _ORDER.index(name)
    made = etree.Element(w(name))
    index = sum(1 for child in properties if _rank(child) < rank)
    properties.insert(index, made)
    return made


def _rank(element: etree._Element) -> int:
    name = etree.QName(element).localname
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def insert_before(element: etree._Element, text: str) -> None:
    """Text right before an element."""
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def has_children(element: etree._Element) -> bool:
    """Whether there is any element inside."""
    return next(element.iterchildren(tag=etree.Element), None) is not None
