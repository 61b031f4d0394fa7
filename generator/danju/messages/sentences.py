"""What commands say besides issues: counts, closing lines, what to do next.

`{count:record}` is `1 record` or `2 records` in English; a piece that belongs in another sentence is a sentence too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from danju.messages.catalogue import Words

__all__ = ["SENTENCES", "listed", "sentence"]

SENTENCES: Mapping[str, Words] = {
    # progress
    "checking": Words("检查", "Checking"),
    "converting": Words("整理", "Converting"),
    "rendering": Words("出单", "Rendering"),
    "summarising": Words("汇总", "Summarising"),
    "filling": Words("填写", "Filling"),
    "seconds_left": Words("约剩 {seconds} 秒", "{seconds} s left"),
    "minutes_left": Words("约剩 {minutes} 分 {seconds} 秒", "{minutes} min {seconds} s left"),
    # issues
    "errors": Words("{count} 个错误", "{count:error}"),
    "warnings": Words("{count} 个提醒", "{count:warning}"),
    "notes": Words("{count} 条说明", "{count:note}"),
    "more_of_a_kind": Words(
        "……另有 {count:,} 条 [{code}]，用 danju check --all 全部列出。",
        "… and {count:,} more [{code}]; danju check --all lists them.",
    ),
    "column": Words("{letters}列", "column {letters} "),
    "label": Words("「{label}」", "“{label}”"),
    "many_places": Words(
        "{where}等 {count:,} 处，如 {place}：{fact} {code}", "{where}, {count:,} places, such as {place}: {fact} {code}"
    ),
    # check
    "checked": Words("共 {read} 条记录，{good} 条合格{bad}。{counts}", "{read:record}, {good} good{bad}.{counts}"),
    "checked_bad": Words("，{bad} 条有错", ", {bad} with errors"),
    "checked_counts": Words("（{counts}{repairs}）", " ({counts}{repairs})"),
    "repairs": Words("；其中 {count} 处不是照原样读取", "; {count:value} not kept as typed"),
    "mend_and_check": Words(
        "下一步：改正后再检查（加 --return 退回，把错误标在原件的副本里）；合格的记录也可以先出单：{command}",
        "Next: mend (--return DIR marks copies of the files), check again; good ones can be made now: {command}",
    ),
    "next": Words("下一步：{command}", "Next: {command}"),
    # returned files
    "returned": Words("已退回：{path}（{counts}）", "Returned: {path} ({counts})"),
    "marks_off": Words("标记已去除", "marks taken off"),
    "not_returned": Words("没有问题，未退回：{names}", "Nothing wrong, not returned: {names}"),
    "and_more": Words("{names} 等 {count} 个", "{names} and {more} more"),
    "send_back": Words(
        "下一步：把 {count} 个文件发还填写人，改好后原样交回，再检查：{command}",
        "Next: send {count:file} to whoever filled them in; check what comes back: {command}",
    ),
    # convert, summary
    "converted": Words("整理 {count} 条记录，已写出 {path}。", "{count:record} written to {path}."),
    "summarised": Words("汇总 {count} 条记录，已写出 {path}。", "{count:record} summarised in {path}."),
    "open_workbook": Words("下一步：用 Excel 或 WPS 打开它。", "Next: open it in Excel or WPS."),
    # render
    "rendered": Words(
        "读取 {read} 条 = 出单 {made} 条{skipped} + 有错 {failed} 条；写出 {files} 个文件（{formats}）到 {folder}。",
        "{read:record} read = {made} made{skipped} + {failed} with errors; {files:file} ({formats}) in {folder}.",
    ),
    "skipped": Words(" + 已有 {count} 条", " + {count} there already"),
    "repeated": Words(
        "注意：其中 {count} 条在此文件夹中出过单，按 --again 给了新编号；旧的仍在原处。",
        "Note: {count} of them had been made before and got new numbers (--again); the old ones stay.",
    ),
    "corrected": Words(
        "其中更正 {count} 条：沿用原编号，注明第几版；旧的移到 {folder}。",
        "{count} of them corrected: same numbers, next versions; the old ones are in {folder}.",
    ),
    "mend_and_rerun": Words(
        "下一步：按上面的提示改正有错的记录，再运行同一命令。",
        "Next: mend the records above and run the same command again.",
    ),
    "open_summary": Words("下一步：打开 {path} 查看汇总。", "Next: open {path}."),
    "interrupted": Words(
        "已中断：已做好 {count} 条记录，没有留下不完整的文件。接着做：{command}",
        "Interrupted: {count:record} done, no incomplete file left. Go on with: {command}",
    ),
    "stopped": Words(
        "已停止：已做好 {count} 条记录，没有留下不完整的文件。接着做：{command}",
        "Stopped: {count:record} done, no incomplete file left. Go on with: {command}",
    ),
    "summary_name": Words("汇总.xlsx", "summary.xlsx"),
    # template
    "template_faults": Words(
        "{name}：{errors} 处错误，{rest} 处提醒或说明。", "{name}: {errors} errors, {rest} warnings or notes."
    ),
    "template_good": Words("{name}：没有问题。", "{name}: all is well."),
    "template_with_form": Words("加 --form 表单 可以连栏目名称一起核对。", "Add --form FORM to check names too."),
    "filled": Words(
        "读取 {read} 份 = 填好 {made} 份 + 有错 {failed} 份{place}。",
        "{read} read = {made} filled + {failed} with errors{place}.",
    ),
    "filled_place": Words("；写到 {path}", "; written to {path}"),
    "filled_gaps": Words(
        "有名称在数据里找不到；加 --strict 可让这样的数据不出文件。", "Some names are missing; --strict refuses them."
    ),
    # blank, demo
    "blank_schema": Words("供编辑器提示和检查：{path}", "For editors: {path}"),
    "blank_written": Words("空白表单已写出：{path}", "Blank form written: {path}"),
    "blank_next": Words("下一步：填好后运行 {command}", "Next: fill it in, then run {command}"),
    "demo_samples": Words("示例数据：{path}", "Sample data: {path}"),
    "demo_next": Words(
        "看看 {folder}/ 里的文件；再用自己的台账试试：danju check 台账.xlsx，然后 danju render 台账.xlsx",
        "Look into {folder}/, then try your own: danju check REGISTER.xlsx and danju render REGISTER.xlsx",
    ),
    # forms
    "forms_next": Words("下一步：{command} 查看栏目。", "Next: {command}"),
    "register_name": Words("台账.xlsx", "REGISTER.xlsx"),
    "fields": Words("栏目（* 必填）：", "Fields（* required）："),
    "computed": Words("系统计算", "computed"),
    "also": Words("也可写作", "also"),
    "number_rule": Words("编号规则：", "Number: "),
    "rules": Words("规则：", "Rules:"),
    # doctor
    "things_to_do": Words("有 {count} 项要处理。", "{count:thing} to attend to."),
    "all_well": Words("一切就绪。下一步：danju demo", "All is well. Next: danju demo"),
}


class _Count(int):
    """A number that `{count:record}` shows with its word."""

    def __format__(self, spec: str) -> str:
        if len(spec) < 2 or not spec.isalpha():
            return super().__format__(spec)
        return f"{int(self)} {spec}" if self == 1 else f"{int(self)} {spec}s"


def sentence(key: str, lang: str, **values: object) -> str:
    """A sentence with its values in it."""
    shown = {
        name: _Count(value) if isinstance(value, int) else value.of(lang) if isinstance(value, Words) else value
        for name, value in values.items()
    }
    return SENTENCES[key].of(lang).format_map(shown)


def listed(lang: str, words: Iterable[str]) -> str:
    """Words in a row, with the comma of the language."""
    return ("、" if lang == "zh" else ", ").join(words)
