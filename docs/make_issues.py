"""docs/issues.md from the message catalogue.

python docs/make_issues.py            # write the page
python docs/make_issues.py --check    # exit 1 when it is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "generator"))

from danju.messages import CATALOGUE, Message, Severity

PAGE = Path(__file__).with_name("issues.md")

_FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("F0", "整个文件", "A file as a whole"),
    ("F1", "一个值", "One value"),
    ("F2", "号码、日期", "Codes, numbers and dates with a check of their own"),
    ("F3", "几个值之间、编号、规则", "Values together, numbers, the form's own rules"),
    ("T1", "Word 模板", "Word templates"),
    ("E1", "命令用法", "How a command was called"),
    ("E2", "表单定义", "Schemas, forms and templates"),
    ("E3", "运行环境", "The machine"),
)
_SEVERITIES = {Severity.ERROR: "错误 error", Severity.WARNING: "提醒 warning", Severity.NOTE: "说明 note"}

_INTRO = """\
# 问题代码 · Issue codes

<!-- 由 docs/make_issues.py 生成，请勿手改。Made by docs/make_issues.py; do not edit. -->

每条问题都写成一行：**位置「栏目」：事实。处理办法。[代码]**。代码不变，可以放心写进操作说明。

- **错误**：这条记录（或这个文件）不出单，其余照做，命令以 1 结束。
- **提醒**：照样出单，但请人看一眼。**说明**：告诉您认出了什么、略过了什么。
- `E` 开头的表示命令停下：`E1`、`E2` 以 2 结束，`E3` 以 3 结束；例外是 `E304`、`E305`、`E306`，只影响一条记录。
- **↻ 修正**：留用的值不是照原样读取的，如“200万元”按 2000000元、“/”按未填。每一处都列出（`--json` 里 `"repair": true`，
  另有原值 `original`、读成的值 `result`）；加 `--strict` 一律算错误，记录不出单，须改写成规范写法。只有一种读法的
  （2026.3.5、1,500、139 0771 0001、打印出来就是那样的选项行和数字）不算修正。
- `{…}` 在实际输出中换成具体内容。F301、F304、F305 的文字来自表单的 `checks:`。

Every issue is one line: *place › label: fact. remedy. [code]*. Codes are stable. An **error** keeps its record (or
file) from being made while the others go on, and the command ends with 1; a **warning** asks for a look; a **note**
says what was recognised or left out. **↻** marks a **repair**: the value kept is not the one that was typed. Every
repair is listed (in `--json` with `"repair": true`, `original` and `result`), and `--strict` makes each an error. What
has one reading only (2026.3.5, 1,500, 139 0771 0001, option lines and numbers as the paper prints them) is mere
notation. Codes with `E` stop the command: `E1` and `E2` end with 2, `E3` with 3, except `E304`, `E305` and `E306`,
which concern one record. `{…}` stands for the actual value. The texts of F301, F304 and F305 come from the `checks:`
of a form.

重新生成 · Regenerate: `python docs/make_issues.py`
"""


def family_of(code: str) -> str:
    """The family that a code belongs to: its first two characters."""
    return code[:2]


def iter_lines() -> Iterator[str]:
    """The page, line by line.

    Raises:
        ValueError: A code belongs to no family.
    """
    strays = [code for code in CATALOGUE if family_of(code) not in {key for key, _, _ in _FAMILIES}]
    if strays:
        raise ValueError(f"codes outside every family: {', '.join(strays)}")
    yield from _INTRO.splitlines()
    for key, zh, en in _FAMILIES:
        codes = sorted(code for code in CATALOGUE if family_of(code) == key)
        if not codes:
            continue
        yield ""
        yield f"## {key}xx　{zh} · {en}"
        yield ""
        yield "| 代码 code | 级别 severity | 含义 meaning | 处理 remedy |"
        yield "| --- | --- | --- | --- |"
        for code in codes:
            yield _row(code, CATALOGUE[code])


def _row(code: str, message: Message) -> str:
    meaning, remedy = (_pair(zh, en) for zh, en in zip(message.zh, message.en, strict=True))
    mark = " ↻" if message.repairs else ""
    return f"| {code} | {_SEVERITIES[message.severity]}{mark} | {meaning} | {remedy} |"


def _pair(zh: str, en: str) -> str:
    """Both languages in one table cell; one where they are the same."""
    texts = [zh] if zh == en else [text for text in (zh, en) if text]
    return "<br>".join(text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;") for text in texts)


def page() -> str:
    """The whole page."""
    return "\n".join(iter_lines()) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is up to date; returns the exit code."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/issues.md is out of date: python docs/make_issues.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
