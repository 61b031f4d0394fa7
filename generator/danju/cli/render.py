"""`danju render`: checked records → documents."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from danju.cli.options import Common, common_of, common_options, input_options, parse_targets, standard_input
from danju.cli.report import IssuePrinter, Progress, say


class InlineExecutor(Executor):
    """Does each job at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@click.command("render")
@input_options
@common_options
@click.option(
    "--to", "targets", default="docx,pdf", show_default=True, callback=parse_targets, help="docx,pdf,xlsx,html"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="输出文件夹 · output folder",
)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="并行进程数 · worker processes")
@click.option("--resume", is_flag=True, help="已做好的记录沿用原编号、不重做 · keep what the folder already holds")
@click.option("--summary", "with_summary", is_flag=True, help="同时做汇总工作簿 · also make the summary workbook")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
def command(
    inputs: tuple[str, ...], form_name: str | None, workspace: Path | None, lang: str | None, today: datetime | None,
    targets: tuple[str, ...], output: Path, jobs: int, resume: bool, with_summary: bool, show_all: bool,
) -> int:  # fmt: skip
    """做单据：每条记录一份 Word、PDF（或 Excel、HTML）。有错的记录跳过并说明，其余照做。"""
    common = common_of(workspace, lang, today)
    printer = IssuePrinter(common.lang, limit=1_000_000 if show_all else 20)
    with standard_input(inputs) as stdin:
        return render(inputs, stdin, form_name, common, Wish(targets, output, jobs, resume, with_summary), printer)


class Wish:
    """What a render run should make."""

    def __init__(
        self, targets: tuple[str, ...], output: Path, jobs: int = 1, resume: bool = False, summary: bool = False
    ) -> None:
        self.targets = targets
        self.output = output
        self.jobs = jobs
        self.resume = resume
        self.summary = summary


def render(
    inputs: tuple[str, ...],
    stdin: Path | None,
    form_name: str | None,
    common: Common,
    wish: Wish,
    printer: IssuePrinter,
) -> int:
    """Run a batch and print its closing lines; returns the exit code."""
    from danju.batch import Batch, Made, find_sources, iter_items, typed_numbers
    from danju.issues import Issue
    from danju.library import Library
    from danju.rules.computing import Clock
    from danju.sinks.folder import OutputFolder
    from danju.sinks.numbers import NumberGiver

    library = Library(common.workspace)
    chosen = library.form(form_name) if form_name else None
    forms = library.forms()
    sources = find_sources(inputs, stdin)
    summary = _summary_writer(forms, common) if wish.summary else None

    def note_issue(issue: Issue) -> None:
        printer(issue)
        if summary is not None:
            summary.add_issue(issue)

    with (
        summary or nullcontext(),
        OutputFolder(wish.output) as folder,
        Progress("出单", common.lang) as progress,
        _executor(wish.jobs) as executor,
    ):
        given = {} if folder.journal is None else folder.journal.history.numbers
        numbers = NumberGiver(given, typed_numbers(sources, forms, chosen))

        def note_made(made: Made) -> None:
            progress.step()
            if summary is not None:
                from danju.summary import SummaryRow

                summary.add(made.form.id, SummaryRow(made.record, made.files))

        batch = Batch(folder, wish.targets, common.workspace, numbers, wish.resume, note_issue, note_made)
        batch.run(iter_items(sources, forms, chosen, Clock(common.now)), executor, wish.jobs)
        if summary is not None:
            summary.save(wish.output / "汇总.xlsx")
    printer.close()
    tally = batch.tally
    kinds = "、".join(wish.targets)
    say(
        common.lang,
        f"读取 {tally.read} 条 = 出单 {tally.made} 条"
        + (f" + 已有 {tally.skipped} 条" if tally.skipped else "")
        + f" + 有错 {tally.failed} 条；写出 {tally.files} 个文件（{kinds}）到 {wish.output}。",
        f"{tally.read} records read = {tally.made} made"
        + (f" + {tally.skipped} there already" if tally.skipped else "")
        + f" + {tally.failed} with errors; {tally.files} files ({kinds}) in {wish.output}.",
    )
    if tally.repeated:
        say(
            common.lang,
            f"注意：其中 {tally.repeated} 条在此文件夹中出过单，本次给了新编号；如不需要重做，请用 --resume。",
            f"Note: {tally.repeated} of them had been made here before and got new numbers; --resume keeps the old.",
        )
    if tally.failed:
        say(
            common.lang,
            "下一步：按上面的提示改正有错的记录，再运行同一命令并加 --resume。",
            "Next: mend the records above and run again with --resume.",
        )
    elif wish.summary:
        say(
            common.lang,
            f"下一步：打开 {wish.output / '汇总.xlsx'} 查看汇总。",
            f"Next: open {wish.output / '汇总.xlsx'}.",
        )
    else:
        say(
            common.lang,
            f"下一步：danju summary {' '.join(inputs)} -o 汇总.xlsx",
            f"Next: danju summary {' '.join(inputs)} -o summary.xlsx",
        )
    return 1 if printer.errors else 0


def _executor(jobs: int) -> Executor:
    if jobs == 1:
        return InlineExecutor()
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _summary_writer(forms: Any, common: Common) -> Any:
    from danju.summary import SummaryWriter

    return SummaryWriter(forms, common.now.date(), common.lang)
