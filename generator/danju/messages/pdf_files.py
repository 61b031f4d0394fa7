"""Messages about PDF files as input."""

from danju.messages.catalogue import Message, error, note, warning

MESSAGES: dict[str, Message] = {
    "F041": error(
        (
            "不是 Danju 的表单或单据；普通 PDF、扫描件、合并过的 PDF 读不出栏目。",
            "请用 danju blank 表单 --to pdf 发放可填写的表单，或改交 Excel、Word；合并过的请逐个交回原文件。",
        ),
        (
            "It is no form or document of Danju's; other PDFs, scans and merged files hold no fields to read.",
            "Hand out forms made by danju blank FORM --to pdf, or use Excel or Word; give merged files back singly.",
        ),
    ),
    "F042": error(
        ("PDF 有打开密码，无法读取。", "请在 PDF 软件中取消密码（文件 › 属性 › 安全性）后另存再试。"),
        (
            "The PDF is protected by a password.",
            "Remove the password in a PDF program (File › Properties › Security), save, and try again.",
        ),
    ),
    "F043": error(
        (
            "是 XFA 表单（Adobe LiveCycle 制作），读不出栏目。",
            "请用 danju blank 表单 --to pdf 取表单重填，或改交 Excel、Word。",
        ),
        (
            "It is an XFA form (made by Adobe LiveCycle), whose fields cannot be read.",
            "Fill in a form made by danju blank FORM --to pdf, or use Excel or Word.",
        ),
    ),
    "F044": error(
        ("“{form}”是空白的，一栏也没有填。", "请填好并保存后再试；用“注释”或“打字机”写在上面的字不算填写。"),
        (
            "This “{form}” is blank; no field is filled in.",
            "Fill it in, save it and try again; text written on top as a comment does not count.",
        ),
    ),
    "F045": error(
        (
            "是 Danju 做的 PDF，但{reason}，读不出内容。",
            "请交回原来的 PDF（“保存”或“另存为”，不要“打印成 PDF”），或源文件。",
        ),
        (
            "Danju made this PDF, but {reason}; its content cannot be read.",
            "Give back the original PDF (saved, not printed to PDF) or the source file.",
        ),
    ),
    "F046": error(
        ("PDF 已损坏或不完整。", "请用 PDF 软件打开并另存，或重新取得该文件。"),
        ("The PDF is damaged or incomplete.", "Open it in a PDF program and save it again, or get it anew."),
    ),
    "F047": error(
        ("PDF 内容异常（{reason}），已拒绝打开。", "请核对文件来源；正常的表单用 PDF 软件另存一次即可。"),
        (
            "The PDF looks hostile ({reason}) and was not opened.",
            "Check where it came from; saving a normal form again in a PDF program mends it.",
        ),
    ),
    "F048": warning(
        ("PDF 生成后改动过：{reason}；已按所附数据读取。", "请核对纸面内容与读出的数据是否一致。"),
        (
            "The PDF was changed after it was made: {reason}. The attached data was read.",
            "Compare what is printed with what was read.",
        ),
    ),
    "F049": note(
        ("这是 Danju 做好的单据，未作为输入读取（这样的文件共 {count} 个）。", "如确要读取，请直接写出文件名。"),
        (
            "This is a finished document of Danju's and was not read as input ({count} such files).",
            "Name the file itself if it should be.",
        ),
    ),
    "F050": note(
        (
            "看不出是哪种表单，未读取。",
            "如与表单无关，可不理会；如是填好的表单，请直接写出文件名，看看为什么读不出。",
        ),
        (
            "It does not look like any form and was not read.",
            "Ignore this if it is none; otherwise name the file itself to see why it cannot be read.",
        ),
    ),
}
