"""Lines above a register's header, such as `填报单位：…  日期：…`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from danju.issues import Issue
from danju.location import Location
from danju.readers.headings import Headings
from danju.readers.registers.header import Header
from danju.readers.spreadsheets.cells import as_text, is_empty
from danju.readers.spreadsheets.sheets import Row, Sheet
from danju.readers.targets import Target
from danju.values.text import clean

__all__ = ["iter_pairs", "read_title_lines"]

_PAIR = re.compile(r"([^\s:：，,；;。]{1,20})[ \u3000]*[:：](?!//)\s*")


def read_title_lines(
    sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]
) -> list[tuple[Target, object, Location]]:
    """Values said once above the header for a field that no column gives; other such lines become notes."""
    given = {target.key for column in header.columns for target in column.targets}
    found: list[tuple[Target, object, Location]] = []
    for index, row in enumerate(sheet.head()[: header.top]):
        unused = []
        before = len(found)
        for label, value, column in _iter_row_pairs(row, headings):
            targets = headings.resolve(label)
            if len(targets) == 1 and targets[0].key not in given and targets[0].table is None and not is_empty(value):
                given.add(targets[0].key)
                found.append((targets[0], value, sheet.location(index, column)))
            elif not is_empty(value):
                unused.append(f"{label}：{clean(as_text(value))}")
        texts = [clean(as_text(value)) for value in row if not is_empty(value)]
        if not unused and len(found) == before and len(texts) > 2:
            unused = texts
        if unused:
            values = {"rows": index + 1, "text": "  ".join(unused)}
            issues.append(Issue("F012", sheet.location(index, 0), values=values))
    return found


def _iter_row_pairs(row: Row, headings: Headings) -> Iterator[tuple[str, object, int]]:
    """Label, value and column of every `label：value`, the value possibly in the next filled cell."""
    taken = -1
    for column, value in enumerate(row):
        if column <= taken or not isinstance(value, str):
            continue
        pairs = list(iter_pairs(value))
        if not pairs and headings.is_known(value):
            pairs = [(value, "")]
        for label, text in pairs:
            if text:
                yield label, text, column
                continue
            after = next((at for at in range(column + 1, len(row)) if not is_empty(row[at])), None)
            if after is not None and not _is_pair(row[after]):
                taken = after
                yield label, row[after], after


def iter_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Labels and texts of `label：text  label：text`; nothing for a text that does not begin so."""
    matches = list(_PAIR.finditer(text.strip()))
    if not matches or matches[0].start() > 0:
        return
    stripped = text.strip()
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(stripped)
        yield match[1], stripped[match.end() : end].strip()


def _is_pair(value: object) -> bool:
    return isinstance(value, str) and _PAIR.match(value.strip()) is not None
