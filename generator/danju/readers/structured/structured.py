"""Records given as names and values (YAML, JSON), whatever the syntax was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from danju.exchange.stamp import FileShape, Stamp
from danju.issues import Fault, Issue
from danju.location import Location
from danju.messages import Words, phrase
from danju.model.field import Field
from danju.model.form import Form
from danju.model.record import RawNode, RawRecord, RawValue
from danju.readers.meaning.forms import Match, choose, find_form, match_keys, nearest_form, recognise
from danju.readers.meaning.headings import Headings, compile_headings, is_counter, unknown_name
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.texts import split_rows
from danju.readers.meaning.words import FORM_KEYS, RECORDS_KEYS, VERSION_KEYS
from danju.readers.reading import Reading, refuse
from danju.values.options import has_ticks

__all__ = ["DataNode", "Documents"]

_LOOKED_AT = 20


@dataclass(slots=True)
class DataNode:
    """A value with its place.

    Attributes:
        value: A scalar, a list of nodes, or a dict of nodes by key.
        line, column: 1-based, or None.
        repeats: Keys of a mapping that were given again, with the node of the later value.
    """

    value: object
    line: int | None = None
    column: int | None = None
    repeats: list[tuple[str, DataNode]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """One record, the name of the form it says it fills, and that form's version then."""

    node: DataNode
    form_name: str
    version: int | None = None


