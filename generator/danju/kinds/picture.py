"""Picture: a PNG or JPEG, given as a file beside the input or as the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.messages import Words, phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced
from danju.values.display import shown, words_of
from danju.values.pictures import PictureData, PictureFile, data_in, decoded, judge_picture

__all__ = ["PICTURE", "FoundPicture"]

_KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg"}


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """What a reader found where a picture was named.

    Attributes:
        name: As it was named; "" for one that lies in the file itself.
        content: The file, or why there is none.
    """

    name: str
    content: bytes | Fault

    def __str__(self) -> str:
        return self.name or "图片"


class _Picture(Kind):
    name = "picture"
    words = Words("图片", "picture")
    formats = ("picture",)
    is_picture = True
    is_in_formulas = False
    paper_em = 10.0
    entry_em = 12.0

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "string" and node.get("format") == "picture"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, FoundPicture):
            return _used(raw.content, raw.name) if isinstance(raw.content, bytes) else Coerced(None, [raw.content])
        if isinstance(raw, bytes):
            return _used(raw, "")
        if not isinstance(raw, str):
            return Coerced(None, [Fault("F151", {"name": words_of(raw)})])
        given = data_in(raw)
        if given is None:
            return Coerced(None, [Fault("F151", {"name": raw})])
        return _used(given, "")

    def display(self, field: Field, value: object) -> str:
        return shown(value)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string"}

    def note(self, field: Field) -> str:
        return "填图片的文件名，如 照片.jpg；图片与本文件放在一起"


def _used(content: bytes | Words, name: str) -> Coerced:
    """The value that a file is; a note when its name says it is another one."""
    called = name or phrase("picture_data")
    picture = judge_picture(content) if isinstance(content, bytes) else content
    if isinstance(picture, PictureFile):
        picture = decoded(picture)
    if isinstance(picture, Words):
        return Coerced(None, [Fault("F152", {"name": called, "reason": picture})])
    said = _KINDS.get(name.rpartition(".")[2].lower())
    is_other = bool(name) and said != picture.kind
    faults = [Fault("F154", {"name": name, "kind": picture.kind.upper()})] if is_other else []
    return Coerced(PictureData.of(picture), faults)


PICTURE = _Picture()
