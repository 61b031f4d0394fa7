"""Settings of blocks: what may stand in a form file, and what stands there, with its place for messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from danju.model.field import Field, RecordType
from danju.model.layout import Block

Schema = Mapping[str, Any]
"""A JSON Schema in Python."""
Settings = Mapping[str, Schema]
"""Settings by name."""
Needs = Mapping[str, tuple[str, ...]]
"""Settings that must stand beside another, by that other's name."""
Steps = tuple[str | int, ...]
"""Where a setting stands in its file: keys and indexes from the top."""

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
FLAG: Schema = {"type": "boolean"}
EXPRESSION: Schema = {"type": ["string", "number"]}
SHARE: Schema = {"type": "number", "exclusiveMinimum": 0}
LENGTH: Schema = {"type": ["number", "string"], "exclusiveMinimum": 0, "pattern": r"^[0-9]+(\.[0-9]+)?mm$"}
GROW: Schema = {"type": ["boolean", "number"], "minimum": 0}
BLOCKS_WITHIN: Schema = {"type": "array", "minItems": 1}


_ALONE: Needs = {}


def settings(properties: Settings, needs: Needs = _ALONE) -> Schema:
    """A mapping with these settings and no others; some need others beside them."""
    beside = {name: list(others) for name, others in needs.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties, "dependentRequired": beside}


def name_or(properties: Settings, needs: Needs = _ALONE) -> Schema:
    """A text alone, or a mapping as of `settings`."""
    return {**settings(properties, needs), "type": ["string", "object"]}


class FormSource(Protocol):
    """The form file that blocks are read from, as the library has it at hand."""

    @property
    def record_type(self) -> RecordType:
        """Whose fields the blocks may name."""

    def error(self, code: str, where: Steps, /, **values: object) -> Exception:
        """What to raise for a wrong setting."""

    def unknown_field(self, name: str, known: Iterable[str], where: Steps, table: str = "") -> Exception:
        """What to raise for a field, or a member of a table, that does not exist."""

    def check_expression(self, expression: str, where: Steps, extra: Iterable[str]) -> None:
        """Nothing, when the expression compiles and knows all its names, fields and further ones; else raises."""

    def check_text(self, text: str, where: Steps) -> None:
        """Nothing, when every `{{ value }}` of a running text is such an expression; else raises."""

    def blocks(self, nodes: list[Any], where: Steps) -> tuple[Block, ...]:
        """The blocks of a list, read each by its own kind; raises at the first that is wrong."""


@dataclass(frozen=True, slots=True)
class DefinitionNode:
    """A setting and its place. Its shape is right: the block's meta-schema has been applied.

    Attributes:
        source: The form file.
        value: As written.
        path: Where it stands.
    """

    source: FormSource
    value: Any
    path: Steps

    def get(self, key: str, default: Any = None) -> Any:
        """A setting as written."""
        return self.value.get(key, default)

    def at(self, key: str) -> DefinitionNode:
        """A setting with its place; None as value when it is not there."""
        return DefinitionNode(self.source, self.value.get(key), (*self.path, key))

    def each(self) -> Iterator[DefinitionNode]:
        """The entries of a list; a bare field name as `{field: name}`."""
        for index, value in enumerate(self.value or ()):
            yield DefinitionNode(
                self.source, {"field": value} if isinstance(value, str) else value, (*self.path, index)
            )

    def mm(self, key: str = "height") -> float | None:
        """A length in millimetres, or None."""
        value = self.value.get(key)
        return None if value is None else length_mm(value)

    def grow(self, default: float = 0.0) -> float:
        """Share of the page's spare height."""
        return float(self.value.get("grow", default))

    def error(self, code: str, *steps: str | int, **values: object) -> Exception:
        """What to raise for something that is wrong here, or at an entry of this."""
        return self.source.error(code, (*self.path, *steps), **values)

    def field(self, name: str, *steps: str | int) -> Field:
        """The field of that dotted name; raises at the place when there is none."""
        found = self.source.record_type.find(name)
        if found is None:
            known = (path for path, _ in self.source.record_type.iter_paths())
            raise self.source.unknown_field(name, known, (*self.path, *steps))
        return found

    def member(self, table: Field, name: str, *steps: str | int) -> Field:
        """The member of a table; raises at the place when there is none."""
        found = table.member(name)
        if found is None:
            known = (member.name for member in table.members)
            raise self.source.unknown_field(name, known, (*self.path, *steps), table.name)
        return found

    def check_attribute(self, of: Field, key: str = "show") -> None:
        """Nothing, when an option of the field has the attribute that is to be printed behind it."""
        name = self.value.get(key)
        if name and not any(name in option.attributes for option in of.options):
            raise self.error("E238", key, name=name, field=of.name)

    def check_expression(self, key: str, extra: Iterable[str] = ()) -> None:
        """Nothing, when the expression under a key compiles and knows its names."""
        self.source.check_expression(str(self.value[key]), (*self.path, key), extra)

    def check_text(self, key: str) -> None:
        """As `check_expression` for every `{{ value }}` of a running text."""
        self.source.check_text(self.value[key], (*self.path, key))


def length_mm(value: float | str) -> float:
    """Millimetres of `20` or `20mm`."""
    return float(value.removesuffix("mm")) if isinstance(value, str) else float(value)
