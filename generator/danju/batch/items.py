"""Items: input files → checked records, in input order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from danju.batch.sources import Source
from danju.issues import Issue
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawRecord, RawValue, Record
from danju.pipeline import check
from danju.readers import iter_readings
from danju.rules.checking import to_plain
from danju.rules.computing import Clock
from danju.rules.text import clean


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one record, or of a file as a whole.

    Attributes:
        form: Its form, or None when the file's form could not be told.
        record: None when an issue is an error, or when the item is about the file.
        issues: Found on the way.
        is_record: Whether it counts as a record read.
    """

    form: Form | None
    record: Record | None
    issues: tuple[Issue, ...]
    is_record: bool = True


def iter_items(sources: Sequence[Source], forms: Sequence[Form], chosen: Form | None, clock: Clock) -> Iterator[Item]:
    """Every record of the inputs, checked, in input order; then what was noticed about each file."""
    position = 0
    seen = _Seen()
    for source in sources:
        if source.is_summary:
            yield Item(None, None, (Issue("F020", Location(source.name)),), is_record=False)
            continue
        number = 0
        for reading in iter_readings(source.path, source.name, forms, chosen):
            if reading.form is not None:
                for raw in reading.records:
                    number += 1
                    yield seen.compare(_checked(raw, reading.form, clock, position, number))
                    position += 1
            if reading.issues:
                yield Item(reading.form, None, tuple(reading.issues), is_record=False)


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


class _Seen:
    """Values that should occur once, with the place of the first; 16 bytes and a place for each."""

    def __init__(self) -> None:
        self._places: dict[bytes, Location] = {}

    def compare(self, item: Item) -> Item:
        """The item, with a warning or error when a value that should be unique was there before."""
        if item.record is None or item.form is None:
            return item
        found: list[Issue] = []
        for path in sorted({*item.form.unique, item.form.number_field} - {""}):
            value = item.record.values.get(path)
            if value is None:
                continue
            place = item.record.location
            earlier = self._places.setdefault(_key_of(item.form.id, path, value), place)
            if earlier is not place:
                target = item.form.record_type.find(path)
                code = "F303" if path == item.form.number_field else "F307"
                label = target.label if target else path
                found.append(Issue(code, place, label, path, {"value": value, "others": earlier}))
        if not found:
            return item
        failed = any(issue.is_error for issue in found)
        return replace(item, record=None if failed else item.record, issues=(*item.issues, *found))


def _key_of(form_id: str, path: str, value: object) -> bytes:
    return blake2b(f"{form_id}\0{path}\0{to_plain(value)!r}".encode(errors="surrogatepass"), digest_size=16).digest()


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
        if source.is_summary:
            continue
        for reading in iter_readings(source.path, source.name, forms, chosen):
            if reading.form is None:
                continue
            for raw in reading.records:
                found.records += 1
                node = raw.fields.get(reading.form.number_field) if reading.form.number_field else None
                if isinstance(node, RawValue) and node.value not in (None, ""):
                    found.numbers.setdefault(reading.form.id, set()).add(clean(str(node.value)))
    return found
