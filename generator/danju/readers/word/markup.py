"""WordprocessingML → paragraphs, tables and content controls (ECMA-376 part 1 §17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from danju.location import Spot
from danju.readers.word.blocks import Block, Paragraph, Table, WordCell, WordControl, WordText
from danju.readers.word.signs import TRUE, form_field_text, is_on, symbol_text, symbols_of, value_of

__all__ = ["read_part"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_INSERTED = (f"{_W}ins", f"{_W}moveTo")
_DELETED = (f"{_W}del", f"{_W}moveFrom")


def read_part(root: Any, into: WordText, part: str = "") -> list[Block]:
    """The blocks of a part; its content controls go into `into`.

    Args:
        root: lxml element of the body, a header or a footer.
        into: The file under construction.
        part: Name of the member; "" for the body.
    """
    return _PartReader(root, into, part).read()


class _PartReader:
    def __init__(self, root: Any, into: WordText, part: str) -> None:
        self.root = root
        self.into = into
        self.part = part
        self.tables = {table: number for number, table in enumerate(root.iter(f"{_W}tbl"))}
        holders = (f"{_W}tbl", f"{_W}p")
        outside = (each for each in root.iter(f"{_W}p") if next(each.iterancestors(*holders), None) is None)
        self.paragraphs = {paragraph: number for number, paragraph in enumerate(outside)}
        self.spot: Spot | None = None  # of the cell being read
        self.around: Spot | None = None  # of the paragraph being read
        self.items = 0
        self.item: int | None = None
        self.later: list[Block] = []  # inner tables and text boxes

    def read(self) -> list[Block]:
        return list(self._blocks(self.root))

    def _blocks(self, node: Any) -> Iterator[Block]:
        """Paragraphs and tables of a body, a text box, or a control around some of them."""
        for child in node:
            if child.tag == f"{_W}p":
                spot = self.around = self.spot or Spot(self.part, paragraph=self.paragraphs.get(child, 0))
                yield Paragraph(self._inline(child, spot), spot)
                if self.spot is None:
                    yield from self._take_later()
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
                if self.spot is None:
                    yield from self._take_later()
            elif child.tag == f"{_W}sdt":
                yield from self._control_around(child, self._blocks)
            elif (inner := self._inside(child)) is not None:
                yield from self._blocks(inner)

    def _take_later(self) -> list[Block]:
        later, self.later = self.later, []
        return later

    def _inside(self, child: Any) -> Any | None:
        """What counts of a wrapper: insertions, smart tags, the newer of two alternatives; None for anything else."""
        if child.tag in _INSERTED:
            self.into.inserted = True
            return child
        if child.tag in _DELETED:
            self.into.deleted = True
            return None
        if child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            return choice if choice is not None else child.find(f"{_MC}Fallback")
        if child.tag in (f"{_W}customXml", f"{_W}smartTag", f"{_W}hyperlink", f"{_W}fldSimple", f"{_W}bdo", f"{_W}dir"):
            return child
        return None

    def _table(self, node: Any) -> Table:
        outer, number, table = self.spot, self.tables.get(node, 0), Table()
        kept: list[Block] = []
        for index, row in enumerate(self._rows(node)):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.into.deleted = True
                continue
            if row.find(f"{_W}trPr/{_W}ins") is not None:
                self.into.inserted = True
            cells: list[WordCell] = []
            column = int(value_of(row.find(f"{_W}trPr/{_W}gridBefore"), "0"))
            for position, cell in enumerate(self._cells(row)):
                self.spot = Spot(self.part, number, index, position)
                cells.append(self._cell(cell, column))
                column += cells[-1].colspan
                kept += self._take_later()
            table.rows.append(cells)
        self.spot = outer
        self.later = kept + self.later
        table.merge()
        return table

    def _rows(self, node: Any) -> Iterator[Any]:
        for child in node:
            if child.tag == f"{_W}tr":
                yield child
            elif child.tag == f"{_W}sdt":
                yield from self._control_around(child, self._rows)
            elif (inner := self._inside(child)) is not None:
                yield from self._rows(inner)

    def _cells(self, node: Any) -> Iterator[Any]:
        for child in node:
            if child.tag == f"{_W}tc":
                yield child
            elif child.tag == f"{_W}sdt":
                yield from self._control_around(child, self._cells)
            elif (inner := self._inside(child)) is not None:
                yield from self._cells(inner)

    def _cell(self, node: Any, column: int) -> WordCell:
        spot = self.spot or Spot(self.part)
        span = int(value_of(node.find(f"{_W}tcPr/{_W}gridSpan"), "1"))
        merge = node.find(f"{_W}tcPr/{_W}vMerge")
        is_continued = merge is not None and value_of(merge, "continue") == "continue"
        texts = []
        for block in self._blocks(node):
            if isinstance(block, Paragraph):
                texts.append(block.text)
            else:
                self.later.insert(0, block)
        return WordCell(column, max(1, min(span, 1024)), "\n".join(texts), spot, is_continued)

    def _control_around(self, node: Any, walk: Any) -> Iterator[Any]:
        """A control around blocks, rows or cells; one that groups or repeats others is only a wrapper."""
        content, about = node.find(f"{_W}sdtContent"), node.find(f"{_W}sdtPr")
        if content is None:
            return
        before = self.item
        if about is not None and about.find(f"{_W15}repeatingSectionItem") is not None:
            self.items += 1
            self.item = self.items
        if not _is_plain(node):
            yield from walk(content)
        else:
            inside = next(content.iter(f"{_W}p"), None)
            control = self._control(about, self.spot or Spot(self.part, paragraph=self.paragraphs.get(inside, 0)))
            self.into.controls.append(control)
            found = list(walk(content))
            is_placeholder = is_on(about, f"{_W}showingPlcHdr")
            for each in found:
                if isinstance(each, Paragraph):
                    each.text = "" if is_placeholder else each.text
            if isinstance(found[0] if found else None, Paragraph):
                control.text = "\n".join(each.text for each in found if isinstance(each, Paragraph))
            elif not is_placeholder:
                control.text = "\n".join("".join(p.itertext(f"{_W}t")) for p in content.iter(f"{_W}p"))
            yield from found
        self.item = before

    def _control(self, about: Any, spot: Spot) -> WordControl:
        """A control without its text."""
        tag = value_of(about.find(f"{_W}tag"), "") if about is not None else ""
        control = WordControl(tag, "", replace(spot, tag=tag), self.item)
        if about is not None:
            date, box = about.find(f"{_W}date"), about.find(f"{_W14}checkbox")
            control.full_date = date.get(f"{_W}fullDate", "") if date is not None else ""
            if box is not None:
                checked = box.find(f"{_W14}checked")
                control.is_checked = checked is not None and checked.get(f"{_W14}val", "1") in TRUE
        return control

    def _inline(self, node: Any, spot: Spot) -> str:
        """The text of a paragraph or of a piece of one."""
        pieces: list[str] = []
        for child in node:
            if child.tag == f"{_W}r":
                pieces.append(self._run(child))
            elif child.tag == f"{_W}sdt":
                pieces.append(self._inline_control(child, spot))
            elif (inner := self._inside(child)) is not None:
                pieces.append(self._inline(inner, spot))
        return "".join(pieces)

    def _inline_control(self, node: Any, spot: Spot) -> str:
        content, about = node.find(f"{_W}sdtContent"), node.find(f"{_W}sdtPr")
        if content is None:
            return ""
        if _is_copy(node):
            return ""
        text = self._inline(content, spot)
        if not _is_plain(node):
            return text
        control = self._control(about, spot)
        if control.is_checked is not None:
            text = "☑" if control.is_checked else "☐"
        elif is_on(about, f"{_W}showingPlcHdr"):
            text = ""
        control.text = text
        self.into.controls.append(control)
        return text

    def _run(self, node: Any) -> str:
        look = node.find(f"{_W}rPr")
        if is_on(look, f"{_W}vanish"):
            return ""
        fonts = look.find(f"{_W}rFonts") if look is not None else None
        signs = symbols_of(fonts.get(f"{_W}ascii", "")) if fonts is not None else None
        pieces: list[str] = []
        for child in node:
            if child.tag == f"{_W}t":
                text = child.text or ""
                pieces.append("".join(signs.get(ord(char) & 0xFF, char) for char in text) if signs else text)
            elif child.tag in _SIGNS:
                pieces.append(_SIGNS[child.tag])
            elif child.tag == f"{_W}sym":
                pieces.append(symbol_text(child))
            elif child.tag == f"{_W}fldChar":
                pieces.append(form_field_text(child))
            elif child.tag == f"{_W}delText":
                self.into.deleted = True
            elif child.tag not in (f"{_W}rPr", f"{_W}instrText"):
                self._read_boxes(child)
        return "".join(pieces)

    def _read_boxes(self, node: Any) -> None:
        """Text boxes in a drawing, each once."""
        if node.tag == f"{_MC}AlternateContent":
            node = self._inside(node)
        for box in node.iter(f"{_W}txbxContent") if node is not None else ():
            if any(each.tag == f"{_W}txbxContent" for each in box.iterancestors() if each is not node):
                continue  # read with the box around it
            kept, self.later = self.later, []
            outer, self.spot = self.spot, self.spot or self.around
            inner = list(self._blocks(box))
            self.spot = outer
            self.later = [*kept, *inner, *self.later]


def _is_plain(node: Any) -> bool:
    """Whether a control holds no other one and is no group or repeated section."""
    about = node.find(f"{_W}sdtPr")
    kinds = (f"{_W}group", f"{_W15}repeatingSection", f"{_W15}repeatingSectionItem", f"{_W}docPartObj")
    if about is None or any(about.find(kind) is not None for kind in kinds):
        return False
    return next(node.find(f"{_W}sdtContent").iter(f"{_W}sdt"), None) is None


def _is_copy(node: Any) -> bool:
    """Whether LibreOffice (7.4) wrote a plain text control again, once for each run of its text; the first is whole."""
    before = node.getprevious()
    if before is None or before.tag != node.tag:
        return False
    pair = [each.find(f"{_W}sdtPr") for each in (before, node)]
    if any(about is None or about.find(f"{_W}text") is None or about.find(f"{_W}tag") is not None for about in pair):
        return False
    first, second = (value_of(about.find(f"{_W}alias"), "") for about in pair)
    return first == second != ""
