"""Tags outside running text: attributes, field codes, drawings, document properties, targets of hyperlinks."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from lxml import etree

from danju.word_template.places import place_of, w
from danju.word_template.source import Site, TemplatePart
from danju.word_template.tags import literal_text, scan

__all__ = ["read_other_texts", "read_relations"]

_MARKS = re.compile("[{｛][{%｛％]")
_ESCAPED_MARKS = re.compile("%7b(?:%7b|%25)|%ef%bd%9b", re.IGNORECASE)


def read_other_texts(part: TemplatePart, rename: Callable[[str], str]) -> None:
    """Tags in attribute values and in any text that is not a w:t: each is printed where it stands."""
    for element in part.root.iter():
        if element.tag != w("t") and element.text and _MARKS.search(element.text):
            element.text = _with_tokens(part, element, element.text, "plain", rename)
        for name, value in list(element.attrib.items()):
            if _MARKS.search(str(value)):
                element.set(name, _with_tokens(part, element, str(value), "plain", rename))


def read_relations(part: TemplatePart, rename: Callable[[str], str]) -> None:
    """Tags in the targets of hyperlinks; Word writes their braces as %7B."""
    for relation in part.root:
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            continue
        if _ESCAPED_MARKS.search(target):
            target = unquote(target)
        if _MARKS.search(target):
            relation.set("Target", _with_tokens(part, relation, target, "url", rename))


def _with_tokens(
    part: TemplatePart, element: etree._Element, text: str, mode: str, rename: Callable[[str], str]
) -> str:
    tags, problems = scan(text, rename)
    place = place_of(element, part.name)
    for problem in problems:
        if problem.code == "T101":
            part.report("T101", place, problem.text, close={"{{": "}}"}.get(problem.opening, "%}"))
    pieces, at = [], 0
    for tag in tags:
        pieces.append(text[at : tag.start])
        at = tag.end
        if not tag.kind:
            pieces.append(literal_text(tag.text))
        elif tag.kind != "{#":
            kept = mode if tag.kind == "{{" else "block"
            tag.level = ""
            pieces.append(part.add(Site(tag, place, kept, tag.source, element)))
    return "".join([*pieces, text[at:]])
