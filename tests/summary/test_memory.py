"""What the summary remembers makes it fast and never changes what it writes."""

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.summary.builders import form, part, saved, sheet_of, shown, text

from danju import kinds
from danju.location import Location
from danju.messages import format_place
from danju.model.field import Field, Option
from danju.model.form import Dimension, Measure
from danju.model.record import Record
from danju.summary import SummaryRow, column_kinds, evaluation, source_column, tally

RANK = Field(
    "rank",
    kinds.CHOICE,
    "等级",
    options=tuple(Option(word, word, attributes={"score": Decimal(score)}) for word, score in (("优", 90), ("差", 30))),
)
TOPICS = Field("topics", kinds.CHOICES, "内容", options=(Option("甲", "甲项"), Option("乙", "乙项")))
DAY = Field("day", kinds.DATE, "日期")
PEOPLE = Field("people", kinds.TABLE, "联系人", members=(text("name", "姓名"), RANK))
SLIP = form(
    text("customer", "客户"), RANK, TOPICS, DAY, Field("price", kinds.NUMBER, "单价"), PEOPLE,
    columns=("customer", "rank", "topics", "day", "price", "people", "people.rank"),
    by=[
        Dimension("月份", "day | month", chart="column"),
        Dimension("等级", "rank", ("优", "差"), "pie"),
        Dimension("内容", "topics", ("甲", "乙")),
        Dimension("人数", "people | length"),
    ],
    measures=[
        Measure("件数", "count"),
        Measure("平均分", "mean", "rank.score", decimals=1),
        Measure("合计", "sum", "price"),
        Measure("最早", "min", "day"),
        Measure("优率", "share", "rank == '优'", when="rank"),
    ],
)  # fmt: skip


def _rows() -> list[SummaryRow]:
    return [
        SummaryRow(
            Record(
                SLIP.id,
                {
                    "customer": ("甲厂", "=乙厂", "很长的名字" * 12, "", f"第{number}厂")[number % 5],
                    "rank": ("优", "差", None)[number % 3],
                    "topics": (["甲", "乙"], ["乙"], [])[number % 3],
                    "day": date(2026, 1 + number % 7, 1 + number % 5),
                    "price": (Decimal("1.0"), Decimal(1), 1, Decimal("1.50"), None)[number % 5],
                    "people": [{"name": f"人{each}", "rank": "差"} for each in range(number % 3)],
                },
                Location("台账.xlsx", ("登记", None)[number % 2], f"B{number + 3}"),
            ),
            (f"{number}.pdf",) * (number % 2),
        )
        for number in range(60)
    ]


def test_no_memory_at_all_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns, places, expressions and groups: each with its usual limit, then with none or next to none."""
    (tmp_path / "b").mkdir()
    usual = saved(tmp_path, SLIP, _rows())
    for module, name, limit in (
        (column_kinds, "_MEMO_LIMIT", 2), (source_column, "_MEMO_LIMIT", 0), (evaluation, "_MEMO_LIMIT", 0),
        (tally, "_CONTRIBUTIONS", 0),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, limit)
    assert saved(tmp_path / "b", SLIP, _rows()).read_bytes() == usual.read_bytes()


def test_equal_numbers_keep_the_decimals_that_were_given(tmp_path: Path) -> None:
    """1.0, 1 and True are one key of a dictionary, but not one cell."""
    slip = form(Field("price", kinds.NUMBER, "单价"))
    sheet = sheet_of(saved(tmp_path, slip, [{"price": each} for each in (Decimal("1.0"), Decimal(1), True)]), "领料单")
    assert [sheet.cell(row=at, column=2).number_format for at in (2, 3)] == ["#,##0.0", "#,##0"]
    assert sheet["B4"].value == "是"


def test_a_day_and_its_midnight_are_two_cells(tmp_path: Path) -> None:
    """A time is shown with its day even when it is 00:00."""
    values = [date(2026, 1, 2), datetime(2026, 1, 2), date(2026, 1, 2)]
    sheet = sheet_of(saved(tmp_path, form(DAY), [{"day": each} for each in values]), "领料单")
    assert [sheet.cell(row=at, column=2).number_format for at in (2, 3, 4)] == [
        "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm", "yyyy\\-mm\\-dd"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "place",
    [
        Location("台账.xlsx", "登记", "B3"),
        Location("台账.xlsx", "登 & <记>", "B1048576"),
        Location("=很长的文件名" * 9 + ".xlsx", "登记", "AB12"),
        Location("a.xlsx", None, "C7:D8"),
        Location("a.csv", line=4, cell="B4"),
        Location("a.yaml", record=3),
        Location(),
    ],
)
def test_sources_read_as_messages_name_them(tmp_path: Path, place: Location) -> None:
    """Twice: the second time from memory. Both rows are as high."""
    rows = [SummaryRow(Record(SLIP.id, {"note": "x"}, place))] * 2
    path = saved(tmp_path, form(text("note")), rows)
    sheet = sheet_of(path, "领料单")
    assert [sheet.cell(row=at, column=3).value for at in (2, 3)] == [format_place(place, "", "zh") or None] * 2
    assert sheet["C2"].quotePrefix == place.source.startswith("=")
    assert sheet.row_dimensions[2].height == sheet.row_dimensions[3].height


def test_remembered_rows_are_as_high_as_new_ones(tmp_path: Path) -> None:
    """A long choice wraps each time it comes."""
    label = "一个非常长的选项名称" * 4
    slip = form(Field("kind", kinds.CHOICE, "种类", options=(Option("a", label),)))
    sheet = sheet_of(saved(tmp_path, slip, [{"kind": "a"}] * 3), "领料单")
    assert len({sheet.row_dimensions[at].height for at in (2, 3, 4)}) == 1
    assert sheet.row_dimensions[2].height > 18


def test_a_choice_in_the_rows_of_a_table_is_listed(tmp_path: Path) -> None:
    """One line a row, as often as the same rows come."""
    slip = form(PEOPLE, columns=("people.rank",))
    people = [{"name": "甲", "rank": "优"}, {"name": "乙", "rank": "差"}]
    sheet = sheet_of(saved(tmp_path, slip, [{"people": people}, {"people": people}]), "领料单")
    assert [line[1] for line in shown(sheet, 2)] == ["优\n差"] * 2


def test_no_library_for_workbooks_is_loaded(tmp_path: Path) -> None:
    """Importing openpyxl would take longer than a thousand rows."""
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from danju.library import Library; from danju.summary import SummaryWriter\n"
        "with SummaryWriter(Library(None).forms(), date(2026, 1, 2)) as writer: writer.save(Path(sys.argv[1]))\n"
        "sys.exit(', '.join({'openpyxl', 'lxml'} & sys.modules.keys()) or 0)"
    )
    path = tmp_path / "a.xlsx"
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with ZipFile(path) as package:
        assert package.testzip() is None
    assert "<sheetData>" in part(path, "xl/worksheets/sheet1.xml")
