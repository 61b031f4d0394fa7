"""Expressions of a summary, evaluated once for equal values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from danju.model.field import RecordType
from danju.rules.expressions import compile_expression, names_in, names_of

_MEMO_LIMIT = 4096

Result = TypeVar("Result")


class Remembered(Generic[Result]):
    """Something that follows from some of a record's values, computed once for equal ones.

    Args:
        needs: The fields it follows from.
        compute: From a record's values.
        limit: How many results to keep, or None for 4,096; those of later values are computed each time.
    """

    def __init__(
        self, needs: Iterable[str], compute: Callable[[Mapping[str, object]], Result], limit: int | None = None
    ) -> None:
        self._needs = tuple(sorted(needs))
        self._compute = compute
        self._limit = _MEMO_LIMIT if limit is None else limit
        self._known: dict[tuple[object, ...], Result] = {}

    def __call__(self, values: Mapping[str, object]) -> tuple[Result, bool]:
        """The result, and whether it is kept."""
        key = tuple(map(values.get, self._needs))
        try:
            return self._known[key], True
        except KeyError:
            pass
        except TypeError:  # a list in the key
            key = tuple(tuple(value) if isinstance(value, list) else value for value in key)
            try:
                return self._known[key], True
            except KeyError:
                pass
            except TypeError:  # rows of a table
                return self._compute(values), False
        result = self._compute(values)
        is_kept = len(self._known) < self._limit
        if is_kept:
            self._known[key] = result
        return result, is_kept


class Evaluation:
    """An expression over the values of a record.

    Args:
        expression: See docs/forms.md, “Expressions”.
        record_type: Whose records come.
        clock: What `today` and `now` mean.

    Attributes:
        needs: Fields it reads.
    """

    def __init__(self, expression: str, record_type: RecordType, clock: Mapping[str, object]) -> None:
        names = names_in(expression)
        self.needs = names - clock.keys()
        self._value = compile_expression(expression)
        self._type = replace(record_type, fields=tuple(each for each in record_type.fields if each.name in names))
        self._clock = clock
        self._remembered = Remembered(self.needs, self._evaluate)

    def __call__(self, values: Mapping[str, object]) -> object:
        """The expression's value, or MISSING."""
        return self._remembered(values)[0]

    def _evaluate(self, values: Mapping[str, object]) -> object:
        return self._value({**names_of(self._type, values), **self._clock})
