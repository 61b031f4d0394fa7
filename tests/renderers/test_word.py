"""Drawings as Word files, read back as python-docx and XML show them."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from tests.renderers.conftest import drawing as made
from tests.renderers.conftest import visit_page

from danju.model.drawing import Cell, Drawing, Line, Page, Run
from danju.model.layout import Paper
from danju.ooxml.properties import Properties
from danju.renderers.word import WordRenderer, compile_word
from danju.renderers.word_parts import track_twips, twips

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def word() -> WordRenderer:
    """The renderer, compiled once as in use."""
    return compile_word()


def read_part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A member as XML."""
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def rows_of(data: bytes, table: int = 0) -> list[etree._Element]:
    """The rows of a table."""
    return list(read_part(data).iter(W + "tbl"))[table].findall(W + "tr")


def texts(row: etree._Element) -> list[str]:
    """Text of each cell of a row; lines are parted by |."""
    return ["|".join("".join(p.itertext(W + "t")) for p in cell.findall(W + "p")) for cell in row.findall(W + "tc")]


def number(element: etree._Element, path: str, attribute: str) -> int:
    """An attribute as a number, 0 when the element is missing."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return 0 if found is None else int(found.get(W + attribute))


def side(cell: etree._Element, name: str) -> str:
    """Weight of a rule in eighths of a point, or nil; the table's own where the cell does not say."""
    rule = cell.find(f"{W}tcPr/{W}tcBorders/{W}{name}")
    if rule is None:
        inside = "insideH" if name in ("top", "bottom") else "insideV"
        rule = next(cell.iterancestors(W + "tbl")).find(f"{W}tblPr/{W}tblBorders/{W}{inside}")
    return rule.get(W + "sz") or rule.get(W + "val")


