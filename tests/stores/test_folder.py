"""An output folder has one writer, and every file in it is whole."""

from __future__ import annotations

import errno
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from danju.errors import EnvironmentFault, UsageError
from danju.stores.files import write_whole
from danju.stores.folder import FolderStore
from danju.stores.store import Entry, Issued, Store, key_of

CONTENT = '{"customer":"甲"}'


def entry(stem: str = "甲", **more: Any) -> Entry:
    """Something to be reserved."""
    return Entry("paper", key_of("paper", stem), sha256(CONTENT.encode()).hexdigest(), "A-001", stem, **more)


def store(path: Path) -> FolderStore:
    """The store of a folder on a certain day."""
    return FolderStore(path, date(2026, 6, 30))


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
    with store(tmp_path):
        with pytest.raises(UsageError) as caught, store(tmp_path):
            pass
        assert caught.value.code == "E107"
    with store(tmp_path):
        assert (tmp_path / ".danju" / "lock").exists()


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(UsageError, match="E106"), store(tmp_path / "甲"):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="E303"), store(tmp_path / "甲" / "乙"):
        pass


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    """As a type checker sees it, and as it is used."""
    with store(tmp_path) as folder:
        place: Store = folder
        first = entry()
        place.reserve(first, CONTENT)
        place.place(replacing=False).put("甲.pdf", b"x")
        assert (place.has("甲.pdf"), dict(place.made("甲"))) == (True, {})
        place.finish(first, {".pdf": "by"})
        assert dict(place.made("甲")) == {".pdf": "by"}
        assert place.find(first.identity) == place.find_number("paper", "A-001") == first
        assert place.find_content("paper", first.content) == first
        assert place.content_of(first.content) == {"customer": "甲"}
        assert [place.find_number("paper", "A-002"), place.content_of("0" * 64)] == [None, None]


def test_what_replaces_waits_out_of_sight_until_it_is_finished(tmp_path: Path) -> None:
    with store(tmp_path) as folder:
        first = entry()
        folder.reserve(first, CONTENT)
        for suffix in (".pdf", ".docx"):
            folder.place(replacing=False).put(f"甲{suffix}", b"old")
        folder.finish(first, {".pdf": "", ".docx": ""})
        issued = Issued("甲", 1, first.content, folder.made("甲"))
        second = entry("乙", version=2, replaces=issued)
        folder.reserve(second, CONTENT)
        folder.place(replacing=True).put("乙.pdf", b"new")
        assert names(tmp_path) == [".danju", "甲.docx", "甲.pdf"]
        folder.finish(second, {".pdf": "by"}, issued)
        assert (names(tmp_path), dict(folder.made("甲"))) == ([".danju", "乙.pdf", "作废"], {})
    assert names(tmp_path / "作废") == ["作废登记.csv", "甲 第1版.docx", "甲 第1版.pdf"]
    assert names(tmp_path / ".danju") == ["journal.jsonl", "lock", "records.jsonl"]


def test_what_was_not_finished_is_dropped_and_the_old_file_stays(tmp_path: Path) -> None:
    with store(tmp_path) as folder:
        folder.place(replacing=True).put("甲.pdf", b"new")
    assert names(tmp_path) == [".danju"]
    assert "new" not in names(tmp_path / ".danju")


def test_nothing_is_put_away_twice_under_one_name(tmp_path: Path) -> None:
    with store(tmp_path) as folder:
        first = entry()
        folder.reserve(first, CONTENT)
        folder.place(replacing=False).put("甲.pdf", b"1")
        for content in (b"2", b"3"):
            folder.place(replacing=True).put("甲.pdf", content)
            folder.finish(first, {".pdf": content.decode()}, Issued("甲", 1, first.content, {".pdf": ""}))
    away = {path.name: path.read_bytes() for path in (tmp_path / "作废").glob("*.pdf")}
    assert away == {"甲 第1版.pdf": b"1", "甲 第1版 (2).pdf": b"2"}


