"""F20x–F22x: business types with check digits and fixed shapes; F23x: dates and times that cannot be."""

from danju.messages.catalogue import Message, error, warning

MESSAGES: dict[str, Message] = {
    "F141": warning(
        ("“{value}”中形似数字的字母按 {result} 读取（第 {positions} 位），校验相符。", "请对照证件核对并改正。"),
        (
            "Letters like digits in “{value}” (at {positions}) were read as {result}, which passes the check.",
            "Compare it with the original and correct it.",
        ),
        repairs=True,
    ),
    "F142": warning(
        ("“{value}”的区号少了开头的 0，按 {result} 读取。", "请核对区号，并补写 0。"),
        ("The area code of “{value}” lacks its leading 0; it was read as {result}.", "Check it and add the 0."),
        repairs=True,
    ),
    "F145": error(
        (
            "“{value}”是 15 位的旧身份证号，2013 年起已停用。",
            "请填身份证上的 18 位号码（按规则推算是 {upgraded}，须核对证件）。",
        ),
        (
            "“{value}” is an old identity number of 15 digits, invalid since 2013.",
            "Enter the 18 digits of the card (by the rule {upgraded}; compare it with the card).",
        ),
    ),
    "F146": error(
        (
            "“{value}”是 15 位的旧营业执照注册号，不是统一社会信用代码。",
            "请填三证合一后执照上的 18 位代码。",
        ),
        (
            "“{value}” is an old registration number of 15 digits, not a unified social credit code.",
            "Enter the 18 characters of the licence issued since the certificates were merged.",
        ),
    ),
    "F147": error(
        ("电话“{value}”区号后的号码以“{digit}”开头，应以 2 至 9 开头。", "请核对号码。"),
        (
            "The telephone number “{value}” has {digit} after its area code; local numbers begin with 2 to 9.",
            "Check the number.",
        ),
    ),
    "F201": error(
        ("统一社会信用代码“{value}”有 {length} 位，应为 18 位。", "请核对营业执照。"),
        ("The credit code “{value}” has {length} characters instead of 18.", "Check the business licence."),
    ),
    "F202": error(
        (
            "统一社会信用代码“{value}”第 {position} 位是“{char}”，不合规定：只用数字和大写字母，不用 I、O、S、V、Z。",
            "请核对是否把 1、0、5、2 看成了字母。",
        ),
        (
            "Character {position} of the credit code “{value}” is “{char}”; I, O, S, V, Z and signs do not occur.",
            "Check for letters taken for 1, 0, 5 or 2.",
        ),
    ),
    "F203": error(
        (
            "统一社会信用代码“{value}”第 {position} 位是“{char}”，第 3 至 8 位是行政区划码，应为数字。",
            "请核对营业执照。",
        ),
        (
            "Character {position} of the credit code “{value}” is “{char}”; characters 3 to 8 (the region) are digits.",
            "Check the business licence.",
        ),
    ),
    "F204": error(
        (
            "统一社会信用代码“{value}”校验不符：按前 17 位推算，第18位校验码应为 {expected}，实际是 {actual}。",
            "至少有一位写错，请逐位核对营业执照。",
        ),
        (
            "The credit code “{value}” fails its check: the last should be {expected}, not {actual}.",
            "At least one character is wrong; compare it with the business licence.",
        ),
    ),
    "F205": error(
        ("身份证号“{value}”有 {length} 位，应为 18 位。", "请核对身份证。"),
        ("The identity number “{value}” has {length} characters instead of 18.", "Check the identity card."),
    ),
    "F206": error(
        ("身份证号“{value}”第 {position} 位是“{char}”，应为数字（只有最后一位可以是 X）。", "请核对身份证。"),
        (
            "Character {position} of the identity number “{value}” is “{char}”, not a digit (X may be last).",
            "Check the identity card.",
        ),
    ),
    "F207": error(
        ("身份证号“{value}”第 7 至 14 位“{birth}”不是存在的出生日期。", "请核对身份证。"),
        (
            "Digits 7 to 14 of the identity number “{value}”, {birth}, are not a date of birth that exists.",
            "Check the identity card.",
        ),
    ),
    "F208": error(
        ("身份证号“{value}”开头两位“{area}”不是任何省份的代码。", "请核对身份证。"),
        (
            "The identity number “{value}” begins with {area}, which is the code of no province.",
            "Check the identity card.",
        ),
    ),
    "F209": error(
        (
            "身份证号“{value}”校验不符：按前 17 位推算，最后一位应为 {expected}，实际是 {actual}。",
            "至少有一位写错，请逐位核对身份证。",
        ),
        (
            "The identity number “{value}” fails its check: the last should be {expected}, not {actual}.",
            "At least one digit is wrong; compare it with the identity card.",
        ),
    ),
    "F210": error(
        ("手机号“{value}”有 {length} 位，应为 11 位。", "请核对是否多写或漏写；座机请填在电话栏。"),
        (
            "The mobile number “{value}” has {length} digits instead of 11.",
            "Check for missing or surplus digits; landlines go under telephone.",
        ),
    ),
    "F211": error(
        ("手机号“{value}”以“{start}”开头，应以 13 至 19 开头。", "请核对手机号。"),
        ("The mobile number “{value}” begins with {start}; mobile numbers begin with 13 to 19.", "Check the number."),
    ),
    "F212": error(
        ("“{value}”第 {position} 位是“{char}”，这里只能有数字。", "请删去数字以外的字。"),
        ("Character {position} of “{value}” is “{char}”; only digits may stand here.", "Remove everything else."),
    ),
    "F213": error(
        ("“{value}”不是完整的电话号码。", "请写成 0771-3210088、0771-3210088转123、400-820-1234 或 11 位手机号。"),
        (
            "“{value}” is not a complete telephone number.",
            "Write 0771-3210088, 0771-3210088转123, 400-820-1234 or a mobile number of 11 digits.",
        ),
    ),
    "F214": error(
        ("“{value}”好像有两个以上电话号码，一栏只能填一个。", "请只留一个，其余写入备注。"),
        (
            "“{value}” seems to hold several telephone numbers; one is allowed.",
            "Keep one and put the others under remarks.",
        ),
    ),
    "F215": error(
        ("电话“{value}”的区号后有 {length} 位号码，应为 {expected} 位。", "请核对是否多写或漏写。"),
        (
            "The telephone number “{value}” has {length} digits after the area code instead of {expected}.",
            "Check for missing or surplus digits.",
        ),
    ),
    "F216": error(
        ("电话“{value}”中的区号 {area} 不存在。", "请核对区号，如北京 010、南宁 0771。"),
        (
            "The area code {area} of the telephone number “{value}” does not exist.",
            "Check it; Beijing is 010, Nanning 0771.",
        ),
    ),
    "F217": error(
        ("邮政编码“{value}”有 {length} 位，应为 6 位。", "请核对邮政编码。"),
        ("The postcode “{value}” has {length} digits instead of 6.", "Check the postcode."),
    ),
    "F218": error(
        ("银行账号“{value}”有 {length} 位，应为 8 至 30 位。", "请对照银行回单核对。"),
        (
            "The bank account “{value}” has {length} digits; accounts have 8 to 30.",
            "Compare it with the bank's papers.",
        ),
    ),
    "F219": error(
        (
            "“{value}”被 Excel 当作数字保存，15位以后的数字已丢失，无法恢复。",
            "请把单元格格式设为“文本”，再照原件重新输入全部号码。",
        ),
        (
            "“{value}” was stored as a number, so all digits after the 15th are lost.",
            "Format the cell as text and type the whole number again from the original.",
        ),
    ),
    "F220": warning(
        ("“{value}”被当作数字保存，开头的 0 已丢失，按 {result} 读取。", "请核对，并把单元格格式设为“文本”。"),
        (
            "“{value}” was stored as a number and has lost its leading 0; it was read as {result}.",
            "Check it and format the cell as text.",
        ),
        repairs=True,
    ),
    "F231": error(
        ("“{value}”不存在：{year}年{month}月只有 {days} 天。", "请核对年月日。"),
        ("“{value}” does not exist: month {month} of {year} has only {days} days.", "Check year, month and day."),
    ),
    "F232": error(
        ("“{value}”不存在：没有 {month} 月。", "请核对年月日。"),
        ("“{value}” does not exist: there is no month {month}.", "Check year, month and day."),
    ),
    "F233": error(
        ("“{value}”不存在：没有 {day} 日。", "请核对年月日。"),
        ("“{value}” does not exist: there is no day {day}.", "Check year, month and day."),
    ),
    "F234": error(
        ("“{value}”中的时间不存在或看不懂。", "请按 24 小时制写成 2026-11-21 14:35。"),
        ("The time in “{value}” does not exist or cannot be read.", "Write it as 2026-11-21 14:35."),
    ),
    "F235": warning(
        ("“{value}”写的星期与日期不符，按 {result} 读取。", "请核对是日期还是星期写错。"),
        (
            "The weekday in “{value}” does not belong to the date; it was read as {result}.",
            "Check which of the two is wrong.",
        ),
        repairs=True,
    ),
    "F236": error(
        ("“{value}”可能是 {first}，也可能是 {second}。", "请写全年月日，如 2026-11-21。"),
        ("“{value}” may be {first} or {second}.", "Write year, month and day, as in 2026-11-21."),
    ),
}
