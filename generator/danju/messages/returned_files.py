"""F051–F055: about the copy of an input that goes back to its author."""

from danju.messages.catalogue import Message, note

MESSAGES: dict[str, Message] = {
    "F051": note(
        ("文件的数字签名在退回的副本里已去除：内容一变，签名就失效。", "改好后如需签名，请重新签。"),
        (
            "Its digital signature was left out of the returned copy: no changed file keeps one.",
            "Sign it again when it is mended.",
        ),
    ),
    "F052": note(
        ("{suffix} 文件里无法做标记，退回的“{name}”是只含内容的 Excel 副本。", "请在副本中改好后交回，或照着改原件。"),
        (
            "Nothing can be marked in a {suffix} file; “{name}” is an Excel copy of its contents only.",
            "Mend the copy and hand it back, or mend the original by it.",
        ),
    ),
    "F053": note(
        ("有 {count} 个单元格只上了颜色，没有批注：每张工作表最多加 {limit} 条。", "请看错误列和检查结果表。"),
        (
            "{count} cells are coloured without a comment: a sheet gets {limit} at most.",
            "See the column of errors and the index sheet.",
        ),
    ),
    "F054": note(
        ("文件打不开或内部结构特殊，无法在其中做标记；退回的是文字清单“{name}”。", "请照清单改原件。"),
        ("Nothing can be marked in this file as it is; “{name}” lists the issues.", "Mend the original by it."),
    ),
    "F055": note(
        ("{suffix} 文件里不做标记，退回的是文字清单“{name}”。", "请照清单改原件。"),
        ("Nothing is marked in a {suffix} file; “{name}” lists the issues.", "Mend the original by it."),
    ),
}
