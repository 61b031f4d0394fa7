"""What a cell says while something is entered, and looks that depend on what it holds (18.3.1.32 and 18.3.1.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from danju.ooxml.addresses import Range
from danju.ooxml.text import attribute, cut, escape

__all__ = ["Condition", "Validation", "conditions_xml", "validations_xml"]

_MOST_TITLE, _MOST_TEXT = 32, 255  # Excel specifications and limits


@dataclass(frozen=True, slots=True)
class Validation:
    """What is expected in a range; every objection can be overruled.

    Attributes:
        place: Where; formulas are relative to its first cell.
        title: Above prompt and objection.
        kind: Value of ST_DataValidationType, or "" for no objection.
        formulas: One or two, without signs of equality.
        operator: Value of ST_DataValidationOperator, or "".
        prompt: Shown beside a selected cell; may be empty.
        objection: Shown when something else is entered.
    """

    place: Range
    title: str
    kind: str = ""
    formulas: tuple[str, ...] = ()
    operator: str = ""
    prompt: str = ""
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A number format for a cell while a formula is true; the first true one of a cell counts.

    Attributes:
        place: The cell.
        formula: Without its sign of equality.
        number_format: Excel's code.
    """

    place: Range
    formula: str
    number_format: str


def validations_xml(rules: Sequence[Validation]) -> str:
    """`dataValidations`; "" without any."""
    if not rules:
        return ""
    return f'<dataValidations count="{len(rules)}">{"".join(map(_validation_xml, rules))}</dataValidations>'


def _validation_xml(rule: Validation) -> str:
    said = {"type": rule.kind, "errorStyle": "warning", "operator": rule.operator, "allowBlank": "1"}
    if rule.prompt:
        title, text = cut(rule.title, _MOST_TITLE), cut(rule.prompt, _MOST_TEXT)
        said |= {"showInputMessage": "1", "promptTitle": title, "prompt": text}
    if rule.kind:
        title, text = cut(rule.title, _MOST_TITLE), cut(rule.objection, _MOST_TEXT)
        said |= {"showErrorMessage": "1", "errorTitle": title, "error": text}
    attributes = "".join(f" {name}={attribute(value)}" for name, value in said.items() if value)
    formulas = "".join(
        f"<formula{number}>{escape(text)}</formula{number}>" for number, text in enumerate(rule.formulas, start=1)
    )
    return f'<dataValidation{attributes} sqref="{rule.place}">{formulas}</dataValidation>'


def conditions_xml(conditions: Iterable[Condition], effect: Callable[[str], int]) -> str:
    """`conditionalFormatting` elements; `effect` gives the number of a `dxf` in the style table."""
    by_place: dict[Range, list[Condition]] = {}
    for each in conditions:
        by_place.setdefault(each.place, []).append(each)
    pieces, priority = [], 0
    for place, rules in by_place.items():
        pieces.append(f'<conditionalFormatting sqref="{place}">')
        for rule in rules:
            priority += 1
            code = f'<numFmt numFmtId="{_FIRST_FORMAT + priority}" formatCode={attribute(rule.number_format)}/>'
            number = effect(f"<dxf>{code}</dxf>")
            pieces.append(
                f'<cfRule type="expression" dxfId="{number}" priority="{priority}" stopIfTrue="1">'
                f"<formula>{escape(rule.formula)}</formula></cfRule>"
            )
        pieces.append("</conditionalFormatting>")
    return "".join(pieces)


_FIRST_FORMAT = 1000  # smaller numbers are those of Excel and of cells
