"""`danju template`: Word templates of one's own, filled or checked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options
from danju.cli.report import IssuePrinter, guess_lang, say
from danju.issues import Issue, Severity


@click.group("template", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """自己的 Word 模板：填写（fill）、检查（check）。标签写法见 docs/templates.md。"""


@command.command("check")
@click.argument("template", metavar="FILE.docx", type=click.Path(path_type=Path))
@click.option("--form", "form_name", metavar="FORM", help="按此表单核对栏目名称 · check names against a form")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出 · print JSON")
@common_options
def check(
    template: Path, form_name: str | None, as_json: bool,
    workspace: Path | None, lang: str | None, today: datetime | None,
) -> int:  # fmt: skip
    """检查模板：所有问题一次列出，各带位置、标签和最接近的栏目名称。"""
    from danju.word_template import check_template

    common = common_of(workspace, lang, today)
    record_type = None
    if form_name is not None:
        from danju.library import Library

        record_type = Library(common.workspace).form(form_name).record_type
    issues = check_template(_content(template), record_type, template.name)
    printer = IssuePrinter(common.lang, quiet=as_json, show_all=True, keep=as_json)
    for issue in issues:
        printer(issue)
    if as_json:
        click.echo(
            json.dumps({"issues": [issue.to_json(common.lang) for issue in issues]}, ensure_ascii=False, indent=1)
        )
        return 1 if printer.errors else 0
    errors, rest = printer.errors, len(issues) - printer.errors
    say(
        common.lang,
        f"{template.name}：{errors} 处错误，{rest} 处提醒或说明。" if issues else f"{template.name}：没有问题。",
        f"{template.name}: {errors} errors, {rest} warnings or notes." if issues else f"{template.name}: all is well.",
    )
    if record_type is None:
        say(common.lang, "加 --form 表单 可以连栏目名称一起核对。", "Add --form FORM to check names too.")
    return 1 if errors else 0


@command.command("fill")
@click.argument("template", metavar="FILE.docx", type=click.Path(path_type=Path))
@click.argument("data", metavar="DATA.yaml", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.docx",
    help="输出文件；文件名可含 {栏目} 和 {seq}（第几条）· may hold {field} and {seq}",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="数据里没有的名称算错误，默认留空 · a missing name is an error")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="消息语言 · language of messages")
def fill(template: Path, data: Path, output: Path, strict: bool, lang: str | None) -> int:
    """用 DATA 填写模板：不需要表单。DATA 是 YAML 或 JSON，图片从它所在的文件夹取。

    DATA 里是一份数据，就写 OUT.docx；是多份（列表，或用 --- 隔开），每份一个文件：
    OUT-1.docx、OUT-2.docx……也可以写成 -o "合同-{客户名称}.docx"。重名的加 (2)。
    """
    from danju.errors import DanjuError, UsageError
    from danju.stores.folder import write_whole
    from danju.word_template import compile_template, plain_names
    from danju.word_template.data_file import read_data
    from danju.word_template.output_names import OutputNames

    lang = lang or guess_lang()
    if output.suffix.lower() != ".docx":
        raise UsageError("E108", {"path": str(output), "suffix": ".docx"})
    filler = compile_template(_content(template), name=template.name)
    records = read_data(data)
    names = OutputNames(output, len(records))
    printer = IssuePrinter(lang)
    made = 0
    for position, record in enumerate(records, 1):
        values = plain_names(record)
        assert isinstance(values, dict)
        try:
            path = names.next(values, position)
            filled = filler.fill_checked(values, folder=data.resolve().parent, strict=strict)
        except DanjuError as err:
            if err.exit_code != 1 and err.code != "T124":
                raise
            printer(Issue(err.code, replace(err.location, record=position), "", "", err.values))
            continue
        for issue in filled.issues:
            printer(replace(issue, location=replace(issue.location, record=position)))
        write_whole(path, filled.content)
        made += 1
        last = path
    printer.close()
    failed = len(records) - made
    where = str(last) if made == 1 else str(output.parent)
    say(
        lang,
        f"读取 {len(records)} 份 = 填好 {made} 份 + 有错 {failed} 份" + (f"；写到 {where}。" if made else "。"),
        f"{len(records)} read = {made} filled + {failed} with errors" + (f"; written to {where}." if made else "."),
    )
    if printer.severities[Severity.WARNING]:
        say(
            lang,
            "有名称在数据里找不到；加 --strict 可让这样的数据不出文件。",
            "Some names are missing; --strict refuses them.",
        )
    return 1 if failed else 0


def _content(path: Path) -> bytes:
    """The template's bytes.

    Raises:
        UsageError: E101, there is no such file.
    """
    from danju.errors import UsageError

    try:
        return path.read_bytes()
    except OSError as err:
        raise UsageError("E101", {"path": str(path), "hint": ""}) from err
