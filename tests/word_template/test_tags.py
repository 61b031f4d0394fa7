"""The tag language: what a template says and what comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.word_template.builders import body, docx, lines, member

from danju.word_template import compile_template, plain_names
from danju.word_template.tags import plain_expression, scan

CLIENT = {"客户名称": "上海某某公司", "n": 3, "rows": [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], "none": []}


def filled(*blocks: object, **names: object) -> list[str]:
    """Lines of the filled template, without python-docx's own."""
    return lines(compile_template(docx(*blocks)).fill({**CLIENT, **names}))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ 客户名称 }}", "上海某某公司"),
        ("{{客户名称}}", "上海某某公司"),
        ("｛｛客户名称｝｝", "上海某某公司"),
        ("｛{ 客户名称 }｝", "上海某某公司"),
        ("{¦{ 客户¦名称 }¦}", "上海某某公司"),
        ("{{\u00a0客户名称\u3000}}", "上海某某公司"),
        ("｛％ if n ＞ 2 ％｝多｛％ else ％｝少｛％ endif ％｝", "多"),
        ("{% if 客户名称 == ‘上海某某公司’ %}是{% endif %}", "是"),
        ("{{ rows［0］.a }}{{ rows【1】.b }}", "14"),
        ("{{ max（n，5） }}", "5"),
        ("a{# 说明 {{ 不印 }} #}b", "ab"),
        ("{_{ n }_} {_% x %_}", "{{ n }} {% x %}"),
        ("{a_{ }} %", "{a_{ }} %"),
        ("{{ {'a': {'b': n}}['a']['b'] }}", "3"),
        ("{{ '}}' }}", "}}"),
        ("{{ n - 1 }}{{- n }}", "23"),
        ("x {%- if n %} y{% endif %}", "x y"),
        ("{% for r in rows %}{{ r.a }}{% if not loop.last %}、{% endif %}{% endfor %}", "1、3"),
        ("{% set k = n * 2 %}{{ k }}", "6"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('&') }}", "<&>"),
        ("{{ n ~ '个' }}", "3个"),
    ],
)
def test_a_tag_prints_its_value(typed: str, printed: str) -> None:
    assert filled(typed) == [printed]


def test_filters_with_smart_quotes() -> None:
    document = body("<w:p><w:r><w:t>{{ x|default(“无（空）”) }}</w:t></w:r></w:p>")
    assert lines(compile_template(document).fill({})) == ["无（空）"]


def test_spelling_marks_and_bookmarks_inside_a_tag() -> None:
    document = body(
        '<w:p><w:r><w:t>{{ cli</w:t></w:r><w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="b"/>'
        '<w:r w:rsidR="00AA"><w:rPr><w:b/></w:rPr><w:t>ent </w:t></w:r><w:bookmarkEnd w:id="1"/>'
        "<w:r><w:t>}} end</w:t></w:r></w:p>"
    )
    content = compile_template(document).fill({"client": "A"})
    assert lines(content) == ["A end"]
    assert "proofErr" not in member(content)


def test_paragraph_tags_leave_no_paragraph() -> None:
    assert filled("a", "{%p for r in rows %}", "{{ r.a }}", "{%p endfor %}", "b") == ["a", "1", "3", "b"]
    assert filled("a", "{%p if none %}", "x", "{%p else %}", "y", "{%p endif %}", "b") == ["a", "y", "b"]
    assert filled("a", "{%p for r in none %}", "x", "{%p endfor %}", "b") == ["a", "b"]
    assert filled("a", "{% p if n %}", "x", "{% p endif %}", "{#p note #}") == ["a", "x"]


def test_a_paragraph_may_hold_its_own_condition() -> None:
    assert filled("{%p if n %}x{%p endif %}", "{%p if none %}y{%p endif %}", "z") == ["x", "z"]


def test_nested_loops() -> None:
    blocks = ("{%p for r in rows %}", "{{ r.a }}", "{%p for k in [1, 2] %}", "{{ r.a }}.{{ k }}", "{%p endfor %}",
              "{%p endfor %}")  # fmt: skip
    assert filled(*blocks) == ["1", "1.1", "1.2", "3", "3.1", "3.2"]


def test_run_tags_keep_the_look_around_them() -> None:
    document = body(
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>a {%r if n %}b{%r endif %} c</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{r n }}</w:t></w:r></w:p>"
    )
    template = compile_template(document)
    assert lines(template.fill({"n": 1})) == ["a b c", "1"]
    assert lines(template.fill({"n": 0})) == ["a  c", "0"]
    assert member(template.fill({"n": 1})).count("<w:i/>") == 3
    assert "<w:r><w:rPr><w:b/></w:rPr>" in member(template.fill({"n": 1}))


def test_minus_signs_join_lines() -> None:
    blocks = ("我们在", "{%- if n -%}", "市区", "{%- else -%}", "郊外", "{%- endif -%}", "办公。")
    assert filled(*blocks) == ["我们在市区办公。"]
    assert filled(*blocks, n=0) == ["我们在郊外办公。"]


