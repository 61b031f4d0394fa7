"""Commands: what they print, write and return."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import write, write_form

from danju.cli.main import main
from danju.cli.report import Progress, progress_words
from danju.library.places import builtin_root

DAY = ("--today", "2026-06-30")
GOOD = {
    "customer_name": "甲公司",
    "visit_date": "2026-03-18",
    "quality": "优良",
    "service": "良好",
    "awareness": "驰名",
}
BAD = {**GOOD, "quality": "很好", "visit_date": "2027-01-01"}
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The closing line."""
        return (self.out or self.err).strip().splitlines()[-1]


class Shell:
    """Runs commands in a folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("DANJU_LANG", "zh")

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Result:
        self._monkeypatch.setattr(sys, "argv", ["danju", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = self._capsys.readouterr()
        return Result(int(caught.value.code or 0), out, err)

    def many(self, record: dict[str, Any], count: int) -> str:
        """A file of so many records, alike but for their customers."""
        return self.records(*({**record, "customer_name": f"客户{index}"} for index in range(count)))

    def records(self, *records: dict[str, Any], name: str = "走访.json", form: str = "visit_report") -> str:
        """A file of records."""
        write(self.folder / name, json.dumps({"form": form, "records": records}, ensure_ascii=False))
        return name


@pytest.fixture
def danju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line."""
    return Shell(tmp_path, monkeypatch, capsys)


ROWS = [["客户单位名称", "走访日期", "质量", "服务", "知名度"], ["甲公司", "2026-03-18", "优良", "良好", "驰名"]]


def old_workbook() -> bytes:
    """A register as .xls."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("走访")
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_workbook() -> bytes:
    """A register as .ods."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0"'
        f' xmlns:text="{names}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="走访">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def test_check_tells_all_is_well_and_what_is_next(danju: Shell) -> None:
    result = danju("check", danju.records(GOOD), *DAY)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == ["共 1 条记录，1 条合格。", "下一步：danju render 走访.json -o out"]


def test_check_tells_every_issue_and_writes_nothing(danju: Shell) -> None:
    result = danju("check", danju.records(GOOD, BAD), *DAY)
    assert result.code == 1
    assert "“很好”不在选项中" in result.err
    assert "共 2 条记录，1 条合格，1 条有错。（1 个错误）" in result.out
    assert result.last.startswith("下一步：")
    assert [path.name for path in danju.folder.iterdir()] == ["走访.json"]


def test_check_answers_machines_in_json(danju: Shell) -> None:
    result = danju("check", danju.records(GOOD, BAD), "--json", *DAY)
    answer = json.loads(result.out)
    assert {key: answer[key] for key in ("records", "good", "bad", "forms")} == {
        "records": 2, "good": 1, "bad": 1, "forms": {"visit_report": 2},
    }  # fmt: skip
    (issue,) = answer["issues"]
    assert set(issue) == {
        "code", "severity", "file", "sheet", "cell", "line", "column", "record", "spot", "label", "field", "message",
        "remedy", "repair", "original", "result",
    }  # fmt: skip
    assert (issue["code"], issue["severity"], issue["file"], issue["label"], issue["field"]) == (
        "F104", "error", "走访.json", "质量", "quality",
    )  # fmt: skip


