"""What a reader hands on: an opened file, then the records of one form and what is wrong with them as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from danju.exchange.stamp import Stamp
from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord
from danju.readers.meaning.header import Header
from danju.rules.plain_records import PlainCheck

__all__ = ["Opened", "PlainRecord", "Reading", "refuse"]


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
        iter_column: What the rows of a register hold in one of its columns, by the field's path, a value for about each
            record: for a first look that needs no more. None where records have to be read for it.
        headers: Of its register and of tables on sheets of their own, by the place of the sheet: rows, columns, and the
            fields that these mean.
    """

    source: str
    form: Form | None
    records: Iterator[RawRecord] = field(default_factory=lambda: iter(()))
    issues: list[Issue] = field(default_factory=list)
    iter_checked: Callable[[PlainCheck], Iterator[RawRecord | PlainRecord]] | None = None
    iter_column: Callable[[str], Iterator[object]] | None = None
    headers: Mapping[Location, Header] = field(default_factory=dict)


class Opened(Protocol):
    """A harmless file, opened, before anybody knows its form.

    Attributes:
        stamp: What it says about its form, or None.
        notes: What was noticed so far; told with the first reading.
    """

    @property
    def stamp(self) -> Stamp | None: ...

    @property
    def notes(self) -> list[Issue]: ...

    def iter_stamped(self, form: Form) -> Iterator[Reading]:
        """Readings of a file that was made for this form."""

    def iter_unstamped(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """Readings of a file that does not say its form; `chosen` is what the user named."""


def refuse(source: str, fault: Fault, location: Location | None = None) -> Reading:
    """A reading without records that says why."""
    return Reading(source, None, issues=[Issue(fault.code, location or Location(source), values=fault.values)])
