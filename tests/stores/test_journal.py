"""The journal of a folder: what was whole is remembered, what is damaged is told with its line."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.errors import EnvironmentFault, UsageError
from danju.messages import format_message
from danju.stores.journal import Journal
from danju.stores.lines import DoneLine, Voided
from danju.stores.store import Entry, Issued, key_of

DIGEST = "0" * 64
OLD = (
    '{"form":"paper","digest":"d0","occurrence":0,"number":"A-001","stem":"A-001 甲"}\n'
    '{"form":"paper","digest":"d0","occurrence":1,"number":"A-002","stem":"A-002 甲"}\n'
    '{"form":"paper","digest":"d1","occurrence":0,"number":"手写","stem":"手写 乙","typed":true}\n'
    '{"done":"A-001 甲","suffixes":[".docx",".pdf"]}\n'
)


_OPEN: list[Journal] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Journals that a test has opened are closed."""
    yield
    while _OPEN:
        _OPEN.pop().close()


def opened(file: Path) -> Journal:
    """The journal, read."""
    _OPEN.append(Journal(file))
    return _OPEN[-1]


def entry(number: str = "A-001", stem: str = "", **more: Any) -> Entry:
    """An entry whose identity follows from its number."""
    given = {"identity": key_of(number), "content": DIGEST, **more}
    return Entry(form="paper", number=number, stem=stem or number, **given)


def journal(path: Path, *items: Entry | DoneLine) -> Path:
    """A journal with items."""
    file = path / "journal.jsonl"
    written = opened(file)
    for item in items:
        if isinstance(item, Entry):
            written.reserve(item)
        else:
            written.finish(item)
    written.close()
    return file


def damage(file: Path, lang: str = "zh") -> str:
    """What is said about a damaged journal."""
    with pytest.raises(UsageError) as caught:
        opened(file)
    error = caught.value
    assert error.code == "E120"
    return format_message(error.code, error.values, error.location, "", lang).partition("journal.jsonl")[2]


def test_what_was_written_is_remembered(tmp_path: Path) -> None:
    first, typed = entry("A-001", "A-001 甲"), entry("手写", typed=True)
    file = journal(tmp_path, first, DoneLine("A-001 甲", {".pdf": "by", ".docx": ""}), typed)
    again = opened(file)
    assert again.find(first.identity) == again.find_number("paper", "A-001") == first
    assert again.find_number("paper", "手写") == typed
    assert {form: list(numbers) for form, numbers in again.history.given.items()} == {"paper": ["A-001"]}
    assert {form: list(numbers) for form, numbers in again.history.typed.items()} == {"paper": ["手写"]}
    assert [again.history.has_stem(stem) for stem in ("A-001 甲", "a-001 甲", "甲")] == [True, True, False]
    assert dict(again.history.made("A-001 甲")) == {".pdf": "by", ".docx": ""}
    assert (again.find(key_of("x")), again.find_number("other", "A-001")) == (None, None)


def test_the_newest_version_counts_and_what_it_replaced_is_known(tmp_path: Path) -> None:
    first = entry()
    second = entry(version=2, content="1" * 64, replaces=Issued("A-001", 1, DIGEST, {".pdf": "by"}))
    void = Voided("paper", "A-001", "A-001", 1, 2, "2026-06-30", {"A-001.pdf": ("A-001 第1版.pdf", DIGEST)}, {})
    done = DoneLine("A-001", {".pdf": "by"}, void)
    again = opened(journal(tmp_path, first, DoneLine("A-001", {".pdf": "by"}), second, done))
    assert again.find(first.identity) == second
    assert list(again.iter_replacements()) == [(done, void)]
    assert list(again.history.given["paper"]) == ["A-001"]


def test_a_new_version_has_nothing_finished(tmp_path: Path) -> None:
    file = journal(tmp_path, entry(), DoneLine("A-001", {".pdf": ""}), entry(version=2, content="1" * 64))
    assert dict(opened(file).history.made("A-001")) == {}


