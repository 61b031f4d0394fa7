"""Names of workbook cells: which field, tick or sign-off line a cell holds, as a defined name that programs keep.

A workbook's names survive what people do to it: inserted rows, moved columns, renamed sheets, another program's save.
What a cell holds is written as in `danju.model.drawing.Cell.field`: a path (`contacts[0].name`,
`licences[document=开票资料].number`), the tick of an option (`documents?开票资料`), or the fields of a sign-off line
(`handler&handled_on`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from danju.exchange.stamp import defined_name, path_of_name
from danju.model.field import Field, RecordType

__all__ = [
    "COUNTER_NAME", "EXAMPLE_DIGEST_NAME", "LINK_NAME", "LIST_HEAD", "LIST_PREFIX", "CellName", "cell_of_name",
    "held_line", "held_tick", "name_of_cell",
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

_LINE_PREFIX = "danju._line."
_TICK, _AND = "?", "&"
_KEYED = re.compile(r"\[(\w+)=([^\]]*)\]")
_KEYED_NAME = re.compile(r"\.(\w+)\._([^.]+)\.")
_TICK_NAME = re.compile(r"\._o\.([^.]+)$")
_PIECE_NAME = re.compile(r"\._p(\d+)$")
_INDEX = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class CellName:
    """What a named cell holds.

    Attributes:
        path: Path of its value; "" for a sign-off line.
        option: Constant of the option whose tick it is, or "".
        piece: 0, or which continuation of a text that is cut between pages.
        line: Paths of a sign-off line's fields, or ().
    """

    path: str
    option: str = ""
    piece: int = 0
    line: tuple[str, ...] = ()


def held_tick(path: str, option: str) -> str:
    """What a cell with the tick of an option holds."""
    return f"{path}{_TICK}{option}"


def held_line(paths: tuple[str, ...]) -> str:
    """What a cell with a sign-off line holds; "" when the line has no field."""
    return _AND.join(paths) + (_AND if len(paths) == 1 else "")


def name_of_cell(held: str, piece: int = 0) -> str:
    """The defined name of a cell that holds something."""
    if _AND in held and _KEYED.search(held) is None:
        paths = (defined_name(path).removeprefix("danju.") for path in held.split(_AND) if path)
        return _LINE_PREFIX + "._".join(paths)
    path, _, option = held.partition(_TICK)
    name = defined_name(_KEYED.sub(lambda found: f".{found[1]}._{_encode(found[2])}", path))
    return name + (f"._o.{_encode(option)}" if option else "") + (f"._p{piece}" if piece else "")


def cell_of_name(name: str, record_type: RecordType) -> CellName | None:
    """What a defined name means for this record type; None for any other name, or a field that is gone."""
    if name.startswith(_LINE_PREFIX):
        paths = tuple(path_of_name(f"danju.{part}") or "" for part in name.removeprefix(_LINE_PREFIX).split("._"))
        return CellName("", line=paths) if any(map(record_type.find, map(_plain, paths))) else None
    piece, option, key, word = 0, "", "", ""
    if found := _PIECE_NAME.search(name):
        piece, name = int(found[1]), name[: found.start()]
    if found := _TICK_NAME.search(name):
        option, name = found[1], name[: found.start()]
    if found := _KEYED_NAME.search(name):
        key, word, name = found[1], found[2], f"{name[: found.start()]}.0.{name[found.end() :]}"
    path = path_of_name(name)
    target = record_type.find(_plain(path)) if path else None
    if path is None or target is None:
        return None
    if key:
        owner = _option(record_type.find(f"{_plain(path).partition('.')[0]}.{key}"), word)
        path = path.replace("[0]", f"[{key}={owner}]", 1) if owner else None
    if option and not (option := _option(target, option)):
        return None
    return CellName(path, option, piece) if path else None


def _plain(path: str) -> str:
    """The path without row indexes."""
    return _INDEX.sub("", path)


def _encode(word: str) -> str:
    """An option's constant in letters and digits."""
    return "".join(char if char.isalnum() else f"_{ord(char):x}_" for char in word)


def _option(field: Field | None, encoded: str) -> str:
    options = field.options if field else ()
    return next((option.value for option in options if _encode(option.value).lower() == encoded.lower()), "")
