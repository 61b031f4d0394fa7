"""`danju check`: every issue of the inputs at once; nothing is written but the marked copies of `--return`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danju.cli.options import common_of, common_options, input_options, load_forms, next_command, standard_input
from danju.cli.report import IssuePrinter, Progress, count_words, plural, say
from danju.issues import Severity

if TYPE_CHECKING:
    from danju.cli.returning import Returns


@click.command("check")
@input_options
@common_options
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出 · print JSON")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
@click.option(
    "--return",
    "return_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="把有问题的文件做好标记，放进这个文件夹，供退回改正 · put marked copies of faulty files here",
)
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, as_json: bool, show_all: bool, return_folder: Path | None,
) -> int:  # fmt: skip
    """检查数据：所有问题一次列出，各带位置和处理办法。除 --return 的副本外不写任何文件。"""
    from danju.batch import find_sources, iter_items
    from danju.cli.returning import prepare_returns
    from danju.library import Library
    from danju.rules.computing import Clock

    common = common_of(workspace, lang, today, strict=strict)
    known, chosen = load_forms(Library(common.workspace), form_name)
    printer = IssuePrinter(common.lang, quiet=as_json, show_all=show_all, keep=as_json)
    read = bad = 0
    forms: dict[str, int] = {}
    with standard_input(inputs) as stdin, Progress("检查", "Checking", common.lang) as progress:
        sources = find_sources(inputs, stdin)
        returns = None
        if return_folder is not None:
            sources, returns = prepare_returns(return_folder, inputs, sources, common.lang)
        for item in iter_items(sources, known, chosen, Clock(common.now), strict=common.strict):
            for issue in item.issues:
                printer(issue)
            if returns is not None:
                returns.take(item)
            if item.is_record and item.form is not None:
                read += 1
                bad += item.record is None
                forms[item.form.id] = forms.get(item.form.id, 0) + 1
                progress.step()
        if returns is not None:
            returns.write(printer)
    printer.close()
    if as_json:
        click.echo(_as_json(common.lang, read, bad, forms, printer, returns))
    else:
        _close(common.lang, read, bad, printer)
        if returns is not None:
            returns.say()
            if returns.say_next(*(("--form", form_name) if form_name else ()), *common.given):
                return 1 if printer.errors else 0
        _say_next(common.lang, printer, next_command("render", inputs, form_name, common, "-o", "out"))
    return 1 if printer.errors else 0


def _as_json(
    lang: str, read: int, bad: int, forms: dict[str, int], printer: IssuePrinter, returns: Returns | None
) -> str:
    """The whole result as one object."""
    told = {
        "records": read,
        "good": read - bad,
        "bad": bad,
        "repairs": printer.repairs,
        "forms": forms,
        "issues": [issue.to_json(lang) for issue in printer.issues],
        **({} if returns is None else {"returned": [each.to_json() for each in returns.files]}),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _close(lang: str, read: int, bad: int, printer: IssuePrinter) -> None:
    counts = count_words(
        lang,
        [
            (printer.errors, "个错误", "error"),
            (printer.severities[Severity.WARNING], "个提醒", "warning"),
            (printer.severities[Severity.NOTE], "条说明", "note"),
        ],
    )
    repairs = ("", "")
    if printer.repairs:
        repairs = (
            f"；其中 {printer.repairs} 处不是照原样读取",
            f"; {plural(printer.repairs, 'value')} not kept as typed",
        )
    say(
        lang,
        f"共 {read} 条记录，{read - bad} 条合格"
        + (f"，{bad} 条有错。" if bad else "。")
        + (f"（{counts}{repairs[0]}）" if counts else ""),
        f"{plural(read, 'record')}, {read - bad} good"
        + (f", {bad} with errors." if bad else ".")
        + (f" ({counts}{repairs[1]})" if counts else ""),
    )


def _say_next(lang: str, printer: IssuePrinter, following: str) -> None:
    if printer.errors:
        say(
            lang,
            f"下一步：改正后再检查（加 --return 退回，把错误标在原件的副本里）；合格的记录也可以先出单：{following}",
            f"Next: mend (--return DIR marks copies of the files), check again; good ones can be made now: {following}",
        )
    else:
        say(lang, f"下一步：{following}", f"Next: {following}")
