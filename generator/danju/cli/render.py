"""`danju render`: checked records → documents."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from danju.cli.options import (
    Common,
    common_of,
    common_options,
    input_options,
    load_forms,
    next_command,
    parse_targets,
    standard_input,
)
from danju.cli.report import IssuePrinter, Progress, command_line, listed, plural, say

if TYPE_CHECKING:
    from danju.batch import Tally
    from danju.model.form import Form
    from danju.summary import SummaryWriter

_TIME_LIMIT_SECONDS = 120.0
_PATIENCE_SECONDS = 2.0  # in which a second Ctrl-C is taken for part of the first


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
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=_TIME_LIMIT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="并行时每条记录最多用几秒 · seconds a record may take in a worker process",
)
@click.option("--resume", is_flag=True, help="已做好的记录沿用原编号、不重做 · keep what the folder already holds")
@click.option("--summary", "with_summary", is_flag=True, help="同时做汇总工作簿 · also make the summary workbook")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="用这个 Word 模板出 docx（同时须写 --form）· a Word template for docx; needs --form",
)
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, targets: tuple[str, ...], output: Path, jobs: int, time_limit: float, resume: bool,
    with_summary: bool, show_all: bool, template: Path | None,
) -> int:  # fmt: skip
    """做单据：每条记录一份 Word、PDF（或 Excel、HTML）。有错的记录跳过并说明，其余照做。"""
    common = common_of(workspace, lang, today, strict=strict)
    printer = IssuePrinter(common.lang, show_all=show_all)
    if template is not None and form_name is None:
        raise click.UsageError("--template 须与 --form 同用 / --template needs --form.")
    wish = Wish(targets, output, jobs, resume, with_summary, time_limit, template)
    with standard_input(inputs) as stdin:
        return render(inputs, stdin, form_name, common, wish, printer)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a render run should make.

    Attributes:
        targets: Formats.
        output: Folder.
        jobs: Worker processes; 1 works in this process.
        resume: Whether records that the folder already holds are left as they are.
        summary: Whether to make the summary workbook too.
        time_limit: Seconds that a record may take in a worker process.
        template: A Word template to fill, or None.
    """

    targets: tuple[str, ...]
    output: Path
    jobs: int = 1
    resume: bool = False
    summary: bool = False
    time_limit: float = _TIME_LIMIT_SECONDS
    template: Path | None = None

    def executor(self) -> Callable[[], Executor]:
        """Where jobs are done."""
        from danju.batch import InlineExecutor, WorkerPool

        return InlineExecutor if self.jobs == 1 else lambda: WorkerPool(self.jobs, self.time_limit)

    def summary_path(self) -> Path:
        """Where the summary workbook goes."""
        from danju.batch import SUMMARY_NAMES

        return self.output / SUMMARY_NAMES[0]


def render(
    inputs: tuple[str, ...],
    stdin: Path | None,
    form_name: str | None,
    common: Common,
    wish: Wish,
    printer: IssuePrinter,
) -> int:
    """Run a batch and print its closing lines; returns the exit code."""
    from danju.batch import Tally
    from danju.errors import EnvironmentFault

    tally = Tally()
    try:
        with _one_interrupt():
            _run(inputs, stdin, form_name, common, wish, printer, tally)
    except KeyboardInterrupt:
        printer.close()
        _say_stopped(common.lang, tally, "已中断", "Interrupted")
        return 130
    except EnvironmentFault:
        if tally.read:
            _say_stopped(common.lang, tally, "已停止", "Stopped")
        raise
    printer.close()
    _say_counts(common.lang, tally, wish)
    _say_next(inputs, form_name, common, wish, tally)
    return 1 if printer.errors else 0


