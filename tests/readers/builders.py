"""Forms, sheets and readings made in a line or two."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from danju import kinds
from danju.issues import Issue
from danju.model.field import Field, Option, RecordType
from danju.model.form import Form, Summary
from danju.model.layout import Layout
from danju.model.record import RawRecord, RawValue
from danju.readers import Reading, iter_readings


def text(name: str, label: str, *aliases: str, **more: object) -> Field:
    """A text field."""
    return Field(name, kinds.TEXT, label, aliases=aliases, **more)  # type: ignore[arg-type]


def number(name: str, label: str, *aliases: str, **more: object) -> Field:
    """A number field."""
    return Field(name, kinds.NUMBER, label, aliases=aliases, **more)  # type: ignore[arg-type]


def day(name: str, label: str, *aliases: str, **more: object) -> Field:
    """A date field."""
    return Field(name, kinds.DATE, label, aliases=aliases, **more)  # type: ignore[arg-type]


def choice(name: str, label: str, words: str, *aliases: str, **more: object) -> Field:
    """A choice of words."""
    options = tuple(Option(word, word) for word in words.split())
    return Field(name, kinds.CHOICE, label, aliases=aliases, options=options, **more)  # type: ignore[arg-type]


def table(name: str, label: str, members: Iterable[Field], *aliases: str, **more: object) -> Field:
    """Repeating rows."""
    return Field(name, kinds.TABLE, label, aliases=aliases, members=tuple(members), **more)  # type: ignore[arg-type]


def group(name: str, label: str, *aliases: str) -> Field:
    """An approval: opinion, signer, date; plain text means the opinion."""
    members = (text("opinion", "意见", "审核意见"), text("signer", "签名", "签字"), day("date", "日期", "审核日期"))
    return Field(name, kinds.GROUP, label, aliases=aliases, members=members, value_member="opinion")


def contacts(*aliases: str) -> Field:
    """Name, title, phone, mobile; `朱洋涛（采购部经理）` as one text."""
    members = (
        text("name", "姓名", required=True),
        text("title", "职务", "职位"),
        text("phone", "电话", format="phone"),
        text("mobile", "手机", format="mobile"),
    )
    return table("contacts", "联系人", members, *aliases, text_form="{name}（{title}）")


def form(form_id: str, title: str, *fields: Field, aliases: tuple[str, ...] = ()) -> Form:
    """A form without layout."""
    record_type = RecordType(form_id, title, fields)
    return Form(form_id, 1, title, "", aliases, record_type, "", "", "", (), (), Layout(()), Summary())


ORDER = form(
    "order",
    "订货单",
    text("customer", "客户名称", "客户", required=True),
    number("quantity", "数量", required=True, unit="吨"),
    day("ordered_on", "订货日期", "日期"),
    text("remark", "备注"),
)

GRADES = "非常优良 优良 良好 一般 合格 不合格 不好 恶劣"
VISIT = form(
    "visit_report",
    "客户走访报告单",
    text("customer_name", "客户单位名称", "客户名称", required=True),
    text("customer_address", "客户地址", "通讯地址"),
    text("legal_representative", "法人（负责人）", "法定代表人"),
    day("visit_date", "走访日期", required=True),
    choice("quality", "质量", GRADES, required=True),
    choice("service", "服务态度", GRADES, required=True),
    choice("awareness", "产品知名度", "非常驰名 驰名 知名 知道", "产品的知名度", required=True),
    text("suggestion", "其它建议", "其他建议", multiline=True),
    contacts("业务联系人", "联系方式"),
    text("visitor", "走访人"),
    aliases=("客户走访台账",),
)
OPENING = form(
    "customer_opening",
    "客户开户审批表",
    text("customer_name", "客户名称", required=True),
    text("credit_code", "统一社会信用代码", "税号", required=True, format="credit-code"),
    text("legal_representative", "法定代表人", "法人"),
    text("address", "通讯地址"),
    number("registered_capital", "注册资本", unit="万元"),
    choice("customer_class", "客户类别", "直销 独家代理 经销", required=True),
    text("region", "所属区域", "区域"),
    text("bank", "开户行"),
    text("account", "账号"),
    text("invoice_phone", "开票电话", "电话", "联系电话"),
    number("monthly_volume", "预计月提货量", unit="吨"),
    day("application_date", "申请日期", required=True),
    contacts("业务联系人"),
    Field("documents", kinds.CHOICES, "提供资料"),
    table(
        "licences",
        "证照明细",
        (
            choice("document", "资料", "企业营业执照 税务登记证 开票资料"),
            text("provided", "是否提供"),
            text("number", "编号"),
            day("valid_until", "有效期至"),
        ),
    ),
    group("sales_review", "销售部审核", "销售部审核意见"),
    group("finance_review", "财务部审核", "财务部审核意见"),
    group("manager_approval", "总经理审批"),
)
COMPLAINT = form(
    "complaint_record",
    "客户投诉记录及处理意见",
    text("number", "编号"),
    Field("received_at", kinds.DATETIME, "投诉时间", required=True),
    text("customer_name", "投诉客户", required=True),
    text("complainant", "投诉人"),
    text("complainant_phone", "联系电话", "电话"),
    choice("channel", "投诉方式", "书面 口头 电话 网络 来访"),
    text("category", "投诉类别"),
    text("severity", "性质"),
    text("content", "投诉内容", required=True),
    text("result", "处理结果"),
    day("closed_on", "办结日期"),
    text("handler", "经办人"),
    text("remark", "备注"),
    aliases=("客户投诉登记簿",),
)
FORMS = (VISIT, OPENING, COMPLAINT)


def rows_of(grid: str) -> list[list[object]]:
    """Cells of `| a | 3 |` lines; whole and decimal numbers become numbers, `⏎` a line break, nothing is None."""
    return [[_cell(cell) for cell in line.strip().strip("|").split("|")] for line in grid.strip().splitlines()]


def _cell(cell: str) -> object:
    value = cell.strip().replace("⏎", "\n")
    if re.fullmatch(r"[1-9]\d{0,14}(\.\d+)?|0", value):
        return float(value) if "." in value else int(value)
    return value or None


def write_xlsx(
    path: Path,
    sheets: str | list[list[object]] | Mapping[str, str | list[list[object]]],
    merges: str = "",
    hidden: str = "",
) -> Path:
    """A workbook of grids; merges such as `A1:C1 A3:A5` belong to the first sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in (sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}).items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows_of(grid) if isinstance(grid, str) else grid, 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    sheet.cell(row, column).value = value
        if name == hidden:
            sheet.sheet_state = "hidden"
    for merge in merges.split():
        book.worksheets[0].merge_cells(merge)
    book.save(path)
    return path


