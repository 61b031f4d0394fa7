"""Pictures that lie on the sheets of a workbook, and the cells they lie over (ECMA-376 part 1, 20.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danju.ooxml.addresses import Range
from danju.ooxml.package import Package

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Anchored", "anchored_pictures"]

_OURS = re.compile("p[0-9a-f]{16}")
"""What `danju.model.picture.Picture.key` calls the pictures of our own papers."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A picture on a sheet.

    Attributes:
        row, column: 0-based cell that it lies over, the first of its merged range.
        part: Member of the package that holds it.
        size: Of that member, in bytes.
        is_ours: Whether a paper of ours shows it.
        words: What it shows, as it says itself.
    """

    row: int
    column: int
    part: str
    size: int
    is_ours: bool
    words: str


def anchored_pictures(package: Package) -> Mapping[str, list[Anchored]]:
    """The pictures of each sheet, by its title, in the order of the file."""
    main = package.main
    parts = {relation.id: relation.part for relation in package.relations(main)}
    found = {}
    for sheet in package.tree(main).iterfind(".//{*}sheet"):
        part = parts.get(
            next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), ""), ""
        )
        drawings = package.related(part, "drawing") if part and package.has(part) else []
        pictures = [each for drawing in drawings for each in _on_drawing(package, drawing)]
        if pictures:
            merges = [Range.parse(each.get("ref", "")) for each in package.tree(part).iterfind(".//{*}mergeCell")]
            found[sheet.get("name", "")] = [_at_first(each, merges) for each in pictures]
    return found


def _on_drawing(package: Package, drawing: str) -> Iterator[Anchored]:
    parts = {relation.id: relation.part for relation in package.relations(drawing)}
    for anchor in package.tree(drawing):
        start, end = anchor.find("{*}from"), anchor.find("{*}to")
        if start is None:
            continue
        row, column = _middle(start, end, "row"), _middle(start, end, "col")
        for picture in anchor.iterfind(".//{*}pic"):
            blip, named = picture.find(".//{*}blip"), picture.find(".//{*}cNvPr")
            keys = (
                [] if blip is None else [str(each) for key, each in blip.attrib.items() if str(key).endswith("embed")]
            )
            part = parts.get(keys[0], "") if keys else ""
            if part and package.has(part) and named is not None:
                is_ours = _OURS.fullmatch(named.get("name", "")) is not None
                yield Anchored(row, column, part, package.size(part), is_ours, named.get("descr", ""))


def _middle(start: etree._Element, end: etree._Element | None, name: str) -> int:
    """The track in the middle of a picture; its first one where the file says no more."""
    first = int(start.findtext(f"{{*}}{name}") or 0)
    return first if end is None else (first + int(end.findtext(f"{{*}}{name}") or first)) // 2


def _at_first(picture: Anchored, merges: list[Range | None]) -> Anchored:
    for each in merges:
        if each and each.top <= picture.row <= each.bottom and each.left <= picture.column <= each.right:
            return Anchored(each.top, each.left, picture.part, picture.size, picture.is_ours, picture.words)
    return picture
