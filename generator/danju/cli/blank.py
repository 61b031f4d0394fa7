"""`danju blank`: an empty form to be filled in, in Excel, Word, PDF or YAML."""

from __future__ import annotations

from pathlib import Path

import click

from danju.cli.options import common_of
from danju.cli.report import command_line, tell

_TARGETS = ("xlsx", "docx", "pdf", "yaml", "schema")
_SUFFIXES = {"schema": ".schema.json"}


@click.command("blank")
@click.argument("form_name", metavar="FORM")
@click.option("--to", "target", type=click.Choice(_TARGETS), help="文件种类；默认看 -o 的扩展名 · default: from -o")
@click.option(
    "--layout",
    type=click.Choice(["register", "form"]),
    help="Excel：台账（一行一条，默认）或表单（照纸样）· a register (default) or the paper form",
)
@click.option("--rows", type=click.IntRange(1, 100_000), default=200, show_default=True, help="台账预备的行数 · rows")
@click.option("--english", is_flag=True, help="标签下加英文 · English labels below the Chinese ones")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="输出文件 · output file")
@click.option(
    "-w", "--workspace", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="自有表单所在的工作区 · folder with your own forms",
)  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), help="消息语言 · language of messages")
def command(
    form_name: str, target: str | None, layout: str | None, rows: int, english: bool, output: Path | None,
    workspace: Path | None, lang: str | None,
) -> int:  # fmt: skip
    """做出空白表单：填好后直接交给 danju check、render 读回。"""
    from danju.blanks import BlankOptions, companions, make_blank
    from danju.errors import UsageError
    from danju.exchange.stamp import FileShape
    from danju.library import Library
    from danju.stores.folder import write_whole

    common = common_of(workspace, lang, None)
    form = Library(common.workspace).form(form_name)
    if target is None:
        target = _target_of(output)
        if target is None:
            raise UsageError("E105", {"name": str(output or ""), "known": "、".join(_TARGETS)})
    if output is None:
        output = Path(f"{form.title}{_SUFFIXES.get(target, f'.{target}')}")
    shape = FileShape.REGISTER if target == "xlsx" and layout != "form" else FileShape.FORM
    options = BlankOptions(shape, rows, english)
    write_whole(output, make_blank(form, target, options))
    for name, content in companions(form, target, options).items():
        write_whole(output.with_name(name), content)
        tell(common.lang, "blank_schema", path=output.with_name(name))
    tell(common.lang, "blank_written", path=output)
    following = command_line("danju", "check", str(output), *common.given)
    tell(common.lang, "blank_next", command=following)
    return 0


def _target_of(output: Path | None) -> str | None:
    """The kind of file that a name asks for; xlsx without a name."""
    if output is None:
        return "xlsx"
    if output.name.endswith((".schema.json", ".json")):
        return "schema"
    suffix = output.suffix.lower().lstrip(".").replace("yml", "yaml")
    return suffix if suffix in _TARGETS else None
