"""Records that a program hands over: mappings as YAML and JSON would give them, without lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal

from danju.model.field import MISSING
from danju.model.form import Form
from danju.readers.reading import Reading
from danju.readers.structured.structured import DataNode, Documents

__all__ = ["iter_given"]

_SCALARS = (str, bool, int, float, Decimal, date, time)


def iter_given(
    records: Sequence[Mapping[str, object]], name: str, forms: Sequence[Form], chosen: Form | None
) -> Iterator[Reading]:
    """Readings of records in memory, one for each run of records of the same form.

    Args:
        records: Labels or property names with texts, numbers, dates, lists and mappings; `form` may name the form.
        name: What locations show as the source.
        forms: Every form that they may fill.
        chosen: The form that was named, or None to recognise it.

    Raises:
        TypeError: A value is something else.
    """
    return Documents(name, [_node(record) for record in records]).iter_unstamped(forms, chosen)


def _node(value: object) -> DataNode:
    if isinstance(value, Mapping):
        return DataNode({str(key): _node(child) for key, child in value.items() if child is not MISSING})
    if isinstance(value, list | tuple):
        return DataNode([_node(child) for child in value])
    if value is None or value != value:  # not a number: how tables in memory say “empty”
        return DataNode(None)
    if isinstance(value, _SCALARS):
        return DataNode(value)
    raise TypeError(f"A record holds texts, numbers, dates, lists and mappings, not {type(value).__name__}.")
