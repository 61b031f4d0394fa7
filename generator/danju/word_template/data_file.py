"""Records of a YAML or JSON file as they are, without any form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from danju.errors import InputError, UsageError
from danju.issues import Fault
from danju.location import Location
from danju.messages import phrase
from danju.readers.structured.yaml_file import MAX_ALIASES, MAX_DEPTH, MAX_SIZE, read_text_file

__all__ = ["read_data"]

_STANDARD_TAG = "tag:yaml.org,2002:"


def read_data(path: Path) -> list[dict[str, object]]:
    """The records: one mapping, a list of mappings, or several YAML documents.

    Texts stay as written: 0771, 12:30 and 否 are texts, numbers with a decimal point are exact.

    Raises:
        UsageError: E101, E103, the file is not there or of another kind.
        InputError: F003, F006–F010, F014, F015, what is in it cannot be used.
    """
    if not path.is_file():
        raise UsageError("E101", {"path": str(path), "hint": ""})
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".json"):
        raise UsageError(
            "E103", {"path": str(path), "suffix": suffix or phrase("such_files"), "suffixes": ".yaml .yml .json"}
        )
    text = read_text_file(path, MAX_SIZE)
    if isinstance(text, Fault):
        raise InputError(text.code, dict(text.values), Location(path.name))
    documents = [_json(text, path.name)] if suffix == ".json" else list(_yaml(text, path.name))
    records: list[dict[str, object]] = []
    for document in documents:
        for item in document if isinstance(document, list) else [document]:
            if not isinstance(item, Mapping):
                raise InputError("F014", {"actual": type(item).__name__, "form": "…"}, Location(path.name))
            records.append({str(key): value for key, value in item.items()})
    if not records:
        raise InputError("F003", {}, Location(path.name))
    return records


def _json(text: str, name: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as err:
        raise InputError("F008", {"reason": err.msg}, Location(name, line=err.lineno, column=err.colno)) from err
    except RecursionError as err:
        raise InputError("F007", {"reason": phrase("nested_deeper", limit=MAX_DEPTH)}, Location(name)) from err


def _yaml(text: str, name: str) -> Iterator[object]:
    import yaml

    try:
        _check_bounds(text, name)
        yield from (each for each in yaml.load_all(text, Loader=_loader()) if each is not None)
    except yaml.YAMLError as err:
        mark = getattr(err, "problem_mark", None)
        place = Location(name, line=mark.line + 1, column=mark.column + 1) if mark else Location(name)
        raise InputError("F006", {"reason": getattr(err, "problem", None) or str(err)}, place) from err


def _check_bounds(text: str, name: str) -> None:
    """Depth and aliases, before anything is built."""
    import yaml

    depth = aliases = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH or aliases > MAX_ALIASES:
            reason = (
                phrase("nested_deeper", limit=MAX_DEPTH)
                if depth > MAX_DEPTH
                else phrase("more_aliases", limit=MAX_ALIASES)
            )
            raise InputError(
                "F007", {"reason": reason}, Location(name, line=event.start_mark.line + 1 if event.start_mark else None)
            )


@lru_cache(maxsize=1)
def _loader() -> Any:
    """A safe loader that takes only plain numbers, true, false and null for anything but text."""
    import re

    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own attribute

    for tag, pattern, first in (
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", r"-?(?:0|[1-9][0-9]{0,30})", list("-0123456789")),
        ("float", r"-?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,30}", list("-0123456789")),
        ("merge", r"<<", ["<"]),
    ):
        Loader.add_implicit_resolver(_STANDARD_TAG + tag, re.compile(f"^(?:{pattern})$"), first)
    Loader.add_constructor(_STANDARD_TAG + "int", _construct_integer)
    Loader.add_constructor(_STANDARD_TAG + "float", _construct_decimal)
    return Loader


def _construct_integer(loader: Any, node: Any) -> int:
    return int(loader.construct_scalar(node))


def _construct_decimal(loader: Any, node: Any) -> Decimal:
    return Decimal(loader.construct_scalar(node))
