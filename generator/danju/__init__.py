"""Danju 单据: spreadsheets and YAML into finished Chinese office paperwork.

As a library: `danju.check(…)`, `danju.render(…)` and what else docs/api.md shows; loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from danju.api import (
        DanjuError,
        FinishedPaper,
        Form,
        Given,
        How,
        Issue,
        Record,
        Rendered,
        Report,
        Severity,
        blank,
        check,
        convert,
        fill,
        form,
        forms,
        give_back,
        read,
        render,
        render_into,
        summarise,
    )

__all__ = [
    "DanjuError",
    "FinishedPaper",
    "Form",
    "Given",
    "How",
    "Issue",
    "Record",
    "Rendered",
    "Report",
    "Severity",
    "blank",
    "check",
    "convert",
    "fill",
    "form",
    "forms",
    "give_back",
    "read",
    "render",
    "render_into",
    "summarise",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """What `danju.api` offers."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from danju import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
