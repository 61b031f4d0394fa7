"""Gaps in series of numbers (漏号): noted at the record whose number comes after one that nobody has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import itemgetter

from danju.issues import Issue
from danju.location import Location
from danju.messages import Words, phrase
from danju.model.form import Form
from danju.rules.identity import typed_number
from danju.rules.numbering import fields_in_pattern, number_in_series, sequence_in, series_of, value_in

__all__ = ["Gaps"]

_ALIKE = frozenset({str, date, type(None)})

KnownNumbers = Callable[[str], Iterable[str]]
"""The numbers of a form, by its id, that are known besides those of the input."""


@dataclass(slots=True)
class _Series:
    """What was typed of one series.

    Attributes:
        form: Its form.
        name: As `series_of` gives it.
        places: Of the records, by sequence number.
        is_open: Whether records without a number belong to it, which may get those that are missing.
    """

    form: Form
    name: str
    places: dict[int, Location] = field(default_factory=dict)
    is_open: bool = False


class Gaps:
    """Collects typed numbers; those given by rule follow each other anyway.

    Args:
        known: Further numbers, asked for at the end, when all records have theirs; None when they are given none.
    """

    def __init__(self, known: KnownNumbers | None = None) -> None:
        self._known = known
        self._series: dict[tuple[str, str], _Series] = {}
        self._by_values: dict[tuple[object, ...], _Series] = {}  # by what decides them: few, while records are many
        self._deciding: dict[str, tuple[str, ...]] = {}

    def add(self, form: Form, values: Mapping[str, object], place: Location) -> None:
        """Take in a checked record."""
        if not form.number_rule or not form.number_field:
            return
        number = typed_number(form, values)
        if not number and self._known is not None:
            return
        found = self._series_of(form, values)
        if not number:
            found.is_open = True
            return
        sequence = sequence_in(number, form.number_rule, found.name)
        if sequence is not None:
            found.places.setdefault(sequence, place)

    def _series_of(self, form: Form, values: Mapping[str, object]) -> _Series:
        names = self._deciding.get(form.id)
        if names is None:
            names = self._deciding[form.id] = tuple(
                name for name in fields_in_pattern(form.number_rule) if name != "seq"
            )
        key = (form.id, *(_key(value_in(values, name)) for name in names))
        found = self._by_values.get(key)
        if found is None:
            series = series_of(form.number_rule, values)
            found = self._series.setdefault((form.id, series), _Series(form, series))
            self._by_values[key] = found
        return found

    def issues(self) -> Iterator[tuple[Form, Issue]]:
        """A note for every gap, in the order of the numbers."""
        for (_, series), found in sorted(self._series.items(), key=itemgetter(0)):
            if found.is_open or not found.places:
                continue
            used = found.places.keys() | self._used(found.form, series)
            for before, after in pairwise(sorted(used)):
                if after - before > 1 and after in found.places:
                    yield found.form, _issue(found.form, series, before + 1, after - 1, found.places[after])

    def _used(self, form: Form, series: str) -> set[int]:
        known = self._known(form.id) if self._known is not None else ()
        head = series.partition("\0")[0]
        numbers = (number for number in known if number.startswith(head))
        return {each for number in numbers if (each := sequence_in(number, form.number_rule, series)) is not None}


def _key(value: object) -> object:
    """What stands for a value: itself where equal values look equal, else its look, as 1.0 is not printed like 1.00."""
    return value if value.__class__ in _ALIKE else (repr(value),)


def _issue(form: Form, series: str, first: int, last: int, place: Location) -> Issue:
    low, high = (number_in_series(form.number_rule, series, each) for each in (first, last))
    missing = Words(low, low) if first == last else phrase("to", low=low, high=high)
    target = form.record_type.field(form.number_field)
    label = target.label if target else ""
    return Issue("F316", place, label, form.number_field, {"missing": missing, "count": last - first + 1})
