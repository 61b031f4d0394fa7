"""T1xx: Word templates, as they are checked and as they are filled."""

from danju.messages.catalogue import Message, error, note, warning

MESSAGES: dict[str, Message] = {
    "T101": error(
        ("标签没有结束，缺少 {close}。", "请在同一段里补上 {close}；左右花括号要成对。"),
        ("The tag is not closed: {close} is missing.", "Add {close} in the same paragraph; braces come in pairs."),
    ),
    "T102": warning(
        (
            "有结束的 {close}，前面却没有开始的 {open}，会原样印出。",
            "请补上 {open}；确实要印这几个字符请写 {literal}。",
        ),
        (
            "There is a closing {close} without {open}; it is printed as it is.",
            "Add {open}; to print these characters write {literal}.",
        ),
    ),
    "T103": error(
        ("标签写法有误：{reason}。", "请参照 docs/templates.md。"),
        ("The tag cannot be understood: {reason}.", "See docs/templates.md."),
    ),
    "T104": error(
        ("不认识的标签“{word}”。", "{hint}"),
        ("There is no tag “{word}”.", "{hint}"),
    ),
    "T105": error(
        ("“{word}”没有对应的 {end}。", "请在需要结束的地方加上 {{% {end} %}}，写法（p、tr、tc）与开头一致。"),
        ("“{word}” has no {end}.", "Add {{% {end} %}} where it should end, with the same p, tr or tc as the start."),
    ),
    "T106": error(
        ("“{word}”前面没有与它配对的开头。", "{hint}"),
        ("“{word}” has nothing before it that it belongs to.", "{hint}"),
    ),
    "T107": error(
        (
            "与“{opening}”（{place}）不在同一层：一个在段落、行或单元格里面，另一个在外面。",
            "请两处用同一种写法，例如都用 {{%tr … %}} 或都用 {{%p … %}}。",
        ),
        (
            "It is not on the level of “{opening}” ({place}): only one is inside a paragraph, row or cell.",
            "Write both alike, for example both {{%tr … %}} or both {{%p … %}}.",
        ),
    ),
    "T108": error(
        ("{{%{level} … %}} 不在表格里。", "请改用 {{%p … %}}，或把它放进表格。"),
        ("{{%{level} … %}} stands outside a table.", "Use {{%p … %}}, or put it into a table."),
    ),
    "T109": warning(
        (
            "带 {level} 的标签会去掉它所在的{whole}，其中的“{text}”不会印出。",
            "请把这些内容另起一{unit}，或去掉标签里的 {level}。",
        ),
        (
            "A tag with {level} removes the paragraph, row, cell or run around it; “{text}” in it will not be printed.",
            "Move that content out of it, or leave the {level} out of the tag.",
        ),
    ),
    "T110": error(
        ("没有名为“{name}”的栏目。", "{hint}"),
        ("There is no field “{name}”.", "{hint}"),
    ),
    "T111": error(
        ("没有名为“{name}”的过滤器。", "{hint}"),
        ("There is no filter “{name}”.", "{hint}"),
    ),
    "T112": error(
        ("过滤器“{name}”的参数不对：{reason}。", "请参照 docs/templates.md。"),
        ("The arguments of the filter “{name}” are wrong: {reason}.", "See docs/templates.md."),
    ),
    "T113": warning(
        ("数据里没有“{name}”，此处留空。", "{hint}"),
        ("The data has no “{name}”; this place stays empty.", "{hint}"),
    ),
    "T114": error(
        ("算不出来：{reason}。", "请检查标签和这条记录的数据。"),
        ("It cannot be computed: {reason}.", "Check the tag and the data of this record."),
    ),
    "T115": error(
        ("值的第 {position} 个字符 {char} 不能出现在 Word 文件里。", "请在数据里删去这个字符。"),
        ("Character {position} of the value, {char}, cannot stand in a Word file.", "Remove it from the data."),
    ),
    "T116": error(
        ("找不到图片“{path}”。", "请把图片放在数据文件所在的文件夹里，并核对文件名。"),
        ("There is no picture “{path}”.", "Put it into the folder of the data file and check its name."),
    ),
    "T117": error(
        ("图片“{path}”不能使用：{reason}。", "请换成 20 MB、5000 万像素以内的 PNG 或 JPEG。"),
        ("The picture “{path}” cannot be used: {reason}.", "Use a PNG or JPEG within 20 MB and 50 million pixels."),
    ),
    "T118": error(
        ("做出的内容超过上限（{limit}）。", "请检查循环是否写错；数据确实很多时请分成几份。"),
        ("The output exceeds the limit ({limit}).", "Check the loops; split the data if there is really that much."),
    ),
    "T119": error(
        ("不能用作 Word 模板：{reason}。", "请用 Word 或 WPS 另存为“Word 文档 (.docx)”。"),
        ("It cannot be used as a Word template: {reason}.", "Save it from Word or WPS as a Word document (.docx)."),
    ),
    "T120": error(
        ("模板里不能使用“{name}”。", "可用的函数和过滤器见 docs/templates.md。"),
        ("“{name}” may not be used in templates.", "docs/templates.md lists the functions and filters."),
    ),
    "T121": error(
        ("“{value}”不是颜色。", "请写六位十六进制，例如 FFFF00。"),
        ("“{value}” is not a colour.", "Write six hexadecimal digits, for example FFFF00."),
    ),
    "T122": error(
        ("数据里没有“{name}”。", "{hint}"),
        ("The data has no “{name}”.", "{hint}"),
    ),
    "T123": note(
        ("这一段只有控制标签，做出来会留下一个空段。", "不想留空段请写成 {{%p … %}}。"),
        ("This paragraph holds only control tags and leaves an empty paragraph.", "Write {{%p … %}} to avoid that."),
    ),
    "T124": error(
        ("输出文件名里的“{name}”在第 {record} 条数据里没有值。", "请改用每条数据都有的栏目，或用 {{seq}}。"),
        ("Record {record} has no “{name}” for the output file name.", "Use a field that all records have, or {{seq}}."),
    ),
    "T125": error(
        ("{{% {word} %}} 不在循环里。", "请把它放在 {{%tr for … %}} 或 {{%tc for … %}} 之内的单元格。"),
        ("{{% {word} %}} is not inside a loop.", "Put it into a cell within {{%tr for … %}} or {{%tc for … %}}."),
    ),
    "T126": warning(
        ("表单里没有名为“{name}”的栏目，此处留空。", "{hint}"),
        ("The form has no field “{name}”; this place stays empty.", "{hint}"),
    ),
    "T127": warning(
        (
            "模板里没有标签：做出的每份文件都一样，数据不会填进去。",
            "请在要填的地方写上标签，例如 {{{{ 名称 }}}}；写法见 docs/templates.md。",
        ),
        (
            "There are no tags in the template: every document is the same and holds no data.",
            "Write tags where something is to be filled in, such as {{{{ 名称 }}}}; see docs/templates.md.",
        ),
    ),
    "T128": note(
        ("Word 按这份模板做，{others} 按表单的版式做：同一编号下两种样子。", "只要模板的样子，请用 --to docx。"),
        (
            "Word is made from this template, {others} from the layout of the form: two looks under one number.",
            "For the template's look only, use --to docx.",
        ),
    ),
}
