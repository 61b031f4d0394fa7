"""`danju demo`: the shipped samples made into paperwork."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options
from danju.cli.report import IssuePrinter, say


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"), metavar="[DIR]")
@common_options
def command(folder: Path, workspace: Path | None, lang: str | None, today: datetime | None) -> int:
    """用自带的示例数据演示：做出各种表单的 Word、PDF、Excel 和一份汇总。"""
    from danju.cli.render import Wish, render
    from danju.library.places import builtin_root

    common = common_of(workspace, lang, today)
    samples = builtin_root() / "samples"
    say(common.lang, f"示例数据：{samples}", f"Sample data: {samples}")
    code = render(
        (str(samples),),
        None,
        None,
        common,
        Wish(("docx", "pdf", "xlsx"), folder, summary=True, resume=True),
        IssuePrinter(common.lang),
    )
    say(
        common.lang,
        f"看看 {folder}/ 里的文件；再用自己的台账试试：danju check 台账.xlsx，然后 danju render 台账.xlsx",
        f"Look into {folder}/, then try your own: danju check REGISTER.xlsx and danju render REGISTER.xlsx",
    )
    return code
