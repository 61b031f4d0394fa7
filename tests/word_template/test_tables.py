"""Tables: rows, columns, merged cells, and what must not become of them."""

from __future__ import annotations

import pytest
from tests.word_template.builders import W, body, columns, docx, lines, member

from danju.errors import InputError
from danju.word_template import compile_template

ROWS = [{"k": "甲", "v": "1"}, {"k": "甲", "v": "2"}, {"k": "乙", "v": "3"}]


def filled(*blocks: object, **names: object) -> bytes:
    """The filled template."""
    return compile_template(docx(*blocks)).fill({"rows": ROWS, "none": [], **names})


def test_rows_are_repeated() -> None:
    table = [
        ["名", "值"],
        ["{%tr for r in rows %}", ""],
        ["{{ r.k }}", "{{ r.v }}"],
        ["{%tr endfor %}", ""],
        ["合计", "{{ rows|length }}"],
    ]
    assert lines(filled(table)) == ["名 | 值", "甲 | 1", "甲 | 2", "乙 | 3", "合计 | 3"]


def test_a_row_may_hold_its_own_loop() -> None:
    assert lines(filled([["{%tr for r in rows %}{{ r.k }}", "{{ r.v }}{%tr endfor %}"]])) == [
        "甲 | 1",
        "甲 | 2",
        "乙 | 3",
    ]


def test_rows_under_conditions_and_in_nested_loops() -> None:
    table = [["{%tr for r in rows %}"], ["{%tr if r.v != '2' %}"], ["{{ r.v }}"], ["{%tr for x in [7] %}"], ["{{ x }}"],
             ["{%tr endfor %}"], ["{%tr endif %}"], ["{%tr endfor %}"], ["末"]]  # fmt: skip
    assert lines(filled(table)) == ["1", "7", "3", "7", "末"]


def test_columns_are_repeated_and_the_grid_follows() -> None:
    content = filled([["h", "{%tc for r in rows %}", "{{ r.v }}", "{%tc endfor %}"]] * 2)
    assert lines(content) == ["h | 1 | 2 | 3"] * 2
    assert columns(content) == [4]
    content = filled([["h", "{%tc for r in rows %}", "{{ r.v }}", "{%tc endfor %}"]], rows=ROWS * 3)
    assert columns(content) == [10]
    content = filled([["h", "{%tc for r in rows %}", "{{ r.v }}", "{%tc endfor %}"]], rows=[])
    assert (lines(content), columns(content)) == (["h"], [1])


def test_the_width_of_the_table_stays() -> None:
    from lxml import etree

    content = filled([["h", "{%tc for r in rows %}", "{{ r.v }}", "{%tc endfor %}"]], rows=ROWS * 2)
    widths = [int(each.get(f"{W}w")) for each in etree.fromstring(member(content).encode()).iter(f"{W}gridCol")]
    assert len(widths) == 7
    assert abs(sum(widths) - 8640) <= len(widths)


def test_colspan_and_cellbg() -> None:
    content = filled([["{% colspan 2 %}{% cellbg c %}题", "", ""]], c="#ff0000")
    assert lines(content) == ["[span=2]题 |  | "]
    assert 'w:fill="FF0000"' in member(content)
    assert columns(content) == [4]
    assert 'w:fill="FFFF00"' in member(filled([["{% cellbg c %}题"]], c="黄色"))
    assert 'w:fill="auto"' in member(filled([["{% cellbg c %}题"]], c=None))


