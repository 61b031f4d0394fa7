"""What a reader hands on: records of one form, and what is wrong with their file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord

__all__ = ["Reading", "refuse"]


@dataclass(slots=True)
class Reading:
    """One register sheet, the form sheets of one workbook, or the records of one form in a text file.

    Attributes:
        source: File name as the user gave it.
        form: What the records are, or None when `issues` say why that is unknown.
        records: Read lazily.
        issues: About the file or sheet; complete once `records` is exhausted.
    """

    source: str
    form: Form | None
    records: Iterator[RawRecord] = field(default_factory=lambda: iter(()))
    issues: list[Issue] = field(default_factory=list)


def refuse(source: str, fault: Fault, location: Location | None = None) -> Reading:
    """A reading without records that says why."""
    return Reading(source, None, issues=[Issue(fault.code, location or Location(source), values=fault.values)])
