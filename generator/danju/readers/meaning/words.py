"""Words that every office writes around its data, whatever the form: totals, notes, counters, signatures."""

from __future__ import annotations

import re

# Folded (danju.values.text.fold): no blanks, half width, lower case.
TOTALS = (
    "合计", "总计", "小计", "共计", "累计", "总和", "本页合计", "本页小计", "本月合计", "本年累计", "合计数",
    "total", "subtotal", "grandtotal", "sum",
)  # fmt: skip
"""Labels of rows that add up the rows above."""

NOTES = re.compile(
    r"(注|说明|备注|附注|填表说明|填报说明|注意|注意事项|note|notes|remark|remarks)[0-9一二三四五六七八九十]{0,2}[:.、]"
)
"""Beginning of a folded text that explains the table above it."""

SIGNATURES = re.compile(
    r"(制表|制单|填表|填报|填写|审核|复核|审批|批准|负责|主管|经办|统计|登记|报送|盖章|签字|签名|签章)[^:]{0,6}:"
)
"""Parts of a folded signature line under a table."""

BANNERS = re.compile(r"第[0-9一二三四五六七八九十]+页.*|以下空白|本页以下空白|共[0-9]+页|page[0-9]+.*|-[0-9]+-")
"""Folded texts that stand alone in a row and are never data."""

COUNTERS = frozenset(
    ("序号", "序", "行号", "行次", "项次", "编次", "no", "no.", "#", "№", "idx", "index", "seq", "row", "s/n")
)
"""Folded headings of a column that only counts the rows."""

REMARKS = frozenset((
    "必填", "必填项", "选填", "可填", "可不填", "可选", "如有", "若有", "自动", "自动计算", "必须", "要求填写",
    "勿填", "系统计算", "下拉", "下拉选择",
    "单选", "多选", "公历", "required", "optional",
))  # fmt: skip
"""Folded remarks in brackets behind a heading that do not change its meaning."""

FORM_KEYS = ("form", "表单")
"""Top-level keys of YAML and JSON that name the form."""

VERSION_KEYS = ("version", "版本")
"""Top-level keys of YAML and JSON that say for which version of the form the file was made."""

RECORDS_KEYS = ("records", "记录")
"""Top-level keys of YAML and JSON that hold the list of records."""

NUMERALS = "一二三四五六七八九十"
"""Chinese numerals from one to ten, in order."""
