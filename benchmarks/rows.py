"""Believable visit reports, the same on every machine and in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.words import (
    BRANDS,
    CITIES,
    DISTRICTS,
    FOLLOW_UPS,
    GIVEN,
    KINDS,
    POSITIONS,
    PRODUCTS,
    ROADS,
    SUGGESTIONS,
    SURNAMES,
    TRADES,
    VISITORS,
)

FORM = "visit_report"
QUALITY = {"非常优良": 100, "优良": 90, "良好": 85, "一般": 80, "合格": 70, "不合格": 60}
SERVICE = {"非常优良": 100, "优良": 90, "良好": 85, "一般": 80, "不好": 30, "恶劣": 0}
AWARENESS = {"非常驰名": 100, "驰名": 90, "知名度高": 85, "知名度较高": 80, "知名": 70, "知道": 60, "不知道": 50}
TOPICS = ("产品信息", "市场信息", "服务质量", "需求和期望")
LONGEST_TEXT = 140  # characters of free text; the shortest has 40
CONTACTS = 3
_SHORTEST_TEXT = 40
_FIRST_DAY = date(2025, 1, 6)
_DAYS = 420
_SEED = 20260318

Row = dict[str, object]
"""One visit report: plain values by the names of the record type, contacts as a list of objects."""


def iter_rows(count: int, seed: int = _SEED, contacts: int = CONTACTS) -> Iterator[Row]:
    """Rows that fit one page; the first n are the same whatever the count."""
    rng = random.Random(seed)
    for index in range(count):
        yield _row(rng, index, contacts)


def iter_varied_rows(count: int, seed: int = _SEED + 1) -> Iterator[Row]:
    """Rows of every length: from next to nothing to several pages."""
    rng = random.Random(seed)
    for index in range(count):
        row = _row(rng, index, rng.choice((0, 1, 2, 3, 3, 5, 12, 28)))
        row["suggestion"] = _text(rng, SUGGESTIONS, rng.choice((0, 20, 90, 200, 420, 900)))
        row["follow_up"] = _text(rng, FOLLOW_UPS, rng.choice((0, 20, 90, 300, 600)))
        for name in rng.sample(("customer_address", "legal_representative", "visitor", "topics"), rng.randint(0, 3)):
            del row[name]
        yield row


def _row(rng: random.Random, index: int, contacts: int) -> Row:
    city = rng.choice(CITIES)
    ratings = (QUALITY, SERVICE, AWARENESS)
    weights = (8, 30, 28, 20, 8, 3, 1)
    quality, service, awareness = (rng.choices(list(options), weights[: len(options)])[0] for options in ratings)
    return {
        "number": f"ZF-{index + 1:06d}",
        "customer_name": f"{city}{rng.choice(BRANDS)}{rng.choice(TRADES)}{rng.choice(KINDS)}",
        "customer_address": f"{city}市{rng.choice(DISTRICTS)}{rng.choice(ROADS)}{rng.randint(1, 299)}号",
        "legal_representative": _name(rng),
        "visit_date": (_FIRST_DAY + timedelta(rng.randrange(_DAYS))).isoformat(),
        "topics": sorted(rng.sample(TOPICS, rng.randint(1, 4)), key=TOPICS.index),
        "quality": quality,
        "service": service,
        "awareness": awareness,
        "visitor": rng.choice(VISITORS),
        "suggestion": _text(rng, SUGGESTIONS, rng.randint(_SHORTEST_TEXT, LONGEST_TEXT)),
        "follow_up": _text(rng, FOLLOW_UPS, rng.randint(_SHORTEST_TEXT, LONGEST_TEXT)),
        "contacts": [_contact(rng) for _ in range(contacts)],
    }


def _name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def _contact(rng: random.Random) -> dict[str, str]:
    return {
        "name": _name(rng),
        "title": rng.choice(POSITIONS),
        "phone": f"07{rng.randint(70, 79)}-{rng.randint(2_000_000, 8_999_999)}",
        "mobile": f"1{rng.choice('3578')}{rng.randint(100_000_000, 999_999_999)}",
    }


def _text(rng: random.Random, sentences: tuple[str, ...], length: int) -> str:
    """Sentences up to the length, the last one cut and closed."""
    text = ""
    while len(text) < length:
        text += rng.choice(sentences).format(
            n=rng.randint(2, 4000), d=rng.randint(2, 28), name=_name(rng), product=rng.choice(PRODUCTS)
        )
    return text if len(text) == length else text[: max(length - 1, 0)].rstrip("，、；。 ") + "。" * (length > 0)