def test_many_issues_of_one_kind_are_cut_short_unless_all_are_asked_for(danju: Shell) -> None:
    name = danju.many(BAD, 25)
    short, whole = danju("check", name, *DAY), danju("check", name, "--all", *DAY)
    assert short.err.count("[F104]") == 21
    assert "另有 5 条 [F104]，用 danju check --all 全部列出" in short.err
    assert whole.err.count("[F104]") == 25
    assert len(json.loads(danju("check", name, "--json", *DAY).out)["issues"]) == 25


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (json.dumps([GOOD]).encode(), "JSON"),
        (f"form: visit_report\nrecords: [{json.dumps(GOOD, ensure_ascii=False)}]\n".encode(), "YAML"),
        ((builtin_root() / "samples" / "走访台账.xlsx").read_bytes(), "Excel"),
        ("客户单位名称,走访日期,质量,服务,知名度\n甲公司,2026-03-18,优良,良好,驰名\n".encode(), "CSV"),
        ("\ufeff客户单位名称\t走访日期\t质量\t服务\t知名度\n甲公司\t2026-03-18\t优良\t良好\t驰名\n".encode(), "TSV"),
        ("客户单位名称,走访日期,质量,服务,知名度\n甲公司,2026-03-18,优良,良好,驰名\n".encode("gb18030"), "CSV"),
        ("# 一月\n客户单位名称: 甲, 乙\n走访日期: 2026-03-18\n质量: 优良\n服务: 良好\n知名度: 驰名\n".encode(), "YAML"),
        (old_workbook(), "xls"),
        (open_workbook(), "ods"),
    ],
)
def test_standard_input_is_read_whatever_it_holds(danju: Shell, content: bytes, name: str) -> None:
    result = danju("check", "-", "--form", "visit_report", "--json", *DAY, stdin=content)
    assert json.loads(result.out)["good"] >= 1
    assert "danju-" not in result.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("check", "没有.xlsx"), 2, "找不到文件或文件夹“没有.xlsx”"),
        (("check", "走访.jsn"), 2, "是否指“走访.json”？"),
        (("check", "空"), 2, "没有可读的输入文件"),
        (("check", "图.png"), 2, "不支持 .png 文件"),
        (("check", "走访.json", "--form", "visit_reprot"), 2, "是否指“visit_report”？"),
        (("check",), 2, "INPUT"),
        (("chekc", "走访.json"), 2, "是否指“danju check”？"),
        (("check", "走访.json", "--colour"), 2, "--colour"),
        (("check", "走访.json", "--today", "明天"), 2, "--today"),
        (("check", "加密.xlsx"), 1, "F001"),
        (("check", "破损.xlsx"), 1, "F0"),
        (("render", "走访.json", "--to", "odt"), 2, "odt"),
        (("render", "走访.json", "--to", ","), 2, "docx"),
        (("render", "走访.json", "-o", "图.png"), 2, "是文件，不是文件夹"),
        (("render", "走访.json", "--jobs", "0"), 2, "--jobs"),
        (("summary", "走访.json", "-o", "汇总.docx"), 2, "扩展名应为 .xlsx"),
        (("convert", "走访.json", "-o", "x.txt"), 2, "txt"),
        (("convert", "走访.json", "-o", "图.png/x.json"), 3, "无法写入"),
        (("summary", "走访.json", "-o", "图.png/x.xlsx"), 3, "无法写入"),
        (("render", "走访.json", "--to", "html", "-o", "图.png/x"), 3, "无法写入"),
        (("forms", "没有"), 2, "没有名为“没有”的表单"),
        (("forms", "-w", "没有"), 2, "没有"),
        ((), 2, "danju demo"),
    ],
)
def test_what_cannot_work_ends_with_one_message_and_a_code(
    danju: Shell, arguments: tuple[str, ...], code: int, words: str
) -> None:
    danju.records(GOOD)
    (danju.folder / "空").mkdir()
    (danju.folder / "图.png").write_bytes(b"")
    (danju.folder / "破损.xlsx").write_bytes(b"PK\x03\x04 broken")
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2048)
    (danju.folder / "加密.xlsx").write_bytes(ole)
    result = danju(
        *arguments, *(DAY if arguments[:1] in (("check",), ("render",)) and "--today" not in arguments else ())
    )
    assert result.code == code, result.err
    assert words in result.out + result.err
    assert "Traceback" not in result.err


def test_a_wrong_form_file_is_told_with_its_line(danju: Shell) -> None:
    write_form(danju.folder / "w", "customer: text")
    path = danju.folder / "w" / "forms" / "paper.form.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- - customer", "- - custmer"), encoding="utf-8")
    result = danju("forms", "-w", "w")
    assert result.code == 2
    assert re.search(r"paper\.form\.yaml › 第\d行：字段“custmer”不存在", result.err)


def test_the_folder_one_stands_in_is_the_workspace_when_it_has_forms(danju: Shell) -> None:
    write_form(danju.folder, "customer 客户*: text")
    assert danju("check", danju.records({"客户": "甲"}, form="paper"), *DAY).code == 0


