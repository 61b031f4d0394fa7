"""The figures of a summary: measures over all records and over each value of each dimension, record by record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from danju.model.field import MISSING, Field, Kind, RecordType
from danju.model.form import Dimension, Form
from danju.model.record import Record
from danju.rules.expressions import compile_expression, names_in, names_of
from danju.summary.reductions import REDUCTIONS, Figure, Reduction, Slot
from danju.summary.shown import shower
from danju.summary.words import Words

_MEMO_LIMIT = 4096
_DIGITS = re.compile(r"(\d+)")
_END_OF_DAY = time(23, 59, 59)
_ANY_TEXT = Field(name="", kind=Kind.TEXT, label="")


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
class _CompiledMeasure:
    """A measure ready to count; `slot` is the first of its own in a group."""

    when: Evaluation | None
    value: Evaluation | None
    reduction: Reduction
    slot: int

    def replace_in(self, groups: Sequence[list[Any]], value: Slot) -> None:
        """Put an extreme value into the groups where it is one."""
        assert self.reduction.replaces is not None  # only extremes come here
        for group in groups:
            if group[self.slot] is None or self.reduction.replaces(value, group[self.slot]):
                group[self.slot] = value


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
    _measures: list[_CompiledMeasure] = field(init=False)
    _dimensions: list[tuple[Evaluation, Callable[[object], str]]] = field(init=False)
    _start: list[Any] = field(init=False)
    _totals: list[Any] = field(init=False)
    _groups: list[dict[str, list[Any]]] = field(init=False)
    _by_value: list[dict[object, list[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        summary, record_type = self.form.summary, self.form.record_type
        expressions = [dimension.expression for dimension in summary.by]
        expressions += [text for measure in summary.measures for text in (measure.expression, measure.when) if text]
        needed = {name for expression in expressions for name in names_in(expression)}
        self._counted = replace(record_type, fields=tuple(each for each in record_type.fields if each.name in needed))
        self._day_field = _day_field(self.form)
        self._clock = {"today": self.today, "now": datetime.combine(self.today, _END_OF_DAY)}
        self._measures, self._start = [], []
        for measure in summary.measures:
            reduction = REDUCTIONS[measure.function]
            compiled = _CompiledMeasure(
                _evaluation(measure.when), _evaluation(measure.expression), reduction, len(self._start)
            )
            self._measures.append(compiled)
            self._start.extend(reduction.start)
        self._dimensions = [(Evaluation(each.expression), self._shower(each)) for each in summary.by]
        self._totals = list(self._start)
        self._groups = [{} for _ in summary.by]
        self._by_value = [{} for _ in summary.by]

    def add(self, record: Record) -> None:
        """Count one more record."""
        self.records += 1
        self._note_day(record.values.get(self._day_field))
        names = names_of(self._counted, record.values)
        names.update(self._clock)
        changed = [self._totals]
        for index, (evaluate, _) in enumerate(self._dimensions):
            value = evaluate(names)
            if isinstance(value, list | tuple) and value:  # several choices: counted under each
                changed += [self._group(index, each) for each in dict.fromkeys(value)]
            else:
                changed.append(self._by_value[index].get(value) or self._group(index, value))
        self._count(names, changed)

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

    def _group(self, index: int, value: object) -> list[Any]:
        """The slots for a value of a dimension; values that read alike share them."""
        text = self._dimensions[index][1](value) or self.words.empty
        group = self._groups[index].setdefault(text, list(self._start))
        self._by_value[index][value] = group
        return group

    def _count(self, names: Mapping[str, object], changed: Sequence[list[Any]]) -> None:
        """Take the record into each of these groups."""
        added: list[tuple[int, Any]] = []
        for measure in self._measures:
            if measure.when is not None and not measure.when(names):
                continue
            value = measure.value(names) if measure.value is not None else True
            if value is MISSING:
                continue
            parts = measure.reduction.parts(value)
            if measure.reduction.replaces is None:
                added.extend(enumerate(parts, start=measure.slot))
            elif parts:
                measure.replace_in(changed, parts[0])
        for group in changed:
            for slot, part in added:
                group[slot] += part

    def _results(self, slots: Sequence[Any]) -> tuple[Figure, ...]:
        return tuple(measure.reduction.result(slots[measure.slot : measure.slot + 2]) for measure in self._measures)

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