def test_journals_of_the_first_format_are_read_and_go_on(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text(OLD, encoding="utf-8")
    old = opened(file)
    assert old.find(key_of("paper", "content", "d0", "1")) == Entry(
        "paper", key_of("paper", "content", "d0", "1"), "d0", "A-002", "A-002 甲"
    )
    assert dict(old.history.made("A-001 甲")) == {".docx": "", ".pdf": ""}
    old.reserve(entry("A-003"))
    old.close()
    assert file.read_text(encoding="utf-8").startswith(OLD + '{"journal":2}\n{"form":"paper","identity":')
    assert opened(file).find_number("paper", "A-003") == entry("A-003")


def test_lines_that_the_first_format_left_cut_off_are_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    for left in range(1, len(OLD.splitlines()[1])):
        lines = OLD.splitlines(keepends=True)
        file.write_text(lines[0] + lines[1][:left] + "\n" + lines[2], encoding="utf-8")
        assert opened(file).find_number("paper", "手写") is not None


@pytest.mark.parametrize("left", range(1, 420, 13))
def test_a_journal_cut_off_anywhere_keeps_its_whole_lines_and_goes_on(tmp_path: Path, left: int) -> None:
    file = journal(tmp_path, *(entry(f"A-00{index}", f"甲{index}") for index in range(3)))
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    torn = opened(file)
    known = [torn.find_number("paper", f"A-00{index}") for index in range(3)]
    assert known.count(None) >= 3 - max(whole[:left].count(b"\n") - 1, 0) - 1
    torn.reserve(entry("B-001"))
    torn.close()
    again = opened(file)
    assert [again.find_number("paper", f"A-00{index}") for index in range(3)] == known
    assert again.find_number("paper", "B-001") == entry("B-001")
    assert all(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def test_a_last_line_that_only_lacks_its_break_counts(tmp_path: Path) -> None:
    """An editor took it away."""
    file = journal(tmp_path, entry())
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    cut = opened(file)
    assert cut.find_number("paper", "A-001") == entry()
    cut.reserve(entry("A-002"))
    cut.close()
    assert opened(file).find_number("paper", "A-002") == entry("A-002")


def test_breaks_and_marks_of_an_editor_on_windows_do_no_harm(tmp_path: Path) -> None:
    file = journal(tmp_path, entry(), DoneLine("A-001", {".pdf": ""}))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    again = opened(file)
    assert again.find_number("paper", "A-001") == entry()
    assert dict(again.history.made("A-001")) == {".pdf": ""}


GOOD = {"form": "paper", "identity": key_of("2"), "content": DIGEST, "number": "A-002", "stem": "A-002", "version": 1}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("删掉了", "不是一个 JSON 对象"),
        ("[]", "不是一个 JSON 对象"),
        ('{"form":"paper"', "不是一个 JSON 对象"),
        ({**GOOD, "nummer": "x"}, "不认识“nummer”"),
        ({key: value for key, value in GOOD.items() if key != "stem"}, "缺少“stem”"),
        ({**GOOD, "version": "2"}, "“version”应是整数"),
        ({**GOOD, "version": True}, "“version”应是整数"),
        ({**GOOD, "version": 0}, "“version”应是1 或更大的整数"),
        ({**GOOD, "number": 12}, "“number”应是文字"),
        ({**GOOD, "stem": "../../逃"}, "“stem”应是文件名"),
        ({**GOOD, "identity": "甲公司"}, "“identity”应是校验值"),
        ({**GOOD, "number": "A-001", "content": "1" * 64}, "编号“A-001”前面已给了另一条记录"),
        ({**GOOD, "replaces": {"stem": "A"}}, "缺少“version”"),
        ({"done": "谁", "made": {}}, "没有“谁”的编号记录"),
        ({"done": "A-001", "made": {"pdf": ""}}, "“made”应是扩展名和校验值"),
        ({"done": "A-001", "made": {"/../x": ""}}, "“made”应是扩展名和校验值"),
        ({"done": "A-001", "suffixes": [".pdf"], "made": {}}, "不认识“made”"),
        ({"journal": 3}, "由更新版本的 Danju 写成（格式 3）"),
    ],
)  # fmt: skip
def test_a_journal_that_was_edited_is_named_with_line_and_fault(tmp_path: Path, line: Any, told: str) -> None:
    file = journal(tmp_path, entry(), DoneLine("A-001", {".pdf": ""}), entry("A-009"))
    lines = file.read_text(encoding="utf-8").splitlines()
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    file.write_text("\n".join([*lines[:3], text, lines[3], ""]), encoding="utf-8")
    before = file.read_bytes()
    assert damage(file).startswith(f" › 第4行：输出文件夹的日志有损坏：{told}。什么都没有做。")
    assert not any("\u4e00" <= char <= "\u9fff" for char in damage(file, "en").replace("甲公司", "").replace("谁", ""))
    assert file.read_bytes() == before


def test_a_name_in_what_was_superseded_leads_nowhere_else(tmp_path: Path) -> None:
    void = Voided("paper", "A-001", "A-001", 1, 2, "2026-06-30", {"../x": ("a", DIGEST)}, {})
    file = journal(tmp_path, entry(), DoneLine("A-001", {".pdf": ""}, void))
    assert "“files”应是文件名" in damage(file)


@given(st.binary(max_size=60), st.integers(0, 3))
def test_no_bytes_in_a_journal_are_passed_over_in_silence(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    """Either the journal says what it said before, or the damage is told."""
    folder = tmp_path_factory.mktemp("journal")
    file = journal(folder, entry(), entry("A-002"), entry("A-003"))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:at], junk + b"\n", *lines[at:]]))
    with suppress(UsageError):
        again = opened(file)
        assert not junk.strip() or at == 0  # above the mark of the format, where lines may be cut off
        assert [again.find_number("paper", f"A-00{count}") for count in (1, 2, 3)] == [
            entry(), entry("A-002"), entry("A-003")
        ]  # fmt: skip


def test_a_long_history_takes_little_room(tmp_path: Path) -> None:
    """100,000 records in 75 MB: 750 bytes each."""
    path = tmp_path / "journal.jsonl"
    written = opened(path)
    for index in range(5000):
        stem = f"ZF-202603-{index:06d} 广西南宁某某机电设备有限公司"
        written.reserve(Entry("paper", key_of(str(index)), f"{index:064x}", stem[:16], stem))
        written.finish(DoneLine(stem, {".docx": DIGEST[:32], ".pdf": DIGEST[:32]}))
    written.close()
    tracemalloc.start()
    again = opened(path)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again.history.made(stem).keys() == {".docx", ".pdf"}
    assert used / 5000 < 750


def test_a_full_disk_is_told_when_the_journal_is_written(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    written = opened(tmp_path / "journal.jsonl")
    (tmp_path / "journal.jsonl").symlink_to(full)
    with pytest.raises(EnvironmentFault, match="E303"):
        written.reserve(entry())
    with pytest.raises(EnvironmentFault, match="E303"):
        written.close()
    written.close()