def test_cell_properties_keep_their_order() -> None:
    document = body(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        '<w:tcW w:w="100" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        "<w:p><w:r><w:t>{% cellbg c %}{% colspan 1 %}x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    xml = member(compile_template(document).fill({"c": "FF0000"}))
    assert xml.index("<w:tcW") < xml.index("<w:gridSpan") < xml.index("<w:shd") < xml.index("<w:vAlign")


def test_a_colour_that_is_none_names_the_tag() -> None:
    with pytest.raises(InputError, match=r"表1 行1 列1 › \{% cellbg c %}：“紫气”不是颜色"):
        filled([["{% cellbg c %}题"]], c="紫气")


def test_vertical_merge_of_a_whole_loop() -> None:
    table = [["{%tr for r in rows %}", ""], ["{% vm %}{{ r.k }}", "{{ r.v }}"], ["{%tr endfor %}", ""]]
    assert lines(filled(table)) == ["[top]甲 | 1", "[below] | 2", "[below] | 3"]


def test_vertical_merge_of_equal_neighbours() -> None:
    table = [["{%tr for r in rows %}", ""], ["{% vm r.k %}{{ r.k }}", "{{ r.v }}"], ["{%tr endfor %}", ""]]
    assert lines(filled(table)) == ["[top]甲 | 1", "[below] | 2", "[top]乙 | 3"]


def test_two_merged_columns_and_nested_loops_do_not_disturb_each_other() -> None:
    table = [["{%tr for g in groups %}", "", ""], ["{%tr for r in g.rows %}", "", ""],
             ["{% vm g.n %}{{ g.n }}", "{% vm r.k %}{{ r.k }}", "{{ r.v }}"], ["{%tr endfor %}", "", ""],
             ["{%tr endfor %}", "", ""]]  # fmt: skip
    shown = lines(filled(table, groups=[{"n": "一", "rows": ROWS}, {"n": "一", "rows": ROWS[:1]}]))
    assert shown == [
        "[top]一 | [top]甲 | 1",
        "[below] | [below] | 2",
        "[below] | [top]乙 | 3",
        "[top]一 | [top]甲 | 1",
    ]


def test_horizontal_merge() -> None:
    table = [["h", "{%tc for r in rows %}", "{% hm %}{{ r.k }}", "{%tc endfor %}"],
             ["h", "{%tc for r in rows %}", "{{ r.v }}", "{%tc endfor %}"]]  # fmt: skip
    assert lines(filled(table)) == ["h | [span=3]甲", "h | 1 | 2 | 3"]


def test_no_cell_without_paragraph_no_row_without_cell_no_table_without_row() -> None:
    document = body(
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
        "<w:p><w:r><w:t>{%p for r in none %}</w:t></w:r></w:p><w:p><w:r><w:t>x</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    assert "</w:tcPr><w:p/></w:tc>" in member(compile_template(document).fill({})).replace(
        "<w:tcPr/>", "<w:tcPr></w:tcPr>"
    )
    assert lines(filled([["{%tr for r in none %}"], ["{{ r.v }}"], ["{%tr endfor %}"]], "后")) == ["后"]
    assert "<w:tbl>" not in member(filled([["{%tr for r in none %}"], ["{{ r.v }}"], ["{%tr endfor %}"]]))
    assert lines(filled([["{%tc for r in none %}", "x", "{%tc endfor %}"], ["y", "", ""]])) == ["y |  | "]


def test_rows_and_paragraphs_inside_content_controls() -> None:
    control = "<w:sdt><w:sdtPr><w:id w:val='5'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    blocks = [paragraph.format(text) for text in ("{%p for r in rows %}", "{{ r.v }}", "{%p endfor %}")]
    content = compile_template(body("".join(control.format(block) for block in blocks))).fill({"rows": ROWS})
    assert lines(content) == ["1", "2", "3"]
    assert member(content).count("<w:sdt>") == 3
    assert "showingPlcHdr" not in member(content)


def test_ids_and_bookmarks_are_unique_after_loops() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="3" name="n"/></wp:inline></w:drawing></w:r>'
    )
    document = body(
        "<w:p><w:r><w:t>{%p for r in rows %}</w:t></w:r></w:p>"
        f'<w:p><w:bookmarkStart w:id="0" w:name="b"/>{picture}<w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>'
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    )
    import re

    xml = member(compile_template(document).fill({"rows": ROWS}))
    numbers = re.findall(r'<wp:docPr id="(\d+)"', xml)
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', xml)
    assert len(set(numbers)) == 3
    assert [name for _, name in starts] == ["b", "b_2", "b_3"]
    assert [number for number, _ in starts] == re.findall(r'<w:bookmarkEnd w:id="(\d+)"', xml)


def test_a_section_break_survives_its_paragraph() -> None:
    document = body(
        "<w:p><w:r><w:t>{%p if x %}</w:t></w:r></w:p><w:p><w:r><w:t>x</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:sectPr><w:pgSz w:w='5' w:h='6'/></w:sectPr></w:pPr><w:r><w:t>{%p endif %}</w:t></w:r></w:p>"
    )
    assert '<w:pgSz w:w="5" w:h="6"/>' in member(compile_template(document).fill({}))