def test_messages_of_errors_follow_the_language_asked_for(danju: Shell) -> None:
    result = danju("check", "missing.xlsx", "--lang", "en")
    assert (result.code, result.err) == (
        2,
        "There is no file or folder “missing.xlsx”. Check the path and name. [E101]\n",
    )


def test_english_speaks_english(danju: Shell) -> None:
    """Apart from what people typed, labels and options."""
    name = danju.records({**BAD, "customer_name": "A", "visitor": "x" * 41}, name="visits.json")
    runs = [
        danju("check", name, "--lang", "en", *DAY),
        danju("render", danju.records(GOOD, name="good.json"), "--to", "html", "-o", "out", "--lang", "en", *DAY),
        danju("convert", "good.json", "-o", "x.json", "--lang", "en", *DAY),
        danju("summary", "good.json", "-o", "x.xlsx", "--lang", "en", *DAY),
    ]
    typed = re.compile("“[^”]*”|Choose from: .*")
    lines = [line for run in runs for line in (run.out + run.err).splitlines()]
    assert [line for line in lines if CHINESE.search(typed.sub("", line))] == []
    assert [run.code for run in runs] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("arguments", "record"),
    [
        (("check", "走访.jsn"), GOOD),
        (("check", "走访.json", "--form", "visit_reprot"), GOOD),
        (("check", "走访.txt"), GOOD),
        (("check", "走访.json"), {**GOOD, "quality": "良好的"}),
        (("check", "走访.json"), {**GOOD, "suggestion": ["a"]}),
        (("check", "走访.json"), {**GOOD, "contacts": "a"}),
        (("check", "走访.json"), {**GOOD, "score": "abc"}),
        (("render", "走访.json", "走访.json", "--to", "html"), {**GOOD, "number": "A-1"}),
    ],
)
def test_english_hints_are_english(danju: Shell, arguments: tuple[str, ...], record: dict[str, Any]) -> None:
    (danju.folder / "走访.txt").write_bytes(b"")
    danju.records(record)
    lines = danju(*arguments, "--lang", "en").err.splitlines()
    typed = re.compile("“[^”]*”|Choose from: .*|Known: .*|Supported: .*|走访.json|record [0-9]")
    assert [line for line in lines if CHINESE.search(typed.sub("", line))] == []


def test_english_counts_one_and_many(danju: Shell) -> None:
    one = danju("check", danju.records({**GOOD, "quality": "x"}), "--lang", "en", *DAY).out
    assert "1 record, 0 good, 1 with errors. (1 error)" in one
    made = danju("render", danju.many(GOOD, 2), "--to", "html,docx", "--lang", "en", *DAY).out
    assert "2 records read = 2 made + 0 with errors; 4 files (html, docx) in out." in made


@pytest.mark.parametrize(
    ("lang", "total", "words"),
    [
        ("zh", 1000, "250/1,000  50/s  约剩 15 秒"),
        ("en", 10_000, "250/10,000  50/s  3 min 15 s left"),
        ("zh", None, "250  50/s"),
    ],
)
def test_progress_tells_rate_and_time_left(lang: str, total: int | None, words: str) -> None:
    assert progress_words(lang, 250, total, 5.0) == words


def test_progress_speaks_now_and_then_outside_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter(range(0, 100, 2))
    monkeypatch.setattr("danju.cli.report.time.monotonic", lambda: next(seconds))
    with Progress("rendering", "en") as progress:
        progress.expect(6)
        for _ in range(6):
            progress.step()
    assert capsys.readouterr().err.splitlines() == ["Rendering 3/6  0.5/s  6 s left", "Rendering 6/6  0.5/s  0 s left"]


