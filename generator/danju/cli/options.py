"""Options that several commands share, and what they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from danju.cli.report import command_line, guess_lang

if TYPE_CHECKING:
    from danju.work.inputs import Inputs

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """Where definitions come from, in which language to speak, which day is today.

    Attributes:
        workspace: Folder with schemas/, forms/, templates/ of its own, or None.
        lang: zh or en.
        today: The day, or moment, that records are judged at; None for now.
        given: The options that were typed and that the next command needs too.
        strict: Whether a value that cannot be kept as it was typed is an error.
    """

    workspace: Path | None
    lang: str
    today: datetime | None
    given: tuple[str, ...] = ()
    strict: bool = False


def input_options(command: F) -> F:
    """INPUT…, --form and --strict."""
    command = click.option(
        "--strict",
        is_flag=True,
        help="不许自动修正：凡是没有照原样读取的值都算错误 · every repaired value is an error",
    )(command)
    command = click.option(
        "--form",
        "form_name",
        metavar="FORM",
        help="表单（标识或标题）；不写则自动识别 · the form; told from the data by default",
    )(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")(command)


def common_options(command: F) -> F:
    """--workspace, --lang, --today; handed on as one `common` argument."""
    for option in (
        click.option(
            "-w",
            "--workspace",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="自有表单所在的工作区 · folder with your own forms",
        ),
        click.option("--lang", type=click.Choice(["zh", "en"]), help="消息语言 · language of messages"),
        click.option(
            "--today",
            type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
            help="以哪天为“今天”，默认当天 · the day to judge by",
        ),
    ):
        command = option(command)
    return command


def common_of(workspace: Path | None, lang: str | None, today: datetime | None, *, strict: bool = False) -> Common:
    """The shared options with their defaults: the current folder is the workspace when it has forms of its own."""
    given = (
        *(("-w", str(workspace)) if workspace else ()),
        *(("--lang", lang) if lang else ()),
        *(("--strict",) if strict else ()),
    )
    if workspace is None:
        from danju.library.places import is_workspace

        here = Path.cwd()
        workspace = here if is_workspace(here) else None
    return Common(workspace, lang or guess_lang(), today, given, strict)


def next_command(name: str, inputs: tuple[str, ...], form_name: str | None, common: Common, *more: str) -> str:
    """The command to type next on the same inputs, with the options given now that it needs too."""
    form = ("--form", form_name) if form_name else ()
    return command_line("danju", name, *inputs, *form, *common.given, *more)


@contextmanager
def asked_inputs(inputs: tuple[str, ...], form_name: str | None, common: Common) -> Iterator[Inputs]:
    """What the use cases of `danju.work` take; standard input lies in a temporary file until the end."""
    from danju.work.inputs import Inputs

    with _standard_input(inputs) as stdin:
        yield Inputs(inputs, form_name or "", common.workspace, common.today, common.strict, stdin)


@contextmanager
def _standard_input(inputs: tuple[str, ...]) -> Iterator[Path | None]:
    """A temporary file holding standard input when `-` was given; its suffix follows from the content."""
    if "-" not in inputs:
        yield None
        return
    import tempfile

    from danju.readers import suffix_for

    content = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory(prefix="danju-") as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(content)
        yield path.rename(path.with_suffix(suffix_for(path)))


def parse_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`docx,pdf` → a tuple of known formats; empty when nothing was typed."""
    from danju.work.render import parse_targets

    return () if value is None else parse_targets(value)
