"""The visit report as a docxtpl template, built by code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_COLUMNS = 5


def write_word_form(path: Path) -> Path:
    """A one-page template with the cells of our form; contacts repeat by `{%tr for %}`."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Microsoft YaHei", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "微软雅黑")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("客户走访报告单")
    run.bold, run.font.size = True, Pt(19)
    document.add_paragraph("编号：{{ number }}　　　　走访日期：{{ visit_date }}")
    table = document.add_table(rows=0, cols=_COLUMNS)
    table.style = "Table Grid"
    _row(table, ("客户单位名称", 1), ("{{ customer_name }}", 4))
    _row(
        table, ("客户地址", 1), ("{{ customer_address }}", 2), ("法人（负责人）", 1), ("{{ legal_representative }}", 1)
    )
    _row(table, ("走访内容", 1), ("{{ topics }}", 4))
    opinions = [
        _row(table, ("用户意见", 1), ("质量", 1), ("{{ quality }}", 3)),
        _row(table, ("", 1), ("服务态度", 1), ("{{ service }}", 3)),
        _row(table, ("", 1), ("产品知名度", 1), ("{{ awareness }}", 3)),
    ]
    opinions[0].cells[0].merge(opinions[2].cells[0])
    _row(table, ("综合得分", 1), ("{{ score }}", 2), ("走访人", 1), ("{{ visitor }}", 1))
    _row(table, ("其它建议", 1), ("{{ suggestion }}", 4)).height = Pt(90)
    _row(table, ("反馈落实", 1), ("{{ follow_up }}", 4)).height = Pt(60)
    _row(table, ("联系方式", 1), ("姓名", 1), ("职务", 1), ("电话", 1), ("手机", 1))
    _row(table, ("{%tr for contact in contacts %}", 1), ("", 4))
    fields = [(f"{{{{ contact.{name} }}}}", 1) for name in ("name", "title", "phone", "mobile")]
    _row(table, ("{{ loop.index }}", 1), *fields)
    _row(table, ("{%tr endfor %}", 1), ("", 4))
    _row(table, ("客户单位盖章（签名）", 1), ("（盖章）　{{ visit_date }}", 4)).height = Pt(80)
    document.add_paragraph(
        "注：质量、服务态度、产品知名度三栏自左至右按所列分值计分；服务态度“不好”为30分，“恶劣”为0分。综合得分为三项平均。"
    )
    document.save(str(path))
    return path


def _row(table: Any, *cells: tuple[str, int]) -> Any:
    """A row of (text, columns it spans)."""
    row = table.add_row()
    column = 0
    for text, span in cells:
        cell = row.cells[column]
        if span > 1:
            cell = cell.merge(row.cells[column + span - 1])
        cell.text = text
        column += span
    return row
