"""`danju template`: Word templates of one's own, filled or checked."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options
from danju.cli.report import IssuePrinter, tell
from danju.messages.sentences import sentence


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
    from danju.work.fill import read_template

    common = common_of(workspace, lang, today)
    record_type = None
    if form_name is not None:
        from danju.library import Library

        record_type = Library(common.workspace).form(form_name).record_type
    issues = check_template(read_template(template), record_type, template.name)
    printer = IssuePrinter(common.lang, quiet=as_json, show_all=True, keep=as_json)
    for issue in issues:
        printer(issue)
    if as_json:
        click.echo(
            json.dumps({"issues": [issue.to_json(common.lang) for issue in issues]}, ensure_ascii=False, indent=1)
        )
        return 1 if printer.errors else 0
    name, errors = template.name, printer.errors
    tell(
        common.lang,
        "template_faults" if issues else "template_good",
        name=name,
        errors=errors,
        rest=len(issues) - errors,
    )
    if record_type is None:
        tell(common.lang, "template_with_form")
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
    from danju.cli.show import show
    from danju.work.fill import fill as fill_events

    common = common_of(None, lang, None)
    shown = show(fill_events(template, data, output, strict=strict), "filling", common)
    tally, written = shown.tally, shown.written
    path = written[0].path if len(written) == 1 else output.parent
    place = sentence("filled_place", common.lang, path=path) if written else ""
    tell(common.lang, "filled", read=tally.read, made=tally.made, failed=tally.failed, place=place)
    if shown.printer.codes["T113"]:
        tell(common.lang, "filled_gaps")
    return 1 if tally.failed else 0
