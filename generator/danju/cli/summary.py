"""`danju summary`: checked records → one workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import asked_inputs, common_of, common_options, input_options
from danju.cli.report import tell


@click.command("summary")
@input_options
@common_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="汇总工作簿 .xlsx · the workbook",
)
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, output: Path,
) -> int:  # fmt: skip
    """做汇总工作簿：概览（数量、平均、按时率、图表）、登记表、问题清单。"""
    from danju.cli.show import show
    from danju.work.gather import summarise

    common = common_of(workspace, lang, today, strict=strict)
    with asked_inputs(inputs, form_name, common) as asked:
        shown = show(summarise(asked, output, common.lang), "summarising", common)
    tell(common.lang, "summarised", count=shown.tally.made, path=output)
    tell(common.lang, "open_workbook")
    return shown.exit_code
