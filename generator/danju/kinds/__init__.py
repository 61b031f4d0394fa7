"""Kinds of values: one object in one file for each, and the table of them all.

A `Field` carries its kind; whoever needs to know something that depends on it asks `field.kind`. What can be asked is
`danju.model.field.Kind`. A new kind is a file here, its line in `KINDS`, and its tests.
"""

from __future__ import annotations

from danju.kinds.boolean import BOOLEAN
from danju.kinds.choice import CHOICE
from danju.kinds.choices import CHOICES
from danju.kinds.clock import TIME
from danju.kinds.date import DATE
from danju.kinds.group import GROUP
from danju.kinds.moment import DATETIME
from danju.kinds.month import MONTH
from danju.kinds.number import INTEGER, NUMBER
from danju.kinds.picture import PICTURE
from danju.kinds.table import TABLE
from danju.kinds.text import TEXT
from danju.model.field import Kind

__all__ = [
    "BOOLEAN", "CHOICE", "CHOICES", "DATE", "DATETIME", "GROUP", "INTEGER", "KINDS", "MONTH", "NUMBER", "PICTURE",
    "TABLE", "TEXT", "TIME",
]  # fmt: skip

KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        CHOICE,
        CHOICES,
        TABLE,
        GROUP,
        DATE,
        DATETIME,
        MONTH,
        TIME,
        PICTURE,
        INTEGER,
        NUMBER,
        BOOLEAN,
        TEXT,  # last: it takes every text that no other kind does
    )
}
"""By name, in the order in which they are asked whether a schema's property is theirs (`Kind.declares`)."""
