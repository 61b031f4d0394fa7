"""A row as the peers' templates print it: every text ready, so that their engines do nothing but fill and draw."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.rows import AWARENESS, QUALITY, SERVICE, TOPICS, Row

PRINTED_CONTACTS = 3
_TICKED, _EMPTY = "■", "□"  # Noto Sans CJK has these; tick boxes would cost the peers a second font


def paper_of(row: Row) -> dict[str, object]:
    """The texts of a visit report; `contacts` has at least as many rows as are printed."""
    contacts = row["contacts"]
    assert isinstance(contacts, list)
    scores = [
        options[str(row[name])]
        for name, options in (("quality", QUALITY), ("service", SERVICE), ("awareness", AWARENESS))
    ]
    blank = {"name": "", "title": "", "phone": "", "mobile": ""}
    return {
        **{name: str(value) for name, value in row.items() if isinstance(value, str)},
        "topics": _options(dict.fromkeys(TOPICS, 0), row.get("topics", ()), scored=False),
        "quality": _options(QUALITY, (row["quality"],)),
        "service": _options(SERVICE, (row["service"],)),
        "awareness": _options(AWARENESS, (row["awareness"],)),
        "score": f"{sum(scores) / len(scores):.2f} 分",
        "contacts": [*contacts, *[blank] * (PRINTED_CONTACTS - len(contacts))],
    }


def _options(options: Mapping[str, int], chosen: object, scored: bool = True) -> str:
    assert isinstance(chosen, list | tuple)
    return "　".join(
        f"{_TICKED if option in chosen else _EMPTY}{option}" + (f"{score}分" if scored else "")
        for option, score in options.items()
    )
