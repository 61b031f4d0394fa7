"""What stands around the rows of a worksheet: its extent, columns, filter, and where its rows begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree

from danju.ooxml.addresses import Range
from danju.ooxml.package import Package, parse_xml, serialise
from danju.returns.book import insert_in_order

__all__ = ["ReturnedFrame", "open_frame"]

_ORDER = (  # ECMA-376 part 1, 18.3.1.99 (worksheet)
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts AlternateContent extLst"
)
_STEP = 1 << 20
_BEGIN = re.compile(rb"<((?:\w+:)?)sheetData\s*(/?)>")
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_DEFAULT_WIDTH, _DEFAULT_HEIGHT_PT = 8.43, 15.0
_PIXELS_PER_CHARACTER, _CELL_PADDING = 7, 5


class ReturnedFrame:
    """A worksheet without its rows.

    Attributes:
        root: The worksheet with an empty `<sheetData/>`.
        prefix: Namespace prefix of its elements with its colon, or b"".
    """

    def __init__(self, package: Package, part: str, root: etree._Element, prefix: bytes, span: tuple[int, int]) -> None:
        self._package = package
        self._part = part
        self._span = span
        self.root = root
        self.prefix = prefix
        self._namespace = etree.QName(root).namespace or ""

    def find(self, name: str) -> etree._Element | None:
        """A child of the worksheet."""
        return self.root.find(f"{{{self._namespace}}}{name}")

    def add(self, name: str, attributes: dict[str, str]) -> etree._Element:
        """A new child of the worksheet, at its place in the schema's order."""
        qualified = [key[1:].partition("}")[0] for key in attributes if key.startswith("{")]
        spaces = dict.fromkeys(["r"], qualified[0]) if qualified else None
        element = etree.Element(f"{{{self._namespace}}}{name}", attributes, spaces)
        insert_in_order(self.root, element, _ORDER)
        return element

    def iter_rows(self) -> Iterator[bytes]:
        """The content of `<sheetData>` in pieces."""
        begin, end = self._span
        with self._package.open(self._part) as stream:
            _skip(stream, begin)
            left = end - begin
            while left > 0 and (chunk := stream.read(min(left, _STEP))):
                left -= len(chunk)
                yield chunk

    def around(self) -> tuple[bytes, bytes]:
        """What is written before and after the rows."""
        content = serialise(self.root)
        empty = b"<%ssheetData/>" % self.prefix
        head, _, tail = content.partition(empty)
        return head + empty[:-2] + b">", b"</%ssheetData>" % self.prefix + tail

    def extend_dimension(self, bottom: int, right: int) -> tuple[str, str] | None:
        """Let the extent reach so far; gives it before and after when it changes."""
        element = self.find("dimension")
        known = Range.parse(element.get("ref", "")) if element is not None else None
        if element is None or known is None or (known.bottom >= bottom and known.right >= right):
            return None
        before = element.get("ref", "")
        wider = Range(known.top, known.left, max(known.bottom, bottom), max(known.right, right))
        element.set("ref", str(wider))
        return before, str(wider)

    def set_width(self, column: int, width: float) -> dict[str, str] | None:
        """Give one 0-based column a width; gives the attributes of the group it was in, None when in none."""
        cols = self.find("cols")
        if cols is None:
            cols = self.add("cols", {})
        number = column + 1
        place = sum(int(each.get("max", "0")) < number for each in cols)
        covering = cols[place] if place < len(cols) and int(cols[place].get("min", "0")) <= number else None
        before = _attributes(covering) if covering is not None else None
        pieces = [self._col({}, number, number)]
        pieces[0].set("width", f"{width:g}")
        pieces[0].set("customWidth", "1")
        if covering is not None and before is not None:
            first, last = int(before["min"]), int(before["max"])
            cols.remove(covering)
            pieces[:0] = [self._col(before, first, number - 1)] if first < number else []
            pieces += [self._col(before, number + 1, last)] if last > number else []
        for offset, piece in enumerate(pieces):
            cols.insert(place + offset, piece)
        return before

    def unset_width(self, column: int, before: dict[str, str] | None) -> None:
        """Undo `set_width`; what it gave says how the column was before."""
        cols = self.find("cols")
        number = str(column + 1)
        if cols is None:
            return
        own = next((each for each in cols if each.get("min") == each.get("max") == number), None)
        if own is not None:
            place = cols.index(own)
            cols.remove(own)
            if before is not None:
                first = last = column + 1
                for each in list(cols)[
                    max(0, place - 1) : place + 1
                ]:  # the other pieces of the group, if they are left
                    span = int(each.get("min", "0")), int(each.get("max", "0"))
                    if _attributes(each) != {**before, "min": str(span[0]), "max": str(span[1])}:
                        continue
                    if span == (int(before["min"]), column) or span == (column + 2, int(before["max"])):
                        first, last = min(first, span[0]), max(last, span[1])
                        place = min(place, cols.index(each))
                        cols.remove(each)
                cols.insert(place, self._col(before, first, last))
        if not len(cols):
            self.root.remove(cols)

    def column_style(self, column: int) -> int | None:
        """The style that a 0-based column gives to cells that are not there."""
        cols = self.find("cols")
        for each in cols if cols is not None else ():
            if int(each.get("min", "0")) <= column + 1 <= int(each.get("max", "0")) and each.get("style"):
                return int(each.get("style", "0"))
        return None

    def width_px(self, column: int) -> float:
        """Pixels of a 0-based column at 96 dpi."""
        cols = self.find("cols")
        about = self.find("sheetFormatPr")
        characters = float(about.get("defaultColWidth", _DEFAULT_WIDTH)) if about is not None else _DEFAULT_WIDTH
        for each in cols if cols is not None else ():
            if int(each.get("min", "0")) <= column + 1 <= int(each.get("max", "0")):
                if each.get("hidden") in ("1", "true"):
                    return 0.0
                characters = float(each.get("width", characters))
        return characters * _PIXELS_PER_CHARACTER + _CELL_PADDING

    @property
    def height_px(self) -> float:
        """Pixels of a row that says nothing else."""
        about = self.find("sheetFormatPr")
        points = float(about.get("defaultRowHeight", _DEFAULT_HEIGHT_PT)) if about is not None else _DEFAULT_HEIGHT_PT
        return points * 96 / 72

    def _col(self, attributes: dict[str, str], first: int, last: int) -> etree._Element:
        given = {**attributes, "min": str(first), "max": str(last)}
        return etree.Element(f"{{{self._namespace}}}col", given)


