"""Names of workbook cells say what the cells hold, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.builders import form

from danju.exchange.cell_names import held_by_name, name_of_cell
from danju.exchange.paths import Held, held_line, held_tick
from danju.model.field import RecordType

LONG = "税务登记证（国税、地税）"
FIELDS = """
customer 客户: text
papers 资料: choices 营业执照 税务登记证（国税、地税）
details 明细: [{paper 资料: choice 营业执照 税务登记证（国税、地税）, number 证号: text}]
approval 审批: {signed_by 签字: text, signed_on 日期: date}
"""


@pytest.fixture
def record_type(tmp_path: Path) -> RecordType:
    return form(tmp_path, FIELDS).record_type


@pytest.mark.parametrize(
    ("held", "piece", "meant"),
    [
        ("customer", 0, Held("customer")),
        ("customer", 2, Held("customer", piece=2)),
        ("approval.signed_by", 0, Held("approval.signed_by")),
        ("details[3].number", 0, Held("details[3].number")),
        (f"details[paper={LONG}].number", 0, Held(f"details[paper={LONG}].number")),
        (held_tick("papers", LONG), 0, Held("papers", LONG)),
        (
            held_line(("approval.signed_by", "approval.signed_on")), 0,
            Held("", line=("approval.signed_by", "approval.signed_on")),
        ),
        (held_line(("approval.signed_on",)), 0, Held("", line=("approval.signed_on",))),
    ],
)  # fmt: skip
def test_a_name_means_what_it_was_made_for(held: str, piece: int, meant: Held, record_type: RecordType) -> None:
    name = name_of_cell(held, piece)
    assert held_by_name(name, record_type) == meant
    assert name.replace(".", "").replace("_", "").isalnum()  # what Excel and LibreOffice allow
    assert len(name) <= 255


@pytest.mark.parametrize(
    "name",
    ["customer", "danju.gone", "danju._stamp", "danju.details.0.gone", "danju.papers._o.别的", "danju._line.gone",
     "danju.details.paper._别的.number", "_xlnm.Print_Area"],
)  # fmt: skip
def test_other_names_mean_nothing(name: str, record_type: RecordType) -> None:
    assert held_by_name(name, record_type) is None
