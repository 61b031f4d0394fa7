"""The READMEs: every command runs as shown, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from danju.cli.main import _COMMANDS

ROOT = Path(__file__).resolve().parents[2]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
PAGES = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
TODAY = "2026-11-21"


def console_blocks(text: str) -> list[str]:
    """The contents of ```console blocks."""
    return re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines shown below it."""
    command = ""
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    yield command, shown


def fragments(lines: list[str]) -> list[str]:
    """What must be printed, in that order; `…` stands for anything."""
    return [piece.strip() for line in lines for piece in line.split("…") if piece.strip()]


def assert_shown(wanted: list[str], printed: str, command: str) -> None:
    """Each fragment stands in the output behind the one before it."""
    at = 0
    for fragment in wanted:
        found = printed.find(fragment, at)
        assert found >= 0, f"{command}: not printed (or not in this place): {fragment!r}\n{printed}"
        at = found + len(fragment)


def danju(arguments: list[str], lang: str, folder: Path) -> tuple[int, str]:
    """Exit code and output of the command, called as a user calls it."""
    day = [] if arguments[0] in ("template", "blank") else ["--today", TODAY]  # these know no day
    run = subprocess.run(
        [sys.executable, "-m", "danju", *arguments, "--lang", lang, *day],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return run.returncode, run.stdout


@pytest.mark.parametrize("name", READMES)
def test_every_command_prints_what_the_readme_shows_and_ends_as_it_says(name: str, tmp_path: Path) -> None:
    """Blocks run in order in one folder with samples/ and docs/examples/; a command succeeds unless shown to fail."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    seen = set()
    for block in console_blocks((ROOT / name).read_text(encoding="utf-8")):
        commands = list(steps(block))
        for (command, shown), (follower, answer) in zip(commands, [*commands[1:], ("", [])], strict=True):
            if command == "echo $?":
                continue
            program, *arguments = shlex.split(command)
            assert program == "danju"
            seen.add(arguments[0])
            code, printed = danju(arguments, READMES[name], tmp_path)
            assert code == (int(answer[0]) if follower == "echo $?" else 0), f"{command}\n{printed}"
            assert_shown(fragments(shown), printed, command)
    assert seen == set(_COMMANDS), "one example for each command"


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_and_picture_is_there(page: str) -> None:
    """Anchors inside a page are compared with its headings."""
    path = ROOT / page
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    anchors = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        file_name, _, anchor = target.partition("#")
        assert not file_name or (path.parent / file_name).exists(), f"{page}: {target}"
        if anchor and not file_name:
            assert anchor in anchors, f"{page}: #{anchor}"


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in " -_")
    return kept.strip().replace(" ", "-")


def test_the_readmes_link_each_other_and_name_the_two_commands() -> None:
    for name, other in zip(READMES, reversed(READMES), strict=True):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert f"({other})" in text
        assert "./dev demo" in text
        assert "./dev test" in text


def test_both_readmes_show_the_same_commands() -> None:
    """Only output folders are named in the reader's language."""
    shapes = []
    for name in READMES:
        blocks = console_blocks((ROOT / name).read_text(encoding="utf-8"))
        commands = [command for block in blocks for command, _ in steps(block)]
        shapes.append([re.sub(r"-o \S+", "-o …", command) for command in commands])
    assert shapes[0] == shapes[1]


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        assert picture.stat().st_size <= 120_000, picture.name
