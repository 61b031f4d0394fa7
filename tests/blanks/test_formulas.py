"""Expressions as Excel formulas."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from danju import kinds
from danju.blanks.excel.formulas import translate
from danju.model.field import Field, Option

SCORE = Field("score", kinds.NUMBER, "得分", decimals=2)
FIELDS = {
    "a": Field("a", kinds.NUMBER, "甲"),
    "b": Field("b", kinds.NUMBER, "乙"),
    "day": Field("day", kinds.DATE, "日期"),
    "grade": Field("grade", kinds.CHOICE, "等级", options=(Option("good", "优良"), Option("bad", "不好"))),
    "until": Field("until", kinds.DATE, "有效期", words=("长期",)),
}


@dataclass
class Sheet:
    """Every field in the cell of its name's capital letter, row 1."""

    asked: list[str] = field(default_factory=list)

    def cell(self, path: str) -> tuple[str, Field] | None:
        return (f"{path[0].upper()}1", FIELDS[path]) if path in FIELDS else None

    def members(self, table: str, member: str) -> list[str]:
        return ["X1", "Y1"] if table == "items" else []

    def attribute(self, path: str, name: str) -> str | None:
        return f"LOOK({path},{name})" if name == "points" else None


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        ("a + b * 2", '=IFERROR(IF(OR(A1="",B1=""),"",ROUND((A1+(B1*2)),2)),"")'),
        ("a * 0.06", '=IFERROR(IF(OR(A1=""),"",ROUND((A1*0.06),2)),"")'),
        ("(a + b) / 2 | round(1)", '=IFERROR(IF(OR(A1="",B1=""),"",ROUND(((A1+B1)/ROUND(2,1)),2)),"")'),
        ("mean([a, b])", '=IFERROR(IF(OR(A1="",B1=""),"",ROUND(AVERAGE(A1,B1),2)),"")'),
        ("sum(items, 'price')", '=IFERROR(ROUND(IF(COUNT(X1,Y1)=0,"",SUM(X1,Y1)),2),"")'),
        ("grade.points", '=IFERROR(IF(OR(G1=""),"",ROUND(LOOK(grade,points),2)),"")'),
        ("1 if grade == 'good' else 0", '=IFERROR(ROUND(IF(IF(OR(G1=""),FALSE,(G1="优良")),1,0),2),"")'),
        ("a or b", '=IFERROR(ROUND(IF(AND(A1<>"",A1<>0),IF(OR(A1=""),"",A1),IF(OR(B1=""),"",B1)),2),"")'),
        ("a | default(0)", '=IFERROR(ROUND(IF(A1="",0,A1),2),"")'),
        ("days_between(day, today)", '=IFERROR(IF(OR(D1=""),"",ROUND((INT(TODAY())-INT(D1)),2)),"")'),
    ],
)
def test_what_excel_can_say_becomes_a_formula(expression: str, formula: str) -> None:
    assert translate(expression, SCORE, Sheet()) == formula


def test_words_come_out_as_words() -> None:
    word = Field("word", kinds.TEXT, "档次")
    formula = '=IFERROR(IF(OR(A1=""),"",IF(A1>=100,"一星",IF(A1>=0,"普通",""))),"")'
    assert translate("grade(a, [[0, '普通'], [100, '一星']])", word, Sheet()) == formula
    assert translate("'甲' ~ a", word, Sheet()) == '=IFERROR(IF(OR(A1=""),"",("甲"&A1)),"")'
    assert translate("'是' if a > 1 and not b else '否'", word, Sheet()) is not None


@pytest.mark.parametrize(
    "expression",
    ["workdays_after(day, 3)", "a | rmb_upper", "unknown + 1", "until", "grade.colour", "a in b", "a // 2", "day.year"],
)
def test_what_excel_cannot_say_stays_ours(expression: str) -> None:
    assert translate(expression, SCORE, Sheet()) is None
