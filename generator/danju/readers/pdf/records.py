"""Records attached to finished PDF files as JSON, and whether they are what the file says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from danju.model.record import plain_digest
from danju.readers.pdf.objects import PdfLimitError, is_dictionary, items_of, stream_content, text_of

__all__ = ["AttachedRecord", "Attachment", "iter_attachments"]

_MAX_ATTACHMENTS = 10_000
_MAX_RECORD = 64 << 20  # pictures among its values take most of it
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class AttachedRecord:
    """A record as the file was made from it.

    Attributes:
        form_id, version, digest: Its form then.
        values: Plain values by property name; decimals exact.
        content_digest: sha256 of the values, as the file's identifier has it.
        is_whole: Whether the content fits the checksum that was attached with it.
    """

    form_id: str
    version: int
    digest: str
    values: Mapping[str, object]
    content_digest: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """An embedded file.

    Attributes:
        name: Its file name.
        record: What it holds, or None when it is something else.
    """

    name: str
    record: AttachedRecord | None


def iter_attachments(root: Any) -> Iterator[Attachment]:
    """The embedded files of a document's catalogue, in its order.

    Raises:
        PdfLimitError: Too many of them, a name tree without end, or one that is too large.
    """
    names = root.get("/Names")
    if not is_dictionary(names):
        return
    for number, specification in enumerate(_specifications(names.get("/EmbeddedFiles"))):
        if number >= _MAX_ATTACHMENTS:
            raise PdfLimitError
        files = specification.get("/EF")
        stream = files.get("/UF", files.get("/F")) if is_dictionary(files) else None
        name = text_of(specification.get("/UF", specification.get("/F")))
        is_json = name.lower().endswith(".json") and stream is not None
        yield Attachment(name, _record(stream) if is_json else None)


def _specifications(tree: Any) -> Iterator[Any]:
    """The values of a name tree (ISO 32000-1, 7.9.6)."""
    stack = [(tree, 0)]
    count = 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > _MAX_ATTACHMENTS or depth > _MAX_DEPTH:
            raise PdfLimitError
        if not is_dictionary(node):
            continue
        yield from filter(is_dictionary, items_of(node.get("/Names"))[1::2])
        stack += [(kid, depth + 1) for kid in reversed(items_of(node.get("/Kids")))]


def _record(stream: Any) -> AttachedRecord | None:
    """The record in an embedded file; None when it is not one of ours."""
    import pikepdf

    if not isinstance(stream, pikepdf.Stream):
        return None
    content = stream_content(stream, _MAX_RECORD)
    if content is None:
        return None
    try:
        said = json.loads(content)
        exact = json.loads(content, parse_float=Decimal)
        form_id, version, digest = str(said["form"]), int(said["version"]), str(said["digest"])
        values, plain = exact["record"], said["record"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    params: Any = stream.get("/Params")
    checksum = params.get("/CheckSum") if is_dictionary(params) else None
    is_whole = checksum is None or bytes(checksum) == hashlib.md5(content, usedforsecurity=False).digest()
    return AttachedRecord(form_id, version, digest, values, plain_digest(plain), is_whole)
