"""Codes with fixed shapes: brought into one form, and checked with the reason in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danju.issues import Fault
from danju.values.text import clean, half_width

__all__ = ["CHECKS", "CodeReading", "from_number", "has_lost_digits", "normalise", "repair"]

# GB 32100-2015, 4.4 and annex A: characters in order of value, and weights 3**i mod 31 of the first 17 places.
_CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_LENGTH = 18

# GB 11643-1999, 4.2: weights 2**(17-i) mod 11 (ISO 7064 MOD 11-2), and the check characters by remainder.
_ID_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_ID_CHECKS = "10X98765432"
_ID_LENGTH = 18
_OLD_LENGTH = 15  # identity numbers before 1999, registration numbers of businesses before 2015
# GB/T 2260: provinces, with 83 for residents of Taiwan (2018).
_PROVINCES = frozenset(
    str(code)
    for low, high in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(low, high + 1)
)

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_LENGTH = 11
_MOBILE_TRUNK = re.compile(r"^(?:\+86|0086|86|0)(?=1[3-9][0-9]{9}$)")
_POSTCODE_LENGTH = 6
_ACCOUNT_LENGTHS = range(8, 31)  # company accounts have no check digit, so only the length is looked at
_EXACT_DIGITS = 15  # Excel keeps 15 significant digits
_DOUBLE_EXACT = 2**53

# 010 and 02x have three digits and numbers of eight; all other area codes, 03xx to 09xx, have four.
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_DASHES = str.maketrans("‐‑‒–—―−─－﹣", "-" * 10)
_EXTENSION = re.compile(r"\s*-*\s*(?:转|轉|分机号?|ext\.?|#)\s*:?\s*([0-9]{1,6})$", re.IGNORECASE)
_COUNTRY = re.compile(r"^\(?(?:(?:\+|00)86\)?|86[-\s](?=(?:\D*[0-9]){10}))[-\s]*")
_TOLL_FREE = re.compile(r"([48]00)[-\s]*([0-9]{3})[-\s]*([0-9]{4})")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3}-)?[2-9][0-9]{6,7}(?:转[0-9]{1,6})?")
_TOLL_FREE_FORM = re.compile(r"[48]00-[0-9]{3}-[0-9]{4}(?:转[0-9]{1,6})?")
_SERVICE = re.compile(r"95[0-9]{3}")  # banks and insurers
_AREA_WITHOUT_ZERO = re.compile(r"\(?(?:10|2[0-9]|[3-9][0-9]{2})[)\s-]+[2-9]")
# Letters and signs that are taken for characters of codes when they are read off a licence or an identity card.
_LOOK_ALIKES: Mapping[str, Mapping[str, str]] = {
    "credit-code": {"O": "0", "I": "1", "Z": "2", "S": "5"},
    "resident-id": {"O": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "×": "X", "*": "X"},
}
_SEVERAL = re.compile(r"[0-9]{7,}\s*[/,;、，；]\s*\+?\(?[0-9]")


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code that stood in a cell as a number.

    Attributes:
        value: The code in its normal form.
        repaired: True when a leading zero was put back, which a person should see (F220).
    """

    value: str
    repaired: bool = False


def normalise(kind: str, text: str) -> str:
    """The code in the one form that is kept: half width, without meaningless blanks and dashes, letters in capitals.

    Landlines become 0771-3210088 or 0771-3210088转123, toll-free numbers 400-820-1234, mobiles 11 digits.
    What cannot be understood is left as typed, for the check to name.

    Args:
        kind: A key of CHECKS.
        text: The code as typed.
    """
    tidy = half_width(clean(text)).translate(_DASHES)
    if kind == "phone":
        return _normalise_phone(tidy)
    tidy = re.sub(r"[\s\u200b\u200c\u200d\u2060\ufeff-]+", "", tidy)
    if kind == "mobile":
        return _MOBILE_TRUNK.sub("", tidy)
    if kind in ("credit-code", "resident-id"):
        return tidy.upper()
    return tidy


def repair(kind: str, text: str) -> Fault | None:
    """The warning (placeholders value, result) for a code in its normal form that fails its check but can be mended.

    Letters are read as the digits they look like only where the check character then fits, and a landline gets the 0
    of its area code back only where the rest has the shape of one.
    """
    if kind == "phone" and _AREA_WITHOUT_ZERO.match(text) is not None:
        result = _normalise_phone("0" + text if text[0] != "(" else "(0" + text[1:])
        return Fault("F142", {"value": text, "result": result}) if _check_phone(result) is None else None
    if kind == "phone" and (full := _restore_area(text)) is not None:
        return Fault("F142", {"value": text, "result": full}) if _check_phone(full) is None else None
    alikes = _LOOK_ALIKES.get(kind)
    if alikes is None:
        return None
    result = "".join(alikes.get(char, char) for char in text)
    if result == text or CHECKS[kind](result) is not None:
        return None
    changed = [str(place) for place, (old, new) in enumerate(zip(text, result, strict=True), 1) if old != new]
    return Fault("F141", {"value": text, "result": result, "positions": "、".join(changed)})