@dataclass(slots=True)
class Documents:
    """Parsed documents of one file.

    Attributes:
        name: What locations show as the source.
        documents: In their order.
        notes: What was noticed so far.
        stamp: None; each record names its form itself, or none does.
    """

    name: str
    documents: Sequence[DataNode]
    notes: list[Issue] = field(default_factory=list)
    stamp: Stamp | None = None

    def iter_stamped(self, form: Form) -> Iterator[Reading]:
        """Readings of a file that was made for this form."""
        return self.iter_unstamped([form], form)

    def iter_unstamped(self, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
        """One reading for each run of records of the same form."""
        return _iter_runs(self.documents, self.name, forms, chosen)


def _iter_runs(
    documents: Sequence[DataNode], name: str, forms: Sequence[Form], chosen: Form | None
) -> Iterator[Reading]:
    items: list[_Item] = []
    for document in documents:
        fault = _unfold(document, items)
        if fault is not None:
            shown = chosen.id if chosen else forms[0].id if forms else ""
            place = Location(name, line=document.line)
            yield refuse(name, Fault("F014", {"actual": fault, "form": shown}), place)
            return
    if not items:
        yield refuse(name, Fault("F003"))
        return
    count = 0
    for run in _runs(items):
        form = chosen or _form_of(run, forms)
        if isinstance(form, Fault):
            yield refuse(name, form, Location(name, line=run[0].node.line, record=count + 1))
        else:
            if any(compile_headings(form.record_type).resolve(key) for key in VERSION_KEYS):
                run = [replace(item, version=None) for item in run]  # a field of that name
            yield _reading(run, name, form, count)
        count += len(run)


def _reading(run: list[_Item], name: str, form: Form, before: int) -> Reading:
    """The records of a run; blank forms among them are named, and versions other than today's."""
    issues: list[Issue] = []
    versions = {item.version: item.node for item in reversed(run) if item.version is not None}
    for version, node in versions.items():
        known = recognise(Stamp(form.id, version, "", FileShape.FORM), [form], None)
        fault = known if isinstance(known, Fault) else known.warning
        if fault is not None:
            issues.append(Issue(fault.code, Location(name, line=node.line), values=fault.values))
    for number, item in enumerate(run, before + 1):
        if _is_blank(item):
            place = Location(name, line=item.node.line, record=number)
            issues.append(Issue("F035", place, values={"form": form.title}))
    return Reading(name, form, _iter_records(run, name, form, before), issues)


def _is_blank(item: _Item) -> bool:
    """Whether nobody has filled in a blank form, which says its version."""
    pairs = item.node.value.items() if isinstance(item.node.value, dict) else ()
    return item.version is not None and all(
        key in (*FORM_KEYS, *VERSION_KEYS) or _is_nothing(child) for key, child in pairs
    )


def _is_nothing(node: DataNode) -> bool:
    value = node.value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return all(map(_is_nothing, inner)) if inner is not None else value is None or value == ""


def _unfold(document: DataNode, items: list[_Item], form_name: str = "", version: int | None = None) -> str | None:
    """Adds the records of a document; gives what it is instead of records."""
    value = document.value
    if isinstance(value, list):
        for item in value:
            if not isinstance(item.value, dict):
                return "列表中的" + _kind_of(item.value)
            own = _form_name(item)
            items.append(_Item(item, own or form_name, _version(item) or version))
        return None
    if isinstance(value, dict):
        named = _form_name(document) or form_name
        listed = next((key for key in RECORDS_KEYS if isinstance(value.get(key), DataNode)), None)
        if listed is not None and isinstance(value[listed].value, list):
            return _unfold(value[listed], items, named, _version(document))
        items.append(_Item(document, named, _version(document) or version))
        return None
    return None if value is None else _kind_of(value)


def _form_name(node: DataNode) -> str:
    """The name under the key `form`, "" without one."""
    if isinstance(node.value, dict):
        for key in FORM_KEYS:
            held = node.value.get(key)
            if isinstance(held, DataNode) and isinstance(held.value, str):
                return held.value
    return ""


def _version(node: DataNode) -> int | None:
    """The number under the key `version`, None without one."""
    held = [node.value.get(key) for key in VERSION_KEYS] if isinstance(node.value, dict) else []
    numbers = (each.value for each in held if isinstance(each, DataNode))
    return next((each for each in numbers if isinstance(each, int) and not isinstance(each, bool)), None)


def _kind_of(value: object) -> str:
    if isinstance(value, list):
        return "列表"
    return "空值" if value is None else "文字" if isinstance(value, str) else "单个值"


def _runs(items: list[_Item]) -> Iterator[list[_Item]]:
    run: list[_Item] = []
    for item in items:
        if run and item.form_name != run[0].form_name:
            yield run
            run = []
        run.append(item)
    yield run


def _form_of(run: list[_Item], forms: Sequence[Form]) -> Form | Fault:
    """The form that records name, or that their keys fit best."""
    name = run[0].form_name
    if name:
        named = find_form(name, forms)
        known = "、".join(form.id for form in forms)
        return named or Fault("F004", {"hint": phrase("no_form", name=name, known=known)})
    mappings = [item.node.value for item in run[:_LOOKED_AT] if isinstance(item.node.value, dict)]
    keys = {key for mapping in mappings for key in mapping if key not in (*FORM_KEYS, *VERSION_KEYS)}
    matches = [match for form in forms if (match := match_keys(sorted(keys), form)) is not None]
    matches.sort(key=lambda match: -match.strength)
    found = choose(matches)
    if isinstance(found, Match):
        return found.form
    return found or Fault("F004", {"hint": nearest_form(matches, None)})


def _iter_records(run: list[_Item], name: str, form: Form, before: int) -> Iterator[RawRecord]:
    headings = compile_headings(form.record_type)
    for number, item in enumerate(run, before + 1):
        if _is_blank(item):
            continue
        yield _RecordReader(name, number, headings).read(item.node)


class _RecordReader:
    """Turns one mapping into a raw record."""

    def __init__(self, name: str, number: int, headings: Headings) -> None:
        self.name = name
        self.number = number
        self.headings = headings

    def read(self, node: DataNode) -> RawRecord:
        self.record = RecordBuilder(Location(self.name, line=node.line, record=self.number))
        places: dict[object, str] = {}
        for key, child in self._iter_pairs(node):
            targets = self.headings.resolve(key)
            if not targets and (key in FORM_KEYS or (key in VERSION_KEYS and isinstance(child.value, int))):
                continue
            if not targets:
                self._report_unknown(key, child, self.headings.hint(key))
                continue
            parent = self.headings.parent(key)
            place = parent.name if parent is not None and targets[0].top is parent else targets[0].key
            if place in places:
                self._report_repeat(key, child, places[place])
                continue
            places[place] = key
            if parent is not None and targets[0].top is parent and targets[0].row is None:
                self.record.put_node(parent.name, self._node(parent, child))
            elif len(targets) == 1 and targets[0].parent is None and targets[0].table is None:
                self.record.put_node(targets[0].field.name, self._node(targets[0].field, child))
            elif child.value is not None:
                self.record.put(targets, _plain(child), self._location(child))
        return self.record.finish()

    def _iter_pairs(self, node: DataNode) -> Iterator[tuple[str, DataNode]]:
        """Keys with their values; counters go, repeated keys are issues."""
        for key, child in node.repeats:
            self._report_repeat(key, child, key)
        mapping = node.value if isinstance(node.value, dict) else {}
        for key, child in mapping.items():
            if not is_counter(key) or self.headings.resolve(key):
                yield key, child

    def _node(self, field: Field, child: DataNode) -> RawNode:
        if field.kind.is_table:
            return self._rows(field, child)
        if field.kind.is_group:
            if isinstance(child.value, dict):
                return self._members(field, child)
            if child.value is None:
                return {}
            if field.value_member:
                return {field.value_member: RawValue(_plain(child), self._location(child))}
        return RawValue(_plain(child), self._location(child))

    def _rows(self, table: Field, child: DataNode) -> RawNode:
        value = child.value
        if value is None:
            return ()
        if isinstance(value, dict):
            return (self._members(table, child),)
        if isinstance(value, list):
            rows: list[dict[str, RawNode]] = []
            for item in value:
                rows += self._row(table, item)
            return tuple(rows)
        if isinstance(value, str) and not has_ticks(value):
            return tuple(self._row(table, child))
        return RawValue(_plain(child), self._location(child))

    def _row(self, table: Field, item: DataNode) -> list[dict[str, RawNode]]:
        """A mapping is a row, a text is one by the table's text form or its first member."""
        if isinstance(item.value, dict):
            return [self._members(table, item)]
        if item.value is None or not table.members:
            return []
        location = self._location(item)
        if isinstance(item.value, str):
            split = split_rows(table, item.value)
            return [{key: RawValue(text, location) for key, text in row.items()} for row in split]
        return [{table.members[0].name: RawValue(_plain(item), location)}]

    def _members(self, parent: Field, child: DataNode) -> dict[str, RawNode]:
        found: dict[str, RawNode] = {}
        for key, node in self._iter_pairs(child):
            targets = self.headings.member(parent, key)
            if len(targets) != 1:
                near = self.headings.hint(key)
                self._report_unknown(f"{parent.label}·{key}", node, near)
            elif targets[0].field.name in found:
                self._report_repeat(key, node, targets[0].field.label)
            else:
                found[targets[0].field.name] = self._node(targets[0].field, node)
        return found

    def _location(self, node: DataNode) -> Location:
        return Location(self.name, line=node.line, column=node.column, record=self.number)

    def _report_unknown(self, key: str, node: DataNode, hint: Words | str) -> None:
        self.record.add_issue(unknown_name(key, self._location(node), hint))

    def _report_repeat(self, key: str, node: DataNode, other: str) -> None:
        self.record.add_issue(Issue("F103", self._location(node), values={"name": key, "other": other}))


def _plain(node: DataNode) -> object:
    """The value without places."""
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    return node.value
