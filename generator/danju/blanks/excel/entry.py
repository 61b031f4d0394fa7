"""What Excel says while a value is entered: drop-downs, prompts, and warnings that are never stricter than our checks.

Every warning can be overruled, because readers understand more than Excel does: dates in any habit, other words for an
option, numbers with units.
"""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from danju.model.field import Field
from danju.model.kind_answers import AnyDay, AnyTime, Bounded, OfLength, OneOf, UpTo
from danju.ooxml.addresses import Range, cell_name
from danju.ooxml.entry_rules import Validation

__all__ = ["note_text", "remark_of", "rule_for", "tick_rule"]

_KEEP = "仍要保留所填内容吗？"
_LAST_DAY = 2958465  # 9999-12-31
_FIRST_DAY = 1
_LAST_MOMENT = "0.999988425925926"  # 23:59:59
_LARGEST = Decimal(10**15)


_OPERATORS = {
    "date": "between",
    "time": "between",
    "decimal": "between",
    "whole": "between",
    "textLength": "lessThanOrEqual",
}


def rule_for(field: Field, place: Range, words: str = "") -> Validation | None:
    """The validation of a field's cells; None when there is nothing to say.

    Args:
        field: What is entered.
        place: Its cells.
        words: Formula of the drop-down's list.
    """
    kind, *formulas = _condition(field, cell_name(place.top, place.left), words)
    prompt = _prompt(field)
    if not kind and not prompt:
        return None
    objection = _objection(field) if kind else ""
    given = tuple(formula for formula in formulas if formula)
    return Validation(place, field.label, kind, given, _OPERATORS.get(kind, ""), prompt, objection)


def tick_rule(label: str, place: Range, marks: tuple[str, ...] = ("√",)) -> Validation:
    """A drop-down of marks."""
    listed = ",".join(marks)
    return Validation(place, label, "list", (f'"{listed}"',), objection=f"有则选 {marks[0]}，没有则不填。{_KEEP}")


def remark_of(field: Field) -> str:
    """What to enter, in a few words; "" when the label says it all."""
    if field.computed:
        return "系统计算，不用填"
    return "单选，点右边的箭头" if field.kind.is_choice else field.kind.note(field)


def note_text(field: Field) -> str:
    """The note at a heading: hint, what to enter, whether it is required; "" when there is nothing to say."""
    said = [field.hint, remark_of(field), "必填" if field.required and not field.computed else ""]
    lines = [text for text in said if text and not (text == said[1] and field.computed and "系统" in field.hint)]
    return "\n".join(lines) if said[0] or said[1] else ""


def _condition(field: Field, cell: str, words: str) -> tuple[str, str, str]:
    """Type of validation with its formulas; "" for none."""
    rule = field.kind.entry_rule(field)
    match rule:
        case None:
            return "", "", ""
        case OneOf():
            listed = f'"{",".join(rule.words)}"' if rule.words else words
            return ("list", listed, "") if listed else ("", "", "")
        case AnyDay():
            if rule.words:
                allowed = ",".join(f'{cell}="{word}"' for word in rule.words)
                return "custom", f"OR(ISNUMBER({cell}),{allowed})", ""
            return "date", str(_FIRST_DAY), str(_LAST_DAY)
        case AnyTime():
            return "time", "0", _LAST_MOMENT
        case Bounded():
            low, high = (-_LARGEST if rule.low is None else rule.low), (_LARGEST if rule.high is None else rule.high)
            return ("whole" if rule.whole else "decimal"), f"{low:f}", f"{high:f}"
        case OfLength():
            length = f'LEN(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"-",""))'
            if rule.least == rule.most:
                return "custom", f"{length}={rule.least}", ""
            return "custom", f"AND({length}>={rule.least},{length}<={rule.most})", ""
        case UpTo():
            return "textLength", str(rule.characters), ""
        case other:
            assert_never(other)


def _prompt(field: Field) -> str:
    """The words beside a selected cell: only where they help."""
    if field.kind.is_choice:
        return field.hint
    if field.kind.is_free and field.format is None and not field.hint:
        return ""
    return "。".join(text for text in (field.hint, remark_of(field)) if text)


def _objection(field: Field) -> str:
    if field.options:
        return f"不在选项中。可选：{'、'.join(option.label for option in field.options)}。{_KEEP}"
    if isinstance(limit := field.kind.entry_rule(field), UpTo):
        return f"超过 {limit.characters} 个字，读取时会报错。{_KEEP}"
    return f"请核对：{remark_of(field)}。{_KEEP}"
