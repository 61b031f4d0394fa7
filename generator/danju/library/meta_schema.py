"""Meta-schemas: what a definition file, or a part of one, may say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from danju.library.definition_file import DefinitionFile, Path_
from danju.messages import Words, phrase, words_in_a_row
from danju.values.text import nearest_hint

_NOWHERE: Mapping[str, str] = {}


class MetaSchema:
    """A JSON Schema that definitions are checked against; what is wrong is told at its line."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema

    @cached_property
    def _validator(self) -> Any:
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator(self._schema)

    def check(
        self, source: DefinitionFile, value: Any, where: Path_ = (), elsewhere: Mapping[str, str] = _NOWHERE
    ) -> None:
        """Nothing, when the value is as the schema says.

        Args:
            source: The file.
            value: A part of its data.
            where: The part's place.
            elsewhere: Settings that something else has, and what: said when one of them is unknown here.

        Raises:
            DefinitionError: For the deepest fault, which helps most; an unknown setting before others.
        """
        try:
            faults = list(_every_fault(self._validator.iter_errors(value)))
        except ValueError as err:  # keys or values that JSON does not have
            raise source.error("E202", where, path=_shown(where), reason=str(err)) from err
        if not faults:
            return
        fault = max(faults, key=lambda each: (len(each.instance_path), hasattr(each.kind, "unexpected")))
        path = (*where, *fault.instance_path)
        if hasattr(fault.kind, "unexpected"):
            name = str(fault.kind.unexpected[0])
            known = self._known(fault.schema_path)
            raise source.error("E231", (*path, name), name=name, hint=_hint(name, known, elsewhere))
        if hasattr(fault.kind, "property"):
            raise source.error("E239", path, name=fault.kind.property)
        reason = fault.message if len(fault.message) < 200 else fault.message[:80] + "…"
        raise source.error("E202", path, path=_shown(path), reason=reason)

    def _known(self, schema_path: Iterable[str | int]) -> list[str]:
        """The settings known where a fault's keyword stands."""
        node: Any = self._schema
        for step in [*schema_path][:-1]:
            node = node[step]
        return list(node["properties"])


def _every_fault(faults: Iterable[Any]) -> Iterator[Any]:
    """The faults and, of those that name alternatives, the faults of each."""
    for fault in faults:
        yield fault
        for branch in getattr(fault.kind, "context", ()):
            yield from _every_fault(branch)


def _hint(name: str, known: list[str], elsewhere: Mapping[str, str]) -> Words | str:
    if name in elsewhere:
        return phrase("setting", name=elsewhere[name])
    return nearest_hint(name, known, phrase("known", names=words_in_a_row(known)))


def _shown(path: Path_) -> str:
    return ".".join(map(str, path)) or "$"
