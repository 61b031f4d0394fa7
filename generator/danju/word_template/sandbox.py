"""The environment that templates are compiled in: nothing private, nothing that changes data, nothing without bound."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, NoReturn

from jinja2 import ChainableUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from danju.word_template.values import text_of

__all__ = ["STATE", "Absent", "TemplateEnvironment", "TooMuch"]

STATE = "__state"
"""Name under which the state of one filling travels."""

_LONGEST = 1_000_000  # characters or items that one operation may make
_LARGEST_POWER = 1_000
_WIDE = re.compile(r"\d{4,}|\{[^{}]*\{")
_TEXT_METHODS = frozenset(
    ("capitalize", "count", "endswith", "find", "format", "index", "isalpha", "isdecimal", "isdigit", "isnumeric",
     "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rpartition", "rsplit",
     "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill")
)  # fmt: skip
_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, _TEXT_METHODS),
    (date, frozenset(("date", "isoformat", "isoweekday", "strftime", "time", "weekday"))),
    (time, frozenset(("isoformat", "strftime"))),
    (Mapping, frozenset(("get", "items", "keys", "values"))),
    (list, frozenset(("count", "index"))),
    (tuple, frozenset(("count", "index"))),
    (Namespace, frozenset()),
)
_RUNTIME = (Macro, LoopContext, Cycler, Joiner)
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}  # fmt: skip


class TooMuch(Exception):
    """The output or the work exceeds its bound."""


class Absent(ChainableUndefined):
    """A name that the data lacks: false, without items, printed as nothing, remembered under its whole path."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.under(f".{name}")

    def __getitem__(self, name: Any) -> Any:
        return self.under(f"[{name!r}]")

    def under(self, path: str) -> Absent:
        """The absent member of something absent."""
        return Absent(name=f"{self._undefined_name or ''}{path}")

    def __lt__(self, *args: Any, **kwargs: Any) -> Any:
        return False

    __le__ = __gt__ = __ge__ = __lt__


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 with our own delimiters and bounds; `STATE` in the context counts the work."""

    intercepted_binops = frozenset(_OPERATORS)

    def __init__(self, functions: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(
            block_start_string="\x01%", block_end_string="%\x02",
            variable_start_string="\x01{", variable_end_string="}\x02",
            comment_start_string="\x01#", comment_end_string="#\x02",
            autoescape=True, undefined=Absent, keep_trailing_newline=True, cache_size=0,
        )  # fmt: skip
        kept = {name: self.globals[name] for name in ("range", "dict", "cycler", "joiner", "namespace")}
        self.globals = {**kept, **functions}
        self._allowed = tuple(self.globals.values())

    def is_safe_callable(self, obj: Any) -> bool:
        """Functions of ours, macros and what loops offer; of values only methods that are listed."""
        if isinstance(obj, _RUNTIME) or any(obj is each for each in self._allowed):
            return True
        owner, name = _method(obj)
        if isinstance(owner, LoopContext | Cycler):
            return not name.startswith("_")
        return any(isinstance(owner, kind) and name in methods for kind, methods in _METHODS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A member of a mapping before its methods: a member may be called `items`."""
        if isinstance(obj, Markup):
            obj = text_of(obj)
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            found = super().getattr(obj, attribute)
            return self.undefined(name=attribute) if isinstance(found, Undefined) else found
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item; of what a macro made, a piece of its text."""
        return super().getitem(text_of(obj) if isinstance(obj, Markup) else obj, argument)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count the call; texts stay within bounds."""
        state = context.parent.get(STATE)
        if state is not None:
            state.count_call()
        owner, name = _method(obj)
        if isinstance(owner, str):
            _check_text_call(owner, name, args)
        elif name == "strftime" and args:
            _check_format(str(args[0]))
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Decimal arithmetic within bounds; what needs something absent is absent."""
        for each in (left, right):
            if isinstance(each, Undefined):
                return each
        if left is None or right is None:
            return self.undefined(name="?")
        if operator in ("*", "**", "%"):
            _check_size(operator, left, right)
        if isinstance(left, float) and isinstance(right, Decimal):
            left = Decimal(repr(left))
        elif isinstance(right, float) and isinstance(left, Decimal):
            right = Decimal(repr(right))
        elif operator == "/" and isinstance(left, int) and isinstance(right, int):
            left = Decimal(left)
        return _OPERATORS[operator](left, right)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Leave the traceback as it is: its line numbers find the tag."""
        raise


def _method(obj: Any) -> tuple[object, str]:
    """The owner of a method and its name; Jinja2 wraps `str.format`."""
    bound = getattr(obj, "__wrapped__", obj)
    return getattr(bound, "__self__", None), getattr(bound, "__name__", "")


def _check_format(text: str) -> None:
    if _WIDE.search(text):
        raise SecurityError("format")


def _check_text_call(text: str, name: str, args: tuple[Any, ...]) -> None:
    size = 0
    if name == "format":
        _check_format(text)
    elif name == "zfill" and args:
        size = int(args[0])
    elif name == "replace" and len(args) >= 2:
        size = text.count(str(args[0])) * len(str(args[1]))
    elif name == "join" and args:
        size = len(args[0]) * (len(text) + 1)
    if size > _LONGEST:
        raise TooMuch


def _check_size(sign: str, left: Any, right: Any) -> None:
    if sign == "*":
        for item, times in ((left, right), (right, left)):
            if isinstance(item, str | list | tuple) and isinstance(times, int) and len(item) * times > _LONGEST:
                raise TooMuch
    elif sign == "%" and isinstance(left, str):
        _check_format(left)
    elif sign == "**" and (abs(right) > _LARGEST_POWER or abs(left) > _LARGEST_POWER):
        raise TooMuch
