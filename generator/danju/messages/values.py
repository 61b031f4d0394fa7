"""F1xx: about one value; F3xx: about values together."""

from danju.messages.catalogue import Message, error, note, warning

MESSAGES: dict[str, Message] = {
    "F101": error(
        ("未填写。", "此项必填。"),
        ("It is empty.", "This field is required."),
    ),
    "F102": warning(
        ("“{name}”不是本表单的栏目，其内容未使用。", "{hint}"),
        ("“{name}” is not a field of this form; its content was not used.", "{hint}"),
    ),
    "F103": error(
        ("栏目“{name}”出现了不止一次（另见 {other}）。", "请删去或改名其中一列。"),
        ("The heading “{name}” occurs more than once (also {other}).", "Remove or rename one of the columns."),
    ),
    "F104": error(
        ("“{value}”不在选项中。", "{hint}可填：{options}。"),
        ("“{value}” is not one of the options.", "{hint}Choose from: {options}."),
    ),
    "F105": error(
        ("“{value}”不是日期。", "请写成 2026-11-21 或 2026年11月21日。"),
        ("“{value}” is not a date.", "Write it as 2026-11-21."),
    ),
    "F107": error(
        ("“{value}”不是数。", "请只填数字{unit}。"),
        ("“{value}” is not a number.", "Enter digits only{unit}."),
    ),
    "F108": error(
        ("内容有 {length} 个字，超过上限 {limit} 个。", "请缩短，或另附材料。"),
        ("The text has {length} characters; the limit is {limit}.", "Shorten it or attach a separate paper."),
    ),
    "F109": error(
        ("“{value}”太短，至少 {limit} 个字。", "请填写完整。"),
        ("“{value}” is too short; at least {limit} characters are needed.", "Fill it in completely."),
    ),
    "F110": error(
        ("{value} 超出范围（{range}）。", "请核对数值和单位。"),
        ("{value} is out of range ({range}).", "Check the figure and its unit."),
    ),
    "F111": error(
        ("“{value}”应为整数。", "请去掉小数。"),
        ("“{value}” must be a whole number.", "Remove the decimals."),
    ),
    "F112": error(
        ("含有不可打印的控制字符 {char}（第 {position} 个字）。", "请删除该字符后重新输入。"),
        ("It holds a control character {char} (at position {position}).", "Delete it and type the text again."),
    ),
    "F113": warning(
        ("含有改变书写方向的隐藏字符 {char}，已删除。", "请核对显示的文字。"),
        ("It held a hidden bidirectional control {char}, which was removed.", "Check the text shown."),
        repairs=True,
    ),
    "F114": error(
        ("单元格是公式错误 {value}。", "请修正公式或直接填写数值。"),
        ("The cell holds the formula error {value}.", "Mend the formula or type the value."),
    ),
    "F115": error(
        ("公式没有保存计算结果。", "请在 Excel 或 WPS 中打开并保存一次。"),
        ("The formula has no stored result.", "Open the file in Excel or WPS and save it."),
    ),
    "F116": error(
        ("应为{expected}，实际是{actual}。", "请按 danju forms {form} 的说明填写。"),
        ("It must be {expected} but is {actual}.", "See danju forms {form}."),
    ),
    "F117": error(
        ("“{value}”的格式不对。", "{hint}"),
        ("“{value}” does not have the right form.", "{hint}"),
    ),
    "F118": error(
        ("共 {count} 行，超过上限 {limit} 行。", "请删减或分成两份。"),
        ("There are {count} rows; the limit is {limit}.", "Remove some or split the paper."),
    ),
    "F119": error(
        ("至少要有 {limit} 行，实际 {count} 行。", "请补充。"),
        ("At least {limit} rows are needed; there are {count}.", "Add the missing rows."),
    ),
    "F120": error(
        ("字体中没有“{char}”（{code}）这个字，无法打印。", "请换用通行写法的字。"),
        ("No font has the character “{char}” ({code}), so it cannot be printed.", "Use another character."),
    ),
    "F121": warning(
        ("“{value}”没有写明年份，按 {result} 处理。", "请补写年份。"),
        ("“{value}” has no year; it was read as {result}.", "Add the year."),
        repairs=True,
    ),
    "F122": warning(
        ("“{value}”没有写明几日，按 {result} 处理。", "请补写到日。"),
        ("“{value}” has no day; it was read as {result}.", "Add the day."),
        repairs=True,
    ),
    "F123": warning(
        ("以“{char}”开头，像公式；已按文字处理。", "如应为计算结果，请填写数值。"),
        ("It begins with “{char}” like a formula and was kept as text.", "If a result was meant, type the value."),
    ),
    "F124": warning(
        ("“{value}”按 {result} 读取。", "如不对，请按规范写法填写。"),
        ("“{value}” was read as {result}.", "Write it in the usual form if that is wrong."),
        repairs=True,
    ),
    "F125": error(
        ("有 {count} 个选项被勾选（{value}），只能选一个。", "请只保留一个☑。"),
        ("{count} options are ticked ({value}); only one may be.", "Keep a single ☑."),
    ),
    "F126": error(
        ("“{value}”不能判断是或否。", "请填 是/否、√/×。"),
        ("“{value}” is neither yes nor no.", "Enter 是/否 or √/×."),
    ),
    "F127": error(
        ("“{value}”含不认识的单位“{found}”。", "本栏单位是{unit}，请换算后填写。"),
        ("“{value}” has the unknown unit “{found}”.", "The unit here is {unit}; convert it."),
    ),
    "F128": error(
        ("“{value}”小数位数超过 {limit} 位。", "请四舍五入后填写。"),
        ("“{value}” has more than {limit} decimals.", "Round it."),
    ),
    "F129": error(
        ("“{value}”重复。", "请删去重复项。"),
        ("“{value}” is repeated.", "Remove the repetition."),
    ),
    "F130": note(
        ("“{value}”按未填读取。", "如另有含义，请写明；没有内容请留空。"),
        ("“{value}” was read as empty.", "Say it in words if it means something else; leave it empty if not."),
        repairs=True,
    ),
    "F138": note(
        ("“{value}”按 {result} 读取。", "意思不变，可不处理；规范写法是 {result}。"),
        ("“{value}” was read as {result}.", "It means the same; the usual form is {result}."),
        repairs=True,
    ),
    "F139": warning(
        ("“{value}”不在选项中，按最接近的“{result}”读取。", "请核对，并改成选项的写法。"),
        ("“{value}” is not one of the options; the nearest, “{result}”, was taken.", "Check it and correct the word."),
        repairs=True,
    ),
    "F140": note(
        ("“{value}”里有换行或制表符，按“{result}”读取。", "本栏只有一行；要分行的内容请写到备注一类的栏目。"),
        (
            "“{value}” holds line breaks or tabs; it was read as “{result}”.",
            "This field has one line; put longer texts under remarks.",
        ),
        repairs=True,
    ),
    "F143": warning(
        ("“{value}”中的“{left}”不是选项，未读取；按 {result} 读取。", "请把它写到备注一类的栏目。"),
        ("“{left}” in “{value}” is no option and was left out; it was read as {result}.", "Put it under remarks."),
        repairs=True,
    ),
    "F144": warning(
        (
            "单元格里是日期（Excel 会把 3-18 一类的编号改成日期），按文字 {result} 读取。",
            "如原来不是日期，请把单元格格式设为“文本”后重新输入。",
        ),
        (
            "The cell holds a date (Excel turns codes such as 3-18 into dates); it was read as the text {result}.",
            "If it was no date, format the cell as text and type it again.",
        ),
        repairs=True,
    ),
    "F148": error(
        ("“{value}”位数太多，存成数据或表格时末尾的小数会丢失。", "请减少小数位数；编号一类的内容应填在文字栏目。"),
        (
            "“{value}” has too many digits; its last decimals would be lost in data files and workbooks.",
            "Round it; codes belong into a text field.",
        ),
    ),
    "F149": error(
        ("“{value}”不是月份。", "请写成 2026-10 或 2026年10月。"),
        ("“{value}” is not a month.", "Write it as 2026-10."),
    ),
    "F150": error(
        ("“{value}”不是一天中的时间。", "请按 24 小时制写成 14:35。"),
        ("“{value}” is not a time of day.", "Write it as 14:35."),
    ),
    "F151": error(
        ("找不到图片“{name}”。", "请把图片放在本文件所在的文件夹或其中的子文件夹里，填文件名，如 照片.jpg。"),
        (
            "There is no picture “{name}”.",
            "Put it into the folder of this file or one inside, and enter the file's name, as in photo.jpg.",
        ),
    ),
    "F152": error(
        ("图片“{name}”不能用：{reason}。", "请换成完整的 PNG 或 JPEG（不超过 20 MB、5,000 万像素）。"),
        (
            "The picture “{name}” cannot be used: {reason}.",
            "Take a complete PNG or JPEG of at most 20 MB and 50 million pixels.",
        ),
    ),
    "F153": error(
        ("图片“{name}”在本文件的文件夹之外，不读取。", "请把图片放进本文件所在的文件夹，填文件名，如 照片.jpg。"),
        (
            "The picture “{name}” lies outside the folder of this file and is not read.",
            "Put it into that folder and enter the file's name, as in photo.jpg.",
        ),
    ),
    "F154": note(
        ("图片“{name}”其实是 {kind}，已照此使用。", "不必处理；也可改正扩展名。"),
        ("The picture “{name}” is a {kind} and was used as such.", "Nothing needs to be done."),
    ),
    "F155": warning(
        (
            "文件里嵌有 {count} 张图片，没有读取。",
            "请把图片另存为文件，在栏目里填文件名；Excel 里的图片也可放在它那一格上。",
        ),
        (
            "{count} pictures lie in this file; they were not read.",
            "Save each as a file and enter its name in the field; in a workbook it may lie over its cell.",
        ),
    ),
    "F160": error(
        ("“{value}”太宽，缩到最小也放不进单子上这一格。", "请核对；确实这么长的，请在表单里加宽这一栏。"),
        (
            "“{value}” is too wide for its place on the paper, even in the smallest type.",
            "Check it; if it is right, widen the column in the form.",
        ),
    ),
    "F301": error(
        ("{message}。", "{remedy}"),
        ("{message_en}.", "{remedy_en}"),
    ),
    "F302": warning(
        ("填写的是 {value}，按规则应为 {result}；已采用 {result}。", "请核对有关栏目。"),
        ("It says {value}, but the rule gives {result}, which was used.", "Check the fields it depends on."),
        repairs=True,
    ),
    "F303": error(
        ("编号“{value}”重复，另见 {others}。", "请改正其中的编号，或留空由系统编号。"),
        ("The number “{value}” is used again by {others}.", "Correct one, or leave it empty to have it allotted."),
    ),
    "F304": warning(
        ("{message}。", "{remedy}"),
        ("{message_en}.", "{remedy_en}"),
    ),
    "F305": note(
        ("{message}。", "{remedy}"),
        ("{message_en}.", "{remedy_en}"),
    ),
    "F306": warning(
        ("{year} 年的节假日安排尚未收录，工作日只按周末推算。", "国务院公布后请升级 chinesecalendar。"),
        (
            "The public holidays of {year} are not known yet; working days skip weekends only.",
            "Upgrade chinesecalendar once they are published.",
        ),
    ),
    "F307": warning(
        ("“{value}”在本次输入中出现不止一次，另见 {others}。", "请确认不是重复登记。"),
        ("“{value}” occurs more than once in this input, see {others}.", "Make sure it was not entered twice."),
    ),
    "F308": warning(
        ("填写的是 {value}，但按规则算不出结果；未采用。", "请补全计算所需的栏目；此项由系统计算，不必填写。"),
        ("It says {value}, but the rule gives no result; it was not used.", "Fill in the fields that the rule needs."),
        repairs=True,
    ),
    "F309": warning(
        ("编号“{value}”有 {count} 条记录共用，另见 {others}。", "只有第一条照用；请改正其余各条的编号。"),
        (
            "The number “{value}” stands on {count} records, see also {others}.",
            "Only the first keeps it; correct the others.",
        ),
    ),
    "F311": error(
        (
            "这一栏空着，认不出是哪一条记录（表单用它作标识）：以后更正时会另编新号。",
            "请填写；确实没有时，请填写编号，编号总能识别记录。",
        ),
        (
            "It is empty, and the form tells records apart by it: a correction could not be matched to this one.",
            "Fill it in; if there is nothing to fill in, type a number, which always identifies a record.",
        ),
    ),
    "F312": error(
        (
            "与 {others} 是同一条记录（{value}），不能出两份单据。",
            "请删去重复的或过时的一条；确是两件事的，请在编号栏给它们填上编号。",
        ),
        (
            "It is the same record as {others} ({value}), which gets one paper only.",
            "Delete the one that is repeated or outdated; if there are really two, type a number for each.",
        ),
    ),
    "F313": warning(
        ("有 {count} 条是同一条记录（{value}），另见 {others}。", "只有第一条照用；请核对应以哪一条为准。"),
        (
            "{count} records are one and the same ({value}), see also {others}.",
            "Only the first is used; check which of them is right.",
        ),
    ),
    "F314": note(
        ("编号 {number} 更正为第{version}版：{changes}。", "旧的文件已移到“作废”文件夹；请收回已发出的旧单据。"),
        (
            "Number {number} was corrected, version {version}: {changes}.",
            "The old files are in the folder “作废”; take back what was handed out.",
        ),
    ),
    "F315": error(
        ("编号“{number}”属于 {other} 的记录。", "两条只能留一条；不是同一件事的，请改正编号。"),
        (
            "The number “{number}” belongs to the record at {other}.",
            "Keep one of the two; if they are different matters, correct the number.",
        ),
    ),
    "F316": note(
        ("编号不连续：缺 {missing}，共 {count} 个（漏号）。", "已作废或另外存放的请注明；否则请核对编号。"),
        (
            "The numbers are not continuous: {missing} missing, {count} in all.",
            "Note what became of them, or check the numbers.",
        ),
    ),
    "F317": note(
        (
            "表单或模板在上次出单后改过：{count} 份单据的内容没有变，已按新的样子重做，编号和版本不变。",
            "旧的文件已移到“作废”文件夹。",
        ),
        (
            "The form or its template has changed since: papers made anew, with their numbers and versions: {count}.",
            "The old files are in the folder “作废”.",
        ),
    ),
    "F310": warning(
        ("“{value}”在 {count} 条记录中出现，另见 {others}。", "请确认不是重复登记。"),
        ("“{value}” occurs in {count} records, see also {others}.", "Make sure it was not entered twice."),
    ),
}
