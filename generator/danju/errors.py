"""Exceptions: we cannot go on. Faults in a user's data are not exceptions, see `danju.issues`."""

from __future__ import annotations

from typing import ClassVar

from danju.location import Location


class DanjuError(Exception):
    """Root of everything Danju raises on purpose.

    Args:
        code: Key in the message catalogue, e.g. `E301`.
        args: Values for the message's placeholders.
        location: The place the message points to.

    The three travel positionally through `Exception.args`, so that pickling (process pools) keeps them.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, args: dict[str, object] | None = None, location: Location | None = None) -> None:
        super().__init__(code, args or {}, location or Location())
        self.code = code
        self.values: dict[str, object] = args or {}
        self.location = location or Location()

    def __str__(self) -> str:
        from danju.messages import format_message  # late: keeps start-up and import order simple

        return format_message(self.code, self.values, self.location, label="", lang="zh")


class UsageError(DanjuError):
    """The command was called in a way that cannot work: missing file, unknown form, unwritable folder."""


class InputError(DanjuError):
    """An input file cannot be read at all: encrypted, truncated, not what its name says."""

    exit_code: ClassVar[int] = 1


class DefinitionError(DanjuError):
    """A schema, form or template is wrong; the location names its file and line."""


class DocumentError(DanjuError):
    """One document of one record cannot be made; its other documents and all other records can."""

    exit_code: ClassVar[int] = 1


class EnvironmentFault(DanjuError):
    """The machine lacks something: a library, a font, disk space."""

    exit_code: ClassVar[int] = 3