def test_a_list_that_somebody_threw_away_is_written_again_unless_all_was(tmp_path: Path) -> None:
    test_nothing_is_put_away_twice_under_one_name(tmp_path)
    listed = (tmp_path / "作废" / "作废登记.csv").read_bytes()
    (tmp_path / "作废" / "作废登记.csv").unlink()
    with store(tmp_path):
        pass
    assert (tmp_path / "作废" / "作废登记.csv").read_bytes() == listed
    for path in (tmp_path / "作废").iterdir():
        path.unlink()
    (tmp_path / "作废").rmdir()
    with store(tmp_path):
        pass
    assert not (tmp_path / "作废").exists()


def test_an_old_file_that_is_in_use_stops_the_exchange_which_the_next_run_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = entry()
    with store(tmp_path) as folder:
        folder.reserve(first, CONTENT)
        folder.place(replacing=False).put("甲.pdf", b"old")
        folder.finish(first, {".pdf": ""})
    replace = Path.replace
    with monkeypatch.context() as patch:

        def refuse(path: Path, target: Path) -> Path:
            if path.name == "甲.pdf" and path.parent == tmp_path:
                raise PermissionError(errno.EACCES, "in use")
            return replace(path, target)

        patch.setattr(Path, "replace", refuse)
        with store(tmp_path) as folder:
            folder.place(replacing=True).put("甲.pdf", b"new")
            with pytest.raises(EnvironmentFault, match="E303"):
                folder.finish(first, {".pdf": "by"}, Issued("甲", 1, first.content, {".pdf": ""}))
            patch.undo()
            patch.setattr(FolderStore, "_complete", lambda _: None)  # the run is killed
    assert (tmp_path / "甲.pdf").read_bytes() == b"old"
    with store(tmp_path):
        assert (tmp_path / "甲.pdf").read_bytes() == b"new"
        assert (tmp_path / "作废" / "甲 第1版.pdf").read_bytes() == b"old"


def test_taken_file_names_get_a_count(tmp_path: Path) -> None:
    with store(tmp_path) as folder:
        assert folder.free_stem("甲", (".pdf",)) == "甲"
        (tmp_path / "甲.pdf").write_bytes(b"")
        (tmp_path / "甲 (2).docx").write_bytes(b"")
        assert folder.free_stem("甲", (".pdf",)) == "甲 (2)"
        assert folder.free_stem("甲", (".pdf", ".docx")) == "甲 (3)"
        folder.reserve(entry("Abc"), CONTENT)
        assert folder.free_stem("aBC", (".pdf",)) == "aBC (2)"


def test_what_a_killed_run_left_half_written_is_taken_away(tmp_path: Path) -> None:
    kept = ("甲.pdf", ".甲.tmp", "汇总.xlsx", ".gitignore")
    for name in (*kept, ".甲.pdf.1234.tmp", ".汇总.xlsx.part"):
        (tmp_path / name).write_bytes(b"x")
    with store(tmp_path) as folder:
        assert names(tmp_path) == sorted((".danju", *kept))
        (tmp_path / ".乙.docx.77.tmp").write_bytes(b"left by a worker that was killed")
        assert folder.has("甲.pdf")
    assert names(tmp_path) == sorted((".danju", *kept))


def test_an_empty_file_does_not_count_as_there(tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(b"")
    with store(tmp_path) as folder:
        assert not folder.has("甲.pdf")


def test_no_name_in_the_list_of_superseded_papers_is_a_formula(tmp_path: Path) -> None:
    with store(tmp_path) as folder:
        first = entry("=1+1")
        folder.reserve(first, CONTENT)
        folder.place(replacing=False).put("=1+1.pdf", b"1")
        folder.place(replacing=True).put("=1+1.pdf", b"2")
        folder.finish(first, {".pdf": ""}, Issued("=1+1", 1, first.content, {".pdf": ""}))
    text = (tmp_path / "作废" / "作废登记.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 第1版.pdf,'=1+1.pdf" in text
