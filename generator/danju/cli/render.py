"""`danju render`: checked records → documents."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from danju.cli.options import (
    Common,
    asked_inputs,
    common_of,
    common_options,
    input_options,
    next_command,
    parse_formats,
)
from danju.cli.report import IssuePrinter, command_line, tell
from danju.messages.sentences import listed, sentence
from danju.stores.superseded import VOID_FOLDER

if TYPE_CHECKING:
    from danju.events import Tally
    from danju.work.render import Wish

_PATIENCE_SECONDS = 2.0  # in which a second Ctrl-C is taken for part of the first


@click.command("render")
@input_options
@common_options
@click.option(
    "--to", "targets", show_default="docx,pdf", callback=parse_formats,
    help="docx,pdf,xlsx,html；有 --template 时只做 docx · with --template docx only",
)  # fmt: skip
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
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="并行时每条记录最多用几秒 · seconds a record may take in a worker process",
)
@click.option("--again", is_flag=True, help="已有的记录也另编新号重做 · make records anew, with new numbers")
@click.option("--resume", is_flag=True, hidden=True, help="接着做：总是如此，可不写 · go on, which is always so")
@click.option("--summary", "with_summary", is_flag=True, help="同时做汇总工作簿 · also make the summary workbook")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="用这个 Word 模板出 docx（同时须写 --form）· a Word template for docx; needs --form",
)
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, targets: tuple[str, ...], output: Path, jobs: int, time_limit: float, again: bool,
    resume: bool, with_summary: bool, show_all: bool, template: Path | None,
) -> int:  # fmt: skip
    """做单据：每条记录一份 Word、PDF（或 Excel、HTML）。有错的记录跳过并说明，其余照做。"""
    from danju.work.render import Wish

    if again and resume:
        raise click.UsageError("--again 与 --resume 只能用一个 / --again and --resume exclude each other.")
    common = common_of(workspace, lang, today, strict=strict)
    summary = common.lang if with_summary else ""
    wish = Wish(output, targets, jobs, again, summary, time_limit, template)
    return render(inputs, form_name, common, wish, IssuePrinter(common.lang, show_all=show_all))


def render(inputs: tuple[str, ...], form_name: str | None, common: Common, wish: Wish, printer: IssuePrinter) -> int:
    """Render, print the closing lines, return the exit code."""
    from danju.cli.show import show
    from danju.errors import EnvironmentFault
    from danju.events import Tally
    from danju.work.render import render as render_events

    tally = Tally()
    try:
        with _one_interrupt(), asked_inputs(inputs, form_name, common) as asked:
            shown = show(render_events(asked, wish, tally), "rendering", common, printer)
    except KeyboardInterrupt:
        _say_stopped(common.lang, tally, "interrupted")
        return 130
    except EnvironmentFault:
        if tally.read:
            _say_stopped(common.lang, tally, "stopped")
        raise
    _say_counts(common.lang, tally, wish)
    _say_next(inputs, form_name, common, wish, tally)
    return shown.exit_code


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


def _say_stopped(lang: str, tally: Tally, how: str) -> None:
    """How far the run came, and how to go on."""
    arguments = [each for each in sys.argv[1:] if each not in ("--resume", "--again")]
    again = command_line("danju", *arguments)
    tell(lang, how, err=True, count=tally.made + tally.skipped, command=again)


def _say_counts(lang: str, tally: Tally, wish: Wish) -> None:
    tell(
        lang,
        "rendered",
        read=tally.read,
        made=tally.made,
        skipped=sentence("skipped", lang, count=tally.skipped) if tally.skipped else "",
        failed=tally.failed,
        files=tally.files,
        formats=listed(lang, wish.formats),
        folder=wish.output,
    )
    if tally.repeated:
        tell(lang, "repeated", count=tally.repeated)
    if tally.corrected:
        tell(lang, "corrected", count=tally.corrected, folder=wish.output / VOID_FOLDER)


def _say_next(inputs: tuple[str, ...], form_name: str | None, common: Common, wish: Wish, tally: Tally) -> None:
    if tally.failed:
        tell(common.lang, "mend_and_rerun")
    elif wish.summary:
        tell(common.lang, "open_summary", path=wish.summary_path)
    else:
        name = sentence("summary_name", common.lang)
        tell(common.lang, "next", command=next_command("summary", inputs, form_name, common, "-o", name))