def has_lost_digits(number: float | Decimal) -> bool:
    """True for a whole number of 16 digits or more whose last ones a spreadsheet may have dropped."""
    return _is_whole(number) and len(str(abs(int(number)))) > _EXACT_DIGITS and not _is_exact(number)


def from_number(kind: str, number: float | Decimal) -> CodeReading | Fault:
    """The code that a spreadsheet kept as a number, with a lost leading zero put back where only one is possible.

    A number of 16 digits or more is refused unless it provably never went through a spreadsheet.
    """
    if not _is_whole(number):
        return CodeReading(str(number))
    digits = str(int(number))
    if has_lost_digits(number):
        return Fault("F219", {"value": digits})
    if kind == "postcode" and len(digits) == _POSTCODE_LENGTH - 1:
        return CodeReading("0" + digits, repaired=True)
    if kind == "phone" and (full := _restore_area(digits)) is not None:
        return CodeReading(full, repaired=True)
    return CodeReading(normalise(kind, digits))


def _is_whole(number: float | Decimal) -> bool:
    if isinstance(number, Decimal):
        return number.is_finite() and number == number.to_integral_value()
    return isinstance(number, int) or number.is_integer()


def _is_exact(number: float | Decimal) -> bool:
    """True when the digits after the 15th cannot have been lost: no spreadsheet would have kept them so."""
    if isinstance(number, float):
        return False
    whole = abs(int(number))
    tail = str(whole)[_EXACT_DIGITS:]
    return tail.strip("0") != "" and (whole < _DOUBLE_EXACT or len(tail) > 40 or int(float(whole)) != whole)


def _restore_area(digits: str) -> str | None:
    """The landline for digits without the 0 of the area code, or None when they are no such thing."""
    if _TOLL_FREE.fullmatch(digits) or _MOBILE.fullmatch(digits):
        return None
    if re.fullmatch("(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}", digits):
        return _join_area("0" + digits)
    return None


def _normalise_phone(text: str) -> str:
    text = " ".join(text.split())
    body = _COUNTRY.sub("", text)
    digits = re.sub(r"[\s()-]", "", body)
    if body != text:  # +86 771 3210088 goes without the 0 of the area code
        if (restored := _restore_area(digits)) is not None and _EXTENSION.search(body) is None:
            return restored
        body = "0" + body if re.match(r"\(?(?:10|2[0-9]|[3-9][0-9]{2})[)\s-]", body) else body
    if _MOBILE.fullmatch(mobile := _MOBILE_TRUNK.sub("", digits)):
        return mobile
    extension = ""
    if (found := _EXTENSION.search(body)) is not None:
        body, extension = body[: found.start()], "转" + found[1]
    if (toll_free := _TOLL_FREE.fullmatch(body)) is not None:
        return "-".join(toll_free.groups()) + extension
    number = _join_landline([part for part in re.split(r"[\s()-]+", body) if part], bool(extension))
    return text if number is None else number + extension


def _join_landline(parts: list[str], has_extension: bool) -> str | None:
    """The landline of groups of digits, the last of which may be an extension; None when they do not fit."""
    if not parts or not all(re.fullmatch("[0-9]+", part) for part in parts):
        return None
    if len(parts) > 1 and not has_extension and len(parts[-1]) <= 6:
        head = parts[:-1]
        if len(head[-1]) >= 7 and (number := _join_area("".join(head))) is not None:
            return f"{number}转{parts[-1]}"
    return _join_area("".join(parts))


def _join_area(digits: str) -> str | None:
    """0771-3210088 for 07713210088, 3210088 as it is; None for any other count of digits."""
    if digits[:1] == "0":
        length = 3 if digits[1:2] in ("1", "2") else 4
        area, digits = digits[:length] + "-", digits[length:]
    else:
        area = ""
    return area + digits if 7 <= len(digits) <= 8 else None


