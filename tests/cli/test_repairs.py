"""Values that are not kept as typed: told, in one line where they are many, and errors with --strict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import DAY, GOOD, Shell

from danju.messages import CATALOGUE

TYPED = {**GOOD, "quality": "優良", "service": "良好√", "customer_address": "/", "visit_date": "3/18"}
REPAIRS = ["F121", "F130", "F138", "F139"]


@pytest.fixture
def danju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line."""
    return Shell(tmp_path, monkeypatch, capsys)


def test_every_repair_is_listed_with_what_was_typed_and_what_is_kept(danju: Shell) -> None:
    answer = json.loads(danju("check", danju.records(TYPED), "--json", *DAY).out)
    told = {issue["field"]: (issue["repair"], issue["original"], issue["result"]) for issue in answer["issues"]}
    assert told == {
        "customer_address": (True, "/", None),
        "visit_date": (True, "3/18", "2026-03-18"),
        "quality": (True, "優良", "优良"),
        "service": (True, "良好√", "良好"),
    }
    assert (answer["good"], answer["repairs"]) == (1, 4)


def test_what_is_no_repair_has_no_result(danju: Shell) -> None:
    (issue,) = json.loads(danju("check", danju.records({**GOOD, "quality": "很好"}), "--json", *DAY).out)["issues"]
    assert (issue["repair"], issue["original"], issue["result"]) == (False, None, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_strict_makes_every_repair_an_error_with_its_remedy(danju: Shell, lang: str) -> None:
    result = danju(
        "check", danju.records(TYPED, {**GOOD, "customer_name": "乙公司"}), "--strict", "--json", "--lang", lang, *DAY
    )
    answer = json.loads(result.out)
    assert (result.code, answer["good"], answer["bad"]) == (1, 1, 1)
    assert sorted(issue["code"] for issue in answer["issues"]) == REPAIRS
    for issue in answer["issues"]:
        assert issue["severity"] == "error"
        assert "--strict" in issue["remedy"]
        assert (issue["result"] or "") in issue["remedy"]


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("convert", "-o", "甲.json"), "甲.json"),
        (("render", "--to", "html", "-o", "出"), "出"),
        (("summary", "-o", "汇总.xlsx"), "汇总.xlsx"),
    ],
)
def test_strict_holds_for_every_command_that_reads(danju: Shell, command: tuple[str, ...], made: str) -> None:
    name, *options = command
    result = danju(name, danju.records(TYPED), *options, "--strict", *DAY)
    assert result.code == 1
    assert all(f"[{code}]" in result.err for code in REPAIRS)
    assert not list((danju.folder / made).glob("*.html"))
    assert danju(name, danju.records(TYPED), *options, *DAY).code == 0


def test_the_next_command_is_strict_too(danju: Shell) -> None:
    assert (
        danju("check", danju.records(GOOD), "--strict", *DAY).last == "下一步：danju render 走访.json --strict -o out"
    )


def test_what_the_commands_write_themselves_needs_no_repair(danju: Shell) -> None:
    danju("render", danju.records(GOOD), "--to", "xlsx", "-o", "出", *DAY)
    assert danju("check", "出", "--strict", *DAY).code == 0


def test_notes_of_one_kind_are_one_line_unless_all_are_asked_for(danju: Shell) -> None:
    name = danju.many({**GOOD, "service": "良好√"}, 1200)
    short, whole = danju("check", name, *DAY), danju("check", name, "--all", *DAY)
    assert short.err.count("[F138]") == 1
    assert "「服务态度」等 1,200 处，如 第1" in short.err
    assert "：“良好√”按 良好 读取。" in short.err
    assert whole.err.count("[F138]") == 1200
    english = danju("check", name, "--lang", "en", *DAY).err
    assert "“服务态度”, 1,200 places, such as " in english
    assert len(json.loads(danju("check", name, "--json", *DAY).out)["issues"]) == 1200


def test_issues_of_one_kind_are_cut_short_field_by_field(danju: Shell) -> None:
    wrong = {**GOOD, "quality": "很好", "service": "很好"}
    assert danju("check", danju.many(wrong, 25), *DAY).err.count("[F104]") == 20 + 20 + 1


def test_every_message_of_a_repair_can_say_what_was_typed() -> None:
    repairs = [message for message in CATALOGUE.values() if message.repairs]
    assert len(repairs) > 10
    assert all(
        any(name in text[0] for name in ("{value}", "{result}", "{char}"))
        for message in repairs
        for text in (message.zh, message.en)
    )
