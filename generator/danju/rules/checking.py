"""Checking: a raw record → a record, or all the issues that prevent it, in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from danju.exchange.paths import path_of, row_path, without_rows
from danju.issues import Fault, Issue
from danju.kinds import KINDS
from danju.kinds.coercion import coerce, default_of, stands_for_nothing
from danju.kinds.text import STANDARD_FORMATS
from danju.location import Location
from danju.messages import Words, phrase
from danju.model.field import MISSING, Field, RecordType
from danju.model.form import Form
from danju.model.identity import ById
from danju.model.record import RawNode, RawRecord, RawValue, Record
from danju.rules.computing import Clock, check_rules, compute_values, uncovered_years
from danju.rules.identity import missing_identity
from danju.rules.numbering import without_version
from danju.values.display import shown
from danju.values.pictures import PictureData
from danju.values.text import clean

_ONE_VALUE = phrase("one_value")
_SINGLE = phrase("single_value")
_GROUP = phrase("group_fields")
_ROWS = phrase("some_rows")
_SCHEMA_CODES = {"UniqueItems": "F129"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one record.

    Attributes:
        record: None when an issue is an error.
        issues: Errors, warnings and notes.
        places: Where each value of the record stood, by its path (with row indexes).
    """

    record: Record | None
    issues: tuple[Issue, ...]
    places: Mapping[str, Location] = field(default_factory=dict)


def check_record(raw: RawRecord, form: Form, clock: Clock, position: int = 0) -> Checked:
    """The record, typed and computed, or the issues; warnings may come with a record."""
    run = _CheckRun(raw, form, clock)
    values = run.values()
    run.check_schema(values)
    run.check_identity(values)
    failed = any(issue.is_error for issue in run.issues)
    if not failed:
        values = run.computed(values)
        run.check_rules(values)
        failed = any(issue.is_error for issue in run.issues)
    record = None if failed else Record(form.id, values, raw.location, position)
    return Checked(record, tuple(run.issues), run.places)


