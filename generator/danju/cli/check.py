"""`danju check`: every issue of the inputs at once; nothing is written but the marked copies of `--return`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danju.cli.options import asked_inputs, common_of, common_options, input_options, next_command
from danju.cli.report import IssuePrinter, command_line, count_words, tell
from danju.issues import Severity
from danju.messages.sentences import listed, sentence

if TYPE_CHECKING:
    from danju.cli.show import Shown
    from danju.events import Returned

_MOST_NAMES = 5


@click.command("check")
@input_options
@common_options
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出 · print JSON")
@click.option("--all", "show_all", is_flag=True, help="同类问题全部列出 · list every issue")
@click.option(
    "--return",
    "return_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="把有问题的文件做好标记，放进这个文件夹，供退回改正 · put marked copies of faulty files here",
)
def command(
    inputs: tuple[str, ...], form_name: str | None, strict: bool, workspace: Path | None, lang: str | None,
    today: datetime | None, as_json: bool, show_all: bool, return_folder: Path | None,
) -> int:  # fmt: skip
    """检查数据：所有问题一次列出，各带位置和处理办法。除 --return 的副本外不写任何文件。"""
    from danju.cli.show import show
    from danju.work.check import check, give_back

    common = common_of(workspace, lang, today, strict=strict)
    printer = IssuePrinter(common.lang, quiet=as_json, show_all=show_all, keep=as_json)
    with asked_inputs(inputs, form_name, common) as asked:
        events = check(asked) if return_folder is None else give_back(asked, return_folder, common.lang)
        shown = show(events, "checking", common, printer)
    if as_json:
        click.echo(_as_json(common.lang, shown, with_returned=return_folder is not None))
        return shown.exit_code
    _say_counts(common.lang, shown)
    _say_returned(common.lang, shown.returned)
    faulty = sum(1 for each in shown.returned if each.errors or each.warnings)
    if faulty:
        form = ("--form", form_name) if form_name else ()
        following = command_line("danju", "check", str(return_folder), *form, *common.given)
        tell(common.lang, "send_back", count=faulty, command=following)
    else:
        following = next_command("render", inputs, form_name, common, "-o", "out")
        tell(common.lang, "mend_and_check" if printer.errors else "next", command=following)
    return shown.exit_code


def _as_json(lang: str, shown: Shown, *, with_returned: bool) -> str:
    """The whole result as one object."""
    told = {
        "records": shown.tally.read,
        "good": shown.tally.read - shown.tally.failed,
        "bad": shown.tally.failed,
        "repairs": shown.printer.repairs,
        "forms": shown.forms,
        "issues": [issue.to_json(lang) for issue in shown.printer.issues],
        **({"returned": [_returned(each) for each in shown.returned if each.path]} if with_returned else {}),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _returned(each: Returned) -> dict[str, object]:
    return {
        "file": each.source, "path": str(each.path), "kind": each.kind,
        "errors": each.errors, "warnings": each.warnings,
    }  # fmt: skip


def _say_counts(lang: str, shown: Shown) -> None:
    printer, bad = shown.printer, shown.tally.failed
    counts = count_words(lang, *(printer.severities[severity] for severity in Severity))
    repairs = sentence("repairs", lang, count=printer.repairs) if printer.repairs else ""
    tell(
        lang,
        "checked",
        read=shown.tally.read,
        good=shown.tally.read - bad,
        bad=sentence("checked_bad", lang, bad=bad) if bad else "",
        counts=sentence("checked_counts", lang, counts=counts, repairs=repairs) if counts else "",
    )


def _say_returned(lang: str, returned: list[Returned]) -> None:
    """What was returned, and what was not."""
    for each in returned:
        if each.path is not None:
            counts = count_words(lang, each.errors, each.warnings) or sentence("marks_off", lang)
            tell(lang, "returned", path=each.path, counts=counts)
    good = [each.source for each in returned if each.path is None]
    if good:
        names, more = listed(lang, good[:_MOST_NAMES]), len(good) - _MOST_NAMES
        if more > 0:
            names = sentence("and_more", lang, names=names, count=len(good), more=more)
        tell(lang, "not_returned", names=names)
