"""Records about which there is nothing to say: schema, computed fields and rules, without a word when all is well.

Gives what `danju.rules.checking` gives for a record without any issue, and None for every other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from danju.model.field import MISSING, Field
from danju.model.form import Check, Computation, Form
from danju.rules.checking import schema_validator, to_plain
from danju.rules.computing import Clock, applies, holds, is_so, row_names, uncovered_years, wanted_names
from danju.rules.expressions import compile_expression, names_of
from danju.rules.identity import missing_identity, typed_number
from danju.rules.numbering import without_version

__all__ = ["PlainCheck"]

_REMEMBERED = 4096

Values = dict[str, object]
Read = Callable[[Values], object]


class PlainCheck:
    """The check of typed records of one form.

    Args:
        form: The form.
        clock: The moment at which records are judged.
        is_printable: Whether the fonts have every character of a text.
        fits: Whether the paper has room for every value of a record.
    """

    def __init__(
        self, form: Form, clock: Clock, is_printable: Callable[[str], bool], fits: Callable[[Values], bool]
    ) -> None:
        self.form = form
        self.clock = clock
        self.is_printable = is_printable
        self._fits = fits
        self._moment = {"today": clock.today, "now": clock.now}
        self._fields = form.record_type.fields
        self._computed = tuple(each.name for each in self._fields if each.computed)
        self._computed_words = tuple(each.name for each in self._fields if each.computed and not each.kind.is_number)
        self._computations = tuple(self._compile_computation(each) for each in form.compute)
        self._checks = tuple(self._compile_check(each) for each in form.checks)
        self._counts_workdays = any("workdays_" in each.expression for each in form.compute)
        self._validator = schema_validator(form.record_type)
        self.is_possible = all(each.name in self._computed for each in form.compute) and all(
            is_printable(word) for word in _words(self._fields)
        )

    def settle(self, values: Values) -> Values | None:
        """The whole record with its computed fields, or None when there is something to say about it."""
        if self._validator is not None and not self._validator.is_valid(to_plain(values)):
            return None
        if not self._is_identified(values):
            return None
        if self._computed:
            typed = {name: values.pop(name) for name in self._computed if name in values}
            for name, compute in self._computations:
                value = compute(values)
                if value is not None:
                    values[name] = value
            if any(values.get(name) is None or value != values[name] for name, value in typed.items()):
                return None
            if self._counts_workdays and uncovered_years(self.form, values):
                return None
            values = {each.name: values[each.name] for each in self._fields if each.name in values}
        for check in self._checks:
            if not check(values):
                return None
        return values if self._fits(values) else None

    def _is_identified(self, values: Values) -> bool:
        """Whether the record has what identifies it, and its number is no more than that."""
        number = typed_number(self.form, values)
        return number == without_version(number) if number else not missing_identity(self.form, values)

    def without_unprintable(self, records: list[Values | None], texts: Sequence[str | None]) -> list[Values | None]:
        """The records, None in place of those that hold a character that no font has.

        Args:
            records: From `settle`.
            texts: What people wrote freely in them, None left in.
        """
        written = [*filter(None, texts)]
        for values in records if self._computed_words else ():
            if values is not None:
                written += [word for name in self._computed_words if isinstance(word := values.get(name), str)]
        if self.is_printable("\n".join(written)):
            return records
        return [None if values is None or not self._prints(values) else values for values in records]

    def _prints(self, value: object) -> bool:
        if isinstance(value, str):
            return self.is_printable(value)
        if isinstance(value, dict):
            return all(map(self._prints, value.values()))
        return not isinstance(value, list) or all(map(self._prints, value))

    def _compile_computation(self, computation: Computation) -> tuple[str, Read]:
        field = self.form.record_type.field(computation.name)
        evaluate = compile_expression(computation.expression)
        wanted = wanted_names((computation.expression,), ())

        def compute(values: Values) -> object:
            result = evaluate(self._names(values, wanted))
            return None if result is MISSING or field is None else field.kind.computed(field, result)

        return computation.name, self._remembered(compute, wanted)

    def _compile_check(self, check: Check) -> Read:
        wanted = wanted_names((), (check,))
        table = self.form.record_type.find(check.each) if check.each else None
        if check.each is None:
            return self._compile_rule(check)

        def is_kept_in_rows(values: Values) -> bool:
            names = self._names(values, wanted)
            rows = names.get(check.each or "")
            return table is None or all(
                holds(check, row_names(table, names, row)) for row in (rows if isinstance(rows, list) else ())
            )

        return is_kept_in_rows

    def _compile_rule(self, check: Check) -> Read:
        """A rule about the record: whether it applies and whether it is kept are remembered each by itself."""
        subject = wanted_names((check.that,), ())
        met = self._remembered(lambda values: is_so(check, self._names(values, subject)), subject)
        if check.when is None:
            return met
        condition = wanted_names((check.when,), ())
        concerned = self._remembered(lambda values: applies(check, self._names(values, condition)), condition)
        return lambda values: not concerned(values) or met(values)

    def _names(self, values: Values, wanted: frozenset[str]) -> Mapping[str, object]:
        return {**names_of(self.form.record_type, values, wanted), **self._moment}

    def _remembered(self, read: Read, wanted: frozenset[str]) -> Read:
        """The same function, which remembers its results if they follow from a few plain values."""
        fields = [each for each in self._fields if each.name in wanted and each.name not in self._moment]
        if any(each.computed or not each.kind.is_exact for each in fields):
            return read
        names = tuple(each.name for each in fields)
        known: dict[tuple[object, ...], object] = {}

        def remembered(values: Values) -> object:
            key = tuple(map(values.get, names))
            if key in known:
                return known[key]
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[key] = read(values)
            return found

        return remembered


def _words(fields: Sequence[Field]) -> list[str]:
    """Every text that a record may hold without anybody having typed it."""
    found: list[str] = []
    for each in fields:
        found += [option.value for option in each.options]
        found += each.words
        if isinstance(each.default, str):
            found.append(each.default)
        found += _words(each.members)
    return found
