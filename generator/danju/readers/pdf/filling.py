"""The filled-in fields of a PDF form → one raw record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from danju.exchange.paths import steps_of, told_about
from danju.exchange.pdf_names import STAMP_FIELD, option_named
from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field
from danju.model.form import Form
from danju.model.record import RawNode, RawRecord, RawValue
from danju.readers.meaning.headings import unknown_name
from danju.readers.pdf.form import FieldType, FormField

__all__ = ["Filling", "read_filling"]


@dataclass(slots=True)
class Filling:
    """What was filled in.

    Attributes:
        record: As read.
        count: How many fields have a value.
    """

    record: RawRecord
    count: int


@dataclass(slots=True)
class _Level:
    """A record, group or row that is being put together.

    Attributes:
        values: Plain values and groups by name.
        ticks: Ticked words of fields with several.
        rows: Rows of tables: by number, or by what stands in the key column.
    """

    values: dict[str, RawNode | _Level] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[str, _Level]] = field(default_factory=dict)


def read_filling(fields: Iterable[FormField], form: Form, location: Location) -> Filling:
    """The record in a form's fields; a field that the form does not know is an issue when something stands in it."""
    reader = _Reader(form, location)
    for each in fields:
        if each.name != STAMP_FIELD and each.type is not FieldType.OTHER:
            reader.take(each)
    return reader.finish()


class _Reader:
    """Puts fields where their names say."""

    def __init__(self, form: Form, location: Location) -> None:
        self._form = form
        self._place = location
        self._root = _Level()
        self._issues: list[Issue] = []
        self._count = 0

    def take(self, each: FormField) -> None:
        """One field."""
        if each.value is None or each.value is False:
            return
        if not self._put(each):
            value = each.value if isinstance(each.value, str) else ""
            self._issues.append(unknown_name(each.name, self._place, f"（{value}）" if value else ""))
        self._count += 1

    def finish(self) -> Filling:
        fields = self._closed(self._root, self._form.record_type.fields)
        return Filling(RawRecord(self._place, fields, tuple(self._issues)), self._count)

    def _put(self, each: FormField) -> bool:
        """Whether the name means a field of the form."""
        level, members = self._root, self._form.record_type.fields
        steps = steps_of(each.name)
        for at, (name, index) in enumerate(steps):
            target = next((member for member in members if member.name == name), None)
            if target is None:
                return False
            is_last = at == len(steps) - 1
            if is_last:
                return self._put_value(level, target, index, each)
            if target.kind.is_table and index:
                level = level.rows.setdefault(name, {}).setdefault(index, _Level())
            elif target.kind.is_group and not index:
                held = level.values.setdefault(name, _Level())
                if not isinstance(held, _Level):
                    return False
                level = held
            else:
                return False
            members = target.members
        return False

    def _put_value(self, level: _Level, target: Field, index: str, each: FormField) -> bool:
        if not target.kind.is_single:
            return False
        if each.type is FieldType.TICK:
            option = option_named(target, index)
            if option is not None:
                level.ticks.setdefault(target.name, []).append(option.value)
            return option is not None
        if index:
            return False
        level.values[target.name] = RawValue(_chosen(target, each.value), self._place)
        return True

    def _closed(self, level: _Level, members: tuple[Field, ...]) -> dict[str, RawNode]:
        """The finished values of a level, rows in order."""
        found: dict[str, RawNode] = {}
        for member in members:
            held = level.values.get(member.name)
            if isinstance(held, _Level):
                found[member.name] = self._closed(held, member.members)
            elif held is not None:
                found[member.name] = held
            if member.name in level.ticks:
                found[member.name] = RawValue(level.ticks[member.name], self._place)
            if member.name in level.rows:
                found[member.name] = tuple(self._rows(member, level.rows[member.name]))
        return found

    def _rows(self, table: Field, rows: dict[str, _Level]) -> Iterable[dict[str, RawNode]]:
        numbered = sorted((index for index in rows if index.isdigit()), key=int)
        for index in (*numbered, *(index for index in rows if not index.isdigit())):
            row = self._closed(rows[index], table.members)
            key, word = told_about(index)
            member = table.member(key) if key else None
            if member is not None:
                option = option_named(member, word)
                row = {key: RawValue(option.value if option else word, self._place), **row}
            yield row


def _chosen(target: Field, value: object) -> object:
    """The constant of an option that a list shows by its label; anything else as it is."""
    return next((option.value for option in target.options if option.label == value), value)
