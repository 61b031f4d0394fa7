"""Pictures of an input: files that it names, beside it, and pictures that lie over the cells of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from danju.exchange.cell_names import held_by_name
from danju.exchange.paths import without_rows
from danju.issues import Fault, Issue
from danju.kinds.coercion import stands_for_nothing
from danju.kinds.picture import FoundPicture
from danju.location import Location
from danju.model.field import Field, RecordType
from danju.model.record import RawGroup, RawNode, RawRecord, RawValue
from danju.ooxml.addresses import cell_name, parse_cell
from danju.readers import Reading
from danju.readers.table.marks import read_marks
from danju.values.pictures import MAX_BYTES, data_in, too_large
from danju.values.text import clean

if TYPE_CHECKING:
    from danju.ooxml.anchors import Anchored
    from danju.ooxml.package import Package

__all__ = ["with_pictures"]

_WORKBOOKS, _DOCUMENTS = (".xlsx", ".xlsm"), (".docx", ".docm")
_WORDS = "图片"


def with_pictures(reading: Reading, path: Path | None) -> Reading:
    """The reading with its pictures in the places of their names; told when one of the file is not used.

    Args:
        reading: As it came from the file.
        path: The file; None when it lies nowhere.
    """
    form = reading.form
    if form is None or not any(each.kind.is_picture for _, each in form.record_type.iter_paths()):
        return reading
    record_type = form.record_type

    def records() -> Iterator[RawRecord]:
        sheets = _Sheets.of(path, reading, record_type)
        for raw in reading.records:
            named = replace(raw, fields=_in_group(record_type.fields, raw.fields, path.parent if path else None))
            yield sheets.place(named) if sheets.pictures else named
        if count := sheets.count_left():
            reading_with.issues.append(Issue("F155", Location(reading.source), values={"count": count}))

    reading_with = replace(reading, records=records(), iter_checked=None)
    return reading_with


@dataclass(slots=True)
class _Sheets:
    """The pictures on the sheets of a workbook that no record has taken yet.

    Attributes:
        record_type: What the records are.
        pictures: By title of the sheet: the path without rows that each belongs to ("" for none), the picture, bytes.
        others: Number of pictures that lie elsewhere in the file.
        titles: Registers among the sheets.
        seen: Sheets that the records came from.
    """

    record_type: RecordType
    pictures: dict[str, list[tuple[str, Anchored, bytes | Fault]]] = field(default_factory=dict)
    others: int = 0
    titles: frozenset[str | None] = frozenset()
    seen: set[str | None] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path | None, reading: Reading, record_type: RecordType) -> _Sheets:
        """Those of the file that a reading came from."""
        sheets = cls(record_type)
        if path is None or path.suffix.lower() not in (*_WORKBOOKS, *_DOCUMENTS):
            return sheets
        from danju.ooxml.package import Package  # late: few forms have pictures

        sheets.titles = frozenset(place.sheet for place in reading.headers)
        with Package(path) as package:
            images = {name for name in package.names if package.content_type(name).startswith("image/")}
            found = _anchored(package) if images and path.suffix.lower() in _WORKBOOKS else {}
            names = read_marks(path).cells if found else {}
            sheets.others = len(images - {each.part for on_sheet in found.values() for each in on_sheet})
            for title, on_sheet in found.items():
                paths = _paths(title, reading, record_type, names.get(title, {}))
                for each in on_sheet:
                    too_big = Fault("F152", {"name": _WORDS, "reason": too_large()})
                    content = package.read(each.part) if each.size <= MAX_BYTES else too_big
                    given = (paths.get((each.row, each.column)) or paths.get((-1, each.column), ""), each, content)
                    sheets.pictures.setdefault(title, []).append(given)
        return sheets

    def place(self, raw: RawRecord) -> RawRecord:
        """The record with its pictures; those it has no place for are left."""
        title = raw.location.sheet
        self.seen.add(title)
        here = parse_cell(raw.location.cell or "")
        fields, left = raw.fields, []
        for given in self.pictures.get(title or "", ()):
            path, picture, content = given
            is_table = bool(path) and self._is_in_table(path)
            is_here = is_table or title not in self.titles or (here is not None and here[0] == picture.row)
            location = raw.location.at(cell=cell_name(picture.row, picture.column))
            value = RawValue(FoundPicture("", content), location)
            changed = _put(fields, path.split("."), value, picture.row, is_table) if path and is_here else None
            if changed is None:
                left.append(given)
            else:
                fields = changed
        if title in self.pictures:
            self.pictures[title] = left
        return replace(raw, fields=fields)

    def _is_in_table(self, path: str) -> bool:
        top = self.record_type.field(path.partition(".")[0])
        return top is not None and top.kind.is_table

    def count_left(self) -> int:
        """How many pictures nobody has read, those that our papers draw besides their values left aside."""
        places = self.seen | self.titles
        on_sheets = [each for title, given in self.pictures.items() if title in places for _, each, _ in given]
        return self.others + sum(not each.is_ours or each.words == _WORDS for each in on_sheets)


def _anchored(package: Package) -> Mapping[str, list[Anchored]]:
    """The pictures on the sheets; none in a workbook whose drawings are damaged."""
    from danju.ooxml.anchors import anchored_pictures

    try:
        return anchored_pictures(package)
    except (KeyError, ValueError, SyntaxError):  # lxml.etree.XMLSyntaxError is a SyntaxError
        return {}


def _paths(
    title: str, reading: Reading, record_type: RecordType, names: Mapping[str, tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """The path of a picture's field, without rows, by its named cell, or by (-1, column) of a register."""
    found = {}
    header = next((header for place, header in reading.headers.items() if place.sheet == title), None)
    if header is not None:
        for column in header.columns:
            for target in column.targets:
                if target.field.kind.is_picture:
                    found[-1, column.position] = target.dotted
        return found
    for name, place in names.items():
        held = held_by_name(name, record_type)
        target_field = record_type.find(without_rows(held.path)) if held is not None and not held.option else None
        if held is not None and target_field is not None and target_field.kind.is_picture:
            found[place[0], place[1]] = without_rows(held.path)
    return found


