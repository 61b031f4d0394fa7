"""The `danju` command: finds the subcommand, turns exceptions into one message and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from danju import __version__
from danju.errors import DanjuError

_COMMANDS = {
    "demo": "用自带的示例数据做出三种表单的 Word、PDF、Excel 和汇总 · make the demo",
    "forms": "列出表单；或一种表单的栏目和规则 · list forms, or one in detail",
    "blank": "做出空白的 Excel、Word、PDF 表单，填好后读回 · blank forms to fill in",
    "check": "检查数据，不写任何文件 · validate, write nothing",
    "convert": "整理成 JSON、YAML、CSV 或 Excel · checked records in another format",
    "render": "做出 Word、PDF、Excel、HTML 单据 · make the paperwork",
    "summary": "做出汇总工作簿 · make the summary workbook",
    "template": "填写或检查自己的 Word 模板 · fill or check a Word template of your own",
    "doctor": "检查运行环境 · examine this machine",
}


class LazyGroup(click.Group):
    """Imports a command's module only when that command is called; help needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"danju.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 · Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in _COMMANDS:
            from danju.values.text import nearest_hint

            hint = nearest_hint(f"danju {name}", [f"danju {each}" for each in _COMMANDS])
            raise click.UsageError(f"没有命令“{name}”。{hint} / no such command. 运行 danju --help 查看全部。")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, "--version", prog_name="danju")
def cli() -> None:
    """单据：把 Excel、YAML 里的数据变成正式的 Word、PDF 单据和汇总。

    从这里开始：danju demo · Start here: danju demo
    """


def main() -> None:
    """Run the command line.

    Exit codes: 0 all good · 1 some records have issues · 2 usage or definition error · 3 the machine lacks something.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(standalone_mode=False)
    except DanjuError as err:
        from danju.cli.report import asked_lang
        from danju.messages import format_message

        click.echo(format_message(err.code, err.values, err.location, "", asked_lang(sys.argv)), err=True)
        code = err.exit_code
    except click.ClickException as err:
        err.show()
        code = 2
    except click.Abort:
        click.echo("已中断。 · Interrupted.", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
