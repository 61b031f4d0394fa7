"""`danju convert`: checked records, normalised, in input order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import asked_inputs, common_of, common_options, input_options, next_command
from danju.cli.report import tell


@click.command("convert")
@input_options
@common_options
@click.option(
    "--to", "target", type=click.Choice(["json", "yaml", "csv", "xlsx"]),
    help="json、yaml、csv 或 xlsx；默认看 -o 的扩展名 · default: from -o",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("-"),
    help="输出文件，- 为标准输出",
)
@click.option("--computed", is_flag=True, help="连同系统计算的栏目 · include computed fields")
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, target: str | None, output: Path, computed: bool,
) -> int:  # fmt: skip
    """把杂乱的台账整理成规范数据：JSON 为对象数组，日期为 ISO 格式，栏目用英文属性名。"""
    from danju.cli.show import show
    from danju.work.gather import convert

    common = common_of(workspace, lang, today, strict=strict)
    path = None if str(output) == "-" else output
    if target is None:
        target = "json" if path is None else path.suffix.lower().lstrip(".").replace("yml", "yaml")
    with asked_inputs(inputs, form_name, common) as asked:
        shown = show(convert(asked, target, path, computed=computed), "converting", common)
    (written,) = shown.written
    if path is None:
        click.echo(written.content, nl=False)
    else:
        tell(common.lang, "converted", err=True, count=shown.tally.made, path=path)
        form = written.forms[0].id if written.forms and target in ("csv", "xlsx") else None
        tell(common.lang, "next", err=True, command=next_command("render", (str(path),), form_name or form, common))
    return shown.exit_code
