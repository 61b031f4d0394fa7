"""Numbers: given in input order, per form and series, without gaps inside a run, never twice in one folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from danju.model.form import Form
from danju.rules.numbering import number_in_series, sequence_in, series_of


class NumberGiver:
    """Hands out numbers.

    Args:
        given: Numbers given by earlier runs, by form; a series goes on after its highest.
        typed: Numbers that people typed, now or earlier, by form and in any number of mappings; skipped over, so that
            a run that was cut off goes on exactly as it would have.
    """

    def __init__(self, given: Mapping[str, Collection[str]], *typed: Mapping[str, Collection[str]]) -> None:
        self._given = given
        self._typed = typed
        self._next: dict[tuple[str, str], int] = {}

    def next_number(self, form: Form, values: Mapping[str, object]) -> str:
        """The next free number of the record's series; "" when the form has no rule."""
        if not form.number_rule:
            return ""
        series = series_of(form.number_rule, values)
        key = (form.id, series)
        if key not in self._next:
            used = (sequence_in(number, form.number_rule, series) for number in self._given.get(form.id, ()))
            self._next[key] = max((sequence for sequence in used if sequence is not None), default=0) + 1
        while True:
            number = number_in_series(form.number_rule, series, self._next[key])
            self._next[key] += 1
            if not any(number in typed.get(form.id, ()) for typed in self._typed):
                return number
