"""Faults are told all at once, with place, tag and the nearest name; nothing in a template is dangerous."""

from __future__ import annotations

import time

import pytest
from tests.word_template.builders import docx, lines, messages

from danju.errors import DefinitionError, InputError
from danju.library import Library
from danju.rules.expressions import names_of
from danju.word_template import check_template, compile_template

FORM = Library().form("visit_report")


def faults(*blocks: object, checked: bool = False) -> list[str]:
    """Messages of the check."""
    return messages(check_template(docx(*blocks), FORM.record_type if checked else None))


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (("{{ x",), ["正文 › 第1段「{{ x」T101"]),
        (("{{ x }",), ["正文 › 第1段「{{ x }」T101"]),
        (("a", "{ x }}"), ["正文 › 第2段「{ x }}」T102"]),
        (("{{ a {{ b }}",), ["正文 › 第1段「{{ a {{ b }}」T101"]),
        (("{{ a b }}",), ["正文 › 第1段「{{ a b }}」T103"]),
        (("{{ }}",), ["正文 › 第1段「{{ }}」T103"]),
        (("{% unless x %}",), ["正文 › 第1段「{% unless x %}」T104"]),
        (("{% include 'x' %}",), ["正文 › 第1段「{% include 'x' %}」T104"]),
        (("a{% if x %}b",), ["正文 › 第1段「{% if x %}」T105"]),
        (("a{% endif %}b",), ["正文 › 第1段「{% endif %}」T106"]),
        (("a{% else %}b",), ["正文 › 第1段「{% else %}」T106"]),
        (("{%p if x %}", "y{% endif %}"), ["正文 › 第2段「{% endif %}」T107"]),
        (("{%tr if x %}", "{%p endif %}"), ["正文 › 第1段「{%tr if x %}」T108"] * 1),
        (("{%p if x %} 多余", "{%p endif %}"), ["正文 › 第1段「{%p if x %}」T109"]),
        (("{{ x|uper }}",), ["正文 › 第1段「{{ x|uper }}」T111"]),
        (("{{ x|image }}",), ["正文 › 第1段「{{ x|image }}」T112"]),
        (("{{ x|rich(bolt=true) }}",), ["正文 › 第1段「{{ x|rich(bolt=true) }}」T112"]),
        (("{{ x.__class__ }}",), ["正文 › 第1段「{{ x.__class__ }}」T120"]),
        (([["a", "{% vm %}b"]],), ["正文 › 表1 行1 列2「{% vm %}」T125"]),
        (("a", "{% if x %}", "b", "{% endif %}"),
         ["正文 › 第2段「{% if x %}」T123", "正文 › 第4段「{% endif %}」T123"]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(blocks: tuple[object, ...], found: list[str]) -> None:
    told = faults(*blocks)
    assert told[: len(found)] == found


def test_all_faults_are_told_in_one_go_in_the_order_of_the_document() -> None:
    told = faults("{{ a", "{{ 客户明称 }}", [["{{ 编号|uper }}", "x{% endfor %}"]], "{{ 联系人[0].名 }}", checked=True)
    assert told == [
        "正文 › 第1段「{{ a」T101",
        "正文 › 第2段「{{ 客户明称 }}」T110",
        "正文 › 表1 行1 列1「{{ 编号|uper }}」T111",
        "正文 › 表1 行1 列2「{% endfor %}」T106",
        "正文 › 第3段「{{ 联系人[0].名 }}」T110",
    ]


def test_unknown_names_come_with_the_nearest_field() -> None:
    issues = check_template(
        docx("{{ 客户单位名城 }}", "{% for 行 in 联系人 %}{{ 行.姓命 }}{% endfor %}"), FORM.record_type, "甲.docx"
    )
    assert [issue.code for issue in issues] == ["T110", "T110"]
    assert "甲.docx › 正文 › 第1段 › 「{{ 客户单位名城 }}」" in issues[0].text()
    assert "是否指“客户单位名称（customer_name）”" in issues[0].text()
    assert "姓名" in issues[1].text()
    assert "customer_name" in issues[0].text("en")


def test_labels_and_property_names_of_a_form_are_both_known() -> None:
    loop = "{% for 行 in 联系人 %}{{ 行.姓名 }}{{ loop.index }}{% endfor %}"
    tags = "{{ 客户单位名称 }} {{ customer_name }} " + loop + " {% set k = 1 %}{{ k }}"
    document = docx(tags, "{{ 联系人|map(attribute='姓名')|join('、') }}")
    assert check_template(document, FORM.record_type) == []
    names = names_of(FORM.record_type, {"customer_name": "某公司", "contacts": [{"name": "张三"}, {"name": "李四"}]})
    shown = lines(compile_template(document, FORM.record_type).fill(names))
    assert shown == ["某公司 某公司 张三1李四2 1", "张三、李四"]


def test_choices_print_their_label_and_know_their_attributes() -> None:
    field = next(each for each in FORM.record_type.fields if each.options)
    option = field.options[0]
    names = names_of(FORM.record_type, {field.name: option.value})
    document = docx(
        f"{{{{ {field.name} }}}} {{{{ {field.name}|tick('{option.label}') }}}} {{{{ {field.name}|tick('没有') }}}}"
    )
    assert lines(compile_template(document, FORM.record_type).fill(names)) == [f"{option.label} ☑ ☐"]


def test_a_faulty_template_is_not_compiled() -> None:
    with pytest.raises(DefinitionError, match=r"正文 › 第1段 › \{\{ x"):
        compile_template(docx("{{ x"))


def test_absent_names_stay_empty_with_a_warning() -> None:
    filled = compile_template(docx("[{{ 客户名城 }}{{ a.b[0].c }}]")).fill_checked({"客户名称": "甲"})
    assert lines(filled.content) == ["[]"]
    assert [issue.values["name"] for issue in filled.issues] == ["客户名城", "a.b[0].c"]
    assert "是否指“客户名称”" in filled.issues[0].text()
    with pytest.raises(InputError, match="T122"):
        compile_template(docx("{{ x }}")).fill({}, strict=True)


def test_conditions_on_absent_names_are_no_reason_to_warn() -> None:
    filled = compile_template(docx("{% if x and y > 2 %}a{% endif %}{{ z|default('无') }}")).fill_checked({})
    assert (lines(filled.content), filled.issues) == (["无"], ())


def test_illegal_characters_name_the_tag() -> None:
    with pytest.raises(InputError, match=r"第1段 › \{\{ x }}：值的第 2 个字符 U\+0001"):
        compile_template(docx("{{ x }}")).fill({"x": "a\x01"})


def test_a_computation_that_fails_names_its_tag() -> None:
    with pytest.raises(InputError, match=r"第2段 › \{\{ a / b }}"):
        compile_template(docx("{{ a }}", "{{ a / b }}")).fill({"a": 1, "b": 0})
    with pytest.raises(InputError, match=r"表1 行1 列1 › \{% for x in a %}"):
        compile_template(docx([["{% for x in a %}{% endfor %}"]])).fill({"a": 5})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}", "{{ x['__class__'] }}", "{{ (x|attr('__class__')) }}", "{{ rows.append(1) }}",
        "{{ rows.clear() }}",
        "{{ f() }}", "{{ '{0.__class__}'.format(x) }}", "{{ '%99999d'|format(1) }}", "{{ '{:99999}'.format(1) }}",
        "{{ cycler.__init__.__globals__ }}", "{{ lipsum.__globals__ }}", "{{ self.__init__ }}",
    ],
)  # fmt: skip
def test_nothing_private_is_reached(tag: str) -> None:
    document = docx(tag)
    try:
        shown = lines(compile_template(document).fill({"x": "a", "rows": [1], "f": lambda: "secret"}))
    except (InputError, DefinitionError):
        return
    assert shown == [""]


@pytest.mark.parametrize(
    "tag",
    [
        "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
        "{{ 'x' * 99999999 }}",
        "{{ 9 ** 99999999 }}",
        "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set n = namespace(x='x') %}{% for i in range(60) %}{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'x'.zfill(999999999) }}",
        "{{ 'aaaaaaaaaa'.replace('a', 'b' * 900000) }}",
    ],
)  # fmt: skip
def test_work_and_output_are_bounded(tag: str) -> None:
    template = compile_template(docx(tag))
    began = time.process_time()
    with pytest.raises(InputError, match=r"T118|T114|T120"):
        template.fill({})
    assert time.process_time() - began < 20


def test_what_macros_make_is_not_cut_as_xml() -> None:
    tags = "{% set v %}a<b{{ x }}{% endset %}{{ v }} {{ v|upper }} {{ v[:2] }} {{ v.upper() }}"
    assert lines(compile_template(docx(tags)).fill({"x": "&\n"})) == ["a<b&\n A<B&\n a< A<B&\n"]
