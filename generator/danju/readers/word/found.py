"""What was found in a Word file, by place in the record, and how it becomes a raw record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from danju.exchange.controls import EMPTY_WORDS
from danju.exchange.paths import steps_of, told_about
from danju.issues import Issue
from danju.kinds.coercion import coerce
from danju.location import Location
from danju.model.field import Field
from danju.model.form import Form
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.targets import Target
from danju.values.options import EMPTY, TICKED
from danju.values.text import clean, fold

__all__ = ["FoundValues", "ValuePlace", "is_nothing"]

RowKey = tuple[int, int, str]
"""Which row of a table: number of the Word table and of its row, or (-1, order, option) for fixed rows."""

_NOTHING = re.compile(
    rf"(?:{'|'.join(sorted(EMPTY_WORDS, key=len, reverse=True))}|[\s　_＿])*|[　\s]*年[　\s]*月[　\s]*日"
)  # LibreOffice repeats the words of an empty control


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """A place in a record, known by the names of its fields.

    Attributes:
        top: Field of the record.
        member: Member of a table's row or group, or None.
        row: Which row, or None outside tables.
        names: Of both fields.
    """

    top: Field = field(compare=False)
    member: Field | None = field(default=None, compare=False)
    row: RowKey | None = None
    names: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", (self.top.name, self.member.name if self.member else ""))

    @property
    def field(self) -> Field:
        """The field that holds the value."""
        return self.member or self.top


def is_nothing(text: str, of: Field) -> bool:
    """Whether a text is only what a blank form shows there: dots, its unit, a request to fill in."""
    stripped = clean(text)
    if of.unit and stripped.endswith(of.unit):
        stripped = clean(stripped[: -len(of.unit)])
    if of.options and any(box in stripped for box in EMPTY) and not any(tick in stripped for tick in TICKED):
        return True
    return _NOTHING.fullmatch(stripped) is not None


def _is_same(one: object, other: object, of: Field) -> bool:
    """Whether two entries for one place say the same, however they are written."""
    if fold(str(one)) == fold(str(other)):
        return True
    first, second = (coerce(each, of, date.min).value for each in (one, other))
    return first is not None and first == second


@dataclass(slots=True)
class FoundValues:
    """Values of one record with their places; the first of several for a place stays.

    Attributes:
        values: By place.
        seen: Places whose label or cell was there, filled or not.
        issues: What was noticed.
    """

    form: Form
    values: dict[ValuePlace, tuple[object, Location]] = field(default_factory=dict)
    seen: dict[ValuePlace, Location] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def place(self, path: str, row: tuple[int, int] | None = None) -> ValuePlace | None:
        """The place of a path such as `contacts[].name`, whose row stands there in the file; None for no field."""
        steps = steps_of(path)
        top = self.form.record_type.field(steps[0][0]) if steps else None
        if top is None or len(steps) > 2:
            return None
        member = top.member(steps[1][0]) if len(steps) == 2 else None
        if len(steps) == 2 and member is None:
            return None
        if not top.kind.is_table:
            return ValuePlace(top, member)
        if member is None:
            return None
        name, option = told_about(steps[0][1])
        key = top.member(name)
        if option and key is not None:
            order = [each.value for each in key.options].index(option) if key.option(option) else 0
            return ValuePlace(top, member, (-1, order, steps[0][1]))
        return ValuePlace(top, member, (*row, "") if row is not None else None)

    def put(self, place: ValuePlace, value: object, location: Location) -> None:
        """A value; nothing but dots and requests to fill in only marks the place as seen."""
        self.seen.setdefault(place, location)
        if value is None or (isinstance(value, str) and is_nothing(value, place.field)):
            return
        earlier = self.values.setdefault(place, (value, location))
        if not _is_same(earlier[0], value, place.field):
            given = {"name": place.field.label, "other": earlier[1]}
            path = Target(place.field, place.top).path() if place.member else place.top.name
            self.issues.append(Issue("F103", location, place.field.label, path, given))

    def append(self, place: ValuePlace, text: str, gap: str, location: Location) -> None:
        """The rest of a text that began on an earlier page."""
        if is_nothing(text, place.field):
            return
        before = self.values.get(place)
        if before is None:
            self.put(place, text, location)
        else:
            self.values[place] = (f"{before[0]}{gap}{text}", before[1])

    def fill_from(self, other: FoundValues) -> None:
        """Takes what the other has and this one lacks."""
        for place, held in other.values.items():
            self.values.setdefault(place, held)
        for place, location in other.seen.items():
            self.seen.setdefault(place, location)

    def build(self, location: Location) -> RecordBuilder:
        """The record under construction."""
        record = RecordBuilder(location)
        rows: dict[str, list[RowKey]] = {}
        for place in self.values:
            if place.row is not None and place.row not in rows.setdefault(place.top.name, []):
                rows[place.top.name].append(place.row)
        for keys in rows.values():
            keys.sort()
        for place, (value, where) in self.values.items():
            if place.row is None:
                target = Target(place.field, place.top if place.member else None)
            else:
                target = Target(place.field, place.top, rows[place.top.name].index(place.row))
                self._put_key(record, place, target, where)
            record.put((target,), value, where)
        for place, where in self.seen.items():
            if place not in self.values and place.row is None:
                record.put_empty(Target(place.field, place.top if place.member else None), where)
        for issue in self.issues:
            record.add_issue(issue)
        return record

    @staticmethod
    def _put_key(record: RecordBuilder, place: ValuePlace, target: Target, where: Location) -> None:
        """A row that stands for an option holds that option."""
        name, option = told_about(place.row[2]) if place.row else ("", "")
        key = place.top.member(name)
        if option and key is not None:
            record.put((Target(key, place.top, target.row),), option, where)
