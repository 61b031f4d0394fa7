"""`danju check`: every issue of the inputs at once, nothing written."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options, input_options, load_forms, next_command, standard_input
from danju.cli.report import IssuePrinter, Progress, count_words, plural, say
from danju.issues import Severity


@click.command("check")
@input_options
@common_options
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出 · print JSON")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
def command(
    inputs: tuple[str, ...], form_name: str | None, workspace: Path | None, lang: str | None, today: datetime | None,
    as_json: bool, show_all: bool,
) -> int:  # fmt: skip
    """检查数据：所有问题一次列出，各带位置和处理办法。不写任何文件。"""
    from danju.batch import find_sources, iter_items
    from danju.library import Library
    from danju.rules.computing import Clock

    common = common_of(workspace, lang, today)
    known, chosen = load_forms(Library(common.workspace), form_name)
    printer = IssuePrinter(common.lang, quiet=as_json, limit=1_000_000 if show_all else 20, keep=as_json)
    read = bad = 0
    forms: dict[str, int] = {}
    with standard_input(inputs) as stdin, Progress("检查", "Checking", common.lang) as progress:
        for item in iter_items(find_sources(inputs, stdin), known, chosen, Clock(common.now)):
            for issue in item.issues:
                printer(issue)
            if item.is_record and item.form is not None:
                read += 1
                bad += item.record is None
                forms[item.form.id] = forms.get(item.form.id, 0) + 1
                progress.step()
    printer.close()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "records": read,
                    "good": read - bad,
                    "bad": bad,
                    "forms": forms,
                    "issues": [issue.to_json(common.lang) for issue in printer.issues],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _close(common.lang, read, bad, printer)
        _say_next(common.lang, printer, next_command("render", inputs, form_name, common, "-o", "out"))
    return 1 if printer.errors else 0


def _close(lang: str, read: int, bad: int, printer: IssuePrinter) -> None:
    counts = count_words(
        lang,
        [
            (printer.errors, "个错误", "error"),
            (printer.severities[Severity.WARNING], "个提醒", "warning"),
            (printer.severities[Severity.NOTE], "条说明", "note"),
        ],
    )
    say(
        lang,
        f"共 {read} 条记录，{read - bad} 条合格"
        + (f"，{bad} 条有错。" if bad else "。")
        + (f"（{counts}）" if counts else ""),
        f"{plural(read, 'record')}, {read - bad} good"
        + (f", {bad} with errors." if bad else ".")
        + (f" ({counts})" if counts else ""),
    )


def _say_next(lang: str, printer: IssuePrinter, following: str) -> None:
    if printer.errors:
        say(
            lang,
            f"下一步：改正后再检查；合格的记录也可以先出单：{following}",
            f"Next: mend and check again; the good ones can be made now: {following}",
        )
    else:
        say(lang, f"下一步：{following}", f"Next: {following}")
