"""Traditional characters become simplified ones, one for one."""

import pytest

from danju.values.traditional import simplified


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("優良", "优良"),
        ("獨家代理", "独家代理"),
        ("組織機構代碼證", "组织机构代码证"),
        ("已簽收", "已签收"),
        ("abc", "abc"),
    ],
)
def test_words_are_simplified(text, result):
    assert simplified(text) == result


def test_simplified_characters_stay_as_they_are():
    common = "".join(chr(code) for code in range(0x4E00, 0xA000) if _is_in_gb2312(chr(code)))
    assert simplified(common) == common


def _is_in_gb2312(char):
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False