def write_csv(path: Path, grid: str, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """The grid as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows_of(grid))
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_ods(path: Path, grid: str, cell_extra: Mapping[str, str] | None = None) -> Path:
    """The grid as a minimal OpenDocument spreadsheet; cells of text and numbers.

    Args:
        cell_extra: Raw XML of a cell by its text, to write merged and broken cells.
    """
    lines = []
    for row in rows_of(grid):
        cells = []
        for value in row:
            if value is None:
                cells.append("<table:table-cell/>")
            elif cell_extra and str(value) in cell_extra:
                cells.append(cell_extra[str(value)])
            elif isinstance(value, str):
                cells.append(
                    f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
                )
            else:
                cells.append(
                    f'<table:table-cell office:value-type="float" office:value="{value}">'
                    f"<text:p>{value}</text:p></table:table-cell>"
                )
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        package.writestr("META-INF/manifest.xml", "<manifest/>", zipfile.ZIP_DEFLATED)
    return path


class Read:
    """Readings of a file, used up.

    Attributes:
        readings: As they came.
        records: All of them.
        issues: Of the file and of the records.
    """

    def __init__(self, path: Path, *forms: Form, chosen: Form | None = None) -> None:
        self.readings: list[Reading] = []
        self.records: list[RawRecord] = []
        for reading in iter_readings(path, path.name, forms or (ORDER,), chosen):
            self.readings.append(reading)
            self.records += reading.records
        self.issues: list[Issue] = [issue for reading in self.readings for issue in reading.issues]
        self.issues += [issue for record in self.records for issue in record.issues]

    @property
    def codes(self) -> list[str]:
        """Codes of all issues, in order."""
        return [issue.code for issue in self.issues]

    @property
    def forms(self) -> list[str | None]:
        """Form ids of the readings."""
        return [reading.form.id if reading.form else None for reading in self.readings]

    @property
    def values(self) -> list[dict[str, object]]:
        """The records without places; empty values left out."""
        return [plain(record.fields) for record in self.records]  # type: ignore[misc]

    def issue(self, code: str) -> Issue:
        """The only issue of that code."""
        (found,) = [issue for issue in self.issues if issue.code == code]
        return found


def plain(node: object) -> object:
    """Raw values as plain data; None is left out of mappings."""
    if isinstance(node, RawValue):
        return node.value
    if isinstance(node, Mapping):
        found = {key: plain(value) for key, value in node.items()}
        return {key: value for key, value in found.items() if value is not None and value != {}}
    if isinstance(node, tuple):
        return [plain(item) for item in node]
    return node


def read_grid(folder: Path, grid: str, *forms: Form, merges: str = "", chosen: Form | None = None) -> Read:
    """The grid through a real workbook."""
    return Read(write_xlsx(folder / "表.xlsx", grid, merges), *forms, chosen=chosen)
