"""Printed labels as names in templates: 客户名称 is customer_name, 法人（负责人） has a name too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from danju.model.field import Field, RecordType
from danju.values.text import fold, half_width

__all__ = ["Labels", "name_of_label", "plain_names"]

# A Chinese word with something in full-width brackets behind it is a label; a call has ASCII brackets or an ASCII name.
_BRACKETED = re.compile(r"[^\W\d_a-zA-Z][\w·]*（[^（）\s]+）\w*")
_SLASHED = re.compile(r"[^\W\d_a-zA-Z]\w*(?:[／、·][^\W\d_a-zA-Z]\w*)+")


def name_of_label(label: str) -> str:
    """The label as an identifier: folded, other signs as `_`."""
    name = re.sub(r"\W", "_", fold(label))
    return f"栏{name}" if not name or name[0].isdigit() or name[0] == "_" else name


def plain_names(data: object) -> object:
    """Data of a file with a second name for every key that is no identifier; nested data likewise."""
    if isinstance(data, Mapping):
        names = {str(key): plain_names(value) for key, value in data.items()}
        for key in list(names):
            plain = half_width(key)
            names.setdefault(plain, names[key])
            if not plain.isidentifier():
                names.setdefault(name_of_label(key), names[key])
        return names
    if isinstance(data, list | tuple):
        return [plain_names(item) for item in data]
    return Decimal(repr(data)) if isinstance(data, float) else data


class Labels:
    """What names mean: labels of a record type, or nothing but spelling when none is known."""

    def __init__(self, record_type: RecordType | None = None) -> None:
        self.record_type = record_type
        odd: dict[str, str] = {}
        if record_type is not None:
            for heading in _headings(record_type.fields):
                for spelling in (heading, half_width(heading)):
                    if not spelling.isidentifier():
                        odd[spelling] = name_of_label(heading)
        self._odd = sorted(odd.items(), key=lambda pair: -len(pair[0]))
        self._lookup: dict[int, dict[str, Field]] = {}

    def rename(self, text: str) -> str:
        """A piece of an expression with labels that are no identifiers as names."""
        for label, name in self._odd:
            text = text.replace(label, name)
        for pattern in (_BRACKETED, _SLASHED):
            text = pattern.sub(lambda found: name_of_label(found.group()), text)
        return text

    def find(self, fields: tuple[Field, ...], name: str) -> Field | None:
        """The field that a name or label means: its property name, else any of its headings."""
        known = self._lookup.get(id(fields))
        if known is None:
            known = self._lookup[id(fields)] = _by_name(fields)
        return known.get(name) or known.get(name_of_label(name))


def _by_name(fields: tuple[Field, ...]) -> dict[str, Field]:
    known = {field.name: field for field in fields}
    for field in fields:
        for heading in field.headings():
            known.setdefault(name_of_label(heading), field)
    return known


def _headings(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield from field.headings()
        if not field.kind.is_single:
            yield from _headings(field.members)
