"""Functions and filters of templates: those of form files, Jinja2's harmless ones, and rich, image, tick, date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any

from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context, LoopContext, Undefined
from markupsafe import Markup

from danju.messages import phrase
from danju.rules.functions import FILTERS as RULE_FILTERS
from danju.rules.functions import FUNCTIONS
from danju.values.display import display_anything
from danju.values.options import OptionWord
from danju.values.text import fold
from danju.word_template.images import Image
from danju.word_template.rich import Rich, rich
from danju.word_template.sandbox import STATE, Absent, TemplateEnvironment, TooMuch
from danju.word_template.values import text_of

__all__ = ["FILTER_NAMES", "environment"]

_PLAIN = (
    "abs", "attr", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
    "wordcount",
)  # fmt: skip
_TAKES_NOTHING = frozenset(
    ("count", "d", "default", "first", "groupby", "items", "join", "last", "length", "list", "map", "reject",
     "rejectattr", "select", "selectattr", "sort", "tick", "unique")
)  # fmt: skip
_DATE_LETTERS = re.compile(r"yyyy|YYYY|MM|dd|DD|HH|mm|ss|M|d|D|H")
_PERCENT = re.compile(r"%(-?[YymdHMSj%])")
_LETTERS = {"yyyy": "%Y", "YYYY": "%Y", "MM": "%m", "dd": "%d", "DD": "%d", "HH": "%H", "mm": "%M", "ss": "%S",
            "M": "%-m", "d": "%-d", "D": "%-d", "H": "%-H"}  # fmt: skip
_WIDE = re.compile(r"\d{4,}|\*")


@lru_cache(maxsize=1)
def environment() -> TemplateEnvironment:
    """The environment that all templates are compiled in."""
    env = TemplateEnvironment({name: _quiet(function) for name, function in FUNCTIONS.items()})
    plain = {name: env.filters[name] for name in _PLAIN}
    own: dict[str, Callable[..., object]] = {
        "rich": _rich, "image": _image, "tick": _tick, "date": _date, "format": _format, "round": RULE_FILTERS["round"],
        "e": _same, "escape": _same, "safe": _same, "center": _center,
    }  # fmt: skip
    named = {**plain, **RULE_FILTERS, **own, "sum": _sum}
    env.filters = {name: function if name in _TAKES_NOTHING else _guarded(function) for name, function in named.items()}
    env.filters.update(
        {"__out": _out, "__items": _items, "__join": _join, "__starts": _starts, "__id": _next_id, "__mark": _mark,
         "__mark_name": _mark_name, "__plain": _plain, "__mark_end": _mark_end}
    )  # fmt: skip
    return env


FILTER_NAMES: tuple[str, ...] = tuple(
    sorted({*_PLAIN, *RULE_FILTERS, "rich", "image", "tick", "format", "e", "escape", "safe", "center"})
)


def _quiet(function: Callable[..., object]) -> Callable[..., object]:
    """The function, absent where it says that it needs something empty."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> object:
        try:
            return function(*args, **kwargs)
        except UndefinedError:
            return Absent()

    return wrapped


def _guarded(function: Callable[..., object]) -> Callable[..., object]:
    """The filter, handing on what is absent or empty."""
    at = 1 if getattr(function, "jinja_pass_arg", None) is not None else 0

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> object:
        if len(args) > at and (args[at] is None or isinstance(args[at], Undefined)):
            return args[at]
        if len(args) > at and isinstance(args[at], Markup):  # what a macro made: never cut or changed as XML
            args = (*args[:at], text_of(args[at]), *args[at + 1 :])
        try:
            return function(*args, **kwargs)
        except UndefinedError:
            return Absent()

    return wrapped


def _rich(value: Any, **look: Any) -> Rich:
    return rich(value if isinstance(value, Rich) else str(display_anything(value)), **look)


def _image(value: Any, width_mm: Any = None, height_mm: Any = None, text: str = "", url: str | None = None) -> object:
    sizes = [None if size is None else float(size) for size in (width_mm, height_mm)]
    if any(size is not None and not 0 < size <= 2000 for size in sizes):
        raise ValueError(phrase("sizes_in_mm", names="width_mm, height_mm", limit=2000))
    return Image(value if isinstance(value, bytes) else str(value), sizes[0], sizes[1], text, url) if value else ""


def _tick(value: Any, option: Any = None) -> str:
    """☑ when true or, with an option given, when it is the value or among the values."""
    if option is None:
        chosen = bool(value) and fold(str(value)) not in ("否", "无", "false", "no", "0")
    else:
        among = value if isinstance(value, list | tuple) else [value]
        wanted = fold(str(option))
        chosen = any(wanted in _words(each) for each in among)
    return "☑" if chosen else "☐"


def _words(value: object) -> set[str]:
    if value is None or isinstance(value, Undefined):
        return set()
    words = {fold(str(value))}
    if isinstance(value, OptionWord):
        words.add(fold(str(value.attributes.get("label", value))))
    return words


def _date(value: Any, pattern: str | None = None) -> object:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            return value  # 长期 and the like stay
    if pattern is None:
        return RULE_FILTERS["date"](value)
    if "%" not in pattern:
        pattern = _DATE_LETTERS.sub(lambda found: _LETTERS[found.group()], pattern)
    return _PERCENT.sub(lambda found: _date_piece(value, found.group(1)), pattern)


def _date_piece(moment: date, code: str) -> str:
    if code == "%":
        return "%"
    text = f"{moment.year:04d}" if code[-1] == "Y" else moment.strftime(f"%{code[-1]}")
    return text.lstrip("0") or "0" if code.startswith("-") else text


def _format(value: Any, *args: Any, **kwargs: Any) -> str:
    text = str(value)
    if _WIDE.search(text):
        raise TooMuch
    plain = tuple(float(each) if isinstance(each, Decimal) else each for each in args)
    return text % (kwargs or plain)


def _center(value: Any, width: int = 80) -> str:
    return str(value).center(min(int(width), 1000))


def _same(value: Any) -> object:
    """Escaping is not needed: every value is escaped when it is printed."""
    return value


def _plain(value: Any) -> object:
    """What can be sliced: of what a macro made, its text."""
    return text_of(value) if isinstance(value, Markup) else "" if value is None else value


def _sum(values: Iterable[Any], attribute: str | None = None, start: Any = 0) -> object:
    return RULE_FILTERS["sum"](list(values), attribute)


@pass_context
def _out(context: Context, value: Any, site: int) -> str:
    text: str = context.parent[STATE].put(value, site)
    return text


@pass_context
def _items(context: Context, value: Any, site: int, size: int) -> Any:
    return context.parent[STATE].loop(value, site, size)


@pass_context
def _join(context: Context, values: list[Any]) -> object:
    return context.parent[STATE].join(values)


@pass_context
def _starts(context: Context, loop: LoopContext, number: int, value: Any) -> bool:
    """Whether a merged cell starts here: in the first row, and where the value differs from the row before."""
    seen: dict[int, object] = context.parent[STATE].merged
    starts = loop.first or seen.get(number) != value
    seen[number] = value
    return starts


@pass_context
def _next_id(context: Context, _: int) -> int:
    number: int = context.parent[STATE].next_id()
    return number


@pass_context
def _mark(context: Context, old: int) -> int:
    number: int = context.parent[STATE].start_mark(old)
    return number


@pass_context
def _mark_name(context: Context, old: int) -> str:
    name: str = context.parent[STATE].mark_suffix(old)
    return name


@pass_context
def _mark_end(context: Context, old: int) -> int:
    number: int = context.parent[STATE].end_mark(old)
    return number
