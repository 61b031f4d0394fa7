"""Forms and records made in a line or two.

A form is written in shorthand, one field a line, through real files and the real library:

    form(folder, "customer 客户*: text\nqty 数量: integer")

`*` marks a required field. Behind the colon stands a type (`text`, `integer`, `number`, `date`, `datetime`, `boolean`,
`choice 甲 乙`, `choices 甲 乙`), a JSON Schema, `[{…}]` for the rows of a table or `{…}` for a group.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from danju.issues import Issue
from danju.library import Library
from danju.location import Location
from danju.model.form import Form
from danju.model.record import RawGroup, RawNode, RawRecord, RawValue
from danju.rules.checking import Checked, check_record
from danju.rules.computing import Clock

NOW = datetime(2026, 6, 30, 12, 0)
CLOCK = Clock(NOW)
SOURCE = "数据.yaml"

_TYPES: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "lines": {"type": "string", "x-multiline": True},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "boolean": {"type": "boolean"},
}


def schema_of(fields: str | Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema that a shorthand stands for."""
    given = yaml.safe_load(fields) if isinstance(fields, str) else fields
    properties: dict[str, Any] = {}
    required = []
    for key, value in given.items():
        name, _, label = key.removesuffix("*").partition(" ")
        properties[name] = {"title": label or name, **_type_of(value)}
        if key.endswith("*"):
            required.append(name)
    return {"type": "object", "required": required, "properties": properties}


def _type_of(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"type": "array", "items": schema_of(value[0])}
    if isinstance(value, dict):
        return value if value.keys() & {"type", "oneOf", "enum", "$ref"} else schema_of(value)
    kind, *words = str(value).split()
    if kind == "choice":
        return {"oneOf": [{"const": word} for word in words]}
    if kind == "choices":
        return {"type": "array", "items": {"oneOf": [{"const": word} for word in words]}}
    return dict(_TYPES[kind])


def write(path: Path, content: str | Mapping[str, Any]) -> Path:
    """A YAML file, from text or data; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def write_form(folder: Path, fields: str | Mapping[str, Any], layout: Any = None, **settings: Any) -> Path:
    """A workspace with the form `paper` and its schema.

    Args:
        folder: The workspace.
        fields: Shorthand.
        layout: Blocks (YAML text or list), or a whole `layout:` mapping; one field a row when None.
        settings: Further keys of the form file; `schema` holds keys to add to the schema.
    """
    schema = {**schema_of(fields), **settings.pop("schema", {})}
    given = yaml.safe_load(layout) if isinstance(layout, str) else layout
    if given is None:
        given = [_block_of(name, node) for name, node in schema["properties"].items()]
    data = {"id": "paper", "title": "测试单", "schema": "paper", **settings}
    data["layout"] = given if isinstance(given, Mapping) else {"blocks": given}
    write(folder / "schemas" / "paper.schema.yaml", schema)
    write(folder / "forms" / "paper.form.yaml", data)
    return folder


def _block_of(name: str, node: Mapping[str, Any]) -> Any:
    if node.get("type") == "array" and "properties" in node["items"]:
        return {"table": name}
    return {"approval": [name]} if node.get("type") == "object" else [name]


def form(folder: Path, fields: str | Mapping[str, Any], layout: Any = None, **settings: Any) -> Form:
    """The form `paper`, loaded; see `write_form`."""
    return Library(write_form(folder, fields, layout, **settings)).form("paper")


def raw(values: Mapping[str, Any], **more: Any) -> RawRecord:
    """A raw record whose n-th value stands in line n + 1 of 数据.yaml."""
    lines = iter(range(2, 10_000))

    def node(value: Any) -> RawNode:
        if isinstance(value, Mapping):
            return group(value)
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return tuple(group(row) for row in value)
        return RawValue(value, Location(SOURCE, line=next(lines)))

    def group(items: Mapping[str, Any]) -> RawGroup:
        return {name: node(value) for name, value in items.items()}

    return RawRecord(Location(SOURCE, line=1), group(values), **more)


def check(of: Form, /, **values: Any) -> Checked:
    """The outcome for one record, judged at noon of 2026-06-30."""
    return check_record(raw(values), of, CLOCK)


def values_of(of: Form, /, **values: Any) -> Mapping[str, Any]:
    """The typed values of a record that has no error."""
    checked = check(of, **values)
    assert checked.record is not None, texts(checked.issues)
    return checked.record.values


def texts(issues: tuple[Issue, ...], lang: str = "zh") -> list[str]:
    """The issues as people read them."""
    return [issue.text(lang) for issue in issues]


def codes(checked: Checked) -> list[str]:
    """The codes of the issues, in order."""
    return [issue.code for issue in checked.issues]
