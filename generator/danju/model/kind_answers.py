"""What a kind of value answers about itself: facts that know no file format, which each format translates."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from danju.issues import Fault

__all__ = [
    "AnyDay",
    "AnyTime", "Bounded", "Coerced", "Control", "EntryRule", "OfLength", "OneOf", "ReportColumn", "UpTo",
]  # fmt: skip


@dataclass(slots=True)
class Coerced:
    """The outcome of reading one value.

    Attributes:
        value: Typed value; None when empty or when a fault prevents one.
        faults: Errors and warnings.
    """

    value: object = None
    faults: list[Fault] = field(default_factory=list)


class Control(Enum):
    """How a value is entered where a form is filled in by hand."""

    LINE = auto()  # typed, on one line
    LINES = auto()  # typed, on several lines
    LINE_OR_WORD = auto()  # typed, or one of the field's words
    DAY = auto()  # from a calendar
    MOMENT = auto()  # from a calendar, with the time of day
    MONTH = auto()  # from a calendar, any day of it
    PICK = auto()  # one of a list


class ReportColumn(Enum):
    """What the column of a report holds."""

    TEXT = auto()
    CODE = auto()  # text whose digits are no number
    WORD = auto()  # the words of options
    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()
    MONTH = auto()
    TIME = auto()
    ROWS = auto()  # the rows of a table as text


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these words; one of the field's options when there are none."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyDay:
    """A day or a moment, or one of these words."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyTime:
    """A time of day."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number."""

    whole: bool
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class OfLength:
    """A code with so many characters, blanks and dashes not counted."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class UpTo:
    """A text with at most so many characters."""

    characters: int


EntryRule = OneOf | AnyDay | AnyTime | Bounded | OfLength | UpTo
"""What a program can ask of a value while it is typed; never stricter than our own checks."""