def test_what_is_next_repeats_the_options_given_and_quotes_names_with_blanks(danju: Shell) -> None:
    write_form(danju.folder / "我的 表单", "customer 客户*: text")
    name = danju.records({"客户": "甲"}, name="一 月.json", form="paper")
    options = ("-w", "我的 表单", "--form", "paper", "--lang", "zh")
    shared = "--form paper -w '我的 表单' --lang zh"
    assert danju("check", name, *options, *DAY).last == f"下一步：danju render '一 月.json' {shared} -o out"
    assert danju("render", name, "--to", "html", *options, *DAY).last == (
        f"下一步：danju summary '一 月.json' {shared} -o 汇总.xlsx"
    )
    assert danju("convert", name, "-o", "x.json", *options, *DAY).err.strip().endswith(f"danju render x.json {shared}")
    assert danju("forms", "paper", *options[:2]).last == "下一步：danju check 台账.xlsx --form paper -w '我的 表单'"


def test_a_broken_form_disturbs_only_those_who_might_need_it(danju: Shell) -> None:
    write_form(danju.folder / "w", "customer 客户*: text")
    write(danju.folder / "w" / "forms" / "broken.form.yaml", "id: broken\ntitle: [")
    name = danju.records({"客户": "甲"}, form="paper")
    for form in ("paper", "测试单"):
        assert danju("check", name, "-w", "w", "--form", form, *DAY).code == 0
    result = danju("check", name, "-w", "w", *DAY)
    assert (result.code, "broken.form.yaml" in result.err) == (2, True)
    assert danju("check", name, "-w", "w", "--form", "broken", *DAY).code == 2


def test_the_summary_of_an_output_folder_is_not_read_again(danju: Shell) -> None:
    danju("render", danju.records(GOOD), "--to", "xlsx", "-o", "出", "--summary", *DAY)
    result = danju("check", "出", "--json", *DAY)
    answer = json.loads(result.out)
    assert [(issue["code"], issue["file"]) for issue in answer["issues"] if issue["code"] == "F020"] == [
        ("F020", "汇总.xlsx")
    ]
    assert answer["records"] == 1


def test_a_typed_value_that_cannot_be_computed_is_told(danju: Shell) -> None:
    write_form(
        danju.folder / "w", {"n": {"type": "integer", "title": "数"},
        "twice": {"type": "integer", "title": "两倍", "readOnly": True}}, compute={"twice": "n * 2"},
    )  # fmt: skip
    result = danju("check", danju.records({"twice": 7}, form="paper"), "-w", "w", *DAY)
    assert result.code == 0
    assert "「两倍」：填写的是 7，但按规则算不出结果；未采用。" in result.err


def test_render_makes_the_good_ones_and_tells_the_rest(danju: Shell) -> None:
    result = danju("render", danju.records(GOOD, BAD), "--to", "html，docx", "-o", "出", *DAY)
    assert result.code == 1
    assert "读取 2 条 = 出单 1 条 + 有错 1 条；写出 2 个文件（html、docx）到 出。" in result.out
    assert result.last == "下一步：按上面的提示改正有错的记录，再运行同一命令。"
    names = sorted(path.name for path in (danju.folder / "出").iterdir())
    assert names == [".danju", "ZF-202603-001 甲公司.docx", "ZF-202603-001 甲公司.html"]


def test_rendering_again_changes_nothing_unless_asked_to(danju: Shell) -> None:
    name = danju.records(GOOD)
    danju("render", name, "--to", "html", *DAY)
    for more in ((), ("--resume",)):
        result = danju("render", name, "--to", "html", *more, *DAY)
        assert "读取 1 条 = 出单 0 条 + 已有 1 条 + 有错 0 条" in result.out
    anew = danju("render", name, "--to", "html", "--again", *DAY)
    assert "其中 1 条在此文件夹中出过单，按 --again 给了新编号；旧的仍在原处。" in anew.out
    assert danju("render", name, "--to", "html", "--again", "--resume", *DAY).code == 2


def test_a_corrected_record_says_what_changed_and_keeps_its_number(danju: Shell) -> None:
    danju("render", danju.records(GOOD, {**GOOD, "customer_name": "乙公司"}), "--to", "html", *DAY)
    name = danju.records({**GOOD, "customer_address": "南宁"}, {**GOOD, "customer_name": "乙公司"})
    result = danju("render", name, "--to", "html", *DAY)
    assert result.code == 0
    assert "编号 ZF-202603-001 更正为第2版：客户地址 （空） → 南宁。" in result.err
    assert "读取 2 条 = 出单 1 条 + 已有 1 条 + 有错 0 条；写出 1 个文件" in result.out
    assert "其中更正 1 条：沿用原编号" in result.out
    paper = danju.folder / "out" / "ZF-202603-001 甲公司.html"
    assert "ZF-202603-001　第2版（更正）" in paper.read_text(encoding="utf-8")
    summary = danju("render", name, "--to", "html", "--summary", *DAY)
    assert "已有 2 条" in summary.out


