"""Tags in paragraphs: collected over runs, then each put as one token into the run where it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from danju.word_template.places import place_of, w
from danju.word_template.source import Site, TemplatePart
from danju.word_template.tags import Problem, Tag, literal_text, scan

__all__ = ["preserve", "read_paragraphs", "xml_of"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARED = re.compile(r' xmlns:?\w*="[^"]*"')
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_HOLDERS = frozenset((w("p"), w("txbxContent")))
_LINKED = frozenset((w("hyperlink"), w("fldSimple")))
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LITERALS = {"{{": "}_}", "{%": "%_}"}
_MARKS = re.compile("[{｛][{%#｛％＃]|[}％%#｝][}｝]|\\{_|_\\}")
_FARTHEST = 30  # paragraphs that one tag may stretch over


@dataclass(slots=True)
class _Atom:
    """A w:t with its text, or a sign such as a tab, in reading order."""

    element: etree._Element
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_paragraphs(part: TemplatePart, rename: Callable[[str], str]) -> None:
    """Every tag of every paragraph becomes a token."""
    for paragraph in list(part.root.iter(w("p"))):
        if paragraph.getparent() is not None or paragraph is part.root:
            _read_paragraph(part, paragraph, rename)


def _read_paragraph(part: TemplatePart, paragraph: etree._Element, rename: Callable[[str], str]) -> None:
    atoms = list(_atoms(paragraph))
    text = "".join(atom.text for atom in atoms)
    if not _MARKS.search(text):
        return
    tags, problems = scan(text, rename)
    for _ in range(_FARTHEST):
        if not _is_open(problems) or not _take_next(paragraph):
            break
        atoms = list(_atoms(paragraph))
        tags, problems = scan("".join(atom.text for atom in atoms), rename)
    part.is_changed = part.is_changed or any(tag.kind in ("", "{#") for tag in tags)
    place = place_of(paragraph, part.name)
    part.places.setdefault(place, len(part.places))
    for problem in problems:
        close, literal = _CLOSES[problem.opening], _LITERALS.get(problem.opening, "")
        part.report(problem.code, place, problem.text, close=close, open=problem.opening, literal=literal)
    _write_tokens(part, paragraph, atoms, tags, place)
    found = [site for atom in atoms for site in part.tokens_in(atom.element.text)]
    rest = _without_tags("".join(atom.text for atom in atoms), tags).strip()
    if found and not rest and all(site.mode == "block" and not site.tag.level for site in found):
        _note_empty_paragraph(part, paragraph, found, place)


def _note_empty_paragraph(part: TemplatePart, paragraph: etree._Element, found: list[Site], place: str) -> None:
    words = {site.source.partition(" ")[0] for site in found}
    if words <= {"for", "endfor", "if", "elif", "else", "endif", "set"} and not paragraph.findall(".//" + w("drawing")):
        trims = any(site.tag.trim_before or site.tag.trim_after for site in found)
        if not trims:
            part.report("T123", place, found[0].tag.text)


def _without_tags(text: str, tags: list[Tag]) -> str:
    kept, at = [], 0
    for tag in tags:
        kept.append(text[at : tag.start])
        at = tag.end
    return "".join([*kept, text[at:]])


def _is_open(problems: list[Problem]) -> bool:
    return bool(problems) and problems[-1].code == "T101"


def _take_next(paragraph: etree._Element) -> bool:
    """Append the next paragraph's content when it closes the open tag; a line break stands for the border."""
    following = paragraph.getnext()
    if following is None or following.tag != w("p"):
        return False
    ahead: etree._Element | None = following
    for _ in range(_FARTHEST):
        if ahead is None or ahead.tag != w("p"):
            return False
        mark = re.search("[{｛][{%#｛％＃]|[}％%#｝][}｝]", "".join(atom.text for atom in _atoms(ahead)))
        if mark:
            if mark.group()[0] in "{｛":
                return False
            break
        ahead = ahead.getnext()
    else:
        return False
    join = etree.SubElement(etree.SubElement(paragraph, w("r")), w("br"))
    join.tail = None
    for child in list(following):
        if child.tag != w("pPr"):
            paragraph.append(child)
    parent = following.getparent()
    if parent is not None:
        parent.remove(following)
    return True


def _atoms(paragraph: etree._Element) -> Iterator[_Atom]:
    """Texts and signs of the paragraph itself, not of text boxes inside it."""
    at = 0
    for element in _own(paragraph):
        if element.tag == w("t"):
            text = element.text or ""
        elif element.tag in _SIGNS and _is_in_run(element):
            text = _SIGNS[element.tag]
        else:
            continue
        yield _Atom(element, at, text)
        at += len(text)


def _is_in_run(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == w("r") and element.get(w("type")) is None


def _own(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag in _HOLDERS or not isinstance(child.tag, str):
            continue
        yield child
        yield from _own(child)


def _write_tokens(
    part: TemplatePart, paragraph: etree._Element, atoms: list[_Atom], tags: list[Tag], place: str
) -> None:
    """Each tag becomes one token in the first text it touches; its other characters go."""
    tokens: list[str] = []
    holders: list[_Atom] = []
    for tag in tags:
        holder = next(atom for atom in atoms if atom.end > tag.start and atom.element.tag == w("t"))
        holders.append(holder)
        tokens.append(_token(part, paragraph, holder, tag, place))
    for atom in atoms:
        touching = [index for index, tag in enumerate(tags) if tag.start < atom.end and tag.end > atom.start]
        if not touching:
            continue
        if atom.element.tag != w("t"):  # a tab or line break inside a tag
            _remove(atom.element)
            continue
        pieces, at = [], 0
        for index in touching:
            pieces.append(atom.text[at : max(tags[index].start - atom.start, 0)])
            pieces.append(tokens[index] if holders[index] is atom else "")
            at = tags[index].end - atom.start
        atom.element.text = "".join([*pieces, atom.text[at:]])
        preserve(atom.element)


def _token(part: TemplatePart, paragraph: etree._Element, atom: _Atom, tag: Tag, place: str) -> str:
    if not tag.kind:
        return literal_text(tag.text)
    if tag.kind == "{#" and not tag.level:
        return ""
    run = atom.element.getparent()
    parent = None if run is None else run.getparent()
    mode = {"{%": "block", "{#": "raw", "{{": "text"}[tag.kind]
    if mode == "text" and tag.level in ("r", "p"):
        mode = "run" if tag.level == "r" else "paragraph"
    properties = paragraph.find(w("pPr"))
    own = parent is paragraph and (properties is None or properties.find(w("sectPr")) is None)
    site = Site(tag, place, mode, tag.source, atom.element, xml_of(run, "rPr"), xml_of(paragraph, "pPr"), own)
    site.links = parent is not None and parent.tag not in _LINKED
    return part.add(site)


def xml_of(element: etree._Element | None, name: str) -> str:
    """The XML of a child, without declarations of namespaces; "" when it is missing."""
    child = None if element is None else element.find(w(name))
    return "" if child is None else _DECLARED.sub("", etree.tostring(child, encoding="unicode", with_tail=False))


def preserve(element: etree._Element) -> None:
    """Blanks at both ends of the text count."""
    element.set(_SPACE, "preserve")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