@dataclass(slots=True)
class _CheckRun:
    """One pass over one record."""

    raw: RawRecord
    form: Form
    clock: Clock
    issues: list[Issue] = field(default_factory=list)
    places: dict[str, Location] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.issues.extend(self.raw.issues)
        self.failed.update(issue.path for issue in self.raw.issues if issue.is_error and issue.path)

    def add(self, fault: Fault, label: str, path: str, place: Location | None = None) -> None:
        where = place or find_place(self.raw, self.places, path)
        issue = Issue(fault.code, where, label, path, fault.values)
        self.issues.append(issue)
        if issue.is_error:
            self.failed.add(path)

    def values(self) -> dict[str, object]:
        return self._group(self.form.record_type.fields, self.raw.fields, "", "")

    def _group(
        self, fields: tuple[Field, ...], nodes: Mapping[str, RawNode], prefix: str, label: str
    ) -> dict[str, object]:
        values: dict[str, object] = {}
        for each in fields:
            value = self._node(each, nodes.get(each.name), prefix + each.name, label)
            if value is not None:
                values[each.name] = value
        return values

    def _node(self, target: Field, node: RawNode | None, path: str, label: str) -> object:
        label = f"{label}{target.label}"
        value = self._value(target, node, path, label)
        if value is None and not target.computed:
            value = default_of(target)
            if value is None and target.required and path not in self.failed:
                self.add(Fault("F101"), label, path)
        return value

    def _value(self, target: Field, node: RawNode | None, path: str, label: str) -> object:
        if node is None:
            return None
        if target.kind.is_table:
            return self._rows(target, node, path, label)
        if target.kind.is_group:
            return self._members(target, node, path, label)
        if not isinstance(node, RawValue):
            self.add(Fault("F116", {"expected": _ONE_VALUE, "actual": _GROUP, "form": self.form.id}), label, path)
            return None
        self.places[path] = node.location
        if path == self.form.number_field and isinstance(node.value, str):
            node = RawValue(without_version(node.value), node.location)  # as it stands on a corrected paper
        if path in self.failed:
            return None  # the reader has said already what is wrong with it
        outcome = coerce(node.value, target, self.clock.today)
        for fault in outcome.faults:
            self.add(Fault(fault.code, {**fault.values, "form": self.form.id}), label, path, node.location)
        if isinstance(outcome.value, list):
            self._check_count(target, outcome.value, path, label)
        return outcome.value

    def _rows(self, target: Field, node: RawNode, path: str, label: str) -> object:
        if isinstance(node, RawValue) or not isinstance(node, tuple):
            if isinstance(node, RawValue) and node.value in (None, ""):
                return None
            place = node.location if isinstance(node, RawValue) else None
            if isinstance(node, RawValue) and stands_for_nothing(node.value):
                self.add(Fault("F130", {"value": node.value}), label, path, place)
                return None
            self.add(Fault("F116", {"expected": _ROWS, "actual": _SINGLE, "form": self.form.id}), label, path, place)
            return None
        rows: list[dict[str, object]] = []
        for row in filter(_has_text, node):  # a row without any content misses nothing
            index = len(rows)
            if (nothing := _nothing_in(row)) is not None:
                self.add(Fault("F130", {"value": nothing.value}), f"{label}{index + 1}", path, nothing.location)
                continue
            values = self._group(target.members, row, row_path(path, index, ""), f"{label}{index + 1}·")
            if any(value != "" for value in values.values()):
                rows.append(values)
        self._check_count(target, rows, path, label)
        return rows or None

    def _check_count(self, target: Field, items: Sequence[object], path: str, label: str) -> None:
        """Rows or ticked options within the schema's limits; none at all is a matter of `required`."""
        given = {"count": len(items), "limit": target.max_items}
        if target.max_items is not None and len(items) > target.max_items:
            self.add(Fault("F118", given), label, path)
        elif target.min_items is not None and 0 < len(items) < target.min_items:
            self.add(Fault("F119", {**given, "limit": target.min_items}), label, path)

    def _members(self, target: Field, node: RawNode, path: str, label: str) -> object:
        if isinstance(node, RawValue):
            if target.value_member is None:
                self.add(
                    Fault("F116", {"expected": _GROUP, "actual": _SINGLE, "form": self.form.id}),
                    label,
                    path,
                    node.location,
                )
                return None
            node = {target.value_member: node}
        if isinstance(node, tuple):
            self.add(Fault("F116", {"expected": _GROUP, "actual": _ROWS, "form": self.form.id}), label, path)
            return None
        return self._group(target.members, node, f"{path}.", f"{label}·") or None

    def check_schema(self, values: Mapping[str, object]) -> None:
        """What only the JSON Schema knows: row limits, patterns, conditions an author wrote there."""
        validator = schema_validator(self.form.record_type)
        if validator is None:
            return
        instance = to_plain(values)
        if validator.is_valid(instance):
            return
        for error in validator.iter_errors(instance):
            path = path_of(error.instance_path)
            kind = type(error.kind).__name__.removeprefix("ValidationErrorKind_")
            if kind == "Required":
                self._check_required(path, str(error.kind.property))
                continue
            if kind in ("MaxItems", "MinItems"):
                continue  # counted already
            if any(failed == path or failed.startswith(path + ".") for failed in self.failed if path):
                continue
            target = self.form.record_type.find(without_rows(path))
            count = len(error.instance) if isinstance(error.instance, list) else 0
            limit = getattr(error.kind, "limit", "")
            code = _SCHEMA_CODES.get(kind, "F117")
            hint = "" if code != "F117" else (target.hint if target and target.hint else _expected(error))
            told = "、".join(map(str, error.instance)) if isinstance(error.instance, list) else error.instance
            value = "图片" if target and target.kind.is_picture else told
            given = {"count": count, "limit": limit, "value": value, "hint": hint}
            self.add(Fault(code, given), target.label if target else "", path)

    def _check_required(self, parent: str, name: str) -> None:
        """A property asked for by a condition of the schema; the others have been seen to already."""
        path = f"{parent}.{name}" if parent else name
        target = self.form.record_type.find(without_rows(path))
        if path not in self.failed and not (target is not None and target.computed):
            self.add(Fault("F101"), target.label if target else name, path)

    def check_identity(self, values: Mapping[str, object]) -> None:
        """What tells the record from others is there; a field that is wrong has been told already."""
        for path in missing_identity(self.form, values):
            if path not in self.failed:
                target = self.form.record_type.find(path)
                self.add(Fault("F311"), target.label if target else path, path)

    def computed(self, values: dict[str, object]) -> dict[str, object]:
        found = compute_values(self.form, values, self.clock)
        for each in self.form.record_type.fields:
            if not each.computed:
                continue
            typed, result = values.pop(each.name, None), found.get(each.name)
            if typed is not None and result is None:
                self.add(Fault("F308", {"value": show_plain(typed)}), each.label, each.name)
            elif typed is not None and typed != result:
                fault = Fault("F302", {"value": show_plain(typed), "result": show_plain(result)})
                self.add(fault, each.label, each.name)
        for year in uncovered_years(self.form, {**values, **found}):
            self.add(Fault("F306", {"year": year}), "", "")
        merged = {**values, **found}
        return {each.name: merged[each.name] for each in self.form.record_type.fields if each.name in merged}

    def check_rules(self, values: Mapping[str, object]) -> None:
        for check, row, fault in check_rules(self.form, values, self.clock):
            name = check.fields[0] if check.fields else ""
            prefix = row_path(check.each, row, "") if row is not None and check.each is not None else ""
            path = prefix + name
            target = self.form.record_type.find(without_rows(path))
            label = target.label if target else ""
            if row is not None and check.each is not None:
                table = self.form.record_type.find(check.each)
                label = f"{table.label if table else ''}{row + 1}·{label}"
            others = (prefix + each for each in check.fields)
            self.add(fault, label, path, find_place(self.raw, self.places, path, *others))


