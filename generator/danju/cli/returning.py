"""`--return`: files that go back to their authors, written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from danju.batch.sources import Source
from danju.cli.report import command_line, count_words, listed, plural, say
from danju.errors import UsageError
from danju.issues import Issue, Severity

if TYPE_CHECKING:
    from danju.batch import Item
    from danju.returns import Findings

__all__ = ["ReturnedFile", "Returns", "prepare_returns"]


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """One file that was written.

    Attributes:
        source: What messages call the input.
        path: Where it is.
        kind: `marked`, `clean`, `copy` or `text`.
        errors, warnings: Counts.
    """

    source: str
    path: Path
    kind: str
    errors: int
    warnings: int

    def to_json(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "file": self.source,
            "path": str(self.path),
            "kind": self.kind,
            "errors": self.errors,
            "warnings": self.warnings,
        }


def _with_own_names(sources: Sequence[Source]) -> list[Source]:
    """The sources, those that share a name called by their whole path."""
    names = [source.name for source in sources]
    return [replace(source, name=str(source.path)) if names.count(source.name) > 1 else source for source in sources]


def _guard_inputs(folder: Path, inputs: Sequence[str], sources: Sequence[Source]) -> None:
    """Make sure that nothing is written over the inputs or into a folder that is one."""
    if folder.is_file():
        raise UsageError("E106", {"path": str(folder)})
    wanted = folder.resolve()
    given = [Path(each).resolve() for each in inputs if Path(each).is_dir()]
    homes = {source.path.resolve().parent for source in sources}
    if wanted in homes or any(wanted.is_relative_to(each) for each in given):
        raise UsageError("E115", {"path": str(folder)})


def prepare_returns(
    folder: Path, inputs: Sequence[str], sources: Sequence[Source], lang: str
) -> tuple[list[Source], Returns]:
    """The sources, each with a name of its own, and what gathers their issues.

    Raises:
        UsageError: E106, the folder is a file; E115, it holds inputs.
    """
    _guard_inputs(folder, inputs, sources)
    named = _with_own_names(sources)
    return named, Returns(folder, named, lang)


class Returns:
    """Gathers what was found in each input, then writes the files that go back."""

    def __init__(self, folder: Path, sources: Sequence[Source], lang: str) -> None:
        from danju.returns import Findings

        self.folder = folder
        self.files: list[ReturnedFile] = []
        self.clean: list[str] = []
        self._lang = lang
        self._found: dict[str, Findings] = {
            source.name: Findings(source.path, source.name) for source in sources if not source.is_left_out
        }

    def take(self, item: Item) -> None:
        """Remember the issues of one record or file."""
        for issue in item.issues:
            found = self._found.get(issue.location.source)
            if found is not None:
                found.take(item.form, [issue])

    def write(self, note: Callable[[Issue], None]) -> None:
        """Write what goes back; an author's earlier copy of another content is never replaced.

        Args:
            note: Receives what is to be known about a returned file.

        Raises:
            EnvironmentFault: E303, a file cannot be written.
        """
        from danju.returns import make_return
        from danju.stores.folder import write_whole

        written: set[Path] = set()
        for found in self._found.values():
            returned = make_return(found, self._lang)
            if returned is None:
                self.clean.append(found.name)
                continue
            path = self._place(returned.name, returned.content, written)
            written.add(path)
            write_whole(path, returned.content)
            for each in returned.notes:
                note(each)
            counts = found.count(Severity.ERROR), found.count(Severity.WARNING)
            self.files.append(ReturnedFile(found.name, path, returned.kind.value, *counts))

    def _place(self, name: str, content: bytes, written: set[Path]) -> Path:
        """The file of that name, or with the first free ` (2)`, ` (3)`, … when another one has it."""
        path, count = self.folder / name, 1
        while path in written or (path.exists() and not _holds(path, content)):
            count += 1
            path = self.folder / f"{Path(name).stem} ({count}){Path(name).suffix}"
        return path

    def say(self) -> None:
        """What was returned, and what was not."""
        for each in self.files:
            counts = count_words(self._lang, [(each.errors, "个错误", "error"), (each.warnings, "个提醒", "warning")])
            clean = "标记已去除" if self._lang == "zh" else "marks taken off"
            say(self._lang, f"已退回：{each.path}（{counts or clean}）", f"Returned: {each.path} ({counts or clean})")
        if self.clean:
            shown = listed(self._lang, self.clean[:5])
            more = len(self.clean) - 5
            if more > 0:
                shown += f" 等 {len(self.clean)} 个" if self._lang == "zh" else f" and {more} more"
            say(self._lang, f"没有问题，未退回：{shown}", f"Nothing wrong, not returned: {shown}")

    def say_next(self, *options: str) -> bool:
        """The closing line; False when no file went back with faults."""
        faulty = [each for each in self.files if each.errors or each.warnings]
        if not faulty:
            return False
        following = command_line("danju", "check", str(self.folder), *options)
        say(
            self._lang,
            f"下一步：把 {len(faulty)} 个文件发还填写人，改好后原样交回，再检查：{following}",
            f"Next: send {plural(len(faulty), 'file')} to whoever filled them in; check what comes back: {following}",
        )
        return True


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
