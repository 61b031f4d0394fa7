"""What a reader hands on: records of one form, and what is wrong with their file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.rules.plain_records import PlainCheck

__all__ = ["PlainRecord", "Reading", "refuse"]


@dataclass(slots=True)
class PlainRecord:
    """A record about which there is nothing to say, checked while it was read.

    Attributes:
        location: Where it begins.
        values: As of a checked record, computed fields included.
    """

    location: Location
    values: Mapping[str, object]


@dataclass(slots=True)
class Reading:
    """One register sheet, the form sheets of one workbook, or the records of one form in a text file.

    Attributes:
        source: File name as the user gave it.
        form: What the records are, or None when `issues` say why that is unknown.
        records: Read lazily.
        issues: About the file or sheet; complete once `records` is exhausted.
        iter_checked: The same records, those without a doubt checked already, many times as quick; None where there is
            no such road. Use it instead of `records`, not beside it.
    """

    source: str
    form: Form | None
    records: Iterator[RawRecord] = field(default_factory=lambda: iter(()))
    issues: list[Issue] = field(default_factory=list)
    iter_checked: Callable[[PlainCheck], Iterator[RawRecord | PlainRecord]] | None = None


def refuse(source: str, fault: Fault, location: Location | None = None) -> Reading:
    """A reading without records that says why."""
    return Reading(source, None, issues=[Issue(fault.code, location or Location(source), values=fault.values)])
