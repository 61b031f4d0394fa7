"""Records of any form, for laws that hold for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import assume, reject
from hypothesis import strategies as st
from tests.support.builders import CLOCK, raw

from danju import kinds
from danju.kinds.coercion import coerce
from danju.model.field import Field, Kind
from danju.model.form import Form
from danju.rules.checking import check_record, to_plain
from danju.values.codes import CHECKS
from danju.values.months import Month

_LETTERS = "南宁柳州桂林公司采购经理建议及时发货质量稳定服务热情甲乙丙丁戊一二三四五ABCDxyz0123456789，。；：、（）"
_CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = "0123456789"


def records(form: Form) -> st.SearchStrategy[Mapping[str, Any]]:
    """Typed values of valid records, computed fields included, as checking gives them."""
    return _values(form.record_type.fields).map(lambda values: _mended(form, values))


def _mended(form: Form, values: dict[str, Any]) -> Mapping[str, Any]:
    """The record without what breaks a rule of its form; given up when that is required."""
    for _ in range(6):
        checked = check_record(raw(to_plain(values)), form, CLOCK)
        if checked.record is not None:
            return checked.record.values
        broken = {re.split(r"[.\[]", issue.path)[0] for issue in checked.issues if issue.is_error}
        kept = {name: value for name, value in values.items() if name not in broken}
        assume(len(kept) < len(values))
        values = kept
    return reject()


def _values(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    given = [field for field in fields if not field.computed]
    required = {field.name: _value(field) for field in given if field.required}
    optional = {field.name: _value(field) for field in given if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


def _value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is kinds.TABLE:
        most = min(field.max_items or 6, 6)
        return st.lists(_values(field.members).filter(bool), min_size=max(1, field.min_items or 0), max_size=most)
    if field.kind is kinds.GROUP:
        return _values(field.members).filter(bool)
    if field.kind is kinds.CHOICES:
        words = [option.value for option in field.options]
        return st.sets(st.sampled_from(words), min_size=1).map(lambda found: [word for word in words if word in found])
    simple: st.SearchStrategy[Any] = _SIMPLE[field.kind](field)
    return simple


def _text(field: Field) -> st.SearchStrategy[str]:
    if field.format is not None and field.format in CHECKS:
        return _code(field.format)
    letters = _LETTERS + ("\n" if field.multiline else "")
    words = st.text(letters, min_size=field.min_length or 1, max_size=min(field.max_length or 60, 60))
    return words.filter(lambda text: coerce(text, field, CLOCK.today).value == text)


def _code(format_: str) -> st.SearchStrategy[str]:
    if format_ == "credit-code":
        heads = st.builds(
            "{}{}{}".format,
            st.just("91"),
            st.sampled_from(["450100", "440115", "110108"]),
            st.text(_CODE_CHARS, min_size=9, max_size=9),
        )
        return heads.map(_with_check_char)
    if format_ == "mobile":
        return st.builds("1{}{}".format, st.sampled_from("3456789"), st.text(_DIGITS, min_size=9, max_size=9))
    if format_ == "phone":
        return st.builds("0771-3{}".format, st.text(_DIGITS, min_size=6, max_size=6))
    return st.builds("6{}".format, st.text(_DIGITS, min_size=17, max_size=17))


def _with_check_char(head: str) -> str:
    """GB 32100-2015, 5.3: weights are powers of 3 modulo 31."""
    total = sum(_CODE_CHARS.index(char) * pow(3, position, 31) for position, char in enumerate(head))
    return head + _CODE_CHARS[-total % 31]


def _number(field: Field) -> st.SearchStrategy[Decimal]:
    low = field.minimum if field.minimum is not None else Decimal(-(10**6))
    high = field.maximum if field.maximum is not None else Decimal(10**6)
    return st.decimals(low, high, places=2 if field.decimals is None else field.decimals, allow_nan=False)


_DATES = st.dates(date(2026, 1, 1), CLOCK.today)
_SIMPLE: Mapping[Kind, Any] = {
    kinds.TEXT: _text,
    kinds.INTEGER: lambda field: _number(field).map(int),
    kinds.NUMBER: _number,
    kinds.DATE: lambda field: _DATES | st.sampled_from(field.words) if field.words else _DATES,
    kinds.DATETIME: lambda field: st.builds(
        datetime.combine, st.dates(date(2026, 1, 1), date(2026, 6, 29)), st.times(time(8), time(17)).map(_to_minute)
    ),
    kinds.MONTH: lambda field: _DATES.map(Month.of),
    kinds.TIME: lambda field: st.times().map(lambda moment: moment.replace(microsecond=0)),
    kinds.BOOLEAN: lambda field: st.booleans(),
    kinds.CHOICE: lambda field: st.sampled_from([option.value for option in field.options]),
}


def _to_minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0)
