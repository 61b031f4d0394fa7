"""Drawings made by hand, as the layout would make them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from danju.layout.heading import heading_rows, note_rows
from danju.model.drawing import Cell, Drawing, Line, Page, Run
from danju.model.layout import Paper
from danju.ooxml.properties import Properties

COLUMNS = (27.0, 19.0, 16.0, 26.0, 21.0, 18.5, 42.5)
"""170 mm: label, sub-label, then tracks shared by pairs and the contacts table."""


def cell(row: int, column: int, span: tuple[int, int], *lines: str | Line, **looks: object) -> Cell:
    """A cell; span is (rows, columns); plain strings become lines of default text."""
    align = str(looks.pop("align", "left"))
    content = tuple(line if isinstance(line, Line) else Line((Run(line),), align) for line in lines if line)
    return Cell(row, column, *span, content, **looks)  # type: ignore[arg-type]


def label(row: int, column: int, span: tuple[int, int], *lines: str) -> Cell:
    """A shaded, centred cell."""
    return cell(row, column, span, *lines, align="center", is_label=True)


def options(chosen: str, *words: str) -> Line:
    """An option line `☐ 一般 80　☑ 优良 90`: boxes, words and small grey scores."""
    runs: list[Run] = []
    for index, word in enumerate(words):
        name, score = word.split()
        runs.append(Run("☑" if name == chosen else "☐", symbol=True))
        runs.append(Run(f" {name} "))
        runs.append(Run(score, size_pt=8.0, grey=True))
        if index < len(words) - 1:
            runs.append(Run("　"))
    return Line(tuple(runs))


def contacts(row: int, people: Sequence[tuple[str, str, str, str]]) -> list[Cell]:
    """The nested table 姓名 职务 电话 手机 on columns 1–2, 3, 4–5 and 6."""
    tracks = ((1, 2), (3, 1), (4, 2), (6, 1))
    heads = ("姓　名", "职　务", "电　话", "手　机")
    cells = [label(row, column, (1, span), head) for head, (column, span) in zip(heads, tracks, strict=True)]
    for offset, person in enumerate(people, start=1):
        for index, (text, (column, span)) in enumerate(zip(person, tracks, strict=True)):
            name = ("name", "duty", "phone", "mobile")[index]
            cells.append(
                cell(row + offset, column, (1, span), text, align="center", field=f"contacts[{offset - 1}].{name}")
            )
    return cells


def visit_page() -> Page:
    """A full page of a visit report: pairs, option lines, free text, contacts, an approval and a seal."""
    heights = (9.0, 9.0, 14.0, 14.0, 14.0, 9.0, 44.0, 9.0, 9.0, 9.0, 9.0, 16.0, 12.0, 26.0, 12.0)
    cells = [
        label(0, 0, (1, 1), "客户单位名称"),
        cell(0, 1, (1, 6), "南宁华盛石化有限公司", field="customer"),
        label(1, 0, (1, 1), "客户地址"),
        cell(1, 1, (1, 3), "南宁市高新区科园大道 88 号", field="address"),
        label(1, 4, (1, 1), "法人代表"),
        cell(1, 5, (1, 2), "陈建国", field="owner"),
        label(2, 0, (3, 1), "用户意见"),
        label(2, 1, (1, 1), "质　　量"),
        cell(
            2,
            2,
            (1, 5),
            options("优良", "非常优良 100", "优良 90", "良好 85"),
            options("", "一般 80", "合格 70", "不合格 60"),
        ),
        label(3, 1, (1, 1), "服务态度"),
        cell(
            3,
            2,
            (1, 5),
            options("良好", "非常优良 100", "优良 90", "良好 85"),
            options("", "一般 80", "不好 30", "恶劣 0"),
        ),
        label(4, 1, (1, 1), "产　品", "知名度"),
        cell(
            4,
            2,
            (1, 5),
            options("驰名", "非常驰名 100", "驰名 90", "知名度高 85"),
            options("", "知名 70", "知道 60", "不知道 50"),
        ),
        label(5, 0, (1, 1), "综合得分"),
        cell(5, 1, (1, 3), "88.33 分", field="score"),
        label(5, 4, (1, 1), "走访人"),
        cell(5, 5, (1, 2), "韦丽娟", field="visitor"),
        label(6, 0, (1, 1), "其它建议"),
        cell(
            6,
            1,
            (1, 6),
            "希望增加技术支持频次，每季度至少一次现场指导；到货时间偶有延误，建议提前一天通知仓储部门安排卸货。",
            valign="top",
            field="advice",
        ),
        label(7, 0, (4, 1), "主要负责人", "业务主办", "联系方式"),
        *contacts(
            7,
            [
                ("陈建国", "总经理", "0771-3210088", "13907710001"),
                ("李梅", "采购部经理", "0771-3210089", "13807710002"),
                ("",) * 4,
            ],
        ),
        label(11, 0, (2, 1), "处理意见"),
        cell(
            11,
            1,
            (1, 6),
            "经与调度管理部核实，安排当日 18:00 前优先装车。",
            valign="top",
            open_bottom=True,
            field="opinion",
        ),
        cell(12, 1, (1, 6), "经办人：覃晓燕　　2026 年 3 月 21 日", align="right", valign="bottom", open_top=True),
        label(13, 0, (2, 1), "客户单位", "盖章（签名）"),
        cell(13, 1, (1, 6), open_bottom=True),
        cell(14, 1, (1, 6), "（盖章）　　2026 年 3 月 18 日", align="right", valign="bottom", open_top=True),
    ]
    note = (
        "注：质量、服务态度、产品知名度三栏自左至右按括列分值计分；"
        "服务态度“不好”为 30 分，“恶劣”为 0 分。综合得分为三项平均。"
    )
    return Page(heights, tuple(cells), below=note_rows((note,), COLUMNS, is_tight=False))


def drawing(
    *pages: Page,
    columns: tuple[float, ...] = COLUMNS,
    title: str = "客户走访报告单",
    unit_name: str = "",
    left: str = "编号：ZF-202603-017",
    right: str = "走访日期：2026年3月18日",
    footer: str = "ZF-202603-017",
    paper: Paper | None = None,
) -> Drawing:
    """A drawing with the usual title block."""
    heads = ((text,) if text else () for text in (left, right))
    heading = heading_rows(unit_name, title, *heads, columns)
    return Drawing(title, heading, footer, paper or Paper(), columns, pages)


def table_pages() -> tuple[Page, Page]:
    """A long contacts table on two pages; the second repeats the table's head."""
    people = [(f"联系人{index}", "业务经理", f"0771-32100{index:02}", f"139077100{index:02}") for index in range(34)]
    first = Page((9.9,) * 23, (label(0, 0, (23, 1), "联系人"), *contacts(0, people[:22])))
    second = Page(
        (10.0,) * 13, (label(0, 0, (1, 1), ""), label(1, 0, (12, 1), "联系人"), *contacts(0, people[22:])), head_rows=1
    )
    return first, second


@pytest.fixture
def visit_report() -> Drawing:
    """One page with everything on it."""
    return drawing(visit_page())


@pytest.fixture
def long_list() -> Drawing:
    """Two pages, with the organisation's name above the title."""
    return drawing(*table_pages(), title="联系人登记表", unit_name="广西某某石化有限公司", right="")


@pytest.fixture
def properties() -> Properties:
    """Properties of a visit report."""
    return Properties(
        title="客户走访报告单",
        number="ZF-202603-017",
        form_id="visit_report",
        form_version=3,
        form_digest="ab12",
        record_digest="cd34",
        author="市场部",
        date="2026-03-18",
    )
