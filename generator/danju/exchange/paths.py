"""Paths: places in a record, as cells, tags, fields of PDF forms and issues name them; parsed and written here alone.

    customer_name    sales_review.opinion    a value; a member of a group
    contacts[0].name    contacts[].name      a member of a table's row: numbered from 0; the row at hand
    licences[document=营业执照].number       a member of the row about an option
    documents?开票资料                       the tick of an option
    handler&handled_on    handler&           the fields of a sign-off line

What a workbook (`cell_names`), a Word file (`controls`) and a PDF form (`pdf_names`) call these is their own business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from danju.model.field import Field, RecordType

__all__ = [
    "Held", "Read", "Steps", "about", "any_row", "field_at", "held_line", "held_tick", "parse_held", "path_of",
    "reader_of", "row_path", "steps_of", "told_about", "top_of", "value_at", "value_by", "without_rows",
]  # fmt: skip

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
_ROW = re.compile(r"\[[^\]]*\]")
_NUMBER = re.compile(r"\[\d+\]")
_ONE_STEP = r"[^.\[\]?&]+(?:\[[^\]]*\])?"
_PATH = re.compile(rf"{_ONE_STEP}(?:\.{_ONE_STEP})*")
_TICK, _AND, _IS = "?", "&", "="

Steps = tuple[tuple[str, str], ...]
"""A path taken apart: (name, row or "")."""

Read = Callable[[Mapping[str, object]], object]
"""A record → the typed value at one path, or None."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell or control holds.

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
    """The tick of an option, written."""
    return f"{path}{_TICK}{option}"


def held_line(paths: tuple[str, ...]) -> str:
    """The fields of a sign-off line, written; "" for a line without a field."""
    return _AND.join(paths) + (_AND if len(paths) == 1 else "")


@lru_cache(maxsize=8192)
def parse_held(written: str) -> Held:
    """What a path, a tick or a sign-off line means."""
    found = _PATH.match(written)
    end = found.end() if found else 0
    if end == len(written) or written[end] == _TICK:
        return Held(written[:end], written[end + 1 :])
    return Held("", line=tuple(_PATH.findall(written)))


@lru_cache(maxsize=8192)
def steps_of(path: str) -> Steps:
    """The steps of a path."""
    return tuple(_STEP.findall(path))


def path_of(steps: Iterable[str | int]) -> str:
    """The path of names and row numbers, as JSON Schema tells places: `("contacts", 0, "name")`."""
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def row_path(table: str, row: int | str, member: str) -> str:
    """The path of a member in a row: a number, "" for the row at hand, or what `about` gives."""
    return f"{table}[{row}].{member}"


def about(key: str, word: str) -> str:
    """The row whose member `key` is that option."""
    return f"{key}{_IS}{word}"


def told_about(row: str) -> tuple[str, str]:
    """What `about` was given; ("", "") for any other row."""
    key, sign, word = row.partition(_IS)
    return (key, word) if sign else ("", "")


def top_of(path: str) -> str:
    """The field of the record itself that a path leads into, "" for none."""
    found = _STEP.match(path)
    return found[1] if found else ""


def without_rows(path: str) -> str:
    """The dotted path, as the schema has it: `contacts.name`."""
    return _ROW.sub("", path) if "[" in path else path


def any_row(path: str) -> str:
    """The path of the row at hand: `contacts[0].name` → `contacts[].name`; rows about an option stay."""
    return _NUMBER.sub("[]", path)


def field_at(record_type: RecordType, path: str) -> Field | None:
    """The field at a path, whatever the row."""
    return record_type.find(without_rows(path))


def value_at(values: Mapping[str, object], path: str) -> object:
    """The typed value at a path, or None."""
    return value_by(values, steps_of(path))


@lru_cache(maxsize=8192)
def reader_of(path: str) -> Read:
    """What reads the value at a path, made once because a plan asks every record for the same paths."""
    steps = steps_of(path)
    if len(steps) == 1 and not steps[0][1]:
        name = steps[0][0]
        return lambda values: values.get(name)
    if len(steps) == 2 and steps[0][1].isdigit() and not steps[1][1]:
        table, position, member = steps[0][0], int(steps[0][1]), steps[1][0]

        def read(values: Mapping[str, object]) -> object:
            rows = values.get(table)
            if type(rows) is list and position < len(rows) and type(rows[position]) is dict:
                return rows[position].get(member)
            return value_by(values, steps)

        return read
    return lambda values: value_by(values, steps)


def value_by(values: Mapping[str, object], steps: Steps) -> object:
    """The typed value at the end of steps, or None."""
    found: object = values
    for name, row in steps:
        # the check for dict is quick, that for Mapping is not
        found = found.get(name) if isinstance(found, dict) or isinstance(found, Mapping) else None  # noqa: SIM101
        if row and isinstance(found, list):
            found = _row(found, row)
    return found


def _row(rows: list[object], row: str) -> object:
    if row.isdigit():
        position = int(row)
        return rows[position] if position < len(rows) else None
    key, wanted = told_about(row)
    return next((each for each in rows if isinstance(each, Mapping) and each.get(key) == wanted), None)
