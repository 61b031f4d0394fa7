"""Whatever stands in a grid or a text file: records or issues, never an exception."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.builders import COMPLAINT, FORMS, OPENING, ORDER, VISIT, Read, write_xlsx

WORDS = sorted(
    {
        word
        for form in (VISIT, OPENING, COMPLAINT)
        for field in form.record_type.fields
        for word in (field.label, *field.aliases, *(member.label for member in field.members))
    }
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *WORDS,
            "序号",
            "合计",
            "注：",
            "客户开户审批表",
            "申请日期：2026-1-2",
            "☑是 □否",
            "手机/电话",
            "联系人2",
            "#N/A",
            "制表人：",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    st.integers(-5, 10**15),
    st.just(date(2026, 1, 2)),
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[object]], str]:
    """Rows and a few merges that do not overlap."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 10))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=height, max_size=height))
    merges, taken = [], set[tuple[int, int]]()
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(1, height)), draw(st.integers(0, width - 1))
        bottom, right = min(height, top + draw(st.integers(0, 2))), min(width - 1, left + draw(st.integers(0, 2)))
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            merges.append(f"{chr(65 + left)}{top}:{chr(65 + right)}{bottom}")
    return rows, " ".join(merges)


@QUIET
@given(grids())
def test_random_grids_never_raise(drawn: tuple[list[list[object]], str]) -> None:
    rows, merges = drawn
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        safe = [
            [f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row] for row in rows
        ]
        write_xlsx(path, safe, merges)
        for chosen in (None, OPENING):
            read = Read(path, *FORMS, chosen=chosen)
            assert read.readings
            assert all(issue.text() and issue.text("en") for issue in read.issues)


@QUIET
@given(st.binary(max_size=300), st.sampled_from([".csv", ".yaml", ".json", ".xlsx", ".xls", ".ods"]))
def test_random_bytes_never_raise(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        assert Read(path, *FORMS).readings


@QUIET
@given(st.text(alphabet="甲a:-[]{},#&*!|>'\"\n \t0.?%@`", max_size=60), st.sampled_from([".yaml", ".json", ".csv"]))
def test_random_punctuation_never_raises(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_text(text, encoding="utf-8")
        assert Read(path, ORDER).readings


@QUIET
@given(st.permutations(["客户名称", "数量", "订货日期", "备注"]), st.integers(0, 5))
def test_column_order_and_title_rows_never_change_the_records(order: list[str], titles: int) -> None:
    values = {"客户名称": "甲公司", "数量": 3, "订货日期": "2026-01-02", "备注": "急"}
    rows: list[list[object]] = [[f"第{n}行标题"] for n in range(titles)]
    rows += [list(order), [values[word] for word in order]]
    with tempfile.TemporaryDirectory() as folder:
        read = Read(write_xlsx(Path(folder) / "a.xlsx", rows), ORDER)
    assert read.values == [{"customer": "甲公司", "quantity": 3.0, "ordered_on": "2026-01-02", "remark": "急"}]
    assert read.issues == []
