"""Paths into a record: `contacts[0].name`, `licences[document=营业执照].number`, `sales_review.opinion`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from danju.model.field import Field, RecordType

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
_INDEX = re.compile(r"\[[^\]]*\]")


Steps = tuple[tuple[str, str], ...]
"""A path taken apart: (name, index or "")."""

Read = Callable[[Mapping[str, object]], object]
"""A record → the typed value at one path, or None."""


@lru_cache(maxsize=8192)
def steps_of(path: str) -> Steps:
    """The steps of a path."""
    return tuple(_STEP.findall(path))


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
    for name, index in steps:
        # the check for dict is quick, that for Mapping is not
        found = found.get(name) if isinstance(found, dict) or isinstance(found, Mapping) else None  # noqa: SIM101
        if index and isinstance(found, list):
            found = _row(found, index)
    return found


def _row(rows: list[object], index: str) -> object:
    if index.isdigit():
        position = int(index)
        return rows[position] if position < len(rows) else None
    key, _, wanted = index.partition("=")
    return next((row for row in rows if isinstance(row, Mapping) and row.get(key) == wanted), None)


def field_at(record_type: RecordType, path: str) -> Field | None:
    """The field at a path, row indexes ignored."""
    return record_type.find(_INDEX.sub("", path))