def _check_credit_code(text: str) -> Fault | None:
    if len(text) == _OLD_LENGTH and not _first_other(text):
        return Fault("F146", {"value": text})
    if len(text) != _CREDIT_LENGTH:
        return Fault("F201", {"value": text, "length": len(text)})
    for position, char in enumerate(text, 1):
        if char not in _CREDIT_CHARS:
            return Fault("F202", {"value": text, "position": position, "char": char})
        if 3 <= position <= 8 and char not in "0123456789":
            return Fault("F203", {"value": text, "position": position, "char": char})
    total = sum(_CREDIT_CHARS.index(char) * weight for char, weight in zip(text, _CREDIT_WEIGHTS, strict=False))
    expected = _CREDIT_CHARS[-total % 31]
    if text[-1] != expected:
        return Fault("F204", {"value": text, "expected": expected, "actual": text[-1]})
    return None


def _check_resident_id(text: str) -> Fault | None:
    if len(text) == _OLD_LENGTH and not _first_other(text) and _is_date("19" + text[6:12]):
        return Fault("F145", {"value": text, "upgraded": _with_id_check(text[:6] + "19" + text[6:])})
    if len(text) != _ID_LENGTH:
        return Fault("F205", {"value": text, "length": len(text)})
    position = _first_other(text[:-1]) or (_first_other(text[-1].replace("X", "0")) and _ID_LENGTH)
    if position:
        return Fault("F206", {"value": text, "position": position, "char": text[position - 1]})
    if text[:2] not in _PROVINCES:
        return Fault("F208", {"value": text, "area": text[:2]})
    if not _is_date(text[6:14]):
        return Fault("F207", {"value": text, "birth": text[6:14]})
    expected = _with_id_check(text[:-1])[-1]
    if text[-1] != expected:
        return Fault("F209", {"value": text, "expected": expected, "actual": text[-1]})
    return None


def _with_id_check(digits: str) -> str:
    """17 digits with their check character behind them."""
    total = sum(int(char) * weight for char, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return digits + _ID_CHECKS[total % 11]


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1850 <= born.year <= 2150


def _check_mobile(text: str) -> Fault | None:
    if position := _first_other(text):
        return Fault("F212", {"value": text, "position": position, "char": text[position - 1]})
    if len(text) != _MOBILE_LENGTH:
        return Fault("F210", {"value": text, "length": len(text)})
    return None if _MOBILE.fullmatch(text) else Fault("F211", {"value": text, "start": text[:2]})


def _check_phone(text: str) -> Fault | None:
    if _MOBILE.fullmatch(text) or _TOLL_FREE_FORM.fullmatch(text) or _SERVICE.fullmatch(text):
        return None
    if _LANDLINE.fullmatch(text):
        area, dash, _ = text.partition("-")
        is_known = not dash or _AREA.fullmatch(area) is not None
        return None if is_known else Fault("F216", {"value": text, "area": area})
    if _SEVERAL.search(text):
        return Fault("F214", {"value": text})
    digits = re.sub(r"[\s()-]", "", text)
    if (area_found := _AREA.match(digits)) and re.fullmatch("[0-9]+", digits) and len(digits) > area_found.end():
        length = len(digits) - area_found.end()
        if length not in (7, 8):
            expected = "8" if area_found.end() == 3 else "7/8"
            return Fault("F215", {"value": text, "length": length, "expected": expected})
        if digits[area_found.end()] in "01":
            return Fault("F147", {"value": text, "digit": digits[area_found.end()]})
    return Fault("F213", {"value": text})


def _check_postcode(text: str) -> Fault | None:
    if position := _first_other(text):
        return Fault("F212", {"value": text, "position": position, "char": text[position - 1]})
    return None if len(text) == _POSTCODE_LENGTH else Fault("F217", {"value": text, "length": len(text)})


def _check_bank_account(text: str) -> Fault | None:
    if position := _first_other(text):
        return Fault("F212", {"value": text, "position": position, "char": text[position - 1]})
    return None if len(text) in _ACCOUNT_LENGTHS else Fault("F218", {"value": text, "length": len(text)})


def _first_other(text: str) -> int:
    """The 1-based position of the first character that is no ASCII digit, or 0."""
    return next((position for position, char in enumerate(text, 1) if char not in "0123456789"), 0)


# What is wrong with a code in its normal form, or None. Bank accounts of companies carry no Luhn digit.
CHECKS: Mapping[str, Callable[[str], Fault | None]] = {
    "credit-code": _check_credit_code,
    "resident-id": _check_resident_id,
    "mobile": _check_mobile,
    "phone": _check_phone,
    "postcode": _check_postcode,
    "bank-account": _check_bank_account,
}

EXACT_CODES: Mapping[str, re.Pattern[str]] = {
    "mobile": re.compile(r"1[3-9][0-9]{9}"),
    "phone": re.compile(r"0(?:10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}"),
    "postcode": re.compile(r"[0-9]{6}"),
}
"""Codes that are right and in the form that is kept, as far as their shape tells; others are checked one by one."""
