"""Paths into a record: `contacts[0].name`, `licences[document=营业执照].number`, `sales_review.opinion`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from danju.model.field import Field, RecordType

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
_INDEX = re.compile(r"\[[^\]]*\]")


@lru_cache(maxsize=8192)
def _steps(path: str) -> tuple[tuple[str, str], ...]:
    return tuple(_STEP.findall(path))


def value_at(values: Mapping[str, object], path: str) -> object:
    """The typed value at a path, or None."""
    found: object = values
    for name, index in _steps(path):
        found = found.get(name) if isinstance(found, Mapping) else None
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