def _run(
    inputs: tuple[str, ...], stdin: Path | None, form_name: str | None, common: Common, wish: Wish,
    printer: IssuePrinter, tally: Tally,
) -> None:  # fmt: skip
    """All records of the inputs, made; the tally is filled on the way."""
    from danju.batch import Batch, Made, find_sources, iter_items, survey
    from danju.issues import Issue
    from danju.library import Library
    from danju.rules.computing import Clock
    from danju.stores.folder import OutputFolder
    from danju.stores.numbers import NumberGiver

    forms, chosen = load_forms(Library(common.workspace, wish.template), form_name)
    if wish.template is not None and chosen is not None:
        _try_template(wish.template, chosen)
    sources = find_sources(inputs, stdin)
    summary = _summary_writer(forms, common) if wish.summary else None

    def note_issue(issue: Issue) -> None:
        printer(issue)
        if summary is not None:
            summary.add_issue(issue)

    def note_made(made: Made) -> None:
        if summary is not None:
            from danju.summary import SummaryRow

            summary.add(made.form.id, SummaryRow(made.record, made.files))

    with (
        summary or nullcontext(),
        OutputFolder(wish.output) as folder,
        Progress("出单", "Rendering", common.lang) as progress,
    ):
        found = survey(sources, forms, chosen)
        history = folder.journal.history
        numbers = NumberGiver(history.given, history.typed, found.numbers)
        progress.expect(found.records)
        batch = Batch(
            folder, wish.targets, common.workspace, numbers, wish.resume, note_issue, note_made,
            on_record=progress.step, tally=tally, template=wish.template,
        )  # fmt: skip
        batch.run(
            iter_items(sources, forms, chosen, Clock(common.now), strict=common.strict), wish.executor(), wish.jobs
        )
        if summary is not None:
            summary.save(wish.summary_path())


def _try_template(path: Path, form: Form) -> None:
    """Nothing, when the template can be filled for the form.

    Raises:
        DefinitionError: Its first fault, located.
    """
    from danju.word_template import compile_template

    compile_template(path.read_bytes(), form.record_type, path.name)


def _summary_writer(forms: Sequence[Form], common: Common) -> SummaryWriter:
    from danju.summary import SummaryWriter  # late: most runs make no summary

    return SummaryWriter(forms, common.now.date(), common.lang)


@contextmanager
def _one_interrupt() -> Iterator[None]:
    """Ctrl-C interrupts; pressed again at once it does not disturb the clearing up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    last = 0.0

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        nonlocal last
        before, last = last, time.monotonic()
        if last - before > _PATIENCE_SECONDS:
            raise KeyboardInterrupt

    former = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _say_stopped(lang: str, tally: Tally, zh: str, en: str) -> None:
    """How far the run came, and how to go on."""
    arguments = [each for each in sys.argv[1:] if each != "--resume"]
    again = command_line("danju", *arguments, "--resume")
    done = tally.made + tally.skipped
    say(
        lang,
        f"{zh}：已做好 {done} 条记录，没有留下不完整的文件。接着做：{again}",
        f"{en}: {plural(done, 'record')} done, no incomplete file left. Go on with: {again}",
        err=True,
    )


def _say_counts(lang: str, tally: Tally, wish: Wish) -> None:
    kinds = listed(lang, wish.targets)
    say(
        lang,
        f"读取 {tally.read} 条 = 出单 {tally.made} 条"
        + (f" + 已有 {tally.skipped} 条" if tally.skipped else "")
        + f" + 有错 {tally.failed} 条；写出 {tally.files} 个文件（{kinds}）到 {wish.output}。",
        f"{plural(tally.read, 'record')} read = {tally.made} made"
        + (f" + {tally.skipped} there already" if tally.skipped else "")
        + f" + {tally.failed} with errors; {plural(tally.files, 'file')} ({kinds}) in {wish.output}.",
    )
    if tally.repeated:
        say(
            lang,
            f"注意：其中 {tally.repeated} 条在此文件夹中出过单，本次给了新编号；如不需要重做，请用 --resume。",
            f"Note: {tally.repeated} of them had been made here before and got new numbers; --resume keeps the old.",
        )


def _say_next(inputs: tuple[str, ...], form_name: str | None, common: Common, wish: Wish, tally: Tally) -> None:
    if tally.failed:
        say(
            common.lang,
            "下一步：按上面的提示改正有错的记录，再运行同一命令并加 --resume。",
            "Next: mend the records above and run the same command again with --resume.",
        )
    elif wish.summary:
        path = wish.summary_path()
        say(common.lang, f"下一步：打开 {path} 查看汇总。", f"Next: open {path}.")
    else:
        name = "汇总.xlsx" if common.lang == "zh" else "summary.xlsx"
        following = next_command("summary", inputs, form_name, common, "-o", name)
        say(common.lang, f"下一步：{following}", f"Next: {following}")