@pytest.mark.parametrize("target", ["docx", "pdf", "xlsx"])
def test_a_corrected_paper_reads_back_as_its_record(danju: Shell, target: str) -> None:
    name = danju.records(GOOD)
    danju("render", name, "--to", target, *DAY)
    danju("render", danju.records({**GOOD, "customer_address": "南宁"}), "--to", target, *DAY)
    (record,) = json.loads(danju("convert", f"out/ZF-202603-001 甲公司.{target}", *DAY).out)
    assert (record["number"], record["customer_address"]) == ("ZF-202603-001", "南宁")


def test_a_damaged_journal_stops_the_run_before_anything_is_done(danju: Shell) -> None:
    name = danju.records(GOOD)
    danju("render", name, "--to", "html", *DAY)
    journal = danju.folder / "out" / ".danju" / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").replace("ZF-202603-001", "", 1), encoding="utf-8")
    text = journal.read_text(encoding="utf-8").replace('"version":1', '"version":"一"')
    journal.write_text(text, encoding="utf-8")
    result = danju("render", name, "--to", "html", *DAY)
    assert result.code == 2
    assert "journal.jsonl › 第2行：输出文件夹的日志有损坏：“version”应是整数。" in result.err
    assert journal.read_text(encoding="utf-8") == text


def test_render_with_summary_makes_both(danju: Shell) -> None:
    result = danju("render", danju.records(GOOD), "--to", "html", "-o", "出", "--summary", *DAY)
    assert result.code == 0
    assert (danju.folder / "出" / "汇总.xlsx").read_bytes()[:2] == b"PK"
    assert "汇总.xlsx" in result.last


def test_a_folder_in_use_is_told(danju: Shell) -> None:
    from danju.stores.folder import FolderStore

    with FolderStore(danju.folder / "出", date(2026, 6, 30)):
        result = danju("render", danju.records(GOOD), "--to", "html", "-o", "出", *DAY)
    assert (result.code, "E107" in result.err) == (2, True)


def test_convert_without_a_file_prints_json(danju: Shell) -> None:
    result = danju("convert", danju.records(GOOD), *DAY)
    assert (result.code, json.loads(result.out)[0]["customer_name"]) == (0, "甲公司")
    assert "score" not in json.loads(result.out)[0]
    assert json.loads(danju("convert", "走访.json", "--computed", *DAY).out)[0]["score"] == 88.33


def test_one_file_cannot_hold_several_forms_except_json(danju: Shell) -> None:
    visits = danju.records(GOOD)
    complaint = {"received_at": "2026-03-18 9:30", "customer_name": "乙公司", "severity": "一般", "content": "延误"}
    complaints = danju.records(complaint, name="投诉.json", form="complaint_record")
    assert danju("convert", visits, complaints, "-o", "x.csv", *DAY).code == 2
    assert len(json.loads(danju("convert", visits, complaints, *DAY).out)) == 2


SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.mark.parametrize("sample", [*sorted(SAMPLES.glob("*.xlsx")), builtin_root() / "samples" / "客户开户申请.yaml"],
                         ids=lambda path: path.stem)  # fmt: skip
@pytest.mark.parametrize("suffix", ["json", "yaml", "csv", "xlsx"])
def test_what_convert_writes_reads_back_as_the_same_records(danju: Shell, sample: Path, suffix: str) -> None:
    wanted = json.loads(danju("convert", sample, *DAY).out)
    assert wanted
    assert danju("convert", sample, "-o", f"x.{suffix}", *DAY).code in (0, 1)
    form_id = {"客户开户申请": "customer_opening", "投诉登记簿": "complaint_record"}.get(sample.stem, "visit_report")
    again = danju("convert", f"x.{suffix}", "--form", form_id, *DAY)
    assert again.code == 0, again.err
    assert json.loads(again.out) == wanted


