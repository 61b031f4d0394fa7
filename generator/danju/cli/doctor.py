"""`danju doctor`: what this machine has and lacks."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danju.cli.options import common_of, common_options
from danju.cli.report import tell

if TYPE_CHECKING:
    from danju.model.form import Form

Finding = tuple[str, bool | None, str]
"""What was looked at, whether it is well (None: it is missing, and nothing here needs it), what was found or is to be
done."""

_MARKS = {True: click.style("✓", fg="green"), False: click.style("✗", fg="red"), None: "–"}
_LIBRARIES = (
    "weasyprint",
    "jinja2",
    "lxml",
    "python-calamine",
    "jsonschema-rs",
    "uharfbuzz",
    "deflate",
    "PyYAML",
)


@click.command("doctor")
@common_options
def command(workspace: Path | None, lang: str | None, today: datetime | None) -> int:
    """检查运行环境：Python、类库、Pango、字体、节假日数据、表单定义。"""
    common = common_of(workspace, lang, today)
    findings: list[Finding] = [
        ("Python", sys.version_info >= (3, 11), f"{platform.python_version()} ({platform.system()})"),
        *_libraries(),
        _pango(common.workspace, common.lang),
        _attempt("字体 fonts", _fonts, common.lang),
        _attempt("节假日 holidays", lambda: _holidays((common.today or datetime.now()).year), common.lang),
        _attempt("表单 forms", lambda: _forms(common.workspace), common.lang),
    ]
    for name, well, text in findings:
        click.echo(f"{_MARKS[well]} {name:<18} {text}")
    bad = sum(well is False for _, well, _ in findings)
    if bad:
        tell(common.lang, "things_to_do", count=bad)
        return 3
    tell(common.lang, "all_well")
    return 0


def _libraries() -> list[Finding]:
    found: list[Finding] = []
    for name in _LIBRARIES:
        try:
            found.append((name, True, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, False, f"pip install {name}"))
    return found


def _attempt(name: str, look: Callable[[], str], lang: str) -> Finding:
    from danju.errors import DanjuError
    from danju.messages import format_message

    try:
        return name, True, look()
    except DanjuError as err:
        return name, False, format_message(err.code, err.values, err.location, "", lang)


def _pango(workspace: Path | None, lang: str) -> Finding:
    """Pango, which matters when the workspace draws a form by HTML of its own."""
    from danju.renderers.pdf_html import load_weasyprint

    own = [form.id for form in _loaded_forms(workspace) if form.templates]
    finding = _attempt("Pango", lambda: _pango_of(load_weasyprint("、".join(own))), lang)
    if finding[1] or own:
        return finding
    needless = "没有安装，也用不着（只有工作区自己的 HTML 模板排 PDF 时需要） / not installed, and not needed here"
    return "Pango", None, needless


def _loaded_forms(workspace: Path | None) -> Sequence[Form]:
    from danju.errors import DanjuError
    from danju.library import Library

    try:
        return Library(workspace).forms()
    except DanjuError:
        return ()  # a finding of its own tells of it


def _pango_of(_weasyprint: object) -> str:
    from weasyprint.text.ffi import pango

    return str(_pango_version(pango.pango_version()))


def _pango_version(number: int) -> str:
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _fonts() -> str:
    from danju.errors import EnvironmentFault
    from danju.layout.fonts import font_path

    for bold in (False, True):
        if not font_path(bold).is_file():
            raise EnvironmentFault("E302", {"path": str(font_path(bold))})
    return "Noto Sans SC Regular, Bold"


def _holidays(year: int) -> str:
    from danju.rules.workdays import covers

    return (
        f"{year}"
        if covers(year)
        else f"{year} 尚未收录，工作日只按周末推算 / not covered: pip install -U chinesecalendar"
    )


def _forms(workspace: Path | None) -> str:
    from danju.library import Library

    return "、".join(form.id for form in Library(workspace).forms())
