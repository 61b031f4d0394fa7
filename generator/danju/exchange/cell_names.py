"""Names of workbook cells: which field, tick or sign-off line a cell holds, as a defined name that programs keep.

A workbook's names survive what people do to it: inserted rows, moved columns, renamed sheets, another program's save.
What a cell holds is a path, a tick or a sign-off line (`danju.exchange.paths`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from danju.exchange.paths import Held, about, field_at, parse_held, row_path, steps_of, told_about
from danju.model.field import Field, RecordType

__all__ = [
    "COUNTER_NAME", "EXAMPLE_DIGEST_NAME", "LINK_NAME", "LIST_HEAD", "LIST_PREFIX", "held_by_name", "name_of_cell",
]  # fmt: skip

LIST_PREFIX = "danju._list."
"""Names of the word lists behind drop-downs; the sheet they stand on holds no data."""
LIST_HEAD = re.compile(r"#[a-z_][\w.]*")
"""Headings of that sheet: `#` and the path of the field."""
COUNTER_NAME = "danju._counter"
"""Name of the heading cell of the row numbers."""
LINK_NAME = "danju._link."
"""Names of the heading cells, on the sheets of tables, above the numbers of the records that the rows belong to."""
EXAMPLE_DIGEST_NAME = "danju._example.digest"
"""A text constant: what the example rows said when the workbook was made."""

_PREFIX = "danju."
_LINE_PREFIX = "danju._line."
_KEYED_NAME = re.compile(r"\.(\w+)\._([^.]+)\.")
_TICK_NAME = re.compile(r"\._o\.([^.]+)$")
_PIECE_NAME = re.compile(r"\._p(\d+)$")
_NUMBER_NAME = re.compile(r"\.(\d+)(?=\.|$)")


@lru_cache(maxsize=8192)
def name_of_cell(held: str, piece: int = 0) -> str:
    """The defined name of a cell that holds something, written as a path, tick or line."""
    meant = parse_held(held)
    if meant.line:
        return _LINE_PREFIX + "._".join(map(_dotted, meant.line))
    tail = (f"._o.{_encode(meant.option)}" if meant.option else "") + (f"._p{piece}" if piece else "")
    return f"{_PREFIX}{_dotted(meant.path)}{tail}"


def held_by_name(name: str, record_type: RecordType) -> Held | None:
    """What a defined name means for this record type; None for any other name, or a field that is gone."""
    if name.startswith(_LINE_PREFIX):
        paths = tuple(map(_undotted, name.removeprefix(_LINE_PREFIX).split("._")))
        return Held("", line=paths) if any(field_at(record_type, path) for path in paths) else None
    if not name.lower().startswith(_PREFIX):
        return None
    name = name[len(_PREFIX) :]
    piece, option, key, word = 0, "", "", ""
    if found := _PIECE_NAME.search(name):
        piece, name = int(found[1]), name[: found.start()]
    if found := _TICK_NAME.search(name):
        option, name = found[1], name[: found.start()]
    if found := _KEYED_NAME.search(name):
        key, word, name = found[1], found[2], f"{name[: found.start()]}.{name[found.end() :]}"
    path = _undotted(name)
    target = field_at(record_type, path) if "._" not in name and not name.startswith("_") else None
    if target is None:
        return None
    if key:
        table, _, member = path.partition(".")
        owner = _option(record_type.find(f"{table}.{key}"), word)
        path = row_path(table, about(key, owner), member) if owner else ""
    if option and not (option := _option(target, option)):
        return None
    return Held(path, option, piece) if path else None


def _dotted(path: str) -> str:
    """`contacts[0].name` → `contacts.0.name`, `licences[document=执照].number` → `licences.document._执照.number`."""
    words = []
    for name, row in steps_of(path):
        key, word = told_about(row)
        words += [name, *([key, f"_{_encode(word)}"] if word else [row] if row else [])]
    return ".".join(words)


def _undotted(words: str) -> str:
    return _NUMBER_NAME.sub(r"[\1]", words)


def _encode(word: str) -> str:
    """An option's constant in letters and digits."""
    return "".join(char if char.isalnum() else f"_{ord(char):x}_" for char in word)


def _option(field: Field | None, encoded: str) -> str:
    options = field.options if field else ()
    return next((option.value for option in options if _encode(option.value).lower() == encoded.lower()), "")
