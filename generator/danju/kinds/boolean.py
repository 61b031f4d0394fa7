"""Boolean: yes or no, in all the words and signs that people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced, Control, EntryRule, OneOf
from danju.values.display import shown, words_of
from danju.values.text import fold

__all__ = ["BOOLEAN"]

_YES, _NO = "是", "否"
_USUAL_WORDS = frozenset({_YES, _NO, "√", "×"})
_TRUE = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "■", "●", "y", "yes", "true", "t", "1", "1.0", "已", "v"})
_FALSE = frozenset(
    {"否", "无", "没有", "错", "×", "✗", "✘", "☐", "□", "○", "n", "no", "false", "f", "0", "0.0", "未", "x"}
)


class _Boolean(Kind):
    name = "boolean"
    words = phrase("yes_no")
    is_in_formulas = False
    has_own_nothing = True
    one_line = True
    paper_em = 2.0
    entry_em = 3.0
    align = "center"

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "boolean"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, bool):
            return Coerced(raw)
        text = words_of(raw)
        word = fold(text)
        if word not in _TRUE and word not in _FALSE:
            return Coerced(None, [Fault("F126", {"value": text})])
        value = word in _TRUE
        return Coerced(value, [] if text in _USUAL_WORDS else [Fault("F138", {"value": text, "result": shown(value)})])

    def display(self, field: Field, value: object) -> str:
        return shown(value)

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return True

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"enum": [True, False, _YES, _NO]}

    def note(self, field: Field) -> str:
        return "是或否"

    def entry_rule(self, field: Field) -> EntryRule | None:
        return OneOf((_YES, _NO))

    def control(self, field: Field) -> Control:
        return Control.PICK

    def picks(self, field: Field) -> tuple[tuple[str, str], ...]:
        return (_YES, _YES), (_NO, _NO)


BOOLEAN = _Boolean()
