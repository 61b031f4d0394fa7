"""What a workbook says about itself: the stamp of its form, names of its cells, our own marks of an earlier return."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from danju.exchange.cell_names import EXAMPLE_DIGEST_NAME, LIST_PREFIX
from danju.exchange.marks import COLUMN_NAME, WORDS
from danju.exchange.stamp import EXAMPLE_NAME, FORM, STAMP_NAME, Stamp
from danju.ooxml.addresses import parse_reference
from danju.readers.table.sheets import Row, Sheet
from danju.values.text import clean

__all__ = ["BookMarks", "find_column", "is_index", "read_marks", "without_marks"]

Place = tuple[int, int]
"""0-based row and column."""

_CONSTANT = re.compile(r'(?:of:)?=?"((?:[^"]|"")*)"')
_CUSTOM, _WORKBOOK, _CONTENT, _META = "docProps/custom.xml", "xl/workbook.xml", "content.xml", "meta.xml"


@dataclass(frozen=True, slots=True)
class BookMarks:
    """What was found.

    Attributes:
        stamp: The form that the workbook was made for, or None.
        cells: Our names of cells, by sheet.
        examples: Example rows, 0-based, by sheet.
        example_digest: What the example row said, or "".
        lists: Sheets that only hold words for drop-downs.
    """

    stamp: Stamp | None = None
    cells: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    examples: Mapping[str, frozenset[int]] = field(default_factory=dict)
    example_digest: str = ""
    lists: frozenset[str] = frozenset()


def read_marks(path: Path) -> BookMarks:
    """The marks of an .xlsx, .xlsm or .ods that has been found harmless; none in any other file."""
    try:
        with zipfile.ZipFile(path) as package:
            members = set(package.namelist())
            if _WORKBOOK in members:
                properties = _custom_properties(package, members)
                names = list(_defined_names(package.read(_WORKBOOK)))
            elif _CONTENT in members:
                properties = _user_properties(package, members)
                names = list(_named_ranges(package))
            else:
                return BookMarks()
    except (zipfile.BadZipFile, KeyError, OSError, SyntaxError):  # lxml.etree.XMLSyntaxError is a SyntaxError
        return BookMarks()
    return _gather(properties, names)


def _gather(properties: Mapping[str, str], names: list[tuple[str, str]]) -> BookMarks:
    cells: dict[str, dict[str, Place]] = {}
    examples: dict[str, frozenset[int]] = {}
    lists: set[str] = set()
    line = digest = ""
    for name, target in names:
        constant, reference = _CONSTANT.fullmatch(target), parse_reference(target)
        if name.lower() == STAMP_NAME and constant:
            line = constant[1]
        elif name.lower() == EXAMPLE_DIGEST_NAME and constant:
            digest = constant[1]
        elif reference is None:
            continue
        elif name.lower().startswith(LIST_PREFIX):
            lists.add(reference[0])
        elif name.lower() == EXAMPLE_NAME:
            examples[reference[0]] = frozenset(range(reference[1].top, reference[1].bottom + 1))
        else:
            cells.setdefault(reference[0], {})[name] = reference[1].top, reference[1].left
    stamp = Stamp.from_properties(properties) or Stamp.from_line(line)
    return BookMarks(stamp, cells, examples, digest, frozenset(lists))


def _parse(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _defined_names(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Our names and what they stand for; those of a sheet's own too, which copies of a sheet have."""
    if b"danju." not in workbook.lower():
        return
    for each in _parse(workbook).iter("{*}definedName"):
        name = each.get("name", "")
        if name.lower().startswith("danju."):
            yield name, each.text or ""


def _custom_properties(package: zipfile.ZipFile, members: set[str]) -> dict[str, str]:
    if _CUSTOM not in members:
        return {}
    content = package.read(_CUSTOM)
    if FORM.encode() not in content:
        return {}
    return {each.get("name", ""): "".join(each.itertext()) for each in _parse(content).iter("{*}property")}


def _user_properties(package: zipfile.ZipFile, members: set[str]) -> dict[str, str]:
    """ODF 1.3 part 3, 4.3.3: meta:user-defined."""
    if _META not in members:
        return {}
    found = _parse(package.read(_META)).iter("{*}user-defined")
    return {_attribute(each, "name"): "".join(each.itertext()) for each in found}


def _named_ranges(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """ODF 1.3 part 3, 9.4.12 and 9.4.13."""
    from lxml import etree

    with package.open(_CONTENT) as stream:
        for _, each in etree.iterparse(
            stream, tag=("{*}named-range", "{*}named-expression", "{*}table-row"), resolve_entities=False,
            no_network=True,
        ):  # fmt: skip
            if etree.QName(each).localname == "table-row":
                each.clear()
                continue
            name = _attribute(each, "name")
            if name.lower().startswith("danju."):
                yield name, _attribute(each, "cell-range-address") or _attribute(each, "expression")


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


_HEADINGS = frozenset(words.heading for words in WORDS.values())
_TITLES = frozenset(words.title for words in WORDS.values())
_NAME = re.compile(re.escape(COLUMN_NAME) + r"\d+")
_SEARCHED_ROWS = 60
_NO_NAMES: Mapping[str, Mapping[str, Place]] = {}


def without_marks(sheets: Iterable[Sheet], names: Mapping[str, Mapping[str, Place]] = _NO_NAMES) -> list[Sheet]:
    """The sheets as their author left them: without the index, columns of messages blank.

    Known by their exact words, which survive every program that saves the file again, and CSV too; a column whose words
    were changed by its name.

    Args:
        sheets: As they were opened.
        names: Our names of cells, by sheet.
    """
    return [_without_column(sheet, names.get(sheet.name or "", {})) for sheet in sheets if not is_index(sheet)]


def is_index(sheet: Sheet) -> bool:
    """Whether a sheet is an index of issues: its first cell says so."""
    head = sheet.head()
    return bool(head and head[0]) and _is_word(head[0][0], _TITLES)


def find_column(sheet: Sheet) -> tuple[int, int] | None:
    """0-based row and column of the heading of a column of messages, or None."""
    return _find_in(sheet.head()[:_SEARCHED_ROWS])


def _find_in(rows: Sequence[Row]) -> tuple[int, int] | None:
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if _is_word(value, _HEADINGS):
                return index, column
    return None


def _is_word(value: object, words: frozenset[str]) -> bool:
    return isinstance(value, str) and len(value) <= 40 and (value in words or clean(value) in words)


def _without_column(sheet: Sheet, names: Mapping[str, Place]) -> Sheet:
    named = (place for name, place in names.items() if _NAME.fullmatch(name.lower()))
    place = find_column(sheet) or next(named, None)
    if place is None:
        return sheet
    return replace(sheet, open_rows=partial(_iter_rows, sheet, *place), _head=[], _has_head=False)


def _iter_rows(sheet: Sheet, first: int, column: int) -> Iterator[Row]:
    for index, row in enumerate(sheet.open_rows()):
        if index >= first and column < len(row):
            row = [*row[:column], None, *row[column + 1 :]]
        yield row
