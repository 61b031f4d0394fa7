"""Fields that the paper does not show as cells, in rows of their own below what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from danju.blanks.excel.book import BlankBook
from danju.blanks.excel.looks import CELL, HEAD_FILL, SAID
from danju.exchange.paths import row_path, top_of
from danju.model.field import Field
from danju.ooxml.addresses import Range
from danju.ooxml.worksheet import Worksheet

__all__ = ["write_further_fields"]

_CAPTION = "以下各栏不打印，随记录保存"
_TABLE_ROWS = 3
_ROW_PT = 24.0


def write_further_fields(
    book: BlankBook, sheet: Worksheet, shown: Mapping[str, Range]
) -> list[tuple[str, Field, Range]]:
    """Writes labels and places for entered fields that no cell of the paper holds; path, field and place of each."""
    missing = list(_missing(book, shown))
    if not missing:
        return []
    first, right = sheet.extent.bottom + 3, sheet.extent.right
    label_end = max(0, (right + 1) // 3 - 1)
    sheet.put(first - 1, 0, _CAPTION, SAID)
    found = []
    for row, (path, label, field) in enumerate(missing, start=first):
        sheet.heights_pt[row] = _ROW_PT
        place = Range(row, label_end + 1, row, max(right, label_end + 1))
        sheet.merge(Range(row, 0, row, label_end), label, CELL._replace(fill=HEAD_FILL))
        sheet.merge(place, None, CELL)
        found.append((path, field, place))
    return found


def _missing(book: BlankBook, shown: Mapping[str, Range]) -> Iterator[tuple[str, str, Field]]:
    """Path, label and field of everything that is entered and has no cell; of a table all or nothing."""
    tops = set(map(top_of, shown))
    for field in book.form.record_type.fields:
        for path, label, leaf in () if field.computed else _leaves(field):
            if path not in shown and not (field.kind.is_table and field.name in tops):
                yield path, label, leaf


def _leaves(field: Field) -> Iterator[tuple[str, str, Field]]:
    if field.kind.is_group:
        for member in field.members:
            yield f"{field.name}.{member.name}", f"{field.label}·{member.label}", member
    elif field.kind.is_table:
        for index in range(min(_TABLE_ROWS, field.max_items or _TABLE_ROWS)):
            for member in field.members:
                yield row_path(field.name, index, member.name), f"{field.label}{index + 1}·{member.label}", member
    else:
        yield field.name, field.label, field
