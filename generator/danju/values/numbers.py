"""Numbers as people write them: 1,500吨, ￥12.50, 200万元, (1,200), 壹仟元整, 85%."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from danju.issues import Fault
from danju.messages import Words, phrase
from danju.values.amounts import parse_rmb_upper
from danju.values.text import clean, half_width

__all__ = ["HeadedNumber", "NumberReading", "decimal_from_float", "is_plain_number", "parse_decimal", "unit_words"]

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "﹣": "-", "负": "-", "。": ".", "¥": "¥", "￥": "¥", "\u2009": " ", "\u202f": " "}
)
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
# Thousands in groups of three, by comma or blank; anything grouped otherwise is not a number.
_NUMBER = re.compile(
    r"(?P<money>¥|RMB|CNY|人民币)?\s*(?P<sign>[+-]?)\s*(?P<money2>¥)?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?"
    r"|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)(?![0-9,.])\s*(?P<unit>.*)",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile("[。–—]")  # a full stop for the point, a dash for the minus
_LONGEST = 100  # characters; no number with its unit is longer
_EXACT = Context(prec=300)  # more than a number of that length, an exponent of two digits and a scale can need
_ONE = Decimal(1)
_EXCEL_DIGITS = ".15g"  # Excel keeps and shows 15 significant digits

_SCALES: Mapping[str, int] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}

# Unit → its written forms with how many of the unit they are. Only conversions that hold everywhere.
_MEASURES: Mapping[str, Mapping[str, str]] = {
    "元": {"圆": "1", "块": "1", "块钱": "1", "元人民币": "1", "rmb": "1", "cny": "1", "¥": "1", "角": "0.1"},
    "吨": {"t": "1", "公吨": "1", "mt": "1", "千克": "0.001", "公斤": "0.001", "kg": "0.001", "克": "0.000001"},
    "米": {"m": "1", "千米": "1000", "公里": "1000", "km": "1000", "厘米": "0.01", "cm": "0.01", "毫米": "0.001"},
    "平方米": {"平米": "1", "㎡": "1", "m²": "1", "m2": "1"},
    "立方米": {"m³": "1", "m3": "1"},
    "升": {"l": "1", "毫升": "0.001", "ml": "0.001"},
    "小时": {"h": "1"},
    "分钟": {"min": "1"},
    "天": {"日": "1"},
    "%": {"‰": "0.1"},
}
_UNITS: Mapping[str, tuple[str, Decimal]] = {
    written: (base, Decimal(factor))
    for base, forms in _MEASURES.items()
    for written, factor in {base: "1", **forms}.items()
}

UNITS = re.compile(
    r"(?:人民币)?(?:[十百千万亿]{0,3}(?:元|圆|美元|欧元|港元|吨|公斤|千克|克|斤|件|箱|个|套|台|人|户|家|次|天|日|小时|分钟|平方米|立方米|升|米|公里)"
    r"|角|分|万|亿|千|百|%|‰|t|kg|g|m2|m3|m|km|l|rmb|cny|usd)"
)
"""A folded word in brackets behind a heading that is a unit of measure."""


class HeadedNumber(str):
    """A number as typed, with the unit of its heading behind it: 200 below 金额（万元） is `200万元`.

    The heading says what is meant, so nothing is inferred when it is converted.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number as read, in the unit of its field.

    Attributes:
        value: Exactly the digits given; trailing zeros are kept.
        repaired: True when it was converted or read from an unusual form, which a person should see (F124).
    """

    value: Decimal
    repaired: bool = False


def parse_decimal(raw: str | float | Decimal, unit: str | None) -> NumberReading | Fault:
    """The number that the text or cell holds, in the unit of the field.

    Args:
        raw: Text as typed, or a number from a cell.
        unit: Printed unit of the field, such as 吨, 万元 or %, or None.
    """
    if not isinstance(raw, str):
        return _from_cell(raw, unit)
    text = half_width(clean(raw)).translate(_SIGNS)
    if _PLAIN.fullmatch(text) and len(text) <= _LONGEST:
        return NumberReading(Decimal(text), _DOUBTFUL.search(raw) is not None)
    is_bracketed = text[:1] == "(" and text[-1:] == ")"
    found = _NUMBER.fullmatch(text[1:-1].strip() if is_bracketed else text) if len(text) <= _LONGEST else None
    if found is None:
        return _from_capitals(raw, unit)
    if is_bracketed and found["sign"]:
        return _not_a_number(raw, unit)
    value = Decimal(found["digits"].replace(",", "").replace(" ", ""))
    has_exponent = "e" in found["digits"].lower()
    if has_exponent:
        value = _rescale(value, _ONE, _ONE)
    if found["sign"] == "-" or is_bracketed:
        value = value.copy_negate()
    is_odd = is_bracketed or has_exponent or _DOUBTFUL.search(raw) is not None
    money = found["money"] or found["money2"]
    base, factor = _split(unit or "元")
    if money and (base != "元" or (factor != 1 and not found["unit"])):  # ¥30 in a field of 万元 may be either
        return Fault("F127", {"value": raw, "found": money, "unit": unit})
    return _convert(NumberReading(value, is_odd), found["unit"], unit, raw)


def is_plain_number(text: str) -> bool:
    """Whether a number is written with digits, a sign, a point and commas for thousands, and nothing else."""
    return _GROUPED.fullmatch(text) is not None


def decimal_from_float(number: float) -> Decimal:
    """The decimal that a person sees in the cell: 19.99, not 19.989999…; 3000.0 is 3000.

    Raises:
        ValueError: The number is infinite or not a number.
    """
    if not math.isfinite(number):
        raise ValueError(f"not a finite number: {number}")
    shown = Decimal(format(number, _EXCEL_DIGITS))
    if shown == shown.to_integral_value():
        return Decimal(int(shown))
    return shown


def _from_cell(raw: float | Decimal, unit: str | None) -> NumberReading | Fault:
    if isinstance(raw, bool):
        return _not_a_number(raw, unit)
    if isinstance(raw, float):
        return NumberReading(decimal_from_float(raw)) if math.isfinite(raw) else _not_a_number(raw, unit)
    value = Decimal(raw)
    return NumberReading(value) if value.is_finite() else _not_a_number(raw, unit)


def _from_capitals(raw: str, unit: str | None) -> NumberReading | Fault:
    """The number of an amount in capitals, for fields that count money."""
    base, factor = _split(unit or "元")
    amount = parse_rmb_upper(raw) if base == "元" and len(raw) <= _LONGEST else None
    if amount is None:
        return _not_a_number(raw, unit)
    return NumberReading(_rescale(amount, _ONE, factor), repaired=True)


def _convert(read: NumberReading, written: str, unit: str | None, raw: str) -> NumberReading | Fault:
    """The number in the unit of the field, given the unit that was written after it."""
    written = re.sub("(?<=元)[整正]$", "", written.strip())
    if not written or (unit and _same(written) == _same(unit)):
        return read
    if unit is None:
        return _without_unit(read, written, raw)
    wanted, wanted_factor = _split(unit)
    if written in _SCALES:  # 3000万 counts 元 in a field of 万元, and 千克 in a field of 千克
        base, factor = wanted, wanted_factor * _SCALES[written] / _cut_scale(_same(unit))[0]
    else:
        base, factor = _split(written)
    if base != wanted:
        return Fault("F127", {"value": raw, "found": written, "unit": unit})
    if factor == wanted_factor and written not in _SCALES:
        return read
    return NumberReading(_rescale(read.value, factor, wanted_factor), repaired=True)


def _without_unit(read: NumberReading, written: str, raw: str) -> NumberReading | Fault:
    """The number of a field that has no unit: 85% is 0.85, 3万 is 30000, 12元 is 12; nothing else is understood."""
    if written in _SCALES:
        return NumberReading(_rescale(read.value, Decimal(_SCALES[written]), _ONE), repaired=True)
    base, factor = _split(written)
    if base == "%":
        return NumberReading(_rescale(read.value, factor, Decimal(100)), repaired=True)
    if base != "元":
        return _not_a_number(raw, None)
    return read if factor == 1 else NumberReading(_rescale(read.value, factor, _ONE), repaired=True)


@lru_cache(maxsize=512)
def _split(unit: str) -> tuple[str, Decimal]:
    """What a unit measures in and how many of that: 万元 → 元, 10000; 万件 → 件, 10000; an unknown unit is its own."""
    name = _same(unit)
    if name in _UNITS:
        return _UNITS[name]
    scale, rest = _cut_scale(name)
    base, factor = _UNITS.get(rest, (rest, _ONE))
    return base, factor * scale


def _cut_scale(name: str) -> tuple[int, str]:
    """The scale that a unit begins with and the rest: 10000, 元 for 万元; 1 for 千克, which is a unit itself."""
    if name not in _UNITS:
        for length in (2, 1):
            if name[:length] in _SCALES and len(name) > length:
                return _SCALES[name[:length]], name[length:]
    return 1, name


def _same(unit: str) -> str:
    """The unit as it is compared: half width, small letters, no blanks, 工作日 for 个工作日."""
    name = "".join(half_width(unit).lower().split())
    return name.removeprefix("个") or name


def _rescale(value: Decimal, factor: Decimal, wanted: Decimal) -> Decimal:
    """value · factor ÷ wanted, exactly, without an exponent and without zeros that only the conversion brought."""
    product = _EXACT.divide(_EXACT.multiply(value, factor), wanted).normalize(_EXACT)
    return product if product.as_tuple().exponent in range(-999, 1) else _EXACT.quantize(product, _ONE)


def _not_a_number(raw: object, unit: str | None) -> Fault:
    return Fault("F107", {"value": raw, "unit": unit_words(unit)})


def unit_words(unit: str | None) -> Words | str:
    """The unit of a field, in brackets; "" without one."""
    return phrase("unit", unit=unit) if unit else ""
