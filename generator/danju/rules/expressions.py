"""Expressions of form files: sandboxed Jinja2 expressions over one record, with a fixed list of functions.

An expression that needs an empty field has no value (`MISSING`): a computed field stays empty, a check is skipped.
`a or b`, `if … else …` and `x | default(y)` handle emptiness explicitly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Self

from jinja2 import TemplateSyntaxError, Undefined, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from danju.model.field import MISSING, Field, Kind, RecordType
from danju.rules import functions
from danju.rules.display import display_anything


class ExpressionFault(ValueError):
    """An expression that cannot be compiled; the text says why."""


class OptionWord(str):
    """The word of a choice that also knows its option's attributes: `quality.score`."""

    __slots__ = ("attributes",)
    attributes: Mapping[str, object]

    def __new__(cls, word: str, attributes: Mapping[str, object]) -> Self:
        self = super().__new__(cls, word)
        self.attributes = attributes
        return self

    def __getattr__(self, name: str) -> object:
        try:
            return self.attributes[name]
        except KeyError:
            raise AttributeError(name) from None


class Empty(Undefined):
    """An empty field: false, without items, and nothing that can be computed or compared with."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        self._fail_with_undefined_error()

    def __ne__(self, other: object) -> bool:
        self._fail_with_undefined_error()

    __hash__ = Undefined.__hash__


class _Environment(ImmutableSandboxedEnvironment):
    """Attributes of dates, texts and mappings only; nothing private, nothing callable but our functions."""

    def is_safe_callable(self, obj: Any) -> bool:
        return obj in _ALLOWED_CALLS


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The environment that expressions and prose are compiled in."""
    env = _Environment(autoescape=False, undefined=Empty)
    env.globals.clear()
    env.globals.update(functions.FUNCTIONS)
    env.filters.update(functions.FILTERS)
    return env


_ALLOWED_CALLS = frozenset(functions.FUNCTIONS.values())


@lru_cache(maxsize=4096)
def compile_expression(expression: str) -> Callable[[Mapping[str, object]], object]:
    """A function from names to the expression's value, or MISSING when it needs something empty.

    Raises:
        ExpressionFault: The text is no expression.
    """
    try:
        compiled = environment().compile_expression(expression, undefined_to_none=False)
    except TemplateSyntaxError as err:
        raise ExpressionFault(str(err)) from err

    def value(names: Mapping[str, object]) -> object:
        try:
            result = compiled(**names)
        except (UndefinedError, TypeError, ZeroDivisionError):
            return MISSING
        except SecurityError as err:
            raise ExpressionFault(str(err)) from err
        return MISSING if isinstance(result, Undefined) or result is None else result

    return value


@lru_cache(maxsize=4096)
def names_in(expression: str) -> frozenset[str]:
    """Top-level names that the expression reads, functions left out.

    Raises:
        ExpressionFault: The text is no expression.
    """
    try:
        tree = environment().parse("{{ (" + expression + ") }}")
    except TemplateSyntaxError as err:
        raise ExpressionFault(str(err)) from err
    return frozenset(meta.find_undeclared_variables(tree) - functions.FUNCTIONS.keys())


def fill_text(template: str, names: Mapping[str, object]) -> str:
    """A text with `{{ values }}` in it, filled; empty values give nothing."""
    return str(_compile_text(template).render(**names))


@lru_cache(maxsize=1024)
def _compile_text(template: str) -> Any:
    return environment().overlay(finalize=display_anything).from_string(template)


def names_of(record_type: RecordType, values: Mapping[str, object]) -> dict[str, object]:
    """A record as expressions see it: choices know their attributes, empty fields are absent."""
    return _group_names(record_type.fields, values)


def _group_names(fields: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, object]:
    names: dict[str, object] = {}
    for field in fields:
        value = values.get(field.name)
        if value is None or value is MISSING or value == "":
            continue
        names[field.name] = _as_name(field, value)
    return names


def _as_name(field: Field, value: object) -> object:
    if field.kind is Kind.CHOICE and isinstance(value, str):
        option = field.option(value)
        return OptionWord(value, option.attributes if option else {})
    if field.kind is Kind.GROUP and isinstance(value, Mapping):
        return _group_names(field.members, value)
    if field.kind is Kind.TABLE and isinstance(value, list):
        return [_group_names(field.members, row) for row in value if isinstance(row, Mapping)]
    return value
