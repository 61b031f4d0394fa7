"""Broken and hostile files end as issues, quickly, and never as exceptions."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from tests.readers.builders import FORMS, ORDER, Read
from tests.worlds.hostile_files import FILES, package

from danju.messages import CATALOGUE


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_one_clear_issue(tmp_path: Path, name: str) -> None:
    make, expected = FILES[name]
    (tmp_path / name).write_bytes(make())
    started = time.process_time()
    read = Read(tmp_path / name, ORDER, *FORMS)
    assert time.process_time() - started < 5
    assert len(read.codes) == 1
    assert set(read.codes) <= expected
    assert read.records == []
    text = read.issues[0].text()
    assert text.startswith(name)
    assert "?" not in text
    assert "{" not in text
    assert CATALOGUE[read.codes[0]]


def test_the_small_package_of_the_worlds_is_sound(tmp_path: Path) -> None:
    (tmp_path / "good.xlsx").write_bytes(package())
    read = Read(tmp_path / "good.xlsx")
    assert (read.values, read.issues) == ([{"customer": "甲", "quantity": "3"}], [])


def test_external_links_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "links.xlsx").write_bytes(
        package(xl__externalLinks__externalLink1="", **{"xl__externalLinks__a.xml": "<a/>"})
    )
    read = Read(tmp_path / "links.xlsx")
    assert (len(read.values), read.codes) == (1, ["F016"])


def test_whole_columns_of_formatted_empty_cells_are_harmless(tmp_path: Path) -> None:
    from tests.worlds.hostile_files import sheet_xml, text_row

    cells = text_row(1, "客户名称", "数量") + text_row(2, "甲", "3")
    cells += '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (tmp_path / "wide.xlsx").write_bytes(package(sheet_xml(cells)))
    assert len(Read(tmp_path / "wide.xlsx").values) == 1


@pytest.mark.parametrize("count", [0x7FFFFFFF, 100_000_000])
def test_an_xls_that_claims_too_many_strings_does_not_end_the_process(tmp_path: Path, count: int) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "客户名称")
    book.save(str(tmp_path / "a.xls"))
    data = bytearray((tmp_path / "a.xls").read_bytes())
    strings = data.find(b"\xfc\x00", 512)
    data[strings + 8 : strings + 12] = count.to_bytes(4, "little")
    (tmp_path / "a.xls").write_bytes(bytes(data))
    assert Read(tmp_path / "a.xls").codes == ["F002"]


def test_an_xls_with_a_stray_cell_in_its_last_corner_is_read_all_the_same(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row, word in enumerate(("客户名称", "甲公司")):
        sheet.write(row, 0, word)
    sheet.write(65_535, 255, "1")
    book.save(str(tmp_path / "a.xls"))
    assert Read(tmp_path / "a.xls").values == [{"customer": "甲公司"}]


@pytest.mark.parametrize("seed", range(60))
def test_an_xls_with_flipped_bits_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(1, 40):
        sheet.write(0, row, "客户名称")
        sheet.write(row, 0, f"公司{row}")
        sheet.write(row, 1, row / 3)
    sheet.write_merge(50, 52, 0, 1, "注：并")
    book.save(str(tmp_path / "a.xls"))
    data = bytearray((tmp_path / "a.xls").read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 5, 40))):
        data[chance.randrange(8, len(data))] ^= 1 << chance.randrange(8)
    (tmp_path / "a.xls").write_bytes(bytes(data))
    codes = Read(tmp_path / "a.xls").codes
    assert not set(codes) - {"F002", "F010", "F003", "F004", "F011", "F012", "F102", "F103", "F001", "F018", "F114"}, (
        codes
    )
