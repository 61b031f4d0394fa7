"""The figures of a summary: measures over all records and over each value of each dimension, counted record by record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal

from danju.model.field import MISSING, Field, Kind, RecordType
from danju.model.form import Dimension, Form, Measure
from danju.model.record import Record
from danju.rules.expressions import compile_expression, names_in, names_of
from danju.summary.columns import shower
from danju.summary.words import Words

Figure = int | Decimal | date | None
"""A result; None where nothing could be counted."""

_MEMO_LIMIT = 4096
_DIGITS = re.compile(r"(\d+)")
_END_OF_DAY = time(23, 59, 59)
_ANY_TEXT = Field(name="", kind=Kind.TEXT, label="")


@dataclass(slots=True)
class Tally:
    """What has been seen of one measure in one group of records."""

    count: int = 0
    true: int = 0
    total: int | Decimal = 0
    numbers: int = 0
    low: int | Decimal | date | None = None
    high: int | Decimal | date | None = None

    def add(self, value: object) -> None:
        """Take the value of one more record."""
        self.count += 1
        self.true += bool(value)
        if isinstance(value, float):
            value = Decimal(repr(value))
        if isinstance(value, int | Decimal):
            self.total += value
            self.numbers += 1
        elif not isinstance(value, date):
            return
        if self.low is None or value < self.low:  # type: ignore[operator]  # one expression gives one kind of value
            self.low = value
        if self.high is None or value > self.high:  # type: ignore[operator]
            self.high = value


_RESULTS: Mapping[str, Callable[[Tally], Figure]] = {
    "count": lambda tally: tally.count,
    "sum": lambda tally: tally.total,
    "mean": lambda tally: Decimal(tally.total) / tally.numbers if tally.numbers else None,
    "share": lambda tally: Decimal(tally.true) / tally.count if tally.count else None,
    "min": lambda tally: tally.low,
    "max": lambda tally: tally.high,
}


class Evaluation:
    """An expression with a memory: equal needs give equal results."""

    def __init__(self, expression: str) -> None:
        self._value = compile_expression(expression)
        self._needs = tuple(sorted(names_in(expression)))
        self._memo: dict[tuple[object, ...], object] = {}

    def __call__(self, names: Mapping[str, object]) -> object:
        """The expression's value, or MISSING."""
        key = tuple(map(names.get, self._needs))
        try:
            return self._memo[key]
        except KeyError:
            pass
        except TypeError:  # lists and groups cannot be keys
            return self._value(names)
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        result = self._memo[key] = self._value(names)
        return result


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The finished table of one dimension.

    Attributes:
        dimension: What it is broken down by.
        rows: Value as shown, and a figure per measure; records without a value last.
    """

    dimension: Dimension
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]


@dataclass(slots=True)
class Figures:
    """All figures of one form.

    Attributes:
        form: Whose records are counted.
        records: How many there are.
        first, last: Days between which they lie, by the date that retention counts from, else the first date field.
    """

    form: Form
    words: Words
    today: date
    records: int = 0
    first: date | None = None
    last: date | None = None
    _counted: RecordType = field(init=False)
    _day_field: str = field(init=False)
    _clock: Mapping[str, object] = field(init=False)
    _measures: list[tuple[Evaluation | None, Evaluation | None]] = field(init=False)
    _dimensions: list[tuple[Evaluation, Callable[[object], str]]] = field(init=False)
    _totals: list[Tally] = field(init=False)
    _groups: list[dict[str, list[Tally]]] = field(init=False)

    def __post_init__(self) -> None:
        summary, record_type = self.form.summary, self.form.record_type
        expressions = [dimension.expression for dimension in summary.by]
        expressions += [text for measure in summary.measures for text in (measure.expression, measure.when) if text]
        needed = {name for expression in expressions for name in names_in(expression)}
        self._counted = replace(record_type, fields=tuple(each for each in record_type.fields if each.name in needed))
        self._day_field = _day_field(self.form)
        self._clock = {"today": self.today, "now": datetime.combine(self.today, _END_OF_DAY)}
        self._measures = [(_evaluation(measure.when), _evaluation(measure.expression)) for measure in summary.measures]
        self._dimensions = [(Evaluation(each.expression), self._shower(each)) for each in summary.by]
        self._totals = [Tally() for _ in summary.measures]
        self._groups = [{} for _ in summary.by]

    def add(self, record: Record) -> None:
        """Count one more record."""
        self.records += 1
        self._note_day(record.values.get(self._day_field))
        names = names_of(self._counted, record.values)
        names.update(self._clock)
        contributions = self._contributions(names)
        self._count(self._totals, contributions)
        for (evaluate, show), groups in zip(self._dimensions, self._groups, strict=True):
            value = evaluate(names)
            for each in dict.fromkeys(value) if isinstance(value, list | tuple) and value else (value,):
                text = show(each) or self.words.empty
                group = groups.get(text)
                if group is None:
                    group = groups[text] = [Tally() for _ in self._totals]
                self._count(group, contributions)

    def totals(self) -> tuple[Figure, ...]:
        """A figure per measure, over all records."""
        return self._results(self._totals)

    def breakdowns(self) -> tuple[Breakdown, ...]:
        """A table per dimension."""
        return tuple(
            Breakdown(
                dimension,
                tuple((text, self._results(groups[text])) for text in self._in_order(dimension, groups)),
            )
            for dimension, groups in zip(self.form.summary.by, self._groups, strict=True)
        )

    def _contributions(self, names: Mapping[str, object]) -> list[tuple[int, object]]:
        """Index of each measure that this record takes part in, with its value."""
        found: list[tuple[int, object]] = []
        for index, (when, evaluate) in enumerate(self._measures):
            if when is None or when(names):
                value = evaluate(names) if evaluate is not None else 1
                if value is not MISSING:
                    found.append((index, value))
        return found

    def _count(self, tallies: Sequence[Tally], contributions: Sequence[tuple[int, object]]) -> None:
        for index, value in contributions:
            tallies[index].add(value)

    def _results(self, tallies: Sequence[Tally]) -> tuple[Figure, ...]:
        measures: tuple[Measure, ...] = self.form.summary.measures
        return tuple(_RESULTS[measure.function](tally) for measure, tally in zip(measures, tallies, strict=True))

    def _shower(self, dimension: Dimension) -> Callable[[object], str]:
        found = self.form.record_type.find(dimension.expression)
        return shower(found or _ANY_TEXT, self.words)

    def _in_order(self, dimension: Dimension, groups: Mapping[str, object]) -> list[str]:
        show = self._shower(dimension)
        places = {show(value): place for place, value in enumerate(dimension.options)}

        def key(text: str) -> tuple[bool, int, list[tuple[bool, int, str]]]:
            return text == self.words.empty, places.get(text, len(places)), _natural(text)

        return sorted(groups, key=key)

    def _note_day(self, value: object) -> None:
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)


def _evaluation(expression: str) -> Evaluation | None:
    return Evaluation(expression) if expression else None


def _day_field(form: Form) -> str:
    named = form.retention.get("from")
    if isinstance(named, str):
        return named
    dates = (each.name for each in form.record_type.fields if each.kind in (Kind.DATE, Kind.DATETIME))
    return next(dates, "")


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Sorting key in which 2 comes before 10, and 2026-02 before 2026-11."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(text) if part]
