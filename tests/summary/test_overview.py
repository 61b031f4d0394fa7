"""The overview: figures, breakdowns, charts."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.summary.builders import COUNT, TODAY, breakdown, form, part, saved, sheet_of, shown, text

from danju import kinds
from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field, Option
from danju.model.form import Dimension, Measure

GRADE = Field(
    "rank",
    kinds.CHOICE,
    "等级",
    options=tuple(Option(word, word, attributes={"score": Decimal(score)}) for word, score in (("优", 90), ("差", 30))),
)
DAY = Field("day", kinds.DATE, "日期")
BY_GRADE = Dimension("等级", "rank", options=("优", "差"), chart="pie")


def test_values_stand_in_the_order_of_the_options_with_empty_ones_last(tmp_path: Path) -> None:
    """差 sorts before 优 by code point, but the schema says otherwise."""
    path = saved(tmp_path, form(GRADE, by=[BY_GRADE]), [{}, {"rank": "差"}, {"rank": "优"}, {"rank": "差"}])
    assert breakdown(path, "等级") == [["等级", "件数"], ["优", 1], ["差", 2], ["（未填）", 1], ["合计", 4]]


def test_months_ascend_whatever_the_order_of_the_records(tmp_path: Path) -> None:
    """2026-02 comes before 2026-11."""
    days = [date(2026, 11, 3), date(2025, 12, 1), date(2026, 2, 9), date(2026, 11, 30)]
    by = [Dimension("月份", "day | month", chart="column")]
    path = saved(tmp_path, form(DAY, by=by), [{"day": day} for day in days])
    assert breakdown(path, "月份")[1:] == [["2025-12", 1], ["2026-02", 1], ["2026-11", 2], ["合计", 4]]


def test_numbers_in_values_sort_as_numbers(tmp_path: Path) -> None:
    """2号库 comes before 10号库."""
    path = saved(
        tmp_path, form(text("store"), by=[Dimension("仓库", "store")]), [{"store": "10号库"}, {"store": "2号库"}]
    )
    assert [values[0] for values in breakdown(path, "仓库")] == ["仓库", "2号库", "10号库", "合计"]


def test_several_choices_count_under_each(tmp_path: Path) -> None:
    """The total still counts records."""
    topics = Field("topics", kinds.CHOICES, "内容", options=(Option("甲", "甲"), Option("乙", "乙")))
    path = saved(
        tmp_path,
        form(topics, by=[Dimension("内容", "topics", ("甲", "乙"))]),
        [{"topics": ["甲", "乙"]}, {"topics": ["乙"]}],
    )
    assert breakdown(path, "内容")[1:] == [["甲", 1], ["乙", 2], ["合计", 2]]


@pytest.mark.parametrize(
    ("measure", "expected", "number_format"),
    [
        (Measure("合", "sum", "amount"), 7.5, "#,##0"),
        (Measure("均", "mean", "amount", "元", 2), 3.75, "#,##0.00"),
        (Measure("高", "max", "amount", decimals=1), 5.5, "#,##0.0"),
        (Measure("早", "min", "day"), datetime(2026, 1, 2), "yyyy\\-mm\\-dd"),
        (Measure("率", "share", "amount > 3", decimals=1), 0.5, "0.0%"),
        (Measure("有", "count", "amount"), 2, "#,##0"),
        (Measure("大", "count", when="amount > 3"), 1, "#,##0"),
    ],
)
def test_measures_leave_empty_values_out(
    tmp_path: Path, measure: Measure, expected: object, number_format: str
) -> None:
    """Of four records two have an amount: means and shares divide by two."""
    amount = Field("amount", kinds.NUMBER, "金额")
    records = [{"amount": Decimal("5.5"), "day": date(2026, 1, 2)}, {"amount": Decimal(2)}, {}, {"amount": None}]
    sheet = sheet_of(saved(tmp_path, form(amount, DAY, measures=[measure]), records), "概览")
    cell = next(sheet.cell(row=cells[0].row, column=2) for cells in sheet.iter_rows() if cells[0].value == "全部记录")
    assert (cell.value, cell.number_format) == (expected, number_format)


def test_a_share_of_nothing_is_a_dash_not_zero(tmp_path: Path) -> None:
    """Nobody was late because nothing was closed: that is no 0 %."""
    share = Measure("按时率", "share", "done == 'yes'", when="done")
    path = saved(tmp_path, form(text("done"), text("team"), by=[Dimension("班组", "team")], measures=[COUNT, share]),
                 [{"team": "甲", "done": "yes"}, {"team": "甲", "done": "no"}, {"team": "乙"}])  # fmt: skip
    assert breakdown(path, "班组")[1:] == [["乙", 1, "—"], ["甲", 2, 0.5], ["合计", 3, 0.5]]


def test_attributes_of_options_can_be_averaged_and_units_stand_in_the_heading(tmp_path: Path) -> None:
    """Scores come from the schema's options."""
    mean = Measure("平均分", "mean", "rank.score", "分", 1)
    path = saved(tmp_path, form(GRADE, by=[BY_GRADE], measures=[COUNT, mean]), [{"rank": "优"}, {"rank": "差"}, {}])
    assert breakdown(path, "等级") == [
        ["等级", "件数", "平均分\n（分）"], ["优", 1, 90], ["差", 1, 30], ["（未填）", 1, "—"], ["合计", 3, 60],
    ]  # fmt: skip


def test_expressions_know_today(tmp_path: Path) -> None:
    """The day comes from the caller, not from the clock."""
    measure = Measure("距今", "max", "days_between(day, today)")
    sheet = sheet_of(saved(tmp_path, form(DAY, measures=[measure]), [{"day": date(2026, 11, 20)}]), "概览")
    assert ["全部记录", 5] in shown(sheet)


