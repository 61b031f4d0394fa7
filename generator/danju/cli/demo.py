"""`danju demo`: the shipped samples made into paperwork."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options
from danju.cli.report import IssuePrinter, tell


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"), metavar="[DIR]")
@common_options
def command(folder: Path, workspace: Path | None, lang: str | None, today: datetime | None) -> int:
    """用自带的示例数据演示：做出各种表单的 Word、PDF、Excel 和一份汇总。"""
    from danju.cli.render import render
    from danju.library.places import builtin_root
    from danju.work.render import Wish

    common = common_of(workspace, lang, today)
    samples = builtin_root() / "samples"
    tell(common.lang, "demo_samples", path=samples)
    wish = Wish(folder, ("docx", "pdf", "xlsx"), summary=common.lang)
    code = render((str(samples),), None, common, wish, IssuePrinter(common.lang))
    tell(common.lang, "demo_next", folder=folder)
    return code
