"""`danju convert`: checked records, normalised, in input order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options, input_options, load_forms, next_command, standard_input
from danju.cli.report import IssuePrinter, Progress, listed, plural, say

_FORMATS = ("json", "yaml", "csv", "xlsx")


@click.command("convert")
@input_options
@common_options
@click.option(
    "--to", "target", type=click.Choice(_FORMATS), help="json、yaml、csv 或 xlsx；默认看 -o 的扩展名 · default: from -o"
)
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
    from danju.batch import find_sources, iter_items
    from danju.errors import UsageError
    from danju.library import Library
    from danju.renderers.data_files import write_records
    from danju.rules.checking import to_plain
    from danju.rules.computing import Clock
    from danju.stores.folder import write_whole

    common = common_of(workspace, lang, today, strict=strict)
    to_terminal = str(output) == "-"
    if target is None:
        target = "json" if to_terminal else output.suffix.lower().lstrip(".").replace("yml", "yaml")
    if target not in _FORMATS:
        raise UsageError("E105", {"name": target or str(output), "known": listed(common.lang, _FORMATS)})
    forms, chosen = load_forms(Library(common.workspace), form_name)
    printer = IssuePrinter(common.lang)
    records: list[dict[str, object]] = []
    found: dict[str, str] = {}
    with standard_input(inputs) as stdin, Progress("整理", "Converting", common.lang) as progress:
        for item in iter_items(find_sources(inputs, stdin), forms, chosen, Clock(common.now), strict=common.strict):
            for issue in item.issues:
                printer(issue)
            if item.record is None or item.form is None:
                continue
            found[item.form.id] = item.form.title
            hidden = set() if computed else {field.name for field in item.form.record_type.fields if field.computed}
            records.append(to_plain({name: value for name, value in item.record.values.items() if name not in hidden}))
            progress.step()
    printer.close()
    if target != "json" and len(found) > 1:
        raise UsageError("E109", {"forms": listed(common.lang, found.values()), "target": target})
    content = write_records(records, next(iter(found), ""), target)
    if to_terminal:
        click.echo(content, nl=False)
    else:
        write_whole(output, content)
        say(
            common.lang,
            f"整理 {len(records)} 条记录，已写出 {output}。",
            f"{plural(len(records), 'record')} written to {output}.",
            err=True,
        )
        form = next(iter(found), None) if target in ("csv", "xlsx") else None
        following = next_command("render", (str(output),), form_name or form, common)
        say(common.lang, f"下一步：{following}", f"Next: {following}", err=True)
    return 1 if printer.errors else 0
