"""What Excel says while a value is entered: drop-downs, prompts, and warnings that are never stricter than our checks.

Every warning can be overruled, because readers understand more than Excel does: dates in any habit, other words for an
option, numbers with units.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from danju.model.field import Field, Kind

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

__all__ = ["fitted", "note_text", "remark_of", "rule_for", "tick_rule"]

_MOST_TITLE, _MOST_TEXT = 32, 255
_LENGTHS: Mapping[str, tuple[int, int, str]] = {
    "credit-code": (18, 18, "18 位数字和大写字母，不用 I、O、S、V、Z"),  # GB 32100-2015
    "resident-id": (18, 18, "18 位，末位可以是 X"),  # GB 11643-1999
    "mobile": (11, 11, "11 位手机号"),
    "phone": (7, 40, "区号-号码，如 0771-3210088；也可填手机号"),
    "postcode": (6, 6, "6 位数字"),
    "bank-account": (8, 30, "8 至 30 位数字"),
}
"""Characters without blanks and dashes, and what to enter."""
_DAY, _MOMENT = "如 2026-03-18 或 2026年3月18日", "如 2026-03-18 14:35"
_KEEP = "仍要保留所填内容吗？"
_LAST_DAY = 2958465  # 9999-12-31
_FIRST_DAY = 1


def rule_for(field: Field, cell: str, words: str = "") -> DataValidation | None:
    """The validation of a field's cells; None when there is nothing to say.

    Args:
        field: What is entered.
        cell: Relative reference of the first cell, for formulas.
        words: Formula of the drop-down's list.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    kind, formula, more = _condition(field, cell, words)
    prompt = _prompt(field)
    if not kind and not prompt:
        return None
    rule = DataValidation(formula1=formula or None, formula2=more or None, allow_blank=True, errorStyle="warning")
    rule.type = cast("Any", kind or None)
    if kind in ("date", "decimal", "whole"):
        rule.operator = "between"
    elif kind == "textLength":
        rule.operator = "lessThanOrEqual"
    rule.showErrorMessage, rule.showInputMessage = bool(kind), bool(prompt)
    if prompt:
        rule.promptTitle, rule.prompt = fitted(field.label, _MOST_TITLE), fitted(prompt, _MOST_TEXT)
    if kind:
        rule.errorTitle, rule.error = fitted(field.label, _MOST_TITLE), fitted(_objection(field), _MOST_TEXT)
    return rule


def tick_rule(label: str, marks: tuple[str, ...] = ("√",)) -> DataValidation:
    """A drop-down of marks."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(marks)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = fitted(label, _MOST_TITLE), f"有则选 {marks[0]}，没有则不填。{_KEEP}"
    return rule


def remark_of(field: Field) -> str:
    """What to enter, in a few words; "" when the label says it all."""
    if field.computed:
        return "系统计算，不用填"
    if field.format in _LENGTHS:
        return _LENGTHS[field.format or ""][2]
    words = f"；也可写“{'”“'.join(field.words)}”" if field.words else ""
    match field.kind:
        case Kind.DATE:
            return _DAY + words
        case Kind.DATETIME:
            return _MOMENT + words
        case Kind.INTEGER | Kind.NUMBER:
            return f"只填数字{f'，单位{field.unit}' if field.unit else ''}{_range(field)}{words}"
        case Kind.CHOICE:
            return "单选，点右边的箭头"
        case Kind.CHOICES:
            return "可多选，用顿号隔开：" + "、".join(option.label for option in field.options)
        case Kind.BOOLEAN:
            return "是或否"
    return f"最多 {field.max_length} 个字" if field.max_length and field.multiline else ""


def note_text(field: Field) -> str:
    """The note at a heading: hint, what to enter, whether it is required; "" when there is nothing to say."""
    said = [field.hint, remark_of(field), "必填" if field.required and not field.computed else ""]
    lines = [text for text in said if text and not (text == said[1] and field.computed and "系统" in field.hint)]
    return "\n".join(lines) if said[0] or said[1] else ""


def fitted(text: str, limit: int) -> str:
    """The text, cut to Excel's limit of UTF-16 units."""
    while len(text.encode("utf-16-le")) // 2 > limit:
        text = text[:-2] + "…"
    return text


def _condition(field: Field, cell: str, words: str) -> tuple[str, str, str]:
    """Type of validation with its formulas; "" for none."""
    if field.kind is Kind.CHOICE and words:
        return "list", words, ""
    if field.kind is Kind.BOOLEAN:
        return "list", '"是,否"', ""
    if field.kind in (Kind.DATE, Kind.DATETIME):
        if field.words:
            allowed = ",".join(f'{cell}="{word}"' for word in field.words)
            return "custom", f"OR(ISNUMBER({cell}),{allowed})", ""
        return "date", str(_FIRST_DAY), str(_LAST_DAY)
    if field.kind in (Kind.INTEGER, Kind.NUMBER) and not field.words:
        low = f"{field.minimum:f}" if field.minimum is not None else "-1000000000000000"
        high = f"{field.maximum:f}" if field.maximum is not None else "1000000000000000"
        return ("whole" if field.kind is Kind.INTEGER else "decimal"), low, high
    if field.kind is Kind.TEXT and field.format in _LENGTHS:
        low_, high_, _ = _LENGTHS[field.format or ""]
        length = f'LEN(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"-",""))'
        return "custom", f"AND({length}>={low_},{length}<={high_})" if low_ < high_ else f"{length}={low_}", ""
    if field.kind is Kind.TEXT and field.max_length and field.format is None:
        return "textLength", str(field.max_length), ""
    return "", "", ""


def _prompt(field: Field) -> str:
    """The words beside a selected cell: only where they help."""
    if field.kind is Kind.CHOICE:
        return field.hint
    if field.kind is Kind.TEXT and field.format is None and not field.hint:
        return ""
    return "。".join(text for text in (field.hint, remark_of(field)) if text)


def _objection(field: Field) -> str:
    if field.options:
        return f"不在选项中。可选：{'、'.join(option.label for option in field.options)}。{_KEEP}"
    if field.kind is Kind.TEXT and field.max_length and field.format is None:
        return f"超过 {field.max_length} 个字，读取时会报错。{_KEEP}"
    return f"请核对：{remark_of(field)}。{_KEEP}"


def _range(field: Field) -> str:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return f"，{low:f} 至 {high:f}"
    if low is not None:
        return f"，不小于 {low:f}"
    return f"，不大于 {high:f}" if high is not None else ""
