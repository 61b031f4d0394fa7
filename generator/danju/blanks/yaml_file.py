"""Blank YAML files: every field with its label, options and hint in comments, to be filled in with any editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from danju.blanks.json_schema import schema_name
from danju.model.field import Field
from danju.model.form import Form

if TYPE_CHECKING:
    from danju.blanks import BlankOptions

__all__ = ["make"]

_EXAMPLES = {
    "credit-code": "91450300MA5N8T7X23",
    "mobile": "'13900000000'",
    "phone": "0771-3210088",
    "postcode": "'530000'",
    "bank-account": "'4367422000118866123'",
}
_HOW_TO = (
    "带 * 的必填；用不到的留空，或整行删去。以 # 开头的是说明。",
    "几条记录写在一个文件里时，每条之间用单独一行 --- 隔开。",
    "号码有以 0 开头或很长的，请加引号：'0771'。",
)


def make(form: Form, options: BlankOptions) -> bytes:
    """The YAML file; it refers to the schema that lies beside it."""
    lines = [
        f"# yaml-language-server: $schema={schema_name(form)}",
        f"# {_line(form.title)}（{form.id} 第 {form.version} 版）",
        *(f"# {line}" for line in _HOW_TO),
        f"form: {form.id}",
        f"version: {form.version}",
    ]
    for each in form.record_type.fields:
        lines += ["", *_field(each, english=options.english)]
    return ("\n".join(lines) + "\n").encode()


def _field(of: Field, indent: str = "", *, english: bool = False) -> Iterator[str]:
    """The lines of a field: what it is, then its name without a value."""
    about = _about(of, english=english)
    if of.computed:
        yield f"{indent}# {about}"
        return
    yield f"{indent}# {about}"
    if of.kind.is_group:
        yield f"{indent}{of.name}:"
        for member in of.members:
            yield from _field(member, f"{indent}  ", english=english)
    elif of.kind.is_table:
        yield f"{indent}# 每行以“- ”开头；去掉下面各行的 # 填写，再有一行就照样再抄一份。"
        yield f"{indent}{of.name}:"
        yield from (f"{indent}#{line}" for line in _sample_row(of, english=english))
    elif of.kind.is_list:
        yield f"{indent}{of.name}: []"
    else:
        yield f"{indent}{of.name}:"


def _sample_row(table: Field, *, english: bool) -> Iterator[str]:
    """One row without values, each member with its note behind it."""
    members = [member for member in table.members if not member.computed]
    width = max((len(member.name) for member in members), default=0) + 2
    for index, member in enumerate(members):
        start = "  - " if index == 0 else "    "
        yield f"{start}{f'{member.name}:':<{width}} # {_about(member, english=english)}"


def _about(of: Field, *, english: bool) -> str:
    """`* 质量：选一个：优良、良好`"""
    star = "* " if of.required and not of.computed else ""
    label = f"{of.label} {of.english}".rstrip() if english else of.label
    notes = [note for note in _notes(of) if note]
    return _line(f"{star}{label}{'：' if notes else ''}{'；'.join(notes)}")


def _notes(of: Field) -> list[str]:
    if of.computed:
        return [of.hint if "系统计算" in of.hint else f"系统计算，不必填写{f'。{of.hint}' if of.hint else ''}"]
    example = f"如 {_EXAMPLES[of.format]}" if of.format in _EXAMPLES else ""
    lines = "多行时在冒号后写 |，下面各行缩进" if of.multiline else ""
    return [of.hint, of.kind.note(of), example, lines]


def _line(text: str) -> str:
    """The text on one line, so that it stays inside its comment."""
    return " ".join(text.split())
