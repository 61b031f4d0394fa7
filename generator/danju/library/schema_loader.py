"""Schemas: JSON Schema 2020-12 files → record types."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from danju.kinds import KINDS
from danju.kinds.text import STANDARD_FORMATS
from danju.library.definition_file import DefinitionFile, Path_, load_definition_file
from danju.messages import phrase
from danju.model.field import MISSING, Field, Kind, Option, RecordType
from danju.values.codes import CHECKS
from danju.values.text import fold, nearest

_OPTION_KEYS = frozenset({"const", "title", "description", "x-aliases", "x-en", "x-for"})
_MAX_DEPTH = 8


def load_record_type(path: Path) -> RecordType:
    """The record type of one schema file.

    Raises:
        DefinitionError: The file is no valid schema of ours; the location names its line.
    """
    source = load_definition_file(path)
    resolved = _Resolver(source).resolve(source.data, (), 0)
    if not isinstance(resolved, dict) or not isinstance(resolved.get("properties"), dict):
        raise source.error("E202", (), path=path.name, reason=phrase("properties_missing"))
    _check_names(source, resolved)
    fields = _fields(source, resolved, ())
    _check_depends(source, fields, fields, ())
    _check_schema(source, resolved)
    return RecordType(
        id=path.name.removesuffix(".schema.yaml"),
        title=str(resolved.get("title", path.stem)),
        fields=fields,
        json_schema={key: value for key, value in resolved.items() if key not in {"$id", "$defs"}},
    )


class _Resolver:
    """Replaces every `$ref` by what it names, keys beside it winning."""

    def __init__(self, source: DefinitionFile) -> None:
        self._source = source

    def resolve(self, node: Any, path: Path_, depth: int) -> Any:
        if depth > _MAX_DEPTH * 4:
            raise self._source.error("E202", path, path=_dotted(path), reason=phrase("ref_goes_circle"))
        if isinstance(node, list):
            return [self.resolve(item, (*path, index), depth + 1) for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        merged = dict(node)
        if "$ref" in node:
            target = self._target(str(merged.pop("$ref")), path, depth + 1)
            merged = {**target, **merged}
            return self.resolve(merged, path, depth + 1)
        return {key: self.resolve(value, (*path, str(key)), depth + 1) for key, value in merged.items()}

    def _target(self, reference: str, path: Path_, depth: int) -> dict[str, Any]:
        file_name, _, pointer = reference.partition("#")
        source = self._source
        if file_name:
            place = source.path.parent / file_name
            if not place.exists():
                from danju.library.places import builtin_root

                place = builtin_root() / "schemas" / file_name
            if not place.exists() or "/" in file_name or "\\" in file_name:
                raise source.error(
                    "E202",
                    path,
                    path=_dotted(path),
                    reason=phrase("ref_no_file", file_name=file_name),
                )
            source = load_definition_file(place)
        found: Any = source.data
        for part in pointer.strip("/").split("/") if pointer.strip("/") else []:
            found = found.get(part) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            raise self._source.error(
                "E202",
                path,
                path=_dotted(path),
                reason=phrase("ref_no", reference=reference),
            )
        if source is not self._source:
            found = _Resolver(source).resolve(found, (), depth)
        return dict(found)


def _dotted(path: Path_) -> str:
    return ".".join(str(part) for part in path) or "$"


def _check_names(source: DefinitionFile, schema: Mapping[str, Any]) -> None:
    properties = schema["properties"]
    for name in schema.get("required", ()):
        if name not in properties:
            raise source.error(
                "E203",
                ("required",),
                name=name,
                hint=phrase("required_lists_names_properties_only"),
            )


def _check_schema(source: DefinitionFile, schema: Mapping[str, Any]) -> None:
    """A schema that is none, e.g. with a broken pattern, must not surface when the first record is checked."""
    import jsonschema_rs

    try:
        jsonschema_rs.Draft202012Validator(dict(schema))
    except jsonschema_rs.ValidationError as err:
        path = tuple(err.instance_path)
        raise source.error("E202", path, path=_dotted(path), reason=err.message) from err
    except ValueError as err:
        raise source.error("E202", (), path="$", reason=str(err)) from err


def _check_headings(source: DefinitionFile, fields: tuple[Field, ...], path: Path_) -> None:
    """No label, and no alias, stands for two fields side by side; a label wins over an alias."""
    for key in ("title", "x-aliases"):
        owners: dict[str, str] = {}
        for field in fields:
            for heading in (field.label,) if key == "title" else field.aliases:
                first = owners.setdefault(fold(heading), field.name)
                if first != field.name:
                    where = (*path, "properties", field.name, key)
                    raise source.error("E209", where, name=heading, first=first, second=field.name)


def _check_depends(source: DefinitionFile, fields: tuple[Field, ...], record: tuple[Field, ...], path: Path_) -> None:
    """`x-depends` names a choice beside the field or of the record, `x-for` words of it."""
    for field in fields:
        where = (*path, "properties", field.name)
        _check_depends(source, field.members, record, where)
        if not field.depends:
            if any(option.owners for option in field.options):
                raise source.error(
                    "E202",
                    where,
                    path=_dotted(where),
                    reason=phrase("options_with_x_need_x"),
                )
            continue
        owner = next((each for each in (*fields, *record) if each.name == field.depends), None)
        if owner is None or owner is field or not owner.kind.is_choice or not field.kind.is_choice:
            raise source.error(
                "E203",
                (*where, "x-depends"),
                name=field.depends,
                hint=phrase("x_depends_choice_names_another"),
            )
        for option in field.options:
            unknown = next((word for word in option.owners if owner.option(word) is None), None)
            if unknown is not None:
                raise source.error(
                    "E202",
                    where,
                    path=_dotted(where),
                    reason=phrase("x_has_no_option", label=owner.label, unknown=unknown),
                )


def _fields(source: DefinitionFile, schema: Mapping[str, Any], path: Path_) -> tuple[Field, ...]:
    required = frozenset(schema.get("required", ()))
    fields = tuple(
        _field(source, str(name), node, name in required, (*path, "properties", str(name)))
        for name, node in schema["properties"].items()
    )
    _check_headings(source, fields, path)
    return fields


def _field(source: DefinitionFile, name: str, node: Any, required: bool, path: Path_) -> Field:
    if not isinstance(node, dict):
        raise source.error("E202", path, path=_dotted(path), reason=phrase("settings_expected_here"))
    if not name.isidentifier() or not name.islower() or not name.isascii():
        raise source.error(
            "E202",
            path,
            path=_dotted(path),
            reason=phrase("property_names_lower_case_letters"),
        )
    for key in ("x-aliases", "x-empty", "x-words"):
        if not isinstance(node.get(key, []), list):
            raise source.error(
                "E202",
                (*path, key),
                path=_dotted((*path, key)),
                reason=phrase("list_expected_here"),
            )
    kind = _kind(source, node, path)
    if kind.is_free:
        _check_format(source, node, path)
    inner = node[kind.inner] if kind.inner else node
    options = _options(source, inner, path) if kind.is_choice or kind.is_list else ()
    members = () if kind.is_single else _fields(source, inner, (*path, kind.inner) if kind.inner else path)
    return Field(
        name=name,
        kind=kind,
        label=str(node.get("title", name)),
        english=str(node.get("x-en", "")),
        aliases=tuple(str(alias) for alias in node.get("x-aliases", ())),
        required=required,
        computed=bool(node.get("readOnly", False)),
        format=node.get("format") if kind.is_free else None,
        unit=node.get("x-unit"),
        options=options,
        members=members,
        multiline=bool(node.get("x-multiline", False)),
        min_length=node.get("minLength"),
        max_length=node.get("maxLength"),
        minimum=_decimal(node.get("minimum")),
        maximum=_decimal(node.get("maximum")),
        decimals=node.get("x-decimals"),
        min_items=node.get("minItems"),
        max_items=node.get("maxItems"),
        empty_words=tuple(str(word) for word in node.get("x-empty", ())),
        words=tuple(str(word) for word in node.get("x-words", ())),
        default=node.get("default", MISSING),
        text_form=node.get("x-text"),
        value_member=node.get("x-value"),
        width_em=node.get("x-width"),
        hint=str(node.get("description", "")),
        example=node.get("x-example", MISSING),
        depends=str(node.get("x-depends", "")),
    )


def _check_format(source: DefinitionFile, node: Mapping[str, Any], path: Path_) -> None:
    name = node.get("format")
    known = (*CHECKS, *(each for kind in KINDS.values() for each in kind.formats), *sorted(STANDARD_FORMATS))
    if name is not None and name not in known:
        near = nearest(str(name), known)
        reason = phrase("no_format_like", name=name, near=near) if near else phrase("no_format", name=name)
        raise source.error("E202", (*path, "format"), path=_dotted((*path, "format")), reason=reason)


def _kind(source: DefinitionFile, node: Mapping[str, Any], path: Path_) -> Kind:
    kind = next((kind for kind in KINDS.values() if kind.declares(node)), None)
    if kind is None:
        declared = node.get("type")
        reason = phrase("type_not_supported", declared=repr(declared))
        raise source.error("E202", path, path=_dotted(path), reason=reason)
    return kind


def _options(source: DefinitionFile, node: Mapping[str, Any], path: Path_) -> tuple[Option, ...]:
    entries = node.get("oneOf") or [{"const": word} for word in node.get("enum", ())]
    if not all(isinstance(entry, dict) and "const" in entry for entry in entries):
        raise source.error(
            "E202",
            (*path, "oneOf"),
            path=_dotted((*path, "oneOf")),
            reason=phrase("every_option_needs_const"),
        )
    return tuple(
        Option(
            value=str(entry["const"]),
            label=str(entry.get("title", entry["const"])),
            aliases=tuple(str(alias) for alias in entry.get("x-aliases", ())),
            attributes={
                key.removeprefix("x-"): _attribute(value)
                for key, value in entry.items()
                if key.startswith("x-") and key not in _OPTION_KEYS
            },
            owners=_owners(entry.get("x-for", ())),
        )
        for entry in entries
    )


def _owners(node: object) -> tuple[str, ...]:
    return tuple(map(str, node)) if isinstance(node, list | tuple) else (str(node),)


def _attribute(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
