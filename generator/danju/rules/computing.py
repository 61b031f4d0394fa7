"""Computed fields and rules across fields, as the form declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from danju.issues import Fault, Severity
from danju.model.field import MISSING, Field
from danju.model.form import Check, Form
from danju.rules.expressions import compile_expression, expressions_in_text, fill_text, names_in, names_of
from danju.rules.functions import FUNCTIONS
from danju.rules.workdays import covers

_NAME = re.compile(r"[^\W\d]\w*(\.\w+)*")
_RULE_CODES = {Severity.ERROR: "F301", Severity.WARNING: "F304", Severity.NOTE: "F305"}


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment at which records are judged; given, never read inside.

    Attributes:
        now: Local date and time.
    """

    now: datetime

    @property
    def today(self) -> date:
        """The day of that moment."""
        return self.now.date()


def compute_values(form: Form, values: Mapping[str, object], clock: Clock) -> dict[str, object]:
    """The computed fields of a record that have a value, by name."""
    if not form.compute:
        return {}
    names = _names(form, values, clock)
    found: dict[str, object] = {}
    for computation in form.compute:
        names.pop(computation.name, None)
        result = compile_expression(computation.expression)(names)
        field = form.record_type.field(computation.name)
        if result is MISSING or field is None:
            continue
        value = field.kind.computed(field, result)
        if value is None:
            continue
        found[computation.name] = value
        names.update(names_of(form.record_type, {computation.name: value}, frozenset({computation.name})))
    return found


def _names(form: Form, values: Mapping[str, object], clock: Clock) -> dict[str, object]:
    """What the form's expressions may see, and no more."""
    wanted = wanted_names(tuple(each.expression for each in form.compute), form.checks)
    return {**names_of(form.record_type, values, wanted), "today": clock.today, "now": clock.now}


@lru_cache(maxsize=256)
def wanted_names(expressions: tuple[str, ...], checks: tuple[Check, ...]) -> frozenset[str]:
    """Every name in computations and checks; tables that are checked row by row."""
    found = {check.each for check in checks if check.each}
    inside = [part for check in checks for part in (check.that, check.when) if part]
    for text in (text for check in checks for text in (*check.message, *check.remedy)):
        inside += expressions_in_text(text)
    for expression in (*expressions, *inside):
        found |= names_in(expression) | (FUNCTIONS.keys() & set(re.findall(r"\w+", expression)))
    return frozenset(found)


def check_rules(form: Form, values: Mapping[str, object], clock: Clock) -> Iterator[tuple[Check, int | None, Fault]]:
    """Every rule that does not hold, its 0-based table row if it is about rows, and the fault."""
    if not form.checks:
        return
    names = _names(form, values, clock)
    for check in form.checks:
        if check.each is None:
            if not holds(check, names):
                yield check, None, _fault(check, names)
            continue
        table = form.record_type.find(check.each)
        rows = names.get(check.each)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if table is not None and not holds(check, seen := row_names(table, names, row)):
                yield check, index, _fault(check, seen)


def row_names(table: Field, names: Mapping[str, object], row: Mapping[str, object]) -> dict[str, object]:
    """What an expression about a row sees: the record, hidden by the row's members wherever names are equal."""
    members = {member.name for member in table.members}
    return {**{name: value for name, value in names.items() if name not in members}, **row}


def holds(check: Check, names: Mapping[str, object]) -> bool:
    """Whether a rule is kept: it does not apply, or what it asks for is so."""
    return not applies(check, names) or is_so(check, names)


def applies(check: Check, names: Mapping[str, object]) -> bool:
    """Whether the rule is about a record with these values."""
    return check.when is None or bool(compile_expression(check.when)(names))


def is_so(check: Check, names: Mapping[str, object]) -> bool:
    """Whether what the rule asks for is so, or needs something empty."""
    result = compile_expression(check.that)(names)
    if result is MISSING:
        return _needs_nothing_empty(check.that, names)
    return bool(result)


def _needs_nothing_empty(expression: str, names: Mapping[str, object]) -> bool:
    """A rule that is just a field's name asks for it; any other is skipped when a field it needs is empty."""
    return _NAME.fullmatch(expression.strip()) is None


def _fault(check: Check, names: Mapping[str, object]) -> Fault:
    """The form's own message, with the record's values in it where it has `{{ expressions }}`."""
    texts = {
        "message": check.message[0], "remedy": check.remedy[0],
        "message_en": check.message[1], "remedy_en": check.remedy[1],
    }  # fmt: skip
    return Fault(
        _RULE_CODES[check.severity],
        {key: fill_text(text, names) if "{{" in text else text for key, text in texts.items()},
    )


def uncovered_years(form: Form, values: Mapping[str, object]) -> tuple[int, ...]:
    """Years whose public holidays are not known though the form counts working days in them."""
    if not any("workdays_" in computation.expression for computation in form.compute):
        return ()
    years = {value.year for value in values.values() if isinstance(value, date)}
    return tuple(sorted(year for year in years if not covers(year)))