def test_the_head_says_what_is_covered(tmp_path: Path) -> None:
    """Forms, records, period by the date that retention counts from, records with issues."""
    slip = form(text("signed"), Field("booked", kinds.DATE, "记账"), DAY, retention={"years": 10, "from": "day"})
    issues = [
        Issue("F102", Location("台账.xlsx", "登记", "B4", record=2)),
        Issue("F102", Location("台账.xlsx", "登记", "C4", record=2)),
        Issue("F004", Location("台账.xlsx", "登记", "B5", record=3)),
    ]
    records = [{"day": date(2026, 3, 4)}, {"booked": date(2020, 1, 1), "day": date(2026, 1, 9)}, {}]
    rows = shown(sheet_of(saved(tmp_path, slip, records, issues), "概览"))
    assert rows[:5] == [
        ["单据汇总"],
        ["制表日期 2026-11-25　　表单数 1　　记录数 3"],
        ["表单", "记录数", "期间"],
        ["领料单", 3, "2026-01-09 至 2026-03-04"],
        ["问题", "2 条记录有问题：1 条有错误，1 条只有提醒；见“问题”表"],
    ]


def test_charts_stand_beside_their_tables_and_never_overlap(tmp_path: Path) -> None:
    """Each in the column right of the measures, each beginning below the end of the one before."""
    dimensions = [Dimension(label, "rank", ("优", "差"), chart) for label, chart in
                  (("一", "pie"), ("二", "bar"), ("三", "column"), ("四", "line"), ("五", ""))]  # fmt: skip
    path = saved(tmp_path, form(GRADE, by=dimensions), [{"rank": "优"}, {"rank": "差"}])
    sheet = sheet_of(path, "概览")
    anchors = [chart.anchor for chart in sheet._charts]
    tops = [anchor._from.row + 1 for anchor in anchors]
    assert [sheet.cell(row=top, column=1).value for top in tops] == ["一", "二", "三", "四"]
    assert {anchor._from.col for anchor in anchors} == {6}
    for anchor, top, following in zip(anchors, tops, tops[1:], strict=False):
        below = sum(sheet.row_dimensions[number].height for number in range(top, following))
        assert anchor.ext.height <= below * 12_700


def test_charts_show_the_first_measure_with_its_values_inside(tmp_path: Path) -> None:
    """Programs that do not calculate still draw them."""
    path = saved(tmp_path, form(GRADE, by=[BY_GRADE]), [{"rank": "优"}, {"rank": "优"}, {"rank": "差"}])
    chart = part(path, "xl/charts/chart1.xml")
    assert "件数（按等级）" in chart
    sheet = sheet_of(path, "概览")
    first = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "优")
    assert f"'概览'!$B${first}:$B${first + 1}" in chart
    assert "<v>2</v>" in chart
    assert 'typeface="微软雅黑"' in chart


def test_a_pie_of_many_values_becomes_bars(tmp_path: Path) -> None:
    """Twenty slices cannot be told apart."""
    records = [{"team": f"{number}班"} for number in range(20)]
    path = saved(tmp_path, form(text("team"), by=[Dimension("班组", "team", chart="pie")]), records)
    assert "<barChart>" in part(path, "xl/charts/chart1.xml")


def test_nothing_at_all_still_makes_a_workbook(tmp_path: Path) -> None:
    """No records: zero counts, no charts, a register with a blank row."""
    path = saved(tmp_path, form(GRADE, DAY, by=[BY_GRADE]))
    assert breakdown(path, "等级") == [["等级", "件数"], ["合计", 0]]
    assert sheet_of(path, "概览")._charts == []
    assert shown(sheet_of(path, "领料单")) == [["序号", "等级", "日期", "来源"]]
    assert sheet_of(path, "领料单").tables["Register1"].ref == "A1:D2"
    assert shown(sheet_of(path, "问题")) == [["没有问题"]]


def test_the_overview_prints_on_portrait_a4_one_page_wide(tmp_path: Path) -> None:
    """Everything inside the print area."""
    sheet = sheet_of(saved(tmp_path, form(GRADE, by=[BY_GRADE]), [{"rank": "优"}]), "概览")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("portrait", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    last = max(number for number, row in sheet.row_dimensions.items() if row.height)
    assert sheet.print_area == f"'概览'!$A$1:$G${last}"
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"


def test_english_words_around_the_same_figures(tmp_path: Path) -> None:
    """Measures and dimensions keep the labels of the form."""
    path = saved(tmp_path, form(GRADE, by=[BY_GRADE]), [{"rank": "优"}, {}], lang="en")
    rows = shown(sheet_of(path, "Overview"))
    assert ["(empty)", 1] in rows
    assert ["Total", 2] in rows
    assert rows[1] == [f"Made on {TODAY}　　Forms 1　　Records 2"]


def test_english_headings_of_the_form_stand_in_an_english_summary(tmp_path: Path) -> None:
    """Measures and dimensions have labels in two languages, also in the titles of charts."""
    by = [Dimension("等级", "rank", ("优", "差"), "pie", english="Grade")]
    slip = form(GRADE, by=by, measures=[Measure("件数", "count", unit="pcs", english="Slips")])
    path = saved(tmp_path, slip, [{"rank": "优"}], lang="en")
    assert breakdown(path, "Grade", "Overview", "Total")[0] == ["Grade", "Slips\n(pcs)"]
    assert "Slips by Grade" in part(path, "xl/charts/chart1.xml")
    assert breakdown(saved(tmp_path, slip, [{"rank": "优"}]), "等级")[0] == ["等级", "件数\n（pcs）"]
