"""The rows of a worksheet, rewritten as bytes while they stream: rows that are not asked for pass untouched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from danju.ooxml.addresses import cell_name, column_number

__all__ = ["RowBytes", "RowCell", "RowRewriter"]

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{1,3})\$?\d+\s*["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*(\d+)\s*["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["']\w*["']""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_TAG = re.compile(rb"<[^>]*>")


@dataclass(slots=True)
class RowCell:
    """One `<c>` element.

    Attributes:
        column: 0-based.
        raw: The element.
    """

    column: int
    raw: bytes

    @property
    def style(self) -> int | None:
        """Its style, or None when it names none."""
        found = _STYLE.search(self._tag())
        return int(found[1]) if found else None

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither value nor formula."""
        return b"</" not in self.raw or not re.search(rb"<(?:\w+:)?(?:v|f|is)[\s/>]", self.raw)

    def set_style(self, style: int | None) -> None:
        """Give it a style; None names none."""
        tag = self._tag()
        given = b"" if style is None else b' s="%d"' % style
        if _STYLE.search(tag):
            changed = _STYLE.sub(given, tag, count=1)
        else:
            name = re.match(rb"<(?:\w+:)?c", tag)
            end = name.end() if name else 2
            changed = tag[:end] + given + tag[end:]
        self.raw = changed + self.raw[len(tag) :]

    def set_text(self, text: bytes, prefix: bytes) -> None:
        """Put a text into an empty cell; the text is XML content."""
        tag = _TYPE.sub(b"", self._tag()).rstrip(b"/>").rstrip()
        self.raw = tag + _inline(text, prefix)

    def clear(self, prefix: bytes) -> None:
        """Take its content away, and the type of it."""
        tag = _TYPE.sub(b"", self._tag()).rstrip(b"/>").rstrip()
        self.raw = tag + b"></%sc>" % prefix

    def _tag(self) -> bytes:
        found = _TAG.match(self.raw)
        return found[0] if found else self.raw


def new_cell(row: int, column: int, style: int | None, prefix: bytes, text: bytes | None = None) -> RowCell:
    """A cell at a 0-based place."""
    given = b"" if style is None else b' s="%d"' % style
    start = b'<%sc r="%s"%s' % (prefix, cell_name(row, column).encode(), given)
    return RowCell(column, start + (b"/>" if text is None else _inline(text, prefix)))


def _inline(text: bytes, prefix: bytes) -> bytes:
    """What follows the attributes of a cell that holds this text."""
    opened = b' t="inlineStr"><%sis><%st xml:space="preserve">' % (prefix, prefix)
    return opened + text + b"</%st></%sis></%sc>" % (prefix, prefix, prefix)


@dataclass(slots=True)
class RowBytes:
    """One `<row>` element taken apart.

    Attributes:
        index: 0-based.
        tag: Its opening tag, without `>` or `/>`.
        cells: In their order.
        gaps: What stands before each cell, and after the last.
        prefix: Namespace prefix with its colon.
    """

    index: int
    tag: bytes
    cells: list[RowCell]
    gaps: dict[int, bytes]
    prefix: bytes

    @property
    def style(self) -> int | None:
        """The style that the row gives to cells that are not there."""
        found = _STYLE.search(self.tag)
        return int(found[1]) if found and _CUSTOM.search(self.tag) else None

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but its number and holds nothing."""
        return not self.cells and re.fullmatch(rb'<(?:\w+:)?row r="\d+"', self.tag) is not None

    def find(self, column: int) -> RowCell | None:
        """The cell of a 0-based column."""
        return next((cell for cell in self.cells if cell.column == column), None)

    def insert(self, cell: RowCell) -> None:
        """Put a cell where its column stands."""
        place = sum(each.column < cell.column for each in self.cells)
        self.cells.insert(place, cell)

    def to_bytes(self) -> bytes:
        """The element."""
        inner = b"".join(self.gaps.get(cell.column, b"") + cell.raw for cell in self.cells)
        return self.tag + b">" + inner + self.gaps.get(-1, b"") + b"</%srow>" % self.prefix


@dataclass(frozen=True, slots=True)
class RowRewriter:
    """Rewrites the rows that are asked for.

    Attributes:
        prefix: Namespace prefix of the sheet's elements with its colon, or b"".
        is_wanted: Whether a row of this 0-based number and these bytes is to be changed.
        change: Changes a row; False drops it.
        needed: 0-based rows that are made if they are not there, ascending.
    """

    prefix: bytes
    is_wanted: Callable[[int, bytes], bool]
    change: Callable[[RowBytes], bool]
    needed: tuple[int, ...] = ()

    def iter_bytes(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The content of `<sheetData>`, in pieces."""
        start = re.compile(rb"<%srow(?=[\s/>])[^>]*>" % self.prefix)
        needed = list(reversed(self.needed))
        rest, last = b"", -1
        for chunk in _with_end(chunks):
            is_end = chunk is None
            buffer = rest + (chunk or b"")
            heads = list(start.finditer(buffer))
            if not is_end:
                heads = heads[:-1] if len(heads) > 1 else []
            if not heads:
                rest = buffer
                continue
            out: list[bytes] = [buffer[: heads[0].start()]]
            end = _after(start, buffer, heads, is_end)
            for head, stop in zip(heads, [*(each.start() for each in heads[1:]), end], strict=True):
                number = _NUMBER.search(head[0])
                last = int(number[1]) - 1 if number else last + 1
                while needed and needed[-1] <= last:
                    row = needed.pop()
                    if row < last:
                        out.append(self._made(row))
                raw = buffer[head.start() : stop]
                out.append(self._rewritten(last, raw, head[0]) if self.is_wanted(last, raw) else raw)
            rest = buffer[end:]
            yield b"".join(out)
        yield rest
        yield b"".join(self._made(row) for row in reversed(needed))

    def _made(self, index: int) -> bytes:
        row = RowBytes(index, b'<%srow r="%d"' % (self.prefix, index + 1), [], {}, self.prefix)
        return row.to_bytes() if self.change(row) else b""

    def _rewritten(self, index: int, raw: bytes, head: bytes) -> bytes:
        closing = b"</%srow>" % self.prefix
        end = raw.rfind(closing)
        inner, after = (b"", raw[len(head) :]) if end < 0 else (raw[len(head) : end], raw[end + len(closing) :])
        row = RowBytes(index, head.rstrip(b">").rstrip(b"/").rstrip(), [], {}, self.prefix)
        cell = re.compile(rb"<%sc(?=[\s/>])[^>]*?(?:/>|>.*?</%sc>)" % (self.prefix, self.prefix), re.DOTALL)
        at, column = 0, -1
        for found in cell.finditer(inner):
            place = _REFERENCE.search(_tag_of(found[0]))
            column = column_number(place[1].decode()) if place else column + 1
            if found.start() > at:
                row.gaps[column] = inner[at : found.start()]
            row.cells.append(RowCell(column, found[0]))
            at = found.end()
        if at < len(inner):
            row.gaps[-1] = inner[at:]
        return (row.to_bytes() if self.change(row) else b"") + after


def _with_end(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from chunks
    yield None


def _after(start: re.Pattern[bytes], buffer: bytes, heads: list[re.Match[bytes]], is_end: bool) -> int:
    """Where the rows that are complete end."""
    if is_end or not heads:
        return len(buffer)
    following = start.search(buffer, heads[-1].end())
    return following.start() if following else len(buffer)


def _tag_of(raw: bytes) -> bytes:
    return raw[: raw.index(b">") + 1]
