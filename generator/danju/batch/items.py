"""Items: input files → checked records, in input order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from danju.batch.duplicates import Duplicates, values_of_failed
from danju.batch.gaps import Gaps, KnownNumbers
from danju.batch.sources import Source
from danju.events import Found, Read
from danju.issues import Issue, forbid_repairs
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord, RawValue, Record
from danju.pipeline import check, plain_check
from danju.readers import Header, PlainRecord, Reading
from danju.readers.table.sheets import as_text
from danju.rules.computing import Clock
from danju.rules.numbering import without_version
from danju.values.text import clean


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one record, or of a file as a whole.

    Attributes:
        form: Its form, or None when the file's form could not be told.
        record: None when an issue is an error, or when the item is about the file.
        issues: Found on the way.
        is_record: Whether it counts as a record read.
        headers: Where the headers of a register stand that is about to be read, by the place of the sheet.
    """

    form: Form | None
    record: Record | None
    issues: tuple[Issue, ...]
    is_record: bool = True
    headers: Mapping[Location, Header] = field(default_factory=dict)

    def events(self) -> tuple[Read | Found, ...]:
        """The same as events: the record, if it is one, then what was found."""
        found = tuple(Found(issue, self.form) for issue in self.issues) if self.issues else ()
        return (Read(self.form, self.record), *found) if self.is_record and self.form is not None else found


def iter_items(
    sources: Sequence[Source],
    forms: Sequence[Form],
    chosen: Form | None,
    clock: Clock,
    *,
    strict: bool = False,
    known_numbers: KnownNumbers | None = None,
) -> Iterator[Item]:
    """Every record of the inputs, checked, in input order; what was noticed about each file; duplicates and gaps last.

    A register begins with an item that says where its headers stand.

    Args:
        sources: Input files.
        forms: The forms they may hold.
        chosen: The form that was named, or None.
        clock: The moment that records are judged at.
        strict: Whether a value that was not kept as typed is an error.
        known_numbers: Where records are numbered: the numbers there are in the end.
    """
    position = 0
    seen, gaps = Duplicates(), Gaps(known_numbers)
    finished = [source for source in sources if source.is_finished]
    for source in sources:
        if source.is_left_out:
            issue = _left_out(source, finished)
            if issue is not None:
                yield Item(None, None, (issue,), is_record=False)
            continue
        number = 0
        for reading in source.readings(forms, chosen):
            if reading.form is not None:
                yield from _beginning(reading)
                for entry in _entries(reading, reading.form, clock):
                    number += 1
                    item = _item(entry, reading.form, clock, position, number)
                    item = _compared(_as_typed(item) if strict else item, entry, seen, clock)
                    if item.record is not None:
                        gaps.add(reading.form, item.record.values, item.record.location)
                    yield item
                    position += 1
            if reading.issues:
                yield Item(reading.form, None, _stray(source, reading) or tuple(reading.issues), is_record=False)
    for form, issue in (*seen.iter_clashes(), *gaps.issues()):
        yield Item(form, None, (issue,), is_record=False)


def _beginning(reading: Reading) -> Iterator[Item]:
    """What a register begins with: where its headers stand."""
    if reading.headers:
        yield Item(reading.form, None, (), is_record=False, headers=reading.headers)


def _left_out(source: Source, finished: Sequence[Source]) -> Issue | None:
    """What is said about a file that is not read: once for all finished documents."""
    if source.is_summary:
        return Issue("F020", Location(source.name))
    return Issue("F049", Location(source.name), values={"count": len(finished)}) if source is finished[0] else None


_STRAY_CODES = ("F004", "F031", "F041")
_STRAY_SUFFIXES = (".pdf", ".doc", ".docx", ".docm")


def _stray(source: Source, reading: Reading) -> tuple[Issue, ...]:
    """What is said instead about a letter or a scan that merely lies in a folder: it need not be a form at all."""
    if source.is_named or reading.form is not None or source.path.suffix.lower() not in _STRAY_SUFFIXES:
        return ()
    is_stray = any(issue.code in _STRAY_CODES for issue in reading.issues)
    return (Issue("F050", Location(source.name)),) if is_stray else ()


def _entries(reading: Reading, form: Form, clock: Clock) -> Iterator[RawRecord | PlainRecord]:
    """The records of a reading by its quickest road."""
    return reading.records if reading.iter_checked is None else reading.iter_checked(plain_check(form, clock))


def _item(entry: RawRecord | PlainRecord, form: Form, clock: Clock, position: int, number: int) -> Item:
    if isinstance(entry, RawRecord):
        return _checked(entry, form, clock, position, number)
    return Item(form, Record(form.id, entry.values, entry.location, position), ())


def _checked(raw: RawRecord, form: Form, clock: Clock, position: int, number: int) -> Item:
    """The checked record; it and its issues know which record of their file it is."""
    if raw.location.record is None:
        raw = replace(raw, location=replace(raw.location, record=number))
    checked = check(raw, form, clock, position)
    issues = tuple(
        issue
        if issue.location.record is not None
        else replace(issue, location=replace(issue.location, record=raw.location.record))
        for issue in checked.issues
    )
    return Item(form, checked.record, issues)


def _as_typed(item: Item) -> Item:
    """The item, every repair among its issues an error: nothing is kept otherwise than it was typed."""
    if not any(issue.is_repair for issue in item.issues):
        return item
    return replace(item, record=None, issues=forbid_repairs(item.issues))


def _compared(item: Item, entry: RawRecord | PlainRecord, seen: Duplicates, clock: Clock) -> Item:
    """The item, with a warning or error when a value that should be unique was there before."""
    if item.form is None:
        return item
    if item.record is not None:
        found = seen.compare(item.form, item.record.values, item.record.location)
    elif isinstance(entry, RawRecord):
        place = item.issues[0].location if item.issues else entry.location
        place = replace(entry.location, record=place.record)
        found = seen.compare(item.form, values_of_failed(entry, item.form, clock.today), place)
    else:
        found = []
    if not found:
        return item
    failed = any(issue.is_error for issue in found)
    return replace(item, record=None if failed else item.record, issues=(*item.issues, *found))


@dataclass(slots=True)
class Survey:
    """What a first look at the inputs tells.

    Attributes:
        records: How many there are, good and bad.
        numbers: Those that people typed, by form, so that none of them is given to another record.
    """

    records: int = 0
    numbers: dict[str, set[str]] = field(default_factory=dict)


def survey(sources: Sequence[Source], forms: Sequence[Form], chosen: Form | None) -> Survey:
    """A first look at the inputs, record by record, without checking."""
    found = Survey()
    for source in sources:
        if source.is_left_out:
            continue
        for reading in source.readings(forms, chosen):
            if reading.form is None:
                continue
            for value in _typed_numbers(reading, reading.form):
                found.records += 1
                if value not in (None, ""):
                    number = clean(without_version(as_text(value)))
                    found.numbers.setdefault(reading.form.id, set()).add(number)
    return found


def _typed_numbers(reading: Reading, form: Form) -> Iterator[object]:
    """What stands in the number field of each record, None for nothing; of a register only its column is read."""
    if reading.iter_column is not None:
        yield from reading.iter_column(form.number_field)
        return
    for raw in reading.records:
        node = raw.fields.get(form.number_field)
        yield node.value if isinstance(node, RawValue) else None
