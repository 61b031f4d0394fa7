"""Pictures that an input names: files beside it, read before its records are checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from danju.issues import Fault, Issue
from danju.kinds.coercion import stands_for_nothing
from danju.kinds.picture import FoundPicture
from danju.location import Location
from danju.model.field import Field
from danju.model.record import RawGroup, RawNode, RawRecord, RawValue
from danju.readers import Reading
from danju.values.pictures import MAX_BYTES, data_in, too_large
from danju.values.text import clean

_OFFICE = (".xlsx", ".xlsm", ".docx", ".docm")

__all__ = ["with_pictures"]


def with_pictures(reading: Reading, path: Path | None) -> Reading:
    """The reading with the pictures that its records name in their places.

    Args:
        reading: As it came from the file.
        path: The file; None when it lies nowhere.
    """
    if reading.form is None or not any(field.kind.is_picture for _, field in reading.form.record_type.iter_paths()):
        return reading
    folder = path.parent if path is not None else None
    fields = reading.form.record_type.fields

    def records() -> Iterator[RawRecord]:
        for raw in reading.records:
            yield replace(raw, fields=_in_group(fields, raw.fields, folder))

    count = _embedded(path) if path is not None else 0
    told = [Issue("F155", Location(reading.source), values={"count": count})] if count else []
    reading.issues.extend(told)
    return replace(reading, records=records(), iter_checked=None)


def _embedded(path: Path) -> int:
    """How many pictures lie in an Office file."""
    if path.suffix.lower() not in _OFFICE:
        return 0
    from danju.ooxml.package import Package  # late: few forms have pictures

    with Package(path) as package:
        return sum(package.content_type(name).startswith("image/") for name in package.names)


def _in_group(fields: tuple[Field, ...], group: RawGroup, folder: Path | None) -> RawGroup:
    known = {field.name: field for field in fields}
    return {name: _in_node(known[name], node, folder) if name in known else node for name, node in group.items()}


def _in_node(field: Field, node: RawNode, folder: Path | None) -> RawNode:
    if isinstance(node, tuple):
        return tuple(_in_group(field.members, row, folder) for row in node)
    if not isinstance(node, RawValue):
        return _in_group(field.members, node, folder)
    value = node.value
    if not field.kind.is_picture or not isinstance(value, str) or not (name := clean(value)):
        return node
    if stands_for_nothing(name) or name in field.empty_words or data_in(name) is not None:
        return node
    return RawValue(FoundPicture(name, _file(name, folder)), node.location)


def _file(name: str, folder: Path | None) -> bytes | Fault:
    """The file of that name, which must lie inside the folder: inputs may come from strangers."""
    plain = name.replace("\\", "/")
    missing = Fault("F151", {"name": name})
    if plain.startswith("/") or ":" in plain or ".." in plain.split("/"):
        return Fault("F153", {"name": name})
    if folder is None or "\0" in plain:
        return missing
    try:
        path = (folder / plain).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Fault("F153", {"name": name})
        if not path.is_file():
            return missing
        if path.stat().st_size > MAX_BYTES:
            return Fault("F152", {"name": name, "reason": too_large()})
        return path.read_bytes()
    except (OSError, ValueError):
        return missing
