"""An output folder has one writer, and every file in it is whole."""

from __future__ import annotations

import errno
import tracemalloc
from pathlib import Path

import pytest

from danju.errors import EnvironmentFault, UsageError
from danju.stores.folder import OutputFolder, write_whole
from danju.stores.journal import Entry, Journal

ENTRY = Entry("paper", "d1", 0, "A-001", "A-001 甲")


def names(folder: Path) -> list[str]:
    """Every file in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_with_all_its_content(tmp_path: Path) -> None:
    write_whole(tmp_path / "甲.pdf", b"one")
    write_whole(tmp_path / "甲.pdf", b"two")
    assert (names(tmp_path), (tmp_path / "甲.pdf").read_bytes()) == (["甲.pdf"], b"two")


def test_a_name_as_long_as_a_name_may_be_is_written(tmp_path: Path) -> None:
    name = "😀" * 49 + ".pdf"
    write_whole(tmp_path / name, b"x")
    assert names(tmp_path) == [name]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "甲.pdf", b"x")
    assert names(tmp_path / "a" / "b") == ["甲.pdf"]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "denied")]
)
def test_what_the_system_refuses_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: OSError
) -> None:
    write_whole(tmp_path / "甲.pdf", b"old")

    def refuse(*_: object) -> None:
        raise fault

    monkeypatch.setattr(Path, step, refuse)
    with pytest.raises(EnvironmentFault) as caught:
        write_whole(tmp_path / "甲.pdf", b"new")
    assert (caught.value.code, caught.value.exit_code) == ("E303", 3)
    assert caught.value.values["reason"] == fault.strerror
    assert (names(tmp_path), (tmp_path / "甲.pdf").read_bytes()) == (["甲.pdf"], b"old")


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "甲.pdf", b"new")
    assert names(tmp_path) == []


def test_two_writers_do_not_share_a_folder(tmp_path: Path) -> None:
    with OutputFolder(tmp_path):
        with pytest.raises(UsageError) as caught, OutputFolder(tmp_path):
            pass
        assert caught.value.code == "E107"
    with OutputFolder(tmp_path):
        assert (tmp_path / ".danju" / "lock").exists()


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(UsageError, match="E106"), OutputFolder(tmp_path / "甲"):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="E303"), OutputFolder(tmp_path / "甲" / "乙"):
        pass


def test_taken_file_names_get_a_count(tmp_path: Path) -> None:
    with OutputFolder(tmp_path) as folder:
        assert folder.free_stem("甲", (".pdf",)) == "甲"
        (tmp_path / "甲.pdf").write_bytes(b"")
        (tmp_path / "甲 (2).docx").write_bytes(b"")
        assert folder.free_stem("甲", (".pdf",)) == "甲 (2)"
        assert folder.free_stem("甲", (".pdf", ".docx")) == "甲 (3)"
        folder.journal.reserve(Entry("paper", "d", 0, "", "Abc"))
        assert folder.free_stem("aBC", (".pdf",)) == "aBC (2)"


def test_the_journal_remembers(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.reserve(ENTRY)
    journal.finish("A-001 甲", [".pdf", ".docx"])
    journal.close()
    again = Journal(tmp_path / "journal.jsonl")
    assert again.history == journal.history
    assert again.find("paper", "d1", 0) == journal.find("paper", "d1", 0) == ENTRY
    assert (again.find("paper", "d1", 1), again.knows("paper", "d1", 1)) == (None, False)
    assert (again.history.given, again.history.typed) == ({"paper": ["A-001"]}, {})
    assert [again.history.has_stem(stem) for stem in ("A-001 甲", "a-001 甲", "甲")] == [True, True, False]
    assert again.history.suffixes_of("A-001 甲") == {".pdf", ".docx"}


def test_numbers_that_people_typed_are_remembered_apart(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.reserve(Entry("paper", "d1", 0, "手写", "甲", typed=True))
    journal.close()
    again = Journal(tmp_path / "journal.jsonl")
    assert (again.history.given, again.history.typed) == ({}, {"paper": {"手写"}})
    assert again.find("paper", "d1", 0) == Entry("paper", "d1", 0, "手写", "甲", typed=True)


def test_a_long_history_takes_little_room(tmp_path: Path) -> None:
    """100,000 records in 60 MB: 600 bytes each."""
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    for index in range(5000):
        stem = f"ZF-202603-{index:06d} 广西南宁某某机电设备有限公司"
        journal.reserve(Entry("paper", f"{index:064x}", 0, stem[:16], stem))
        journal.finish(stem, [".docx", ".pdf"])
    journal.close()
    tracemalloc.start()
    again = Journal(path)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert again.history.suffixes_of(stem) == {".docx", ".pdf"}
    assert used / 5000 < 600


def test_what_a_killed_run_left_half_written_is_taken_away(tmp_path: Path) -> None:
    kept = ("甲.pdf", ".甲.tmp", "汇总.xlsx", ".gitignore")
    for name in (*kept, ".甲.pdf.1234.tmp", ".汇总.xlsx.part"):
        (tmp_path / name).write_bytes(b"x")
    with OutputFolder(tmp_path) as folder:
        assert names(tmp_path) == sorted((".danju", *kept))
        (tmp_path / ".乙.docx.77.tmp").write_bytes(b"left by a worker that was killed")
        assert folder.holds("甲.pdf")
    assert names(tmp_path) == sorted((".danju", *kept))


def test_an_empty_file_does_not_count_as_held(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(b"")
    with OutputFolder(tmp_path) as folder:
        assert not folder.holds("甲.pdf")


@pytest.mark.parametrize("left", range(1, 200, 7))
def test_a_journal_cut_off_anywhere_keeps_its_whole_lines_and_goes_on(tmp_path: Path, left: int) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    for index in range(3):
        journal.reserve(Entry("paper", f"d{index}", 0, f"A-00{index}", f"甲{index}"))
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    torn = Journal(path)
    known = [torn.knows("paper", f"d{index}", 0) for index in range(3)]
    assert sum(known) == whole[:left].count(b"\n")
    torn.reserve(ENTRY)
    torn.close()
    again = Journal(path)
    assert again.history == torn.history
    assert again.find("paper", "d1", 0) == ENTRY


def test_a_full_disk_is_told_when_the_journal_is_written(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    journal = Journal(tmp_path / "journal.jsonl")
    (tmp_path / "journal.jsonl").symlink_to(full)
    with pytest.raises(EnvironmentFault, match="E303"):
        journal.reserve(ENTRY)
    with pytest.raises(EnvironmentFault, match="E303"):
        journal.close()
    journal.close()
