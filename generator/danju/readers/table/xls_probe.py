"""A first look at an .xls in a process of its own.

calamine reserves memory as a broken .xls tells it to, and a failed reservation ends the process, whatever Python
tries to catch. What a child survives the parent may open.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["is_survivable"]

_SECONDS = 60
_PROBE = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
except (ImportError, ValueError, OSError):
    pass
from python_calamine import CalamineError, CalamineWorkbook
try:
    book = CalamineWorkbook.from_path(sys.argv[1])
    for index in range(len(book.sheet_names)):
        book.get_sheet_by_index(index)
except CalamineError:
    pass
"""


def is_survivable(path: Path) -> bool:
    """Whether opening the workbook leaves a process alive; errors that can be caught count as alive."""
    command = [sys.executable, "-I", "-c", _PROBE, str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (our own probe)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
