"""Tags that stand for a whole paragraph, row, cell or run ({%p, {%tr, {%tc, {%r) and tags that join lines ({%-)."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from danju.word_template.cells import has_children, insert_before
from danju.word_template.paragraphs import preserve
from danju.word_template.places import w
from danju.word_template.source import Site, TemplatePart

__all__ = ["join_lines", "lift_tags"]

_TOKENS = re.compile("\U0010fff0(\\d+)\U0010fff1")
_NAMES = {"p": ("段落", "段"), "tr": ("表格行", "行"), "tc": ("单元格", "格"), "r": ("文字片段", "段")}
_OPENERS = frozenset(("for", "if", "with", "call", "macro"))
_MIDDLE = frozenset(("elif", "else"))


def _token(part: TemplatePart, site: Site) -> str:
    return f"\U0010fff0{part.sites.index(site)}\U0010fff1"


def join_lines(part: TemplatePart) -> None:
    """`{%-` joins what stands before, `-%}` what follows: paragraphs and line breaks between them go."""
    for site in part.sites:
        if site.element is None or site.tag.level or site.element.tag != w("t"):
            continue
        if site.tag.trim_before:
            _join_before(part, site)
        if site.tag.trim_after:
            _join_after(part, site)


def _join_before(part: TemplatePart, site: Site) -> None:
    text = site.element
    assert text is not None
    before, token, after = (text.text or "").partition(_token(part, site))
    if before.strip(" "):
        text.text = before.rstrip(" ") + token + after
        return
    text.text = token + after
    if site.mode != "block":
        return
    sign = _neighbour(text, back=True)
    if sign is not None:
        _remove(sign)
        return
    paragraph = next(text.iterancestors(w("p")))
    if _has_text_before(paragraph, text):
        return
    previous = paragraph.getprevious()
    if previous is not None and previous.tag == w("p"):
        _append(previous, paragraph)


def _join_after(part: TemplatePart, site: Site) -> None:
    text = site.element
    assert text is not None
    before, token, after = (text.text or "").partition(_token(part, site))
    if after.strip(" "):
        text.text = before + token + after.lstrip(" ")
        return
    text.text = before + token
    if site.mode != "block":
        return
    sign = _neighbour(text, back=False)
    if sign is not None:
        _remove(sign)
        return
    paragraph = next(text.iterancestors(w("p")))
    if any(each.text for each in _texts_after(paragraph, text)):
        return
    following = paragraph.getnext()
    if following is not None and following.tag == w("p"):
        _append(paragraph, following)


def _neighbour(text: etree._Element, back: bool) -> etree._Element | None:
    """The line break next to the text, in its run or at the border of the neighbouring one."""
    beside = text.getprevious() if back else text.getnext()
    if beside is not None and beside.tag != w("rPr"):
        return beside if beside.tag == w("br") and not beside.get(w("type")) else None
    run = text.getparent()
    other = None if run is None else (run.getprevious() if back else run.getnext())
    if other is None or other.tag != w("r") or not len(other):
        return None
    last = other[-1] if back else next((child for child in other if child.tag != w("rPr")), None)
    return last if last is not None and last.tag == w("br") and not last.get(w("type")) else None


def _has_text_before(paragraph: etree._Element, text: etree._Element) -> bool:
    for each in paragraph.iter(w("t")):
        if each is text:
            return False
        if each.text:
            return True
    return False


def _texts_after(paragraph: etree._Element, text: etree._Element) -> list[etree._Element]:
    texts = list(paragraph.iter(w("t")))
    return texts[texts.index(text) + 1 :]


def _append(paragraph: etree._Element, following: etree._Element) -> None:
    for child in list(following):
        if child.tag != w("pPr"):
            paragraph.append(child)
    _remove(following)


def _remove(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        insert_before(element, element.tail)
    parent.remove(element)


def lift_tags(part: TemplatePart) -> None:
    """Each such tag takes the place of the element around it, or goes around it when it begins and ends there."""
    for site in part.sites:
        if site.tag.level == "r" and site.element is not None and site.mode != "raw":
            _split_run(part, site)
    for level in ("p", "tc", "tr"):
        groups: dict[etree._Element, list[Site]] = {}
        for site in part.sites:
            if site.tag.level != level or site.element is None or (site.mode == "text" and level != "p"):
                continue
            whole = next(site.element.iterancestors(w(level)), None)
            if whole is None or site.element.getroottree().getroot() is not part.root:
                if whole is None and site.element.getroottree().getroot() is part.root:
                    part.report("T108", site.place, site.tag.text, level=level)
                continue
            groups.setdefault(whole, []).append(site)
        for whole, sites in groups.items():
            _lift(part, whole, sites, level)


def _lift(part: TemplatePart, whole: etree._Element, sites: list[Site], level: str) -> None:
    for site in sites:
        assert site.element is not None
        token = _token(part, site)
        site.element.text = (site.element.text or "").replace(token, "")
        if site.mode == "raw":  # a comment
            site.source = ""
    if level == "tc":
        part.mends_tables = True
    rest = _rest(part, whole)
    if _encloses(sites) and rest:
        half = len(sites) // 2
        insert_before(whole, "".join(_token(part, site) for site in sites[:half]))
        whole.tail = "".join(_token(part, site) for site in sites[half:]) + (whole.tail or "")
        return
    if rest and not all(site.mode == "raw" for site in sites):
        name, unit = _NAMES[level]
        part.report("T109", sites[0].place, sites[0].tag.text, level=level, whole=name, unit=unit, text=rest)
    insert_before(whole, "".join(_token(part, site) for site in sites))
    _leave_section_break(whole)
    _remove_with_holder(whole)


def _encloses(sites: list[Site]) -> bool:
    """Whether the statements open and close each other, as in `{%p if x %}…{%p endif %}` on one line."""
    words = [site.source.partition(" ")[0] for site in sites]
    half = len(words) // 2
    if len(words) % 2 or not words or any(site.mode != "block" for site in sites):
        return False
    return (
        all(word in _OPENERS for word in words[:half])
        and [f"end{word}" for word in reversed(words[:half])] == words[half:]
    )


def _rest(part: TemplatePart, whole: etree._Element) -> str:
    """What else would be printed by the element."""
    text = "".join(each.text or "" for each in whole.iter(w("t")))
    text = _TOKENS.sub(lambda found: part.sites[int(found.group(1))].tag.text, text).strip()
    if not text and whole.find(".//" + w("drawing")) is not None:
        return "图片"
    return text


def _leave_section_break(whole: etree._Element) -> None:
    section = whole.find(f"{w('pPr')}/{w('sectPr')}")
    if section is None:
        return
    paragraph = etree.Element(w("p"))
    etree.SubElement(paragraph, w("pPr")).append(deepcopy(section))
    whole.addprevious(paragraph)


def _remove_with_holder(element: etree._Element) -> None:
    """Remove an element, and the content control that held nothing else."""
    parent = element.getparent()
    _remove(element)
    while parent is not None and parent.tag == w("sdtContent") and not has_children(parent):
        control = parent.getparent()
        if control is None:
            return
        insert_before(control, parent.text or "")
        parent = control.getparent()
        _remove(control)


def _split_run(part: TemplatePart, site: Site) -> None:
    """A tag for runs stands between two runs of the same look."""
    text = site.element
    assert text is not None
    run = text.getparent()
    if run is None or run.tag != w("r"):
        return
    token = _token(part, site)
    before, _, after = (text.text or "").partition(token)
    text.text = before
    tail = etree.Element(w("r"))
    properties = run.find(w("rPr"))
    if properties is not None:
        tail.append(deepcopy(properties))
    moved = list(text.itersiblings())
    new = etree.SubElement(tail, w("t"))
    new.text = after
    preserve(new)
    for child in moved:
        tail.append(child)
    tail.tail, run.tail = run.tail, None
    run.addnext(tail)
    run.tail = token
    site.element = run
    for found in _TOKENS.finditer(after):
        part.sites[int(found.group(1))].element = new
    for each in (run, tail):
        if not any(child.tag != w("rPr") and (child.tag != w("t") or child.text) for child in each):
            if each is run:
                site.element = tail
            _remove(each)
