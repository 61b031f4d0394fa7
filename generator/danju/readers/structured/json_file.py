"""JSON files: one record, a list of records, or an object naming form and records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from danju.issues import Fault
from danju.location import Location
from danju.messages import phrase
from danju.readers.reading import Reading, refuse
from danju.readers.structured.structured import DataNode, Documents
from danju.readers.structured.yaml_file import MAX_DEPTH, read_text_file

__all__ = ["open_json"]

MAX_SIZE = 200 << 20

_REASONS = {
    "Expecting value": phrase("value_expected_here"),
    "Expecting ',' delimiter": phrase("comma_missing_bracket_has_no"),
    "Expecting ':' delimiter": phrase("colon_missing_behind_name"),
    "Expecting property name": phrase("names_stand_double_quotes"),
    "Illegal trailing comma": phrase("comma_too_many_at_end"),
    "Unterminated string": phrase("quotation_mark_has_no_partner"),
    "Extra data": phrase("something_behind_end"),
    "Invalid control character": phrase("string_holds_line_break_control"),
    "Invalid \\": phrase("backslash_used_wrongly"),
    "Unexpected UTF-8 BOM": phrase("stray_mark_at_beginning_file"),
}
_BLANKS = re.compile(r"[ \t\n\r]*")


class _Object(dict[str, object]):
    """An object that remembers the names given twice."""

    repeats: list[tuple[str, object]]


def open_json(path: Path, name: str) -> Documents | Reading:
    """What a JSON file holds, or why it cannot be read."""
    text = read_text_file(path, MAX_SIZE)
    if isinstance(text, Fault):
        return refuse(name, text)
    try:
        return Documents(name, [_parse(text)])
    except json.JSONDecodeError as error:
        reason = next((words for start, words in _REASONS.items() if error.msg.startswith(start)), error.msg)
        return refuse(name, Fault("F008", {"reason": reason}), Location(name, line=error.lineno, column=error.colno))
    except (RecursionError, _DepthError):
        return refuse(name, Fault("F007", {"reason": phrase("nested_deeper_than_levels", max_depth=MAX_DEPTH)}))
    except ValueError:  # an integer beyond Python's limit of digits
        return refuse(name, Fault("F007", {"reason": phrase("number_too_long")}))


class _DepthError(Exception):
    """Ends the reading of a file nested beyond reason."""


def _parse(text: str) -> DataNode:
    """The document; records of a top-level list know their lines."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_make_object, parse_float=Decimal, parse_constant=_refuse_constant(text)
    )
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        value, end = decoder.raw_decode(text, at)
        if _skip(text, end) != len(text):
            raise json.JSONDecodeError("Extra data", text, end)
        return _node(value, 1, 0)
    items: list[DataNode] = []
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = decoder.raw_decode(text, at)
        items.append(_node(value, line, 1))
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":
                raise json.JSONDecodeError("Illegal trailing comma", text, at)
        elif text[at : at + 1] != "]":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    if _skip(text, at + 1) != len(text):
        raise json.JSONDecodeError("Extra data", text, at + 1)
    return DataNode(items, 1)


def _skip(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _make_object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object()
    made.repeats = []
    for key, value in pairs:
        if key in made:
            made.repeats.append((key, value))
        else:
            made[key] = value
    return made


def _refuse_constant(text: str) -> Callable[[str], object]:
    def refuse_name(name: str) -> object:
        raise json.JSONDecodeError(f"Expecting value ({name})", text, max(0, text.find(name)))

    return refuse_name


def _node(value: object, line: int | None, depth: int) -> DataNode:
    """The value as a node; only a record itself has a line."""
    if depth > MAX_DEPTH:
        raise _DepthError
    if isinstance(value, _Object):
        repeats = [(key, _node(child, None, depth + 1)) for key, child in value.repeats]
        return DataNode({key: _node(child, None, depth + 1) for key, child in value.items()}, line, None, repeats)
    if isinstance(value, list):
        return DataNode([_node(child, None, depth + 1) for child in value], line)
    return DataNode(value, line)