def test_words_stand_where_the_drawing_has_them(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Title, line above the grid, pairs, option lines and the nested table appear in order."""
    rows = [texts(row) for row in rows_of(word.render(visit_report, properties))]
    assert rows[:4] == [
        ["客户走访报告单"],
        ["编号：ZF-202603-017", "走访日期：2026年3月18日"],
        ["客户单位名称", "南宁华盛石化有限公司"],
        ["客户地址", "南宁市高新区科园大道 88 号", "法人代表", "陈建国"],
    ]
    assert rows[4] == [
        "用户意见",
        "质　　量",
        "☐ 非常优良 100　☑ 优良 90　☐ 良好 85|☐ 一般 80　☐ 合格 70　☐ 不合格 60",
    ]
    assert rows[9][1:] == ["姓　名", "职　务", "电　话", "手　机"]
    assert rows[10] == ["", "陈建国", "总经理", "0771-3210088", "13907710001"]


def test_widths_add_up_in_every_row(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """Table, grid tracks and the cells of each row have one and the same width: 170 mm."""
    data = word.render(visit_report, properties)
    table = next(read_part(data).iter(W + "tbl"))
    tracks = [int(track.get(W + "w")) for track in table.find(W + "tblGrid")]
    assert number(table, "tblPr/tblW", "w") == sum(tracks) == twips(170)
    for row in rows_of(data):
        cells = row.findall(W + "tc")
        assert sum(number(cell, "tcPr/tcW", "w") for cell in cells) == sum(tracks)
        assert sum(number(cell, "tcPr/gridSpan", "val") or 1 for cell in cells) == len(tracks)


def test_rounding_to_twips_never_drifts() -> None:
    """Each edge is rounded, not each track."""
    widths = track_twips((10.01,) * 17)
    assert sum(widths) == twips(170.17)
    assert set(widths) == {567, 568}


def test_heights_are_the_drawing_s_and_rows_stay_whole(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Rows below the title block are at least as high as drawn, never split."""
    rows = rows_of(word.render(visit_report, properties))[2:-1]
    heights = [number(row, "trPr/trHeight", "val") for row in rows]
    assert sum(heights) == pytest.approx(twips(sum(visit_report.pages[0].heights_mm)), abs=2)
    assert {row.find(f"{W}trPr/{W}trHeight").get(W + "hRule") for row in rows} == {"atLeast"}
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_tall_cells_are_merged_down(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """用户意见 begins in one row and continues in two more."""
    rows = rows_of(word.render(visit_report, properties))
    merges = [row.find(f"{W}tc/{W}tcPr/{W}vMerge") for row in rows[3:8]]
    assert [None if merge is None else merge.get(W + "val", "continue") for merge in merges] == [
        None,
        "restart",
        "continue",
        "continue",
        None,
    ]


def test_rules_are_thick_outside_thin_inside_and_missing_where_open(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """1.1 pt around the grid, 0.5 pt inside, none in the title block or between an opinion and its sign-off line."""
    rows = rows_of(word.render(visit_report, properties))
    title = rows[0].find(W + "tc")
    assert {side(title, name) for name in ("top", "left", "bottom", "right")} == {"nil"}
    label, value = rows[2].findall(W + "tc")
    assert [side(label, name) for name in ("top", "left", "bottom", "right")] == ["9", "9", "4", "4"]
    assert [side(value, name) for name in ("top", "left", "bottom", "right")] == ["9", "4", "4", "9"]
    opinion, sign = rows[13].findall(W + "tc")[1], rows[14].findall(W + "tc")[1]
    assert (side(opinion, "bottom"), side(sign, "top"), side(sign, "bottom")) == ("nil", "nil", "4")
    assert side(rows[16].findall(W + "tc")[1], "bottom") == "9"


def test_open_edge_counts_for_both_neighbours(
    word: WordRenderer, properties: Properties, visit_report: Drawing
) -> None:
    """One of the two saying so is enough."""
    cells = (Cell(0, 0, 1, 1, (), open_bottom=True), Cell(1, 0, 1, 1, ()))
    rows = rows_of(word.render(made(Page((9.0, 9.0), cells), columns=(170.0,), right=""), properties))
    assert side(rows[3].find(W + "tc"), "top") == "nil"


def test_text_without_rules_lies_outside_the_frame(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """A bare cell has no rules, and its neighbour's facing side belongs to the frame."""
    cells = (Cell(0, 0, 1, 2, (Line((Run("兹证明"),)),), border=False), Cell(1, 0, 1, 1, ()))
    drawing = made(Page((9.0, 9.0), cells), columns=(85.0, 85.0))
    rows = rows_of(word.render(drawing, properties))
    assert side(rows[2].find(W + "tc"), "bottom") == "nil"
    bordered, gap = rows[3].findall(W + "tc")
    assert {side(bordered, name) for name in ("top", "left", "bottom", "right")} == {"9"}
    assert side(gap, "left") == "nil"


def test_title_block_and_table_head_repeat(word: WordRenderer, long_list: Drawing, properties: Properties) -> None:
    """Name, title, line, and the table's head on the second sheet; not a head that a merged label reaches out of."""
    data = word.render(long_list, properties)
    flags = [
        [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows_of(data, table)].count(True) for table in (0, 1)
    ]
    assert flags == [3, 4]
    assert texts(rows_of(data, 1)[1]) == ["联系人登记表"]


def test_further_sheets_begin_with_a_tiny_paragraph(
    word: WordRenderer, long_list: Drawing, properties: Properties
) -> None:
    """The page break and the end of the document cost 1 pt each, so no blank sheet arises."""
    body = read_part(word.render(long_list, properties)).find(W + "body")
    assert [child.tag.removeprefix(W) for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]
    assert {number(p, "pPr/spacing", "line") for p in body.findall(W + "p")} == {20}
    assert body[1].find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_every_run_has_its_font_for_all_scripts(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Text in 微软雅黑, tick boxes in a symbol font, named four times in the style of the run or of its paragraph."""
    data = word.render(visit_report, properties)
    fonts = {}
    for style in read_part(data, "word/styles.xml").iter(W + "style"):
        named = style.find(f"{W}rPr/{W}rFonts")
        if named is not None:
            fonts[style.get(W + "styleId")] = {named.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    seen = set()
    for part in ("word/document.xml", "word/footer1.xml"):
        for paragraph in read_part(data, part).iter(W + "p"):
            for run in paragraph.iter(W + "r"):
                own = run.find(f"{W}rPr/{W}rStyle")
                style = paragraph.find(f"{W}pPr/{W}pStyle") if own is None else own
                (font,) = fonts[style.get(W + "val")]
                is_box = "".join(run.itertext(W + "t")) in {"☐", "☑"}
                seen.add((is_box, font))
                hint = run.find(f"{W}rPr/{W}rFonts")
                assert is_box or run.find(W + "t") is None or hint.get(W + "hint") == "eastAsia"
    assert seen == {(False, "微软雅黑"), (True, "Segoe UI Symbol")}


def test_blanks_at_the_ends_of_a_text_are_kept(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Word drops them unless told not to."""
    cells = tuple(Cell(0, column, 1, 1, (Line((Run(text),)),)) for column, text in enumerate((" 甲", "乙 ", "丙")))
    drawing = made(Page((9.0,), cells), columns=(40.0, 40.0, 40.0))
    kept = {
        text.text: text.get("{http://www.w3.org/XML/1998/namespace}space")
        for text in read_part(word.render(drawing, properties)).iter(W + "t")
    }
    assert (kept[" 甲"], kept["乙 "], kept["丙"]) == ("preserve", "preserve", None)


def test_scores_are_small_and_grey_and_title_is_spaced(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Sizes are half points; the title's letters stand apart."""
    rows = rows_of(word.render(visit_report, properties))
    score = rows[4].findall(W + "tc")[2].findall(f"{W}p/{W}r")[2]
    assert (number(score, "rPr/sz", "val"), score.find(f"{W}rPr/{W}color").get(W + "val")) == (16, "6B7280")
    title = rows[0].find(f"{W}tc/{W}p/{W}r")
    assert (number(title, "rPr/sz", "val"), number(title, "rPr/spacing", "val")) == (38, 61)


def test_a_long_title_shrinks_to_one_line(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """No letter space and a smaller size, down to 14 pt."""
    rows = rows_of(word.render(made(visit_page(), title="关于" * 15), properties))
    title = rows[0].find(f"{W}tc/{W}p/{W}r")
    assert (number(title, "rPr/sz", "val"), number(title, "rPr/spacing", "val")) == (31, 0)


def test_a_line_may_not_end_with_a_tick_box(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """The settings say so; no invisible characters are put into the text."""
    settings = read_part(word.render(visit_report, properties), "word/settings.xml")
    assert {"☐", "☑", "☒"} <= set(settings.find(W + "noLineBreaksAfter").get(W + "val"))
    assert settings.find(W + "updateFields") is None


def test_equal_input_gives_equal_bytes(visit_report: Drawing, properties: Properties) -> None:
    """Also from a renderer compiled anew."""
    assert compile_word().render(visit_report, properties) == compile_word().render(visit_report, properties)


def test_nothing_of_one_record_stays_for_the_next(
    word: WordRenderer, visit_report: Drawing, long_list: Drawing, properties: Properties
) -> None:
    """Rendering another drawing in between changes nothing."""
    first = word.render(visit_report, properties)
    word.render(long_list, properties)
    assert word.render(visit_report, properties) == first


def test_signs_of_xml_are_text(word: WordRenderer, properties: Properties, visit_report: Drawing) -> None:
    """< > & and quotes come back as they were, in cells, title block, footer and properties."""
    nasty = "<w:p> & \"q\" 'a' ]]>"
    page = Page((9.0,), (Cell(0, 0, 1, 1, (Line((Run(nasty),)),)),))
    drawing = made(page, columns=(170.0,), title=nasty, left=nasty, footer=nasty, unit_name=nasty)
    data = word.render(drawing, properties._replace(title=nasty, number=nasty, author=nasty, form_id=nasty))
    document = docx.Document(BytesIO(data))
    assert {cell.text for row in document.tables[0].rows for cell in row.cells} == {nasty, drawing.right}
    assert document.core_properties.title == document.core_properties.identifier == nasty
    assert document.sections[0].footer.paragraphs[0].text.startswith(nasty)


def test_footer_counts_pages(word: WordRenderer, long_list: Drawing, properties: Properties) -> None:
    """Number left; page number and page count are fields."""
    footer = read_part(word.render(long_list, properties), "word/footer1.xml")
    assert "".join(footer.itertext(W + "t")) == "ZF-202603-017第 1 页　共 2 页"
    assert [field.get(W + "instr").strip() for field in footer.iter(W + "fldSimple")] == ["PAGE", "NUMPAGES"]


def test_properties_trace_the_file_to_form_and_record(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Core properties as readers show them, ours in custom.xml; an unknown date is a fixed one."""
    data = word.render(visit_report, properties)
    core = docx.Document(BytesIO(data)).core_properties
    assert (core.title, core.identifier, core.author) == ("客户走访报告单", "ZF-202603-017", "市场部")
    assert str(core.created) == str(core.modified) == "2026-03-18 00:00:00+00:00"
    custom = read_part(data, "docProps/custom.xml")
    assert {entry.get("name"): "".join(entry.itertext()) for entry in custom} == {
        "DanjuForm": "visit_report",
        "DanjuFormVersion": "3",
        "DanjuFormDigest": "ab12",
        "DanjuRecordDigest": "cd34",
        "DanjuNumber": "ZF-202603-017",
    }
    undated = docx.Document(BytesIO(word.render(visit_report, properties._replace(date=""))))
    assert str(undated.core_properties.created) == "2000-01-01 00:00:00+00:00"


def test_paper_turns(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """A wide sheet is landscape; the binding margin stays left."""
    data = word.render(replace(visit_report, paper=Paper(297.0, 210.0)), properties)
    section = docx.Document(BytesIO(data)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm), round(section.left_margin.mm)) == (
        297,
        210,
        22,
    )
    assert section.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE


def test_nothing_foreign_is_left_of_the_template(
    word: WordRenderer, visit_report: Drawing, properties: Properties
) -> None:
    """Members are exactly ours; no thumbnail, no foreign styles."""
    with ZipFile(BytesIO(word.render(visit_report, properties))) as package:
        names = {name for name in package.namelist() if not name.endswith(".rels")}
        styles = re.findall(r'w:styleId="(\w+)"', package.read("word/styles.xml").decode())
    assert names == {
        "[Content_Types].xml", "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "word/document.xml",
        "word/fontTable.xml", "word/footer1.xml", "word/settings.xml", "word/styles.xml",
    }  # fmt: skip
    assert styles == ["Normal", "DefaultParagraphFont", "TableNormal", "NoList", "DL", "DC", "DR", "DF", "DB"]


def test_overlapping_cells_are_refused(word: WordRenderer, visit_report: Drawing, properties: Properties) -> None:
    """Such a drawing cannot be a table; neither can one with cells outside it."""
    twice = Page((9.0,), (Cell(0, 0, 1, 2, ()), Cell(0, 1, 1, 1, ())))
    outside = Page((9.0,), (Cell(0, 6, 1, 2, ()),))
    with pytest.raises(ValueError, match="overlap"):
        word.render(replace(visit_report, pages=(twice,)), properties)
    with pytest.raises(ValueError, match="outside"):
        word.render(replace(visit_report, pages=(outside,)), properties)