def find_place(raw: RawRecord, places: Mapping[str, Location], path: str, *others: str) -> Location:
    """Where a value stands or should have been filled in.

    Its own place; the empty cell under its heading, in its row; the place of another field that the matter is about;
    beside the others of its row or group; where the record begins.

    Args:
        raw: The record.
        places: Where its values stand, by path.
        path: Of the value.
        others: Paths of what the matter is about besides.
    """
    if path in places:
        return places[path]
    parent = path.rpartition(".")[0]
    inside = (f"{parent}.",) if parent else (f"{path}[", f"{path}.")
    beside = [place for known, place in places.items() if known.startswith(inside)]
    near = max(beside, key=lambda place: place.row, default=raw.location)
    letters = raw.columns.get((near.sheet, without_rows(path)))
    if letters and near.row:
        return near.in_column(letters)
    return next((places[other] for other in others if other in places), near)


def _has_text(row: Mapping[str, RawNode]) -> bool:
    values = (node.value for node in row.values() if isinstance(node, RawValue))
    return any(clean(value) != "" if isinstance(value, str) else value is not None for value in values)


def _nothing_in(row: Mapping[str, RawNode]) -> RawValue | None:
    """The first value of a row that holds nothing but signs and words for “nothing”; None for any other row."""
    values = [node for node in row.values() if not (isinstance(node, RawValue) and node.value in (None, ""))]
    found = [node for node in values if isinstance(node, RawValue) and stands_for_nothing(node.value)]
    return found[0] if found and len(found) == len(values) else None


def schema_validator(record_type: RecordType) -> Any:
    """The validator of a schema that says more than coercion has seen to already; None for one that does not."""
    return _validator(ById(record_type))


@lru_cache(maxsize=64)
def _validator(key: ById[RecordType]) -> Any:
    if _is_covered(key.of.json_schema):
        return None
    import jsonschema_rs

    # times without an offset are right here, though not for RFC 3339; coercion has seen to what kinds call theirs
    ours: dict[str, Any] = {name: lambda text: True for kind in KINDS.values() for name in kind.formats}
    schema = dict(key.of.json_schema)
    return jsonschema_rs.Draft202012Validator(schema, formats=ours, validate_formats=True)


def _expected(error: Any) -> Words | str:
    """What a schema asks of a value, in words where there are some."""
    if (pattern := getattr(error.kind, "pattern", None)) is not None:
        return phrase("must_match", pattern=pattern)
    if (name := getattr(error.kind, "format", None)) is not None:
        return phrase("must_format", name=name)
    return str(error.message)


_COVERED = frozenset(
    {
        "$schema", "$id", "$comment", "title", "description", "type", "format", "required", "properties", "items",
        "oneOf", "const", "enum", "default", "readOnly", "minLength", "maxLength", "minimum", "maximum",
        "minItems", "maxItems",
    }
)  # fmt: skip
"""Keywords whose meaning is enforced while values are coerced and counted."""


def _is_covered(schema: Mapping[str, Any]) -> bool:
    """Whether coercion enforces every keyword of a schema; choices never hold an option twice."""
    for key in schema:
        if key.startswith("x-") or key in _COVERED or (key == "uniqueItems" and "oneOf" in schema.get("items", {})):
            continue
        return False
    if schema.get("format") in STANDARD_FORMATS:
        return False
    inner = [*schema.get("properties", {}).values(), schema.get("items")]
    return all(_is_covered(each) for each in inner if isinstance(each, Mapping))


def to_plain(value: Any) -> Any:
    """A typed value as JSON has it: ISO dates, numbers, texts, lists, objects."""
    kind = type(value)
    if kind is str:
        return value
    if kind is date:
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [item if type(item) is str else to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if kind is dict or isinstance(value, Mapping):
        return {
            name: item if type(item) is str else to_plain(item)
            for name, item in value.items()
            if item is not None and item is not MISSING
        }
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes" if value.second == 0 and value.microsecond == 0 else "seconds")
    if isinstance(value, str):
        return str(value)  # without what it knows besides
    return value.isoformat() if isinstance(value, date) else value


def show_plain(value: object) -> str:
    """A typed value as a person reads it in a message."""
    if isinstance(value, PictureData):
        return shown(value)
    plain = to_plain(value)
    return "、".join(map(str, plain)) if isinstance(plain, list) else str(plain)
