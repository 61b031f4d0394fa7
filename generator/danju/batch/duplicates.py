"""Duplicates: values that should occur once among all records of a command, with every place where they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from danju.issues import Issue
from danju.kinds.coercion import coerce
from danju.location import Location
from danju.messages import Words, format_place
from danju.model.form import Form
from danju.model.record import RawRecord, RawValue
from danju.rules.checking import to_plain
from danju.rules.identity import JOINT, typed_number
from danju.values.text import fold

_NUMBER, _IDENTITY, _UNIQUE = ("F303", "F309"), ("F312", "F313"), ("F307", "F310")
_MOST_PLACES = 20  # named in one message; the others are counted
_MOST_CLASHES = 10_000  # values remembered with all their places, so that memory stays flat


@dataclass(slots=True)
class _Clash:
    """A value that occurs more than once.

    Attributes:
        form: Whose value it is.
        fields: Its fields, as the form's `unique:` names them.
        codes: What is said where it occurs again, and where it occurs first.
        value: As shown.
        first: Where it occurs first.
        later: Where it occurs again, the first few.
        count: How often it occurs.
    """

    form: Form
    fields: str
    codes: tuple[str, str]
    value: str
    first: Location
    later: list[Location] = field(default_factory=list)
    count: int = 1

    def issue(self, code: str, place: Location, others: list[Location], hidden: int) -> Issue:
        """The issue at one of the places, which names others."""
        labels = [_label(self.form, path) for path in _paths(self.fields)]
        given = {"value": self.value, "others": _places(others, hidden), "count": self.count}
        return Issue(code, place, "、".join(labels), _paths(self.fields)[0], given)


class Duplicates:
    """Values seen so far: 16 bytes and a place for each, all places for those that clash."""

    def __init__(self) -> None:
        self._places: dict[bytes, Location] = {}
        self._clashes: dict[bytes, _Clash] = {}
        self._wanted: dict[tuple[str, bool], tuple[tuple[str, tuple[str, str]], ...]] = {}

    def compare(self, form: Form, values: Mapping[str, object], place: Location) -> list[Issue]:
        """An issue for every value of a record that was there before; it names all the records before it.

        Args:
            form: The record's form.
            values: Its typed values; of a record that failed, those that could be told.
            place: Where the record stands.
        """
        found = []
        kind = form.id, bool(typed_number(form, values))
        wanted = self._wanted.get(kind)
        if wanted is None:
            wanted = self._wanted[kind] = tuple(_wanted(form, values).items())
        for fields, codes in wanted:
            for value in dict.fromkeys(_values_of(values, fields)):
                key = _key_of(form.id, fields, value if codes is _NUMBER else fold(value))
                earlier = self._places.setdefault(key, place)
                if earlier is not place:
                    clash = self._clashes.get(key) or _Clash(form, fields, codes, value, earlier)
                    found.append(self._again(key, clash, place))
        return found

    def _again(self, key: bytes, clash: _Clash, place: Location) -> Issue:
        before = [clash.first, *clash.later]
        issue = clash.issue(clash.codes[0], place, before, clash.count - len(before))
        clash.count += 1
        if len(clash.later) < _MOST_PLACES:
            clash.later.append(place)
        if len(self._clashes) < _MOST_CLASHES:
            self._clashes.setdefault(key, clash)
        return issue

    def iter_clashes(self) -> Iterator[tuple[Form, Issue]]:
        """Once all records are read: for every value that clashes, an issue where it occurs first."""
        for clash in self._clashes.values():
            yield clash.form, clash.issue(clash.codes[1], clash.first, clash.later, clash.count - 1 - len(clash.later))


def _wanted(form: Form, values: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Fields whose value a record should have alone, and what is said otherwise; of several reasons the last counts."""
    wanted = dict.fromkeys(form.unique, _UNIQUE)
    if form.identity and not typed_number(form, values):
        wanted[JOINT.join(form.identity)] = _IDENTITY
    if form.number_field:
        wanted[form.number_field] = _NUMBER
    return wanted


def values_of_failed(raw: RawRecord, form: Form, today: date) -> dict[str, object]:
    """The values of a record with errors that should occur once, as far as they can be read."""
    found: dict[str, object] = {}
    for fields in (*form.unique, *form.identity, form.number_field):
        for path in _paths(fields):
            target, node = form.record_type.field(path), raw.fields.get(path)
            if target is not None and not target.members and isinstance(node, RawValue):
                found[path] = coerce(node.value, target, today).value
    return found


@lru_cache(maxsize=256)
def _paths(fields: str) -> list[str]:
    """`customer_name + visit_date` → both paths."""
    return [path.strip() for path in fields.split("+")]


def _values_of(values: Mapping[str, object], fields: str) -> list[str]:
    """The values of one or several fields together; none when a field is empty, several for the rows of a table."""
    paths = _paths(fields)
    columns = [_texts_at(values, path) for path in paths]
    if len(paths) == 1:
        return columns[0]
    return [" ".join(texts[0] for texts in columns)] if all(columns) else []


def _texts_at(values: object, path: str) -> list[str]:
    name, _, rest = path.partition(".")
    value = values.get(name) if isinstance(values, Mapping) else None
    if value is None or value == "":
        return []
    if not rest:
        return [str(to_plain(value))]
    rows = value if isinstance(value, list) else [value]
    return [text for row in rows for text in _texts_at(row, rest)]


def _label(form: Form, path: str) -> str:
    target = form.record_type.find(path)
    return target.label if target else path


def _places(places: list[Location], hidden: int) -> Words:
    """All places, each file and sheet named once: 台账.xlsx › 台账 › A3、A7；乙.xlsx › …"""
    zh, en = _joined(places, "zh", "；", "、"), _joined(places, "en", "; ", ", ")
    return Words(f"{zh} 等 {len(places) + hidden} 处" if hidden else zh, f"{en} and {hidden} more" if hidden else en)


def _joined(places: list[Location], lang: str, between_sheets: str, between_places: str) -> str:
    sheets: dict[Location, list[str]] = {}
    for place in places:
        inner = _inner_place(place, lang)
        sheets.setdefault(Location(place.source, place.sheet), []).extend([inner] if inner else [])
    texts = [(format_place(sheet, "", lang), between_places.join(inside)) for sheet, inside in sheets.items()]
    return between_sheets.join(" › ".join(part for part in pair if part) for pair in texts)


def _inner_place(place: Location, lang: str) -> str:
    """The place in its file or sheet; with its record where a line may hold several."""
    shown = format_place(replace(place, source="", sheet=None), "", lang)
    if place.line is None or place.record is None:
        return shown
    return f"{shown}（第{place.record}条）" if lang == "zh" else f"{shown} (record {place.record})"


def _key_of(form_id: str, fields: str, text: str) -> bytes:
    return blake2b(f"{form_id}\0{fields}\0{text}".encode(errors="surrogatepass"), digest_size=16).digest()
