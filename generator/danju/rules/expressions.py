"""Expressions of form files: sandboxed Jinja2 expressions over one record, with a fixed list of functions.

An expression that needs an empty field has no value (`MISSING`): a computed field stays empty, a check is skipped.
`a or b`, `if … else …` and `x | default(y)` handle emptiness explicitly.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self

from jinja2 import TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream, describe_token
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from danju.model.field import MISSING, Field, RecordType
from danju.rules import functions
from danju.values.display import display_anything
from danju.values.options import OptionWord


class ExpressionFault(ValueError):
    """An expression that cannot be compiled; the text says why."""


class Empty(Undefined):
    """An empty field: false, without items, and nothing that can be computed or compared with; so are its members."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Self:
        if name[:2] == "__":
            raise AttributeError(name)
        return self

    def __eq__(self, other: object) -> bool:
        self._fail_with_undefined_error()

    def __ne__(self, other: object) -> bool:
        self._fail_with_undefined_error()

    __hash__ = Undefined.__hash__


class _ExactFractions(Extension):
    """Writes `0.1` as the decimal 0.1: a binary fraction would not compare or compute with the decimals of records."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type != "float":
                yield token
                continue
            yield Token(token.lineno, "name", _EXACT)
            yield Token(token.lineno, "lparen", "(")
            yield Token(token.lineno, "string", str(token.value))
            yield Token(token.lineno, "rparen", ")")


class _Environment(ImmutableSandboxedEnvironment):
    """Members of groups, attributes of options and dates; nothing private, nothing callable but our functions."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def is_safe_callable(self, obj: Any) -> bool:
        return obj in _ALLOWED_CALLS

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member, never a method of the mapping or word that has it: a member may be called `items` or `title`."""
        if isinstance(obj, OptionWord):
            obj = obj.attributes
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Decimal arithmetic, within bounds: no expression makes a giant number or text."""
        if operator == "/" and isinstance(left, int):
            left = Decimal(left)
        _check_size(operator, left, right)
        return _OPERATORS[operator](left, right)


class _Names(Context):
    """What one evaluation may see; made in a third of the time that Jinja's own needs, which prepares for blocks."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.parent = names
        self.vars = {}
        self.environment = environment()
        self.eval_ctx = _eval_context()
        self.exported_vars = set()
        self.name = None
        self.globals_keys = set()
        self.blocks = {}


_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}(?!\})", re.DOTALL)
_EXACT = "decimal"
_LONGEST = 100_000  # characters or items that * may make
_LARGEST_POWER = 1_000
_PLAIN_NODES = 50
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}  # fmt: skip
_FILTERS = (
    "abs", "d", "default", "first", "int", "join", "last", "length", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "select", "selectattr", "sort", "trim", "unique", "upper",
)  # fmt: skip


def _check_size(operator: str, left: Any, right: Any) -> None:
    if operator == "*":
        for item, times in ((left, right), (right, left)):
            if isinstance(item, Sequence) and isinstance(times, int) and len(item) * times > _LONGEST:
                raise UndefinedError("the result is too long")
    elif operator == "**" and (not isinstance(right, int) or abs(right) > _LARGEST_POWER or abs(left) > _LARGEST_POWER):
        raise UndefinedError("the power is too large")
    elif operator == "%" and isinstance(left, str):
        raise UndefinedError("% is for numbers")


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The environment that expressions and prose are compiled in."""
    env = _Environment(autoescape=False, undefined=Empty, extensions=[_ExactFractions])
    env.globals.clear()
    env.globals.update({**functions.FUNCTIONS, _EXACT: Decimal})
    env.filters = {**{name: env.filters[name] for name in _FILTERS}, **functions.FILTERS}
    return env


@lru_cache(maxsize=1)
def _eval_context() -> nodes.EvalContext:
    return nodes.EvalContext(environment())


_ALLOWED_CALLS = frozenset({*functions.FUNCTIONS.values(), Decimal})


