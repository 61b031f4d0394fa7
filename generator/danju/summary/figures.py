"""The figures of a summary: measures over all records and over each value of each dimension, record by record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from danju.kinds import TEXT
from danju.model.field import Field
from danju.model.form import Dimension, Form
from danju.model.record import Record
from danju.summary.evaluation import Evaluation, Remembered
from danju.summary.reductions import Figure
from danju.summary.shown import shower
from danju.summary.tally import Group, SummaryTally
from danju.summary.words import SummaryWords

_DIGITS = re.compile(r"(\d+)")
_END_OF_DAY = time(23, 59, 59)
_ANY_TEXT = Field(name="", kind=TEXT, label="")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The finished table of one dimension.

    Attributes:
        dimension: What it is broken down by.
        rows: Value as shown, and a figure per measure; records without a value last.
    """

    dimension: Dimension
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]


class Figures:
    """All figures of one form.

    Args:
        form: Whose records are counted.
        words: Fixed words.
        today: What `today` and `now` mean in expressions.

    Attributes:
        form: Whose records are counted.
        records: How many there are.
        first, last: Days between which they lie, by the date that retention counts from, else the first date field.
    """

    def __init__(self, form: Form, words: SummaryWords, today: date) -> None:
        self.form = form
        self.records = 0
        self.first: date | None = None
        self.last: date | None = None
        self._words = words
        self._day_field = _day_field(form)
        clock = {"today": today, "now": datetime.combine(today, _END_OF_DAY)}
        self._tally = SummaryTally(form.summary.measures, form.record_type, clock)
        self._total = self._tally.new_group()
        self._groups: list[dict[str, Group]] = [{} for _ in form.summary.by]
        self._dimensions = [
            self._grouping(dimension, groups, clock)
            for dimension, groups in zip(form.summary.by, self._groups, strict=True)
        ]

    def add(self, record: Record) -> None:
        """Count one more record."""
        values = record.values
        self.records += 1
        self._note_day(values.get(self._day_field))
        groups = [self._total]
        for groups_of in self._dimensions:
            groups += groups_of(values)[0]
        self._tally.add(values, groups)

    def totals(self) -> tuple[Figure, ...]:
        """A figure per measure, over all records."""
        return self._tally.results(self._total)

    def breakdowns(self) -> tuple[Breakdown, ...]:
        """A table per dimension."""
        return tuple(
            Breakdown(
                dimension,
                tuple((text, self._tally.results(groups[text])) for text in self._in_order(dimension, groups)),
            )
            for dimension, groups in zip(self.form.summary.by, self._groups, strict=True)
        )

    def _grouping(
        self, dimension: Dimension, groups: dict[str, Group], clock: Mapping[str, object]
    ) -> Remembered[tuple[Group, ...]]:
        """Gives a record's groups: one, or one for each of several choices. Values that read alike share theirs."""
        evaluate = Evaluation(dimension.expression, self.form.record_type, clock)
        show = self._shower(dimension)

        def groups_of(values: Mapping[str, object]) -> tuple[Group, ...]:
            value = evaluate(values)
            several = dict.fromkeys(value) if isinstance(value, list | tuple) and value else (value,)
            return tuple(group_of(show(each) or self._words.empty) for each in several)

        def group_of(text: str) -> Group:
            group = groups.get(text)
            if group is None:
                group = groups[text] = self._tally.new_group()
            return group

        return Remembered(evaluate.needs, groups_of)

    def _shower(self, dimension: Dimension) -> Callable[[object], str]:
        found = self.form.record_type.find(dimension.expression)
        return shower(found or _ANY_TEXT, self._words)

    def _in_order(self, dimension: Dimension, groups: Mapping[str, object]) -> list[str]:
        show = self._shower(dimension)
        places = {show(value): place for place, value in enumerate(dimension.options)}

        def key(text: str) -> tuple[bool, int, list[tuple[bool, int, str]]]:
            return text == self._words.empty, places.get(text, len(places)), _natural(text)

        return sorted(groups, key=key)

    def _note_day(self, value: object) -> None:
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if self.first is None or day < self.first:
                self.first = day
            if self.last is None or day > self.last:
                self.last = day


def _day_field(form: Form) -> str:
    named = form.retention.get("from")
    if isinstance(named, str):
        return named
    dates = (each.name for each in form.record_type.fields if each.kind.tells_day)
    return next(dates, "")


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Sorting key in which 2 comes before 10, and 2026-02 before 2026-11."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(text) if part]
