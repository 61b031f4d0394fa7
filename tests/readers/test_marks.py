"""Our own marks are not read as the author's data; anything that only resembles them is."""

from __future__ import annotations

from danju.readers.table.marks import find_column, is_index, without_marks
from danju.readers.table.sheets import Sheet


def sheet(*rows: list[object]) -> Sheet:
    """A sheet of these rows."""
    return Sheet("a.xlsx", "走访", True, (), lambda: iter([list(row) for row in rows]))


def test_the_index_is_left_out_by_the_words_of_its_first_cell() -> None:
    index, register = sheet(["检查结果（单据检查）"]), sheet(["客户", "质量"])
    assert is_index(index)
    assert without_marks([index, register]) == [register]
    assert not is_index(sheet(["检查结果"]))


def test_the_column_of_messages_is_blank_from_its_heading_down() -> None:
    given = sheet(["台账", None, "抬头"], ["客户", "质量", " 错误（单据检查） "], ["甲", "优良", "质量：…"], ["乙"])
    assert find_column(given) == (1, 2)
    rows = list(without_marks([given])[0].open_rows())
    assert rows == [["台账", None, "抬头"], ["客户", "质量", None], ["甲", "优良", None], ["乙"]]


def test_a_column_of_the_author_with_a_similar_heading_stays() -> None:
    given = sheet(["客户", "错误"], ["甲", "发错货"])
    assert without_marks([given]) == [given]
