"""An output folder has one writer, and every file in it is whole."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from danju.errors import EnvironmentFault, UsageError
from danju.sinks.folder import OutputFolder, write_whole
from danju.sinks.journal import Entry, Journal

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
    history = Journal(tmp_path / "journal.jsonl").history
    assert history == journal.history
    assert history.entries == {("paper", "d1", 0): ENTRY}
    assert (history.numbers, history.stems) == ({"paper": {"A-001"}}, {"a-001 甲"})
    assert history.done == {"A-001 甲": {".pdf", ".docx"}}


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
    assert len(torn.history.entries) == whole[:left].count(b"\n")
    torn.reserve(ENTRY)
    torn.close()
    assert Journal(path).history == torn.history


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
