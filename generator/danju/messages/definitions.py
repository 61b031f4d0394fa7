"""E1xx: how a command was called; E2xx: schemas, forms and templates; E3xx: the machine."""

from danju.messages.catalogue import Message, error

MESSAGES: dict[str, Message] = {
    "E101": error(
        ("找不到文件或文件夹“{path}”。", "请检查路径和文件名。{hint}"),
        ("There is no file or folder “{path}”.", "Check the path and name. {hint}"),
    ),
    "E102": error(
        ("文件夹“{path}”里没有可读的输入文件。", "支持 {suffixes}。"),
        ("The folder “{path}” holds no input file.", "Supported: {suffixes}."),
    ),
    "E103": error(
        ("不支持 {suffix} 文件“{path}”。", "支持 {suffixes}。"),
        ("“{path}” is a {suffix} file, which is not supported.", "Supported: {suffixes}."),
    ),
    "E104": error(
        ("没有名为“{name}”的表单。", "{hint}可用：{known}。"),
        ("There is no form named “{name}”.", "{hint}Known: {known}."),
    ),
    "E105": error(
        ("不支持的输出格式“{name}”。", "可用：{known}。"),
        ("“{name}” is not an output format.", "Known: {known}."),
    ),
    "E106": error(
        ("“{path}”是文件，不是文件夹。", "请另选输出文件夹。"),
        ("“{path}” is a file, not a folder.", "Choose another output folder."),
    ),
    "E107": error(
        ("输出文件夹“{path}”正被另一个 danju 使用。", "请等它结束后再试。"),
        ("The output folder “{path}” is in use by another danju.", "Wait until it has finished."),
    ),
    "E108": error(
        ("输出文件名“{path}”的扩展名应为 {suffix}。", "请改为 -o 文件{suffix}。"),
        ("The output file “{path}” must end in {suffix}.", "Use -o FILE{suffix}."),
    ),
    "E109": error(
        ("输入里有不止一种表单：{forms}。", "一个 {target} 只能放一种，请用 --form 指定。"),
        ("The input holds several forms: {forms}.", "One {target} takes one form; name it with --form."),
    ),
    "E115": error(
        (
            "退回的文件不能放进输入所在的“{path}”：原件会被覆盖，或下次又被当作输入。",
            "请另选一个文件夹，例如 --return 退回。",
        ),
        (
            "Returned files cannot go into “{path}”, where the input is: they would replace it or be read as input.",
            "Choose another folder, for example --return returned.",
        ),
    ),
    "E116": error(
        (
            "--template 只能做 Word，做不了 {others}：否则同一编号下会有两种样子的单据。",
            "请写 --to docx，或去掉 --template。",
        ),
        (
            "--template makes Word only, not {others}: there would be two different papers under one number.",
            "Use --to docx, or leave --template out.",
        ),
    ),
    "E117": error(
        ("--template 不知道是给哪种表单用的。", "请同时用 --form 指定表单。"),
        ("It is not known which form --template is for.", "Name the form with --form."),
    ),
    "E118": error(
        (
            "记录里有图片，{target} 的单元格放不下。",
            "请用 -o 写到文件，图片会另存在旁边的“图片”文件夹；也可改用 --to json。",
        ),
        (
            "The records hold pictures, which no cell of a {target} has room for.",
            "Write to a file with -o, beside which they are put into the folder “图片”; or use --to json.",
        ),
    ),
    "E120": error(
        (
            "输出文件夹的日志有损坏：{reason}。什么都没有做。",
            "请从备份恢复这个文件；没有备份就改正这一行，或删去整行（所记的单据下次当作没有做过，请核对编号）。",
        ),
        (
            "The journal of the output folder is damaged: {reason}. Nothing was done.",
            "Restore the file, correct the line, or delete it (what it says then counts as never done: check numbers).",
        ),
    ),
    "E201": error(
        ("YAML 语法错误：{reason}。", "请检查缩进、冒号后的空格和引号。"),
        ("YAML syntax error: {reason}.", "Check indentation, the space after colons, and quotes."),
    ),
    "E202": error(
        ("“{path}”：{reason}。", "请参照 docs/forms.md。"),
        ("“{path}”: {reason}.", "See docs/forms.md."),
    ),
    "E203": error(
        ("字段“{name}”不存在。", "{hint}"),
        ("There is no field “{name}”.", "{hint}"),
    ),
    "E204": error(
        ("计算字段循环引用：{chain}。", "请打断循环。"),
        ("Computed fields refer to each other in a circle: {chain}.", "Break the circle."),
    ),
    "E205": error(
        ("表达式“{expression}”用到未知名称“{name}”。", "{hint}"),
        ("The expression “{expression}” uses the unknown name “{name}”.", "{hint}"),
    ),
    "E206": error(
        ("表达式“{expression}”有误：{reason}。", "请检查括号和运算符。"),
        ("The expression “{expression}” is wrong: {reason}.", "Check brackets and operators."),
    ),
    "E207": error(
        ("找不到记录类型“{name}”（schemas/{name}.schema.yaml）。", "请新建它或改正 schema: 一行。"),
        ("There is no record type “{name}” (schemas/{name}.schema.yaml).", "Create it or correct the schema: line."),
    ),
    "E208": error(
        ("表单标识“{name}”与文件名不一致。", "请把文件命名为 {name}.form.yaml。"),
        ("The form id “{name}” does not match the file name.", "Name the file {name}.form.yaml."),
    ),
    "E209": error(
        ("别名“{name}”同时指向“{first}”和“{second}”。", "请改掉其中一个。"),
        ("The heading “{name}” stands for both “{first}” and “{second}”.", "Change one of them."),
    ),
    "E210": error(
        ("计算字段“{name}”没有算式。", "请在表单的 compute: 中写明，或在 schema 中去掉 readOnly。"),
        (
            "The computed field “{name}” has no expression.",
            "Give it one under compute:, or drop readOnly in the schema.",
        ),
    ),
    "E231": error(
        ("未知设置“{name}”。", "{hint}"),
        ("There is no setting “{name}” here.", "{hint}"),
    ),
    "E232": error(
        ("没有名为“{name}”的区块。", "{hint}"),
        ("There is no layout block “{name}”.", "{hint}"),
    ),
    "E233": error(
        ("“{name}”有下级字段，不能放在一格里。", "请改用 table: 或 approval:，或写明下级字段，如 {name}.…。"),
        ("“{name}” has members and does not fit one cell.", "Use table: or approval:, or name a member: {name}.…"),
    ),
    "E234": error(
        ("“{name}”不是表格字段。", "表格字段在 schema 中是 type: array，items 为对象。"),
        ("“{name}” is no table.", "A table is of type: array with items of type: object in the schema."),
    ),
    "E235": error(
        ("“{name}”没有选项。", "选项在 schema 中用 oneOf 或 enum 写明。"),
        ("“{name}” has no options.", "Give it options with oneOf or enum in the schema."),
    ),
    "E236": error(
        ("“{names}”的选项不相同。", "matrix: 各字段的选项须相同。"),
        ("The options of “{names}” differ.", "Fields of a matrix: have the same options."),
    ),
    "E237": error(
        ("这一格没有写明内容。", "请写 field: 或 text:。"),
        ("Nothing says what this cell holds.", "Give it field: or text:."),
    ),
    "E238": error(
        ("“{field}”的选项中没有 x-{name}。", "请在 schema 的选项上写明，或去掉 show:。"),
        ("The options of “{field}” have no x-{name}.", "Give it to them in the schema, or drop show:."),
    ),
    "E239": error(
        ("缺少设置“{name}”。", "请参照 docs/forms.md。"),
        ("The setting “{name}” is missing here.", "See docs/forms.md."),
    ),
    "E240": error(
        ("“{name}”没有下级字段，不能作审批的一步。", "请用 opinion: 写明意见字段，用 line: 写明签署行。"),
        ("“{name}” has no members and is no step of an approval.", "Name its opinion: and its line: instead."),
    ),
    "E241": error(
        ("签署行 line: 只能用于一行一对。", "请让这一对独占一行。"),
        ("A sign-off line: goes with one pair in its row only.", "Give this pair a row of its own."),
    ),
    "E242": error(
        ("同一区块里写了“{first}”和“{second}”。", "请分成两个区块。"),
        ("One block says both “{first}” and “{second}”.", "Make them two blocks."),
    ),
    "E243": error(
        ("二维码的内容“{text}”里没有栏目。", "栏目写在双花括号里，如 {example}。"),
        ("The QR code “{text}” holds no field.", "Fields stand in double braces: {example}."),
    ),
    "E244": error(
        ("二维码的内容有 {size} 字节，手机认不清（至多 {most} 字节）。", "请少放几个栏目，或只放编号、网址。"),
        ("The QR code would hold {size} bytes, more than telephones read ({most}).", "Put less into it."),
    ),
    "E301": error(
        (
            "表单“{form}”用工作区自己的 HTML、CSS 排 PDF，需要 Pango 库；这台机器上没有。",
            "可改用 --to html，在浏览器中打印成 PDF；或安装 Pango：{remedy}",
        ),
        (
            "The workspace draws form “{form}” by its own HTML or CSS: its PDF needs the missing Pango library.",
            "Use --to html and print it to PDF in a browser, or install Pango: {remedy}",
        ),
    ),
    "E302": error(
        ("缺少字体文件 {path}。", "请重新安装 danju，或运行 templates/fonts/build.py。"),
        ("The font file {path} is missing.", "Reinstall danju, or run templates/fonts/build.py."),
    ),
    "E303": error(
        ("无法写入“{path}”：{reason}。", "请检查磁盘空间和权限，或关闭正在使用它的程序。"),
        ("“{path}” cannot be written: {reason}.", "Check disk space and permissions, or close the program using it."),
    ),
    "E304": error(
        ("“{stem}”没有做成：{reason}。", "其余记录不受影响；请把这条信息发给维护者。"),
        ("“{stem}” could not be made: {reason}.", "The other records are not affected; please report this message."),
    ),
    "E305": error(
        (
            "“{stem}”没有做成：做它的进程每次都中途退出（重试了 {retries} 次）。",
            "其余记录不受影响；多半是内存不足，请检查这条记录是否过大，或减少 --jobs，再运行同一命令。",
        ),
        (
            "“{stem}” could not be made: its worker process ended each time ({retries} retries).",
            "The others are not affected; memory may be short: look for huge content or lower --jobs, then run again.",
        ),
    ),
    "E306": error(
        (
            "“{stem}”没有做成：{seconds} 秒内没有做完，已停止。",
            "其余记录不受影响；请检查这条记录是否过大，或用 --time-limit 放宽时限，再运行同一命令。",
        ),
        (
            "“{stem}” could not be made: it took longer than {seconds} seconds and was stopped.",
            "The others are not affected; look for huge content or raise --time-limit, then run again.",
        ),
    ),
    "E307": error(
        ("工作进程无法启动（状态 {status}）。", "请检查内存是否足够，或去掉 --jobs，再运行同一命令接着做。"),
        ("Worker processes do not start (status {status}).", "Check memory, or leave --jobs out; run again to go on."),
    ),
}