def open_frame(package: Package, part: str) -> ReturnedFrame:
    """The frame of a worksheet; one whose rows cannot be told by their bytes is written anew first.

    Raises:
        ValueError: It has no `<sheetData>`.
        lxml.etree.XMLSyntaxError: It is broken.
    """
    found = _scan(package, part)
    if found is None:
        root = parse_xml(package.read(part))
        etree.strip_elements(root, etree.Comment, with_tail=False)
        package.put(part, serialise(root))
        found = _scan(package, part, is_final=True)
    if found is None:
        raise ValueError(part)
    head, tail, prefix, span = found
    return ReturnedFrame(package, part, parse_xml(head + b"<%ssheetData/>" % prefix + tail), prefix, span)


def _scan(package: Package, part: str, is_final: bool = False) -> tuple[bytes, bytes, bytes, tuple[int, int]] | None:
    """Head, tail, prefix and span of the rows; None when bytes do not tell."""
    with package.open(part) as stream:
        head = b""
        begin = None
        while begin is None and (chunk := stream.read(_STEP)):
            head += chunk
            begin = _BEGIN.search(head)
        if begin is None or (not is_final and _is_odd(head[: begin.start()])):
            return None
        if begin[2]:
            return head[: begin.start()], head[begin.end() :] + stream.read(), begin[1], (begin.end(), begin.end())
        closing = b"</%ssheetData>" % begin[1]
        offset, rest = begin.end(), head[begin.end() :]
        while True:
            at = rest.find(closing)
            odd = rest.find(b"<!", 0, at if at >= 0 else len(rest))
            if odd >= 0 and not is_final:
                return None
            if at >= 0:
                tail = rest[at + len(closing) :] + stream.read()
                return head[: begin.start()], tail, begin[1], (begin.end(), offset + at)
            chunk = stream.read(_STEP)
            if not chunk:
                return None
            keep = rest[-len(closing) :]
            offset += len(rest) - len(keep)
            rest = keep + chunk


def _is_odd(head: bytes) -> bool:
    declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    is_plain = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii", b"ascii")
    return b"<!" in head or not is_plain or head[:2] in (b"\xff\xfe", b"\xfe\xff")


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _skip(stream: IO[bytes], count: int) -> None:
    while count > 0 and (chunk := stream.read(min(count, _STEP))):
        count -= len(chunk)
