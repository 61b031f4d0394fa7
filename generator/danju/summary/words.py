"""The fixed words of the summary workbook, in Chinese and English. Everything else comes from forms and schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from danju.issues import Severity


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """Every word that no form supplies.

    Attributes:
        headings_of_issues: Severity, code, file, sheet, place, field, fact, remedy.
        documents: Heading of the document column by file suffix; other suffixes stand for themselves in capitals.
        footer: Around page number and page count.
        brackets: Around a unit in a heading.
        period: Filled with first and last day.
        troubled: Filled with records that have issues, those with errors, those with warnings only.
        too_many_links: Filled with the limit and the first row that has file names instead of links.
    """

    overview: str
    title: str
    made_on: str
    forms: str
    form: str
    records: str
    period_heading: str
    period: str
    issues_heading: str
    troubled: str
    untroubled: str
    figures: str
    all_records: str
    total: str
    empty: str
    by: str
    index: str
    source: str
    open: str
    documents: Mapping[str, str]
    too_many_links: str
    issues: str
    headings_of_issues: tuple[str, ...]
    severities: Mapping[Severity, str]
    no_issues: str
    yes: str
    no: str
    list_comma: str
    member_dot: str
    brackets: tuple[str, str]
    footer: tuple[str, str, str]


_ZH = SummaryWords(
    overview="概览",
    title="单据汇总",
    made_on="制表日期",
    forms="表单数",
    form="表单",
    records="记录数",
    period_heading="期间",
    period="{first} 至 {last}",
    issues_heading="问题",
    troubled="{records} 条记录有问题：{errors} 条有错误，{warnings} 条只有提醒；见“问题”表",
    untroubled="没有问题",
    figures="指标",
    all_records="全部记录",
    total="合计",
    empty="（未填）",
    by="{measure}（按{dimension}）",
    index="序号",
    source="来源",
    open="打开",
    documents={".docx": "Word", ".pdf": "PDF", ".xlsx": "Excel", ".html": "网页"},
    too_many_links="Excel 一张工作表最多 {limit:,} 个超链接；自第 {row} 行起只列文件名。",
    issues="问题",
    headings_of_issues=("级别", "代码", "文件", "工作表", "单元格/行", "栏目", "问题", "处理办法"),
    severities={Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"},
    no_issues="没有问题",
    yes="是",
    no="否",
    list_comma="、",
    member_dot="·",
    brackets=("（", "）"),
    footer=("第 ", " 页　共 ", " 页"),
)

_EN = SummaryWords(
    overview="Overview",
    title="Summary",
    made_on="Made on",
    forms="Forms",
    form="Form",
    records="Records",
    period_heading="Period",
    period="{first} to {last}",
    issues_heading="Issues",
    troubled="{records} records have issues: {errors} with errors, {warnings} with warnings only; see sheet “Issues”",
    untroubled="No issues",
    figures="Figures",
    all_records="All records",
    total="Total",
    empty="(empty)",
    by="{measure} by {dimension}",
    index="No.",
    source="Source",
    open="Open",
    documents={".docx": "Word", ".pdf": "PDF", ".xlsx": "Excel", ".html": "Web page"},
    too_many_links="Excel takes {limit:,} hyperlinks a sheet; from row {row} on only file names are given.",
    issues="Issues",
    headings_of_issues=("Level", "Code", "File", "Sheet", "Cell/line", "Field", "Issue", "Remedy"),
    severities={Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"},
    no_issues="No issues",
    yes="Yes",
    no="No",
    list_comma=", ",
    member_dot=" · ",
    brackets=(" (", ")"),
    footer=("Page ", " of ", ""),
)

_BY_LANGUAGE: Mapping[str, SummaryWords] = {"zh": _ZH, "en": _EN}


def words_for(lang: str) -> SummaryWords:
    """The words of a language, `zh` or `en`."""
    return _BY_LANGUAGE[lang]
