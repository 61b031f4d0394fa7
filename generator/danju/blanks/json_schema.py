"""JSON Schemas for editors: what a YAML or JSON file of a form may say, with labels, hints and options to choose from.

Records in canonical form are valid: property names, ISO dates, options as words. Our readers accept more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from danju.model.field import MISSING, Field
from danju.model.form import Form

if TYPE_CHECKING:
    from danju.blanks import BlankOptions

__all__ = ["make", "schema_name", "schema_of"]

_BAD_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_REBUILT = frozenset(
    ("$id", "$schema", "$defs", "type", "format", "oneOf", "enum", "const", "properties", "items", "required")
)
_Json = dict[str, Any]


def make(form: Form, options: BlankOptions) -> bytes:
    """The schema file."""
    return (json.dumps(schema_of(form), ensure_ascii=False, indent=2) + "\n").encode()


def schema_name(form: Form) -> str:
    """File name of the schema, as a blank YAML file refers to it."""
    return f"{_BAD_IN_NAMES.sub('_', form.title)}.schema.json"


def schema_of(form: Form) -> _Json:
    """The schema: one record, a list of them, or `form` with `records`; each document of a file stands alone."""
    about: _Json = {
        "form": {"title": "表单", "enum": [form.id, form.title, *form.aliases]},
        "version": {"title": "表单版本", "type": "integer", "minimum": 1},
    }
    record = _object(form.record_type.fields, form.record_type.json_schema)
    record["properties"] = {**about, **record["properties"]}
    items = {"title": "记录", "type": "array", "items": {"$ref": "#/$defs/record"}}
    listed = {"type": "object", "properties": {**about, "records": items}, "required": ["records"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        "anyOf": [{"$ref": "#/$defs/record"}, items, {**listed, "additionalProperties": False}],
        "$defs": {"record": record},
    }


def _object(fields: tuple[Field, ...], node: Mapping[str, Any]) -> _Json:
    """The schema of a record, a group or a table's row; empty optional properties may stand there as null."""
    nodes = node.get("properties", {})
    properties = {}
    required = [each.name for each in fields if each.required and not each.computed and each.default is MISSING]
    for each in fields:
        made = _property(each, nodes.get(each.name, {}))
        properties[each.name] = made if each.name in required else _nullable(made)
    rest = _plain({key: value for key, value in node.items() if key not in _REBUILT})
    found = {**rest, "type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _property(of: Field, node: Mapping[str, Any]) -> _Json:
    rest = _plain({key: value for key, value in node.items() if key not in _REBUILT})
    rest["title"] = of.label
    hints = [of.hint, f"单位：{of.unit}" if of.unit else ""]
    if any(hints):
        rest["description"] = "。".join(hint for hint in hints if hint)
    return {**rest, **(_computed(of) if of.computed else _value(of, node))}


def _computed(of: Field) -> _Json:
    return {"readOnly": True, "description": of.hint or "系统计算"}


def _value(of: Field, node: Mapping[str, Any]) -> _Json:
    if of.kind.is_table:
        return {"type": "array", "items": _object(of.members, node.get("items", {}))}
    return _object(of.members, node) if of.kind.is_group else of.kind.json_schema(of)


def _nullable(schema: _Json) -> _Json:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"]}
    return schema


def _plain(node: Any) -> Any:
    """Plain data without our extensions."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items() if not str(key).startswith("x-")}
    return [_plain(each) for each in node] if isinstance(node, list | tuple) else node
