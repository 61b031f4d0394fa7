"""Changes: what a correction changed, field by field, old beside new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from danju.model.field import Field
from danju.model.record import Change

__all__ = ["list_changes"]


def list_changes(fields: Sequence[Field], old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Change, ...]:
    """What differs between two records as plain data, in the order of the schema, then what the schema has no more.

    Args:
        fields: Of the record type.
        old: As it was issued.
        new: As it is now.
    """
    return tuple(_changes(fields, old, new, "", ""))


def _changes(
    fields: Sequence[Field], old: Mapping[str, object], new: Mapping[str, object], prefix: str, label: str
) -> Iterator[Change]:
    known = {each.name: each for each in fields}
    for name in [*known, *(name for name in old if name not in known)]:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        field = known.get(name)
        path, words = f"{prefix}{name}", f"{label}{field.label if field else name}"
        members = field.members if field else ()
        if members and _are_groups(before, after):
            yield from _changes(members, _group(before), _group(after), f"{path}.", f"{words}·")
        elif members and _are_rows(before, after):
            yield from _row_changes(members, _rows(before), _rows(after), path, words)
        else:
            yield Change(path, words, *(_shown(each, field) for each in (before, after)))


def _row_changes(
    members: Sequence[Field], old: Sequence[object], new: Sequence[object], path: str, label: str
) -> Iterator[Change]:
    for index in range(max(len(old), len(new))):
        before, after = (_group(rows[index]) if index < len(rows) else {} for rows in (old, new))
        yield from _changes(members, before, after, f"{path}[{index}].", f"{label}{index + 1}·")


def _are_groups(*values: object) -> bool:
    return all(value is None or isinstance(value, Mapping) for value in values)


def _are_rows(*values: object) -> bool:
    return all(value is None or isinstance(value, list) for value in values)


def _group(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _shown(value: object, field: Field | None) -> str:
    """A value in words; a picture is not spelt out."""
    return "图片" if value is not None and field is not None and field.kind.is_picture else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(_text, value))
    return str(value)