def test_summary_writes_a_workbook(danju: Shell) -> None:
    result = danju("summary", danju.records(GOOD, BAD), "-o", "新/汇总.xlsx", *DAY)
    assert (result.code, "汇总 1 条记录" in result.out) == (1, True)
    assert (danju.folder / "新" / "汇总.xlsx").read_bytes()[:2] == b"PK"
    assert result.last.startswith("下一步：")


def test_forms_are_listed_and_described(danju: Shell) -> None:
    listed, one = danju("forms"), danju("forms", "客户走访报告单")
    assert [line.split()[0] for line in listed.out.splitlines()[:3]] == [
        "complaint_record",
        "customer_opening",
        "visit_report",
    ]
    assert "*客户单位名称  customer_name  文字" in one.out.replace(" *", "*")
    assert "编号规则：ZF-{visit_date:%Y%m}-{seq:03d}" in one.out
    assert one.last == "下一步：danju check 台账.xlsx --form visit_report"


def test_forms_answer_machines_in_json(danju: Shell) -> None:
    assert [form["id"] for form in json.loads(danju("forms", "--json").out)] == [
        "complaint_record", "customer_opening", "visit_report",
    ]  # fmt: skip
    described = json.loads(danju("forms", "visit_report", "--json").out)
    fields = {field["path"]: field for field in described["fields"]}
    assert fields["contacts.mobile"]["format"] == "mobile"
    assert fields["quality"]["options"][0] == "非常优良"


def test_doctor_finds_this_machine_well(danju: Shell) -> None:
    result = danju("doctor", *DAY)
    assert (result.code, result.last) == (0, "一切就绪。下一步：danju demo")
    assert "✗" not in result.out


def test_demo_makes_every_sample(danju: Shell) -> None:
    result = danju("demo", "演示", *DAY)
    made = {path.suffix for path in (danju.folder / "演示").iterdir()}
    assert made >= {".docx", ".pdf", ".xlsx"}
    assert "Traceback" not in result.err
    assert result.last.startswith("看看 演示/ 里的文件")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom danju.cli.main import main\n"
        f"sys.argv = ['danju', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'weasyprint', 'openpyxl', 'docx', 'lxml', 'yaml', 'jinja2', 'uharfbuzz', 'pikepdf', 'rich'}\n"
        "print('HEAVY', sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={
        **os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8",
    })  # fmt: skip
    assert done.stdout.splitlines()[-1] == "HEAVY []"
    assert "danju" in done.stdout + done.stderr


def test_help_names_every_command(danju: Shell) -> None:
    result = danju("--help")
    assert result.code == 0
    for command in ("demo", "forms", "check", "convert", "render", "summary", "doctor"):
        assert re.search(rf"^  {command}\b", result.out, re.MULTILINE)
        assert danju(command, "--help").code == 0


def test_a_word_template_given_with_render_draws_the_word_files(danju: Shell, tmp_path: Path) -> None:
    from docx import Document

    template = tmp_path / "答复函.docx"
    letter = Document()
    letter.add_paragraph("致{{ 名称 }}：数量 {{ 数量 }}")
    letter.save(str(template))
    write_form(tmp_path, "{name 名称*: text, qty 数量: integer}", "[[name, qty]]")
    data = write(tmp_path / "data.yaml", "- {名称: 甲公司, 数量: 3}\n- {名称: 乙公司, 数量: 4}\n")
    options = ["-w", str(tmp_path), "--form", "paper", "--to", "docx", "-o", str(tmp_path / "out")]
    done = danju("render", str(data), *options, "--template", str(template))
    assert done.code == 0
    texts = {
        paragraph.text for path in (tmp_path / "out").glob("*.docx") for paragraph in Document(str(path)).paragraphs
    }
    assert texts == {"致甲公司：数量 3", "致乙公司：数量 4"}


def test_a_word_template_without_form_is_refused(danju: Shell, tmp_path: Path) -> None:
    template = write(tmp_path / "x.docx", "")
    assert danju("render", "x.yaml", "--template", str(template)).code == 2
