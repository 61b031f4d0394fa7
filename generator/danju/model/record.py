"""Records: one filled form, before and after checking."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from danju.issues import Issue
from danju.location import Location


@dataclass(frozen=True, slots=True)
class RawValue:
    """A value exactly as read, with its place.

    Attributes:
        value: str, int, float, bool, date, datetime, time, None, or (from YAML and JSON) list and dict.
        location: Where it stands.
    """

    value: object
    location: Location


RawGroup = Mapping[str, "RawNode"]
RawRows = tuple["RawGroup", ...]
RawNode = RawValue | RawGroup | RawRows
"""A value; a group (mapping by member name); the rows of a table (tuple of mappings)."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as read: nothing dropped, nothing converted.

    Attributes:
        location: Where the record begins.
        fields: By property name.
        issues: What the reader noticed (unknown columns, notes).
        columns: Where an empty field would stand: letters of its column by sheet and dotted path without indexes.
    """

    location: Location
    fields: Mapping[str, RawNode]
    issues: tuple[Issue, ...] = ()
    columns: Mapping[tuple[str | None, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One checked record.

    Attributes:
        form_id: The form it fills.
        values: By property name, in schema order, typed as `Kind` says; None or absent means empty.
        location: Where it came from.
        position: 0-based order among all records of the input.
    """

    form_id: str
    values: Mapping[str, object]
    location: Location = field(default_factory=Location)
    position: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One value that was corrected.

    Attributes:
        path: Of the field, with row indexes.
        label: As printed; rows of tables are counted from 1.
        old, new: The values as plain text; "" for none.
    """

    path: str
    label: str
    old: str
    new: str


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(plain: object) -> str:
    """Plain data as one line of JSON, the same whatever the order of its properties."""
    return _CANONICAL.encode(plain)


def plain_digest(plain: object) -> str:
    """sha256 of a record's content as plain data."""
    return hashlib.sha256(canonical(plain).encode()).hexdigest()
