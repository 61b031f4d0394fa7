"""One cell of a form's paper, read back: option lines, sign-off lines, prose, values with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from danju.exchange.paths import field_at
from danju.layout.grid import OptionsOf, ProseOf, SignOf, ValueOf
from danju.model.field import Field
from danju.model.form import Form
from danju.model.layout import HeaderPart

__all__ = ["option_line", "read_head", "read_prose", "read_sign", "value_text"]

_DAY = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:[\s　]*[0-9]{1,2}:[0-9]{2})?"
_TYPED_DAY = r"[0-9]{2,4}[-./][0-9]{1,2}[-./][0-9]{1,2}"
_BLANK_DAY = r"[\s　_]*年[\s　_]*月[\s　_]*日"
_ENTRY = re.compile(r"\{\{\s*([a-z_][\w.]*)\s*\}\}", re.ASCII)
_EXPRESSION = re.compile(r"(\{\{.*?\}\})", re.DOTALL)


def value_text(content: ValueOf, text: str) -> str:
    """The value without the label above it."""
    if not content.lead:
        return text
    first, _, rest = text.partition("\n")
    return rest if first.strip().rstrip("：:") == content.lead.rstrip("：:") else text


def option_line(content: OptionsOf, options: Field, text: str) -> str:
    """The option line without the figures behind its options."""
    if content.show:
        for option in options.options:
            figure = option.attributes.get(content.show)
            if figure is not None:
                text = text.replace(f"{option.label} {figure}{content.show_unit}", option.label)
    return text


def read_sign(content: SignOf, text: str) -> Iterator[tuple[str, str]]:
    """Paths of a sign-off line with what stands there, signed or not."""
    pattern, paths = "", []
    for part in content.parts:
        pattern += r"[\s　]*" + re.escape(part.label.rstrip("：: ")) + (r"[：:]?" if part.label else "")
        if part.is_date:
            pattern += rf"[\s　]*({_DAY}|{_BLANK_DAY}|{_TYPED_DAY}|)"
            paths.append(part.field)
        elif part.field or part.label.endswith(("：", ":")):
            pattern += r"(.*?)"
            paths.append(part.field)
    match = re.fullmatch(pattern + r"[\s　]*", text.strip(), re.DOTALL)
    if match is None:
        yield from _find_pieces(content, text)
        return
    for path, found in zip(paths, match.groups(), strict=True):
        if path:
            yield path, found.strip()


def _find_pieces(content: SignOf, text: str) -> Iterator[tuple[str, str]]:
    """Each part by itself, where somebody rewrote the line."""
    for part in content.parts:
        if not part.field:
            continue
        label = re.escape(part.label.rstrip("：: "))
        shape = f"({_DAY}|{_TYPED_DAY})" if part.is_date else r"[\s　]*([^\s　]+)"
        found = re.search(f"{label}[：:]?{shape}" if label else shape, text)
        if found:
            yield part.field, found[1]


def read_prose(content: ProseOf, text: str) -> Iterator[tuple[str, str]]:
    """Paths of plain `{{ field }}` places in running text with what stands there."""
    pattern, paths = "", []
    for piece in _EXPRESSION.split(content.template.strip("\n")):
        if not piece.startswith("{{"):
            pattern += re.escape(piece).replace(r"\ ", r"\s*")
            continue
        entry = _ENTRY.fullmatch(piece)
        pattern += "(.*?)" if entry else ".*?"
        if entry:
            paths.append(entry[1])
    match = re.fullmatch(pattern, text.strip("\n"), re.DOTALL)
    yield from zip(paths, match.groups() if match else (), strict=False)


def read_head(form: Form, parts: Sequence[HeaderPart], text: str) -> Iterator[tuple[str, str]]:
    """Paths of one side of the line above the grid with what stands there; nothing for any other text."""
    labelled: list[tuple[str, str]] = []
    for part in parts:
        field = field_at(form.record_type, part.field) if part.field else None
        label = f"{part.label if part.label is not None else field.label}：" if field else ""
        labelled.append((f"{part.text}{label}", part.field))
    pattern = "".join(
        rf"[\s　]*{re.escape(label).replace('：', '[：:]')}{'(.*?)' if path else '()'}" for label, path in labelled
    )
    match = re.fullmatch(pattern, text.strip(), re.DOTALL) if labelled else None
    if match is None:
        return
    for (_, path), found in zip(labelled, match.groups(), strict=True):
        if path:
            yield path, found.strip()