@lru_cache(maxsize=4096)
def compile_expression(expression: str) -> Callable[[Mapping[str, object]], object]:
    """A function from names to the expression's value, or MISSING when it needs something empty.

    Its code is made when a value is first asked for: of most forms, only the correctness is.

    Raises:
        ExpressionFault: The text is no expression.
    """
    if not _parse(expression).is_plain:
        _code(expression)
    known = dict(environment().globals)

    def value(names: Mapping[str, object]) -> object:
        context = _Names({**known, **names})
        try:
            for _ in _code(expression)(context):
                pass
            result = context.vars["result"]
        except (UndefinedError, TypeError, ValueError, ArithmeticError):
            return MISSING
        return MISSING if isinstance(result, Undefined) or result is None else result

    return value


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An expression without a fault in it.

    Attributes:
        tree: What Jinja made of it.
        names: Those it reads, functions left out.
        is_plain: Whether code can be made of it for certain: neither long, and so perhaps too deeply nested for
            Python, nor with named arguments, which might be given twice.
    """

    tree: nodes.Expr
    names: frozenset[str]
    is_plain: bool


@lru_cache(maxsize=4096)
def _parse(expression: str) -> _Parsed:
    env = environment()
    try:
        parser = Parser(env, expression, state="variable")
        tree = parser.parse_expression()
        if not parser.stream.eos:
            raise ExpressionFault(f"unexpected {describe_token(parser.stream.current)}")
    except (TemplateSyntaxError, RecursionError) as err:
        raise ExpressionFault(str(err)) from err
    tree.set_environment(env)
    names, count, is_plain = set(), 0, True
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        count += 1
        if isinstance(node, nodes.Name):
            names.add(node.name)
        elif isinstance(node, nodes.Keyword):
            is_plain = False
        else:
            _check_known(node)
        waiting.extend(node.iter_child_nodes())
    return _Parsed(tree, frozenset(names - functions.FUNCTIONS.keys() - {_EXACT}), is_plain and count <= _PLAIN_NODES)


def _check_known(node: nodes.Node) -> None:
    """Only our functions are called, by their own names; only filters and tests that there are."""
    if isinstance(node, nodes.Call):
        name = node.node.name if isinstance(node.node, nodes.Name) else "…." + getattr(node.node, "attr", "")
        if name not in functions.FUNCTIONS and name != _EXACT:
            raise ExpressionFault(f"{name}() is not a function")
    elif isinstance(node, nodes.Filter) and node.name not in environment().filters:
        raise ExpressionFault(f"No filter named {node.name!r}.")
    elif isinstance(node, nodes.Test) and node.name not in environment().tests:
        raise ExpressionFault(f"No test named {node.name!r}.")


@lru_cache(maxsize=4096)
def _code(expression: str) -> Callable[[Context], Iterator[str]]:
    """The function that leaves the expression's value in `result` of a context."""
    result = nodes.Assign(nodes.Name("result", "store"), _parse(expression).tree, lineno=1)
    try:
        template = environment().from_string(nodes.Template([result], lineno=1))
    except (TemplateSyntaxError, SyntaxError, RecursionError) as err:  # the last two: nested too deeply
        raise ExpressionFault(str(err)) from err
    return template.root_render_func  # without the copy of all names and globals that Jinja's own call makes each time


def names_in(expression: str) -> frozenset[str]:
    """Top-level names that the expression reads, functions left out.

    Raises:
        ExpressionFault: The text is no expression.
    """
    return _parse(expression).names


def fill_text(template: str, names: Mapping[str, object]) -> str:
    """A text with `{{ values }}` in it, filled; what needs an empty field gives nothing."""
    pieces = _PLACEHOLDER.split(template)
    pieces[1::2] = (_shown(compile_expression(expression)(names)) for expression in pieces[1::2])
    return "".join(pieces)


def full_text(template: str, names: Mapping[str, object]) -> str:
    """As `fill_text`, but "" when anything in it is empty."""
    results = [compile_expression(expression)(names) for expression in expressions_in_text(template)]
    return "" if any(result in (MISSING, None, "") for result in results) else fill_text(template, names)


def expressions_in_text(template: str) -> tuple[str, ...]:
    """The expressions in a text with `{{ values }}`, in order."""
    return tuple(_PLACEHOLDER.split(template)[1::2])


def strip_expressions(template: str) -> str:
    """The text without its expressions."""
    return _PLACEHOLDER.sub("", template)


def _shown(value: object) -> str:
    return "" if value is MISSING else str(display_anything(value))


def names_of(
    record_type: RecordType, values: Mapping[str, object], only: frozenset[str] | None = None
) -> dict[str, object]:
    """A record as expressions see it: choices know their attributes, empty fields are absent.

    Args:
        record_type: Whose record it is.
        values: Typed values.
        only: Fields that are needed; None for all.
    """
    return _group_names(record_type.fields, values, only)


def _group_names(
    fields: tuple[Field, ...], values: Mapping[str, object], only: frozenset[str] | None = None
) -> dict[str, object]:
    names: dict[str, object] = {}
    for field in fields:
        if only is not None and field.name not in only:
            continue
        value = values.get(field.name)
        if not (value is None or value is MISSING or value == ""):
            names[field.name] = _as_name(field, value)
        elif field.name in functions.FUNCTIONS:
            names[field.name] = Empty(name=field.name)  # else the name would mean the function
    return names


def _as_name(field: Field, value: object) -> object:
    if field.members:
        if isinstance(value, Mapping):
            return _group_names(field.members, value)
        if isinstance(value, list):
            return [_group_names(field.members, row) for row in value if isinstance(row, Mapping)]
    return field.kind.expressed(field, value)
