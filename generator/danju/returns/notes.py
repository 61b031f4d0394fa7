"""Comments of a worksheet: ours beside the author's own, in the comments part and in its VML drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from danju.exchange.marks import AUTHOR, SEPARATOR
from danju.ooxml.addresses import Range, cell_name
from danju.ooxml.notes import (
    Boxes,
    anchor_of,
    edit_shapes,
    empty_drawing,
    is_bare,
    last_number,
    with_anchor,
    with_shapes,
    without_kind,
)
from danju.ooxml.package import free_name, remove_element
from danju.returns.book import ReturnedBook, SheetPart
from danju.returns.frame import ReturnedFrame

__all__ = ["MOST_NOTES", "Notes", "remove_notes"]

MOST_NOTES = 1_000
"""Comments added to one sheet at most: a block of VML ids, and what Excel shows without pain."""

_THREAD = "tc="  # author of the shadow of a threaded comment, which Excel writes anew itself


@dataclass(slots=True)
class Notes:
    """Adds comments to one worksheet.

    Attributes:
        texts: By 0-based row and column.
        heights_px: Of rows that are taller than the sheet's others.
        anchors: Places of the author's own comments that were made larger, as they were, by cell; kept in the file.
    """

    book: ReturnedBook
    sheet: SheetPart
    frame: ReturnedFrame
    texts: Mapping[tuple[int, int], str]
    heights_px: Mapping[int, float] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def add(self) -> bool:
        """Add them; True when members without a type of their own (.vml) came into the package."""
        if not self.texts:
            return False
        drawing, is_new_type = self._drawing()
        part = _comments_of(self.book, self.sheet) or self._new_part()
        root = self.book.package.edit(part)
        listed = root.find(self.book.tag("commentList"))
        authors = root.find(self.book.tag("authors"))
        if listed is None or authors is None:
            return is_new_type
        names = [each.text or "" for each in authors]
        known = {each.get("ref", ""): each for each in listed}
        vml = self.book.package.read(drawing)
        boxes = Boxes(self.frame.width_px, lambda at: self.heights_px.get(at, self.frame.height_px))
        number = last_number(vml, self.sheet.index + 1)
        shapes: list[str] = []
        grown: dict[tuple[int, int], str] = {}
        for (row, column), text in self.texts.items():
            cell = cell_name(row, column)
            own = known.get(cell)
            if own is not None:
                author = int(own.get("authorId", "0"))
                if not (author < len(names) and names[author].startswith(_THREAD)):
                    grown[row, column] = self._append(own, text)
                continue
            if AUTHOR not in names:
                names.append(AUTHOR)
                etree.SubElement(authors, self.book.tag("author")).text = AUTHOR
            self._comment(listed, cell, names.index(AUTHOR), text)
            number += 1
            shapes.append(boxes.shape(number, (row, column), f"{SEPARATOR}\n{text}"))

        def larger(place: tuple[int, int], shape: bytes) -> bytes:
            former = anchor_of(shape) if place in grown else None
            if former is None:
                return shape
            self.anchors[cell_name(*place)] = former
            return with_anchor(shape, boxes.anchor(place, grown[place]))

        self.book.package.put(drawing, with_shapes(edit_shapes(vml, larger), shapes))
        return is_new_type

    def _drawing(self) -> tuple[str, bool]:
        drawing = _drawing_of(self.book, self.sheet, self.frame)
        if drawing:
            return drawing, False
        package = self.book.package
        name = free_name(package, f"{self.book.folder}/drawings/vmlDrawing{{}}.vml")
        package.put(name, empty_drawing(self.sheet.index + 1))
        is_new_type = package.set_default_type("vml")
        key = package.relate(self.sheet.part, "vmlDrawing", name)
        self.frame.add("legacyDrawing", {f"{{{self.book.office}}}id": key})
        return name, is_new_type

    def _new_part(self) -> str:
        package = self.book.package
        name = free_name(package, f"{self.book.folder}/comments{{}}.xml")
        package.put(name, f'<comments xmlns="{self.book.namespace}"><authors/><commentList/></comments>'.encode())
        package.set_type(name, "sheetComments")
        package.relate(self.sheet.part, "comments", name)
        return name

    def _comment(self, listed: etree._Element, cell: str, author: int, text: str) -> None:
        comment = etree.SubElement(listed, self.book.tag("comment"), {"ref": cell, "authorId": str(author)})
        self._run(etree.SubElement(comment, self.book.tag("text")), f"{SEPARATOR}\n{text}")

    def _append(self, comment: etree._Element, text: str) -> str:
        """Our text below the author's own; gives both."""
        said = comment.find(self.book.tag("text"))
        if said is None:
            said = etree.SubElement(comment, self.book.tag("text"))
        plain = said.find(self.book.tag("t"))
        if plain is not None:
            run = etree.Element(self.book.tag("r"))
            said.replace(plain, run)
            run.append(plain)
        own = _text_of(said)
        last = said.findall(self.book.tag("r"))
        self._run(said, f"\n{SEPARATOR}\n{text}", last[-1] if last else None)
        return f"{own}\n{SEPARATOR}\n{text}"

    def _run(self, said: etree._Element, text: str, after: etree._Element | None = None) -> None:
        run = etree.Element(self.book.tag("r"))
        look = etree.SubElement(run, self.book.tag("rPr"))
        for name, value in (("sz", "9"), ("rFont", "微软雅黑"), ("family", "2"), ("charset", "134")):
            etree.SubElement(look, self.book.tag(name), {"val": value})
        shown = etree.SubElement(run, self.book.tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        shown.text = text
        if after is None:
            said.insert(0, run)
        else:
            after.addnext(run)


def remove_notes(book: ReturnedBook, sheet: SheetPart, frame: ReturnedFrame, anchors: Mapping[str, str]) -> None:
    """Take our comments and what was added to others out of one worksheet; members left empty go.

    Args:
        book: The workbook.
        sheet: The sheet.
        frame: Its frame.
        anchors: What `Notes.anchors` kept.
    """
    part = _comments_of(book, sheet)
    if not part or not _has_ours(book.package.tree(part)):
        return
    dropped, shortened = _clear_comments(book, part)

    def restored(place: tuple[int, int], shape: bytes) -> bytes:
        former = anchors.get(cell_name(*place)) if place in shortened else None
        return b"" if place in dropped else shape if former is None else with_anchor(shape, former)

    drawing = _drawing_of(book, sheet, frame)
    if drawing:
        _close_drawing(book, sheet, frame, drawing, edit_shapes(book.package.read(drawing), restored))
    if book.package.tree(part).find("{*}commentList/{*}comment") is None:
        book.package.detach(sheet.part, part)


def _has_ours(root: etree._Element) -> bool:
    is_author = any(each.text == AUTHOR for each in root.iterfind("{*}authors/{*}author"))
    return is_author or any(SEPARATOR in _text_of(each) for each in root.iterfind("{*}commentList/{*}comment"))


def _clear_comments(book: ReturnedBook, part: str) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Take our words out of the comments; gives the cells whose comment went, and those where it got shorter."""
    root = book.package.edit(part)
    authors = root.findall("{*}authors/{*}author")
    names = [each.text or "" for each in authors]
    dropped: set[tuple[int, int]] = set()
    shortened: set[tuple[int, int]] = set()
    for comment in root.findall("{*}commentList/{*}comment"):
        place = Range.parse(comment.get("ref", "")) or Range(-1, -1, -1, -1)
        is_ours = _author(comment, names) == AUTHOR or _text_of(comment).lstrip().startswith(SEPARATOR)
        if is_ours:  # LibreOffice forgets authors
            remove_element(comment)
            dropped.add((place.top, place.left))
        elif _shorten(comment, book):
            shortened.add((place.top, place.left))
    if names and names[-1] == AUTHOR:
        remove_element(authors[-1])
    return dropped, shortened


def _close_drawing(book: ReturnedBook, sheet: SheetPart, frame: ReturnedFrame, drawing: str, vml: bytes) -> None:
    """Write the drawing, or drop it when nothing is left on it."""
    vml = without_kind(vml)
    if not is_bare(vml):
        book.package.put(drawing, vml)
        return
    book.package.detach(sheet.part, drawing)
    element = frame.find("legacyDrawing")
    if element is not None:
        frame.root.remove(element)


def _shorten(comment: etree._Element, book: ReturnedBook) -> bool:
    """Take away what stands below the separator; False when it is not there."""
    said = comment.find(book.tag("text"))
    if said is None or SEPARATOR not in _text_of(said):
        return False
    is_below = False
    for run in [*said.findall(book.tag("t")), *said.findall(book.tag("r"))]:
        text = run if run.tag == book.tag("t") else run.find(book.tag("t"))
        if is_below or text is None:
            if is_below:
                said.remove(run)
            continue
        kept, separator, _ = (text.text or "").partition(SEPARATOR)
        if separator:
            is_below = True
            text.text = kept.removesuffix("\n")
            if not text.text:
                said.remove(run)
    runs = said.findall(book.tag("r"))
    if len(runs) == 1 and runs[0].find(book.tag("rPr")) is None and len(runs[0]) == 1:
        said.replace(runs[0], runs[0][0])
    return True


def _text_of(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _author(comment: etree._Element, names: list[str]) -> str:
    number = int(comment.get("authorId", "0"))
    return names[number] if number < len(names) else ""


def _drawing_of(book: ReturnedBook, sheet: SheetPart, frame: ReturnedFrame) -> str:
    """The VML drawing of a sheet's comments, not the one of its header pictures; "" when there is none."""
    element = frame.find("legacyDrawing")
    keys = set(element.attrib.values()) if element is not None else set()
    found = (each.part for each in book.package.relations(sheet.part) if each.id in keys)
    return next((part for part in found if book.package.has(part)), "")


def _comments_of(book: ReturnedBook, sheet: SheetPart) -> str:
    return next(iter(book.package.related(sheet.part, "comments")), "")
