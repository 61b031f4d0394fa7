"""Forms: forms/*.form.yaml → validated forms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from danju.library.check_loader import bilingual, load_checks
from danju.library.definition_file import DefinitionFile, load_definition_file
from danju.library.expression_check import check_expression
from danju.library.layout_loader import load_layout
from danju.library.meta_schema import MetaSchema
from danju.messages import phrase
from danju.model.field import RecordType
from danju.model.form import Computation, Dimension, Form, Measure, Summary
from danju.rules.dependent_options import dependence_checks
from danju.rules.expressions import names_in
from danju.rules.numbering import fields_in_pattern
from danju.values.text import nearest_hint

_NEEDS_SEQ = phrase("needs_one_numbers_would_repeat")
_NEEDS_FIELD = phrase("needs_field_expression")
_IS_NUMBER = phrase("typed_number_identifies_anyway_leave")
_IS_COMPUTED = phrase("computed_field_cannot_identify_record")
_IS_MANY = phrase("field_identifies_record_holds_one")
_NEEDS_EXPRESSION = phrase("needs_expression")


def load_form(path: Path, find_type: Callable[[str, DefinitionFile], RecordType], templates_digest: str) -> Form:
    """The form of one file.

    Args:
        path: The form file.
        find_type: Gives the record type named by `schema:`.
        templates_digest: What else decides the output.

    Raises:
        DefinitionError: At the line of whatever is wrong.
    """
    source = load_definition_file(path)
    data = source.data
    _meta_schema().check(source, data)
    if data["id"] != path.name.removesuffix(".form.yaml"):
        raise source.error("E208", ("id",), name=data["id"])
    record_type = find_type(data["schema"], source)
    number_field = data.get("number_field", "number" if record_type.field("number") else "")
    if number_field and record_type.field(number_field) is None:
        raise source.error("E203", ("number_field",), name=number_field, hint="")
    kept_from = data.get("retention", {}).get("from")
    _known_paths(source, [kept_from] if kept_from else [], record_type, "retention")
    for key in ("number", "filename"):
        _check_pattern(source, key, data.get(key, ""), record_type)
    return Form(
        id=data["id"],
        version=data.get("version", 1),
        title=data["title"],
        english=data.get("english", ""),
        aliases=tuple(data.get("aliases", ())),
        record_type=record_type,
        number_rule=data.get("number", ""),
        number_field=number_field,
        filename_rule=data.get("filename", "{number}" if data.get("number") else data["id"] + "-{seq:04d}"),
        compute=_computations(source, data.get("compute", {}), record_type),
        checks=(*load_checks(source, data.get("checks", ()), record_type), *dependence_checks(record_type)),
        layout=load_layout(source, data["layout"], record_type),
        summary=_summary(source, data.get("summary", {}), record_type),
        identity=_identity(source, data.get("identity", ()), record_type, number_field),
        unique=_unique(source, data.get("unique", ()), record_type),
        retention=data.get("retention", {}),
        digest=_digest(path, record_type, templates_digest),
    )


@lru_cache(maxsize=1)
def _meta_schema() -> MetaSchema:
    return MetaSchema(load_definition_file(Path(__file__).with_name("form.meta.yaml")).data)


def _check_pattern(source: DefinitionFile, key: str, pattern: str, record_type: RecordType) -> None:
    try:
        names = fields_in_pattern(pattern)
    except ValueError as err:
        raise source.error("E202", (key,), path=key, reason=str(err)) from err
    if key == "number" and pattern and names.count("seq") != 1:
        raise source.error("E202", (key,), path=key, reason=_NEEDS_SEQ)
    for name in names:
        if name not in ("seq", "number", "title", "form") and record_type.find(name) is None:
            hint = nearest_hint(name, [field.name for field in record_type.fields])
            raise source.error("E203", (key,), name=name, hint=hint)


def _known_paths(
    source: DefinitionFile, paths: list[str], record_type: RecordType, *where: str | int
) -> tuple[str, ...]:
    for index, path in enumerate(paths):
        if record_type.find(path) is None:
            hint = nearest_hint(path, [known for known, _ in record_type.iter_paths()])
            raise source.error("E203", (*where, index), name=path, hint=hint)
    return tuple(paths)


def _identity(source: DefinitionFile, paths: list[str], record_type: RecordType, number_field: str) -> tuple[str, ...]:
    """Fields that tell records apart: values that a person enters once a record."""
    _known_paths(source, paths, record_type, "identity")
    for index, path in enumerate(paths):
        names = path.split(".")
        way = [record_type.find(".".join(names[: count + 1])) for count in range(len(names))]
        fields = [each for each in way if each is not None]
        reason = (
            _IS_NUMBER if path == number_field
            else _IS_COMPUTED if any(each.computed for each in fields)
            else _IS_MANY if any(each.kind.is_table for each in fields) or fields[-1].members
            else None
        )  # fmt: skip
        if reason is not None:
            raise source.error("E202", ("identity", index), path=path, reason=reason)
    return tuple(paths)


def _unique(source: DefinitionFile, entries: list[str], record_type: RecordType) -> tuple[str, ...]:
    """Fields that should not repeat, several together joined by `+`."""
    for index, entry in enumerate(entries):
        for path in entry.split("+"):
            _known_paths(source, [path.strip()], record_type, "unique", index)
    return tuple(" + ".join(path.strip() for path in entry.split("+")) for entry in entries)


def _computations(source: DefinitionFile, nodes: Mapping[str, Any], record_type: RecordType) -> tuple[Computation, ...]:
    """In an order in which each needs only earlier ones."""
    pending = {name: str(expression) for name, expression in nodes.items()}
    for name, expression in pending.items():
        field = record_type.field(name)
        if field is None or not field.computed:
            hint = phrase("declare_with_readonly_true_schema")
            raise source.error("E203", ("compute", name), name=name, hint=hint)
        check_expression(source, expression, record_type, ("compute", name))
    for field in record_type.fields:
        if field.computed and field.name not in pending:
            raise source.error("E210", ("compute",), name=field.name)
    ordered: list[Computation] = []
    while pending:
        ready = [
            name
            for name, expression in pending.items()
            if not names_in(expression) & (pending.keys() - {name} | _self(name, expression))
        ]
        if not ready:
            raise source.error(
                "E204", ("compute", next(iter(pending))), chain=" → ".join([*pending, next(iter(pending))])
            )
        ordered.extend(Computation(name, pending.pop(name)) for name in ready)
    return tuple(ordered)


def _self(name: str, expression: str) -> set[str]:
    return {name} if name in names_in(expression) else set()


def _summary(source: DefinitionFile, node: Mapping[str, Any], record_type: RecordType) -> Summary:
    dimensions = []
    for index, each in enumerate(node.get("by", ())):
        path = ("summary", "by", index)
        label, english = bilingual(each["label"])
        expression = str(each.get("expression", each.get("field", "")))
        if not expression:
            raise source.error("E202", path, path=label, reason=_NEEDS_FIELD)
        check_expression(source, expression, record_type, path)
        field = record_type.find(each.get("field", ""))
        options = tuple(option.value for option in field.options) if field else ()
        dimensions.append(Dimension(label, expression, options, each.get("chart", ""), english))
    measures = []
    for index, each in enumerate(node.get("measures", ())):
        label, english = bilingual(each["label"])
        if each["function"] != "count" and "expression" not in each:
            raise source.error("E202", ("summary", "measures", index), path=label, reason=_NEEDS_EXPRESSION)
        for key in ("expression", "when"):
            if key in each:
                check_expression(source, str(each[key]), record_type, ("summary", "measures", index, key))
        measures.append(
            Measure(
                label,
                each["function"],
                str(each.get("expression", "")),
                each.get("unit", ""),
                each.get("decimals", 0),
                str(each.get("when", "")),
                english,
            )
        )
    columns = _known_paths(source, node.get("columns", ()), record_type, "summary", "columns")
    return Summary(tuple(dimensions), tuple(measures), columns)


def _digest(path: Path, record_type: RecordType, templates_digest: str) -> str:
    schema = json.dumps(record_type.json_schema, ensure_ascii=False, sort_keys=True, default=str)
    parts = (path.read_bytes(), schema.encode(), templates_digest.encode())
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