def _put(group: RawGroup, names: list[str], value: RawValue, row: int, is_table: bool) -> RawGroup | None:
    """The group with a value at the end of names, in that row of a table; None when there is no free place."""
    name, *rest = names
    node = group.get(name)
    if not rest:
        is_free = node is None or (isinstance(node, RawValue) and node.value in (None, ""))
        return {**group, name: value} if is_free else None
    if is_table:
        rows = node if isinstance(node, tuple) else ()
        for index, each in enumerate(rows):
            if _stands_in(each, row):
                changed = _put(each, rest, value, row, is_table=False)
                return None if changed is None else {**group, name: (*rows[:index], changed, *rows[index + 1 :])}
        return None
    if node is not None and not isinstance(node, Mapping):
        return None
    changed = _put(node or {}, rest, value, row, is_table=False)
    return None if changed is None else {**group, name: changed}


def _stands_in(group: RawGroup, row: int) -> bool:
    """Whether a value of a table's row was read in that row of the sheet."""
    cells = (parse_cell(node.location.cell or "") for node in group.values() if isinstance(node, RawValue))
    return any(cell is not None and cell[0] == row for cell in cells)


def _in_group(fields: tuple[Field, ...], group: RawGroup, folder: Path | None) -> RawGroup:
    known = {field.name: field for field in fields}
    return {name: _in_node(known[name], node, folder) if name in known else node for name, node in group.items()}


def _in_node(field: Field, node: RawNode, folder: Path | None) -> RawNode:
    if isinstance(node, tuple):
        return tuple(_in_group(field.members, row, folder) for row in node)
    if not isinstance(node, RawValue):
        return _in_group(field.members, node, folder)
    value = node.value
    if not field.kind.is_picture or not isinstance(value, str) or not (name := clean(value)):
        return node
    if stands_for_nothing(name) or name in field.empty_words or data_in(name) is not None:
        return node
    return RawValue(FoundPicture(name, _file(name, folder)), node.location)


def _file(name: str, folder: Path | None) -> bytes | Fault:
    """The file of that name, which must lie inside the folder: inputs may come from strangers."""
    plain = name.replace("\\", "/")
    missing = Fault("F151", {"name": name})
    if plain.startswith("/") or ":" in plain or ".." in plain.split("/"):
        return Fault("F153", {"name": name})
    if folder is None or "\0" in plain:
        return missing
    try:
        path = (folder / plain).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Fault("F153", {"name": name})
        if not path.is_file():
            return missing
        if path.stat().st_size > MAX_BYTES:
            return Fault("F152", {"name": name, "reason": too_large()})
        return path.read_bytes()
    except (OSError, ValueError):
        return missing