def test_a_tag_over_several_paragraphs() -> None:
    assert filled("a {# 第一行", "第二行", "#} b", "c") == ["a  b", "c"]
    assert filled("{{ 客户名称", "}} x") == ["上海某某公司 x"]


def test_a_condition_may_stretch_over_paragraphs_of_one_level() -> None:
    assert filled("a{% if n %}b", "c{% endif %}d") == ["ab", "cd"]
    assert filled("a{% if none %}b", "c{% endif %}d") == ["ad"]


def test_line_ends_tabs_pages_and_paragraphs_in_values() -> None:
    assert filled("{{ x }}", x="a\nb\tc") == ["a\nb\tc"]
    assert filled("[{{ x }}]", x="a\r\nb\rc") == ["[a\nb\nc]"]
    assert filled("[{{ x }}]", x="a\ab") == ["[a", "b]"]
    assert filled("[{{ x }}]", x="a\fb") == ["[a", "\f", "b]"]


def test_values_as_offices_write_them() -> None:
    from datetime import date
    from decimal import Decimal

    shown = filled(
        "{{ d }} {{ m }} {{ f }} {{ t }} {{ e }} {{ l }} {{ d|date('yyyy-MM-dd') }} {{ s|date }} {{ m|rmb_upper }}",
        d=date(2026, 3, 8), m=Decimal("12000.50"), f=0.1, t=True, e=None, l=["甲", "乙"], s="2026-11-05",
    )  # fmt: skip
    assert shown == ["2026年3月8日 12,000.5 0.1 是  甲、乙 2026-03-08 2026年11月5日 壹万贰仟元零伍角"]


def test_ticks() -> None:
    assert filled("{{ n|tick }}{{ none|tick }}{{ x|tick }}{{ w|tick('甲') }}{{ w|tick('乙') }}{{ l|tick('乙') }}",
                  w="甲", l=["甲", "乙"]) == ["☑☐☐☑☐☑"]  # fmt: skip


def test_labels_with_brackets_and_slashes_are_names() -> None:
    data = plain_names({"法人（负责人）": "张三", "姓名/职务": "李四", "Ａ类": 1.5, "x": [{"单价（元）": 2}]})
    assert isinstance(data, dict)
    tags = "{{ 法人（负责人） }} {{ 姓名／职务 }} {{ Ａ类 }} {{ A类 }} {% for 行 in x %}{{ 行.单价（元） }}{% endfor %}"
    assert filled(tags, **data) == ["张三 李四 1.5 1.5 2"]


def test_one_record_leaves_nothing_for_the_next() -> None:
    template = compile_template(
        docx("{% set ns = namespace(n=0) %}{% for r in rows %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}{{ x }}",
             [["{%tr for r in rows %}"], ["{% vm r.a %}{{ r.a }}"], ["{%tr endfor %}"]])
    )  # fmt: skip
    first = template.fill({"rows": [{"a": 1}] * 3, "x": "甲"})
    assert lines(first) == ["3甲", "[top]1", "[below]", "[below]"]
    assert lines(template.fill({"rows": [{"a": 1}]})) == ["1", "[top]1"]
    assert template.fill({"rows": [{"a": 1}] * 3, "x": "甲"}) == first


def test_filling_does_not_change_the_values() -> None:
    rows = [{"a": 2}, {"a": 1}]
    compile_template(docx("{% for r in rows|sort(attribute='a') %}{{ r.a }}{% endfor %}")).fill({"rows": rows})
    assert rows == [{"a": 2}, {"a": 1}]


def test_constant_members_stay_as_they_are() -> None:
    document = docx("{{ x }}")
    content = compile_template(document).fill({"x": 1})
    for name in ("word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert member(content, name) == member(document, name)


_PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
        | st.sampled_from("\n\t<&>\"'{}%")
    )
)
def test_any_text_comes_out_as_it_is(text: str) -> None:
    template = _TEMPLATE
    assert lines(template.fill({"x": text})) == [f"[{text}]", f"甲{text}乙"]


_TEMPLATE = compile_template(docx("[{{ x }}]", "甲{{r x }}乙"))


@given(st.text("{}%#{｛｝％abc 'n“”\"-_|", max_size=40))
def test_scanning_never_fails_and_tags_do_not_overlap(text: str) -> None:
    tags, problems = scan(text)
    ends = 0
    for tag in tags:
        assert ends <= tag.start < tag.end <= len(text)
        assert text[tag.start : tag.end] == tag.text
        ends = tag.end
    assert all(0 <= problem.start < len(text) for problem in problems)


def test_full_width_signs_stay_inside_quotes() -> None:
    assert plain_expression("ａ（“，（）”）") == 'a("，（）")'
    assert plain_expression('‘它"说’') == "'它\"说'"


def test_the_bytes_are_always_the_same() -> None:
    document = docx("{{ x }}", [["{{ x }}"]])
    assert compile_template(document).fill({"x": "值"}) == compile_template(document).fill({"x": "值"})
