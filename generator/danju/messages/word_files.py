"""F031–F039: about a Word file as a whole."""

from danju.messages.catalogue import Message, error, note, warning

MESSAGES: dict[str, Message] = {
    "F031": error(
        ("是旧版 Word 文档（.doc），无法读取。", "请用 Word 或 WPS 打开，另存为 .docx 再试。"),
        ("It is an old Word document (.doc), which cannot be read.", "Open it in Word or WPS and save it as .docx."),
    ),
    "F032": error(
        ("Word 文件有打开密码，无法读取。", "请在 Word 或 WPS 中取消密码（文件 › 信息 › 保护文档）后另存再试。"),
        ("The Word file is protected by a password.", "Remove the password in Word or WPS, save, and try again."),
    ),
    "F033": error(
        ("Word 文件已损坏或不完整。", "请用 Word 或 WPS 打开并另存为 .docx，或重新取得该文件。"),
        ("The Word file is damaged or incomplete.", "Open it in Word or WPS and save it again, or get it anew."),
    ),
    "F034": warning(
        ("带有未处理的修订：插入的文字已读取，删除的文字未读取。", "请在“审阅”中接受或拒绝修订，再核对内容。"),
        (
            "It has tracked changes: inserted text was read, deleted text was not.",
            "Accept or reject the changes and check the content.",
        ),
    ),
    "F035": error(
        ("“{form}”的空白表单还没有填写。", "请填写后再试。"),
        ("The blank form “{form}” has not been filled in.", "Fill it in and try again."),
    ),
    "F036": note(
        ("第 {number} 份“{form}”是空白的，已跳过。", ""),
        ("Form number {number}, “{form}”, is blank and was skipped.", ""),
    ),
}
