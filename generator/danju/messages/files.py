"""F0xx: about an input file as a whole."""

from danju.messages.catalogue import Message, error, note, warning

MESSAGES: dict[str, Message] = {
    "F001": error(
        ("工作簿有打开密码，无法读取。", "请在 Excel 或 WPS 中取消密码（文件 › 信息 › 保护工作簿）后另存再试。"),
        ("The workbook is protected by a password.", "Remove the password in Excel or WPS, save, and try again."),
    ),
    "F002": error(
        ("文件已损坏或不完整（{reason}）。", "请用 Excel 或 WPS 打开并另存为 .xlsx，或重新取得该文件。"),
        (
            "The file is damaged or incomplete ({reason}).",
            "Open it in Excel or WPS and save it again as .xlsx, or get it anew.",
        ),
    ),
    "F003": error(
        ("没有任何内容。", "请确认选对了文件和工作表。"),
        ("There is nothing in it.", "Check that this is the right file and sheet."),
    ),
    "F004": error(
        ("找不到表头，也不像一张填好的表单。{hint}", "请保留含栏目名称的表头行，或用 --form 指定表单。"),
        (
            "No header row was found and it does not look like a filled form. {hint}",
            "Keep a header row with column names, or name the form with --form.",
        ),
    ),
    "F005": error(
        ("压缩包内容异常（{reason}），已拒绝打开。", "请核对文件来源；正常的文件另存一次即可。"),
        (
            "The package looks hostile ({reason}) and was not opened.",
            "Check where the file came from; saving a normal file again mends it.",
        ),
    ),
    "F006": error(
        ("YAML 语法错误：{reason}。", "请检查该行的缩进、冒号后的空格和引号。"),
        ("YAML syntax error: {reason}.", "Check indentation, the space after colons, and quotes on that line."),
    ),
    "F007": error(
        ("内容超出限制：{reason}。", "请拆分或简化文件：少一些层层嵌套；YAML 中请勿层层引用（&、*）。"),
        (
            "The content exceeds a limit: {reason}.",
            "Split or simplify the file: nest less, and in YAML do not nest aliases (&, *).",
        ),
    ),
    "F008": error(
        ("JSON 语法错误：{reason}。", "请检查该处的逗号、引号和括号。"),
        ("JSON syntax error: {reason}.", "Check commas, quotes and brackets at that place."),
    ),
    "F009": error(
        ("文字编码无法识别（既不是 UTF-8 也不是 GB18030）。", "请在 Excel 中另存为“CSV UTF-8”。"),
        ("The text encoding is neither UTF-8 nor GB18030.", "Save it from Excel as “CSV UTF-8”."),
    ),
    "F010": error(
        ("内容与扩展名 {suffix} 不符：实际是“{actual}”。", "请改回正确的扩展名，或重新另存。"),
        ("The content does not match the extension {suffix}: it is “{actual}”.", "Rename it or save it again."),
    ),
    "F011": error(
        ("只有表头，没有记录。", "请在表头下面填写数据。"),
        ("There is a header but no record.", "Fill in rows below the header."),
    ),
    "F012": note(
        ("不是记录，未读取：{text}", ""),
        ("Not a record, not read: {text}", ""),
    ),
    "F013": note(
        ("此工作表不含“{form}”的数据，已跳过。", "如确有数据，请检查表头。"),
        ("This sheet holds no “{form}” data and was skipped.", "If it should, check its header."),
    ),
    "F014": error(
        ("顶层应是一条记录、记录列表或多个文档，实际是{actual}。", "请参照 danju forms {form} 的字段写成“名称: 值”。"),
        (
            "The top level must be a record, a list of records or several documents, but is {actual}.",
            "Write “name: value” pairs; see danju forms {form}.",
        ),
    ),
    "F015": error(
        ("文件太大（{size}，上限 {limit}）。", "请拆分后再试。"),
        ("The file is too large ({size}; the limit is {limit}).", "Split it and try again."),
    ),
    "F016": warning(
        ("工作簿链接了外部文件，只读取已保存的数值。", "请确认数值是最新的。"),
        ("The workbook links to other files; only stored values were read.", "Make sure that they are up to date."),
    ),
    "F017": error(
        ("无法判断是哪种表单：同样像{candidates}。", "请用 --form 指定，例如 --form {first}。"),
        ("It could be any of these forms: {candidates}.", "Name it with --form, for example --form {first}."),
    ),
    "F018": note(
        ("隐藏的工作表未读取。", "如需读取，请在 Excel 或 WPS 中取消隐藏。"),
        ("This hidden sheet was not read.", "Unhide it in Excel or WPS if it should be."),
    ),
    "F019": error(
        ("这是“{actual}”的{kind}，不是“{chosen}”。", "请改用 --form {id}，或去掉 --form 自动识别。"),
        ("This is a {kind} of “{actual}”, not of “{chosen}”.", "Use --form {id}, or leave --form out."),
    ),
    "F020": note(
        ("这是 Danju 做的汇总，未作为输入读取。", "如确要读取，请直接写出文件名。"),
        ("This is a summary made by Danju and was not read as input.", "Name the file itself if it should be."),
    ),
    "F021": error(
        (
            "文件由表单“{form}”（第 {version} 版）制作，这里没有这种表单。",
            "请用 -w 指定它所在的工作区。现有：{known}。",
        ),
        (
            "It was made for the form “{form}” (version {version}), which does not exist here.",
            "Name its workspace with -w. Known forms: {known}.",
        ),
    ),
    "F022": error(
        ("这个文件是为“{actual}”制作的，不是“{chosen}”。", "请改用 --form {id}，或去掉 --form。"),
        ("This file was made for “{actual}”, not for “{chosen}”.", "Use --form {id}, or leave --form out."),
    ),
    "F023": error(
        (
            "文件按“{form}”第 {version} 版制作，与现在的第 {current} 版不合：{differences}。",
            "请用 danju blank {id} 取新表单，把内容抄过去。",
        ),
        (
            "It was made for version {version} of “{form}”, which no longer fits version {current}: {differences}.",
            "Get a new one with danju blank {id} and copy the content over.",
        ),
    ),
    "F024": warning(
        ("文件按第 {version} 版制作，现为第 {current} 版{differences}；已按现版读取。", "请核对新增或改动的栏目。"),
        (
            "It was made for version {version}; today's is {current}{differences}. It was read as today's.",
            "Look at what is new.",
        ),
    ),
    "F025": error(
        ("序号“{number}”在“{sheet}”中没有对应的记录，这一行“{table}”没有归属。", "请改正序号，或在主表补上这条记录。"),
        (
            "No record of “{sheet}” has the number “{number}”, so this row of “{table}” belongs to none.",
            "Correct the number or add the record to the register.",
        ),
    ),
    "F030": error(
        (
            "工作表“{sheet}”用到的范围太大，内存放不下。",
            "请删去数据右边和下边很远处的零星内容；数据确实很多时，请拆成几个文件。",
        ),
        (
            "The used range of the sheet “{sheet}” is too large for memory.",
            "Delete stray cells far right of and below the data, or split a file that really holds so much.",
        ),
    ),
}
