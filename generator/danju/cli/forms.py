"""`danju forms`: which forms there are, and what one of them wants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from danju.cli.options import common_of, common_options, next_command
from danju.cli.report import command_line, tell
from danju.messages.sentences import sentence
from danju.model.field import Field
from danju.model.form import Form


@click.command("forms")
@click.argument("name", required=False, metavar="[FORM]")
@common_options
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 · print JSON")
def command(name: str | None, workspace: Path | None, lang: str | None, today: datetime | None, as_json: bool) -> int:
    """列出全部表单；给出名称时列出它的栏目、可用的表头写法和规则。"""
    from danju.library import Library

    common = common_of(workspace, lang, today)
    library = Library(common.workspace)
    if name is None:
        forms = library.forms()
        if as_json:
            _print_json([_form_json(form, brief=True) for form in forms])
            return 0
        for form in forms:
            click.echo(f"{click.style(form.id, bold=True):<32} {form.title}　{form.english}　v{form.version}")
        following = command_line("danju", "forms", forms[0].id, *common.given)
        tell(common.lang, "forms_next", command=following)
        return 0
    form = library.form(name)
    if as_json:
        _print_json(_form_json(form))
        return 0
    _describe(form, common.lang)
    register = sentence("register_name", common.lang)
    tell(common.lang, "next", command=next_command("check", (register,), form.id, common))
    return 0


def _describe(form: Form, lang: str) -> None:
    zh = lang == "zh"
    click.echo(click.style(f"{form.title}（{form.id} v{form.version}）{form.english}", bold=True))
    tell(lang, "fields")
    for path, field in form.record_type.iter_paths():
        depth = path.count(".")
        star = "*" if field.required else " "
        kind = field.kind.words.zh if zh else field.kind.words.en
        details = [f"{kind}{'，' + field.format if field.format else ''}{'，' + field.unit if field.unit else ''}"]
        if field.computed:
            details.append(sentence("computed", lang))
        if field.options:
            details.append("、".join(option.label for option in field.options))
        click.echo(f" {star}{'  ' * depth}{click.style(field.label, bold=True)}  {path}  {'  '.join(details)}")
        if field.aliases:
            click.echo(f"  {'  ' * depth}  {sentence('also', lang)}：{'、'.join(field.aliases)}")
    if form.number_rule:
        click.echo(sentence("number_rule", lang) + form.number_rule)
    if form.checks:
        tell(lang, "rules")
        for check in form.checks:
            click.echo(f"  - {check.message[0 if zh else 1]}（{check.severity.value}）")


def _print_json(data: object) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _form_json(form: Form, brief: bool = False) -> dict[str, object]:
    found: dict[str, object] = {"id": form.id, "version": form.version, "title": form.title, "english": form.english}
    if not brief:
        found["fields"] = [_field_json(path, field) for path, field in form.record_type.iter_paths()]
        found["number"] = form.number_rule
        found["checks"] = [{"message": check.message[0], "severity": check.severity.value} for check in form.checks]
    return found


def _field_json(path: str, field: Field) -> dict[str, object]:
    return {
        "path": path,
        "label": field.label,
        "kind": field.kind.name,
        "required": field.required,
        "computed": field.computed,
        "format": field.format,
        "unit": field.unit,
        "aliases": list(field.aliases),
        "options": [option.value for option in field.options],
    }
