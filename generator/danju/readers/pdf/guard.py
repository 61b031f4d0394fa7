"""A first look at a PDF file, before a library opens it: how large its parts become, and whether opening it ends.

A library inflates the streams that hold objects and cross-references before anybody can object, so they are inflated
here first, within bounds. What is not plainly harmless is opened by a process of its own with little memory and time;
what that process survives, this one may open.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from danju.issues import Fault
from danju.messages import phrase
from danju.readers.pdf.objects import PdfLimitError, inflate

__all__ = ["MAX_SIZE", "fault_of_file"]

MAX_SIZE = 200 << 20
_PLAIN_SIZE = 16 << 20  # larger files are tried in a process of their own
_MAX_INFLATED = 16 << 20  # of all streams that hold objects
_MAX_OBJECTS = 50_000
_SECONDS = 4  # the file is opened twice
_MEMORY = 450 << 20
_USED = 160 << 20  # a library may take the end of memory for an error in the file, so what it used counts as well
_LONGEST_DICTIONARY = 4096
_STREAM = re.compile(rb"stream(?<!endstream)\r?\n")
_HOLDS_OBJECTS = re.compile(rb"/XRef\b|/First\b")  # ISO 32000-1, tables 16 and 17: required, whatever the type says
_PLAIN_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode\b|\[\s*/FlateDecode\s*\])")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)\b")
_COUNT = re.compile(rb"/(?:N|Size)\s+(\d+)")
_BROKEN, _LOCKED = 10, 11  # exit codes of the probe
_PROBE = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
except (ImportError, ValueError, OSError):
    resource = None
import pikepdf
code = 0
try:
    with pikepdf.open(sys.argv[1]) as pdf:
        pdf.Root.get("/AcroForm"), pdf.Root.get("/Names"), pdf.trailer.get("/Info"), len(pdf.objects)
except pikepdf.PasswordError:
    code = {_LOCKED}
except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError):
    code = {_BROKEN}
try:
    with open("/proc/self/status") as status:
        used = [int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM")]
except (OSError, ValueError):
    used = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss] if resource and sys.platform == "darwin" else []
if max(used, default=0) > {_USED}:
    code = 1
sys.exit(code)
"""


def fault_of_file(path: Path) -> Fault | None:
    """What forbids opening a file as PDF: F003 empty, F015 too large, F042, F046 or F047 when it cannot be opened."""
    size = path.stat().st_size
    if size == 0:
        return Fault("F003")
    if size > MAX_SIZE:
        return Fault("F015", {"size": f"{size >> 20} MB", "limit": f"{MAX_SIZE >> 20} MB"})
    if size <= _PLAIN_SIZE and _is_plain(path.read_bytes()):
        return None
    return _fault_of_probe(path)


def _is_plain(data: bytes) -> bool:
    """Whether everything that must be read to open the file is small and packed in the usual way."""
    if data.count(b" obj") > _MAX_OBJECTS or b"startxref" not in data[-2048:]:
        return False
    left = _MAX_INFLATED
    for match in _STREAM.finditer(data):
        begin = data.rfind(b" obj", max(0, match.start() - _LONGEST_DICTIONARY), match.start())
        head = data[begin : match.start()] if begin >= 0 else b""
        if not head or b"#" in re.sub(rb"#2[Ff]", b"", head):  # a name written so that it cannot be read here
            return False
        if not _HOLDS_OBJECTS.search(head):
            continue
        if b"/Filter" in head and not _PLAIN_FILTER.search(head):
            return False
        if any(int(count) > _MAX_OBJECTS for count in _COUNT.findall(head)):
            return False
        length = _LENGTH.search(head)
        if length is None:
            return False
        end = max(match.end() + int(length[1]), data.find(b"endstream", match.end()))
        try:
            left -= len(inflate(data[match.end() : end], left) or b"") if b"/Filter" in head else end - match.end()
        except PdfLimitError:
            return False
    return left >= 0


def _fault_of_probe(path: Path) -> Fault | None:
    """What a process with little memory and time says about opening the file."""
    command = [sys.executable, "-I", "-c", _PROBE, str(path.resolve())]
    try:
        code = subprocess.run(  # noqa: S603 (our own probe)
            command, capture_output=True, timeout=_SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        code = 1
    if code == 0:
        return None
    known = {_BROKEN: Fault("F046"), _LOCKED: Fault("F042")}
    return known.get(code, Fault("F047", {"reason": phrase("too_large_too_slow_open")}))
