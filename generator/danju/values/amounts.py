"""Amounts in capitals: 12345.60 ⇄ 壹万贰仟叁佰肆拾伍元陆角.

Rule: 《正确填写票据和结算凭证的基本规定》（中国人民银行《支付结算办法》附一）, cited as 附一 with its article.
Where 附一 allows two forms, one is written and both are read:

- 附一 四(三): a 0 in the place of 万 is not written before 仟 (壹拾万柒仟元),
  a 0 in the place of 元 is written before 角 (壹仟陆佰捌拾元零叁角贰分).
- 附一 二: nothing follows 角 (整 is optional there).

附一 gives no example below one yuan. Such amounts are written without the yuan, 伍角 and 伍分: an amount in capitals
begins with its first figure that counts. 零元伍角 and 零元零伍分, which older software prints, are read too.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

__all__ = ["parse_rmb_upper", "rmb_upper"]

# 附一 一: the characters to be used; complex forms (貳 陸 億 萬 圓) must be accepted when read.
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_READ = str.maketrans("貳參叄陸億萬圓圆園园〇○正負", "贰叁叁陆亿万元元元元零零整负")
_PREFIX = re.compile(r"^(?:人民[币幣])?(?:[(（]?大[写寫][)）]?)?[:：]?")
_PRINTED_ZEROS = re.compile("零角零分|零分|零角(?=整?$)")  # of forms with preprinted places
_SHAPE = re.compile(
    rf"(?:(?P<yuan>[{_DIGITS}拾佰仟万亿]+)元)?(?:零?(?P<jiao>[{_DIGITS[1:]}])角)?(?:零?(?P<fen>[{_DIGITS[1:]}])分)?整?"
)
_CENT = Decimal("0.01")
_LIMIT = 10**16  # one more than 仟万亿, where the readable names of places end


def rmb_upper(amount: Decimal | int | str, yuan: str = "元") -> str:
    """The amount in capitals, without the word 人民币; negative ones begin with 负.

    Args:
        amount: At most two decimals, less than 1E16 either way.
        yuan: The character for the unit: 元 or 圆.

    Raises:
        ValueError: The amount is no number, has more than two decimals or is too large.
    """
    try:
        exact = Decimal(amount)
    except InvalidOperation as err:
        raise ValueError(f"not an amount: {amount!r}") from err
    if not exact.is_finite() or abs(exact) >= _LIMIT:
        raise ValueError(f"not an amount below 1E16: {amount!r}")
    if exact != exact.quantize(_CENT):
        raise ValueError(f"more than two decimals: {amount!r}")
    cents = int(abs(exact) * 100)
    text = _write(cents, before_thousands="", before_jiao="零")
    sign = "负" if exact < 0 else ""
    return sign + (text if yuan == "元" else text.replace("元", yuan))


def parse_rmb_upper(text: str) -> Decimal | None:
    """The amount that the capitals stand for, or None when they are not a well-formed amount.

    The unit must be written (元, 角 or 分). A missing obligatory 零 is refused: 壹仟伍元 may be 1005 or 1500.
    """
    compact = _PREFIX.sub("", "".join(text.split())).translate(_READ)
    negative = compact.startswith("负")
    compact = _PRINTED_ZEROS.sub("", compact[negative:]).replace("零角", "零")
    found = _SHAPE.fullmatch(compact)
    if found is None or not any(found.groupdict().values()):
        return None
    yuan = _read_whole(found["yuan"] or "零")
    if yuan is None or yuan >= _LIMIT:
        return None
    cents = yuan * 100 + _DIGITS.index(found["jiao"] or "零") * 10 + _DIGITS.index(found["fen"] or "零")
    if not _is_allowed(compact, cents) or (negative and not cents):
        return None
    return Decimal(-cents if negative else cents) / 100


def _write(cents: int, before_thousands: str, before_jiao: str) -> str:
    """Capitals of a number of cents; the two texts go where 附一 四(三) leaves 零 to the writer."""
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    text = _whole(yuan, before_thousands) + "元" if yuan or not cents else ""
    if not rest:
        return text + "整"
    if jiao:
        text += (before_jiao if yuan and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[fen] + "分" if fen else "")


def _whole(number: int, optional: str) -> str:
    high, low = divmod(number, 10**8)
    if not high:
        return _below_yi(low, optional) or "零"
    return _below_yi(high, optional) + "亿" + _gap(high, low, 10**7, optional) + _below_yi(low, optional)


def _below_yi(number: int, optional: str) -> str:
    high, low = divmod(number, 10**4)
    if not high:
        return _below_wan(low)
    return _below_wan(high) + "万" + _gap(high, low, 10**3, optional) + _below_wan(low)


def _gap(high: int, low: int, first_place: int, optional: str) -> str:
    """What stands between 万 or 亿 and the figures after it."""
    if not low:
        return ""
    if low < first_place:
        return "零"
    return optional if high % 10 == 0 else ""


def _below_wan(number: int) -> str:
    text = ""
    pending = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if pending else "") + _DIGITS[digit] + _PLACES[place]
        pending = bool(text) and not digit
    return text


def _read_whole(text: str) -> int | None:
    """The number for capitals, careless about 零; None where figures and places do not alternate."""
    text = text.replace("零", "") or "零"
    if text == "零":
        return 0
    if text[0] == "拾":
        text = "壹" + text
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS.index(char)
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        else:
            section, digit = section + digit * 10 ** _PLACES.index(char), 0
    return total + section + digit


def _is_allowed(compact: str, cents: int) -> bool:
    """Whether the capitals are one of the forms of the amount that 附一 or custom allows."""
    pattern = _write(cents, before_thousands="零?", before_jiao="零?")
    if cents < 100 and cents:
        pattern = "(?:零元)?零?" + pattern
    if pattern.startswith("壹拾"):
        pattern = "壹?" + pattern[1:]
    if pattern.endswith("整"):
        pattern += "?"
    elif pattern.endswith("角"):
        pattern += "整?"
    return re.fullmatch(pattern, compact) is not None
