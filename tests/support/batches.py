"""Whole batches on a small form, and what is left of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from tests.support.builders import CLOCK, write_form

from danju.batch import Batch, DoJob, InlineExecutor, do_job, find_sources, iter_items, survey
from danju.events import Found, Made, Noticed, Tally
from danju.issues import Issue
from danju.library import Library
from danju.rules.computing import Clock
from danju.stores.folder import FolderStore
from danju.stores.numbers import NumberGiver

FIELDS = """
number 编号: text
customer 客户*: {type: string, maxLength: 60}
day 日期*: date
note 备注: text
people 联系人: [{name 姓名: text, mobile 手机: text}]
open 天数: {type: integer, readOnly: true}
"""
LAYOUT = {
    "header": {"left": ["number"]},
    "blocks": [["customer"], ["day"], ["note"], {"table": "people"}, ["open"]],
}
SETTINGS: Mapping[str, Any] = {
    "number": "A-{day:%Y%m}-{seq:03d}",
    "filename": "{number} {customer}",
    "compute": {"open": "days_between(day, today)"},
    "unique": ["customer"],
}


def record(customer: str = "甲公司", day: str = "2026-03-18", **more: Any) -> dict[str, Any]:
    """One record."""
    return {"customer": customer, "day": day, **more}


class Run:
    """What one run did."""

    def __init__(
        self, folder: Path, records: list[dict[str, Any]], targets: tuple[str, ...] = ("html",), out: str = "out",
        again: bool = False, executor: Callable[[], Executor] = InlineExecutor, workers: int = 1, clock: Clock = CLOCK,
        do: DoJob = do_job, **settings: Any,
    ) -> None:  # fmt: skip
        workspace = write_form(folder / "forms", FIELDS, LAYOUT, **{**SETTINGS, **settings})
        (folder / "输入.json").write_text(json.dumps(records), encoding="utf-8")
        forms = [Library(workspace).form("paper")]
        sources = find_sources([str(folder / "输入.json")])
        self.issues: list[Issue] = []
        self.made: list[Made] = []
        self.out = folder / out
        self.tally = Tally()
        with FolderStore(self.out, clock.today) as store:
            numbers = NumberGiver(store.given, store.typed, survey(sources, forms, forms[0]).numbers)
            job = Batch(
                store, targets, workspace, numbers, again, do=do, tally=self.tally,
            )  # fmt: skip
            items = iter_items(sources, forms, forms[0], clock, known_numbers=store.numbers)
            for event in job.run(items, executor, workers):
                if isinstance(event, Found | Noticed):
                    self.issues.append(event.issue)
                elif isinstance(event, Made):
                    self.made.append(event)

    @property
    def files(self) -> dict[str, bytes]:
        """Every visible file."""
        return files_of(self.out)

    @property
    def names(self) -> list[str]:
        """Names of the files, temporary ones too."""
        return list(self.files)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, temporary ones too, not what lies in folders inside it."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
