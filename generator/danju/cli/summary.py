"""`danju summary`: checked records → one workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options, input_options, load_forms, standard_input
from danju.cli.report import IssuePrinter, Progress, plural, say


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
    inputs: tuple[str, ...],
    form_name: str | None,
    strict: bool,
    workspace: Path | None,
    lang: str | None,
    today: datetime | None,
    output: Path,
) -> int:
    """做汇总工作簿：概览（数量、平均、按时率、图表）、登记表、问题清单。"""
    from danju.batch import find_sources, iter_items
    from danju.errors import UsageError
    from danju.library import Library
    from danju.rules.computing import Clock
    from danju.stores.folder import make_folder
    from danju.summary import SummaryRow, SummaryWriter

    if output.suffix.lower() != ".xlsx":
        raise UsageError("E108", {"path": str(output), "suffix": ".xlsx"})
    common = common_of(workspace, lang, today, strict=strict)
    forms, chosen = load_forms(Library(common.workspace), form_name)
    make_folder(output.parent)
    printer = IssuePrinter(common.lang)
    read = 0
    with (
        standard_input(inputs) as stdin,
        Progress("汇总", "Summarising", common.lang) as progress,
        SummaryWriter(forms, common.now.date(), common.lang) as writer,
    ):
        for item in iter_items(find_sources(inputs, stdin), forms, chosen, Clock(common.now), strict=common.strict):
            for issue in item.issues:
                printer(issue)
                writer.add_issue(issue)
            if item.record is not None and item.form is not None:
                read += 1
                writer.add(item.form.id, SummaryRow(item.record))
                progress.step()
        writer.save(output)
    printer.close()
    say(common.lang, f"汇总 {read} 条记录，已写出 {output}。", f"{plural(read, 'record')} summarised in {output}.")
    say(common.lang, "下一步：用 Excel 或 WPS 打开它。", "Next: open it in Excel or WPS.")
    return 1 if printer.errors else 0
