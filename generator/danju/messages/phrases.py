"""Parts of sentences: what fills the placeholders of messages, in Chinese and English.

A placeholder of a phrase may itself be filled with words that read differently in each language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from danju.messages.catalogue import Words

__all__ = ["PHRASES", "did_you_mean", "phrase", "words_in_a_row"]

PHRASES: Mapping[str, Words] = {
    "did_you_mean": Words("是否指“{candidate}”？", "Did you mean “{candidate}”? "),
    "known": Words("可用：{names}。", "Known: {names}."),
    # definitions
    "no_format": Words("没有名为 {name} 的格式", "there is no format {name}"),
    "no_format_like": Words(
        "没有名为 {name} 的格式，最接近的是 {near}", "there is no format {name}; {near} is nearest"
    ),
    # Word templates
    "value_missing_behind": Words("{word} 后面缺少值", "a value is missing behind {word}"),
    "sizes_in_mm": Words("{names} 应为 0 到 {limit}", "{names} must be 0 to {limit}"),
    "picture_data": Words("图片数据", "the picture's data"),
    "too_many_members": Words("成员过多", "it has too many members"),
    "unpacks_too_large": Words("解压后过大", "it unpacks to too much"),
    "has_password": Words("文件有密码", "it has a password"),
    "no_word_body": Words("里面没有 Word 正文", "there is no Word document in it"),
    "old_word_or_password": Words("是旧的 .doc 格式或有密码", "it is an old .doc, or has a password"),
    "no_docx": Words("不是 .docx，或已损坏", "it is no .docx, or is damaged"),
    "no_valid_xml": Words("{member} 不是有效的 XML", "{member} is no valid XML"),
    "has_dtd": Words("{member} 含有 DTD", "{member} has a DTD"),
    "strict_open_xml": Words("是“Strict Open XML”格式", "it is “Strict Open XML”"),
    "tag_incomplete": Words("内容不完整", "it is not complete"),
    "tag_expected": Words("应为“{wanted}”，却是“{found}”", "“{wanted}” is expected instead of “{found}”"),
    "tag_unexpected": Words("多了“{found}”", "“{found}” is too much"),
    "tag_character": Words("有不能用的字符“{found}”", "the character “{found}” cannot be used"),
    "tag_empty": Words("里面是空的", "there is nothing in it"),
    "too_complex": Words("过于复杂", "it is too complex"),
    "no_test": Words("没有判断“is {name}”", "there is no test “is {name}”"),
    "no_argument": Words("没有 {name}。{hint}", "there is no {name}. {hint}"),
    "looks_by_name": Words("请写成 bold=true 这样的形式", "write it as bold=true"),
    "size_missing": Words("缺少 {names}", "{names} is missing"),
    "is_no_list": Words("“{value}”不是列表", "“{value}” is no list"),
    "check_names": Words("请核对标签和数据里的名称。", "Compare the names in tag and data."),
    "no_picture_here": Words("图片不能放在这里", "a picture cannot stand here"),
    "no_column_count": Words("“{value}”不是 1 到 63 的列数", "“{value}” is no number of columns from 1 to 63"),
    "belongs_to": Words("它属于 {words}，请检查前面的标签。", "It belongs to {words}: look at the tags before it."),
    "add_or_drop": Words("请补上 {wanted}，或删去 {word}。", "Add {wanted}, or remove {word}."),
    "word_or_word": Words(" 或 ", " or "),
    "nested_deeper": Words("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    "more_aliases": Words("引用超过 {limit} 处", "more than {limit} aliases"),
    "such_files": Words("此类", "such"),
    # files, values, definitions
    "to": Words("{low} 至 {high}", "{low} to {high}"),
    "empty": Words("（空）", "(empty)"),
    "what_said_before_was_not": Words("原来的内容没有留存，改了什么列不出来", "what it said before was not kept"),
    "extensionless": Words("无扩展名", "extensionless"),
    "yes_no": Words("是/否", "yes/no"),
    "one": Words("单选", "one of"),
    "several": Words("多选", "several of"),
    "time_day": Words("时间", "time of day"),
    "group_values": Words("一组值", "a group of values"),
    "list": Words("列表", "a list"),
    "one_value": Words("一个值", "one value"),
    "date": Words("日期", "date"),
    "group": Words("一组", "group"),
    "single_value": Words("单个内容", "a single value"),
    "group_fields": Words("一组栏目", "a group of fields"),
    "date_time": Words("日期时间", "date and time"),
    "month": Words("月份", "month"),
    "number": Words("数字", "number"),
    "integer": Words("整数", "integer"),
    "rows": Words("多行", "rows"),
    "some_rows": Words("若干行", "rows"),
    "text": Words("文字", "text"),
    "each_must_table": Words("each: 应为表格字段。", "each: must be a table."),
    "docs_forms_md_lists_names": Words("名称见 docs/forms.md。", "docs/forms.md lists the names."),
    "needs_one_numbers_would_repeat": Words(
        "须有一个 {{seq}}，否则编号会重复", "it needs one {{seq}}, or numbers would repeat"
    ),
    "needs_field_expression": Words("须写明 field: 或 expression:", "it needs field: or expression:"),
    "typed_number_identifies_anyway_leave": Words(
        "填写的编号总能识别记录，不必写在 identity 里", "a typed number identifies anyway; leave it out"
    ),
    "computed_field_cannot_identify_record": Words(
        "系统计算的栏目不能用来识别记录", "a computed field cannot identify a record"
    ),
    "field_identifies_record_holds_one": Words(
        "用来识别记录的栏目只能有一个值", "a field that identifies a record holds one value"
    ),
    "needs_expression": Words("须写明 expression:", "it needs expression:"),
    "declare_with_readonly_true_schema": Words(
        "计算字段须在 schema 中声明为 readOnly: true。", "Declare it with readOnly: true in the schema."
    ),
    "blocks": Words("区块有 {names}。", "Blocks: {names}."),
    "setting": Words("它是 {name} 的设置。", "It is a setting of {name}."),
    "type_not_supported": Words("不支持的类型 {declared}", "the type {declared} is not supported"),
    "properties_missing": Words("properties: 不可缺少", "properties: is missing"),
    "settings_expected_here": Words("应为一组设置", "settings are expected here"),
    "property_names_lower_case_letters": Words(
        "属性名应为小写英文、数字和下划线", "property names are lower-case letters, digits and underscores"
    ),
    "every_option_needs_const": Words("每个选项须有 const", "every option needs const"),
    "ref_goes_circle": Words("$ref 循环引用", "$ref goes in a circle"),
    "ref_no": Words("$ref: 找不到 {reference}", "$ref: there is no {reference}"),
    "required_lists_names_properties_only": Words(
        "required 只能列出 properties 中的名称。", "required: lists names of properties only."
    ),
    "x_depends_choice_names_another": Words(
        "x-depends: 单选栏目，指向另一个单选栏目。", "x-depends: is for a choice and names another choice."
    ),
    "list_expected_here": Words("应为列表 [ … ]", "a list [ … ] is expected here"),
    "ref_no_file": Words("$ref: 找不到 {file_name}", "$ref: there is no {file_name}"),
    "options_with_x_need_x": Words(
        "选项写了 x-for，栏目须写 x-depends", "options with x-for need x-depends on the field"
    ),
    "x_has_no_option": Words("x-for: {label}没有选项 {unknown}", "x-for: {label} has no option {unknown}"),
    "empty_file": Words("空文件", "an empty file"),
    "plain_text": Words("文本", "text"),
    "web_page_html": Words("网页（HTML）", "a web page (HTML)"),
    "excel_workbook_xlsx": Words("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)"),
    "excel_binary_workbook_xlsb": Words("Excel 二进制工作簿（.xlsb）", "an Excel binary workbook (.xlsb)"),
    "old_excel_workbook_xls": Words("旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"),
    "opendocument_spreadsheet_ods": Words("OpenDocument 电子表格（.ods）", "an OpenDocument spreadsheet (.ods)"),
    "word_document": Words("Word 文档", "a Word document"),
    "old_word_document_doc": Words("旧版 Word 文档（.doc）", "an old Word document (.doc)"),
    "pdf_file": Words("PDF 文件", "a PDF file"),
    "picture": Words("图片", "a picture"),
    "old_office_file": Words("旧版 Office 文件", "an old Office file"),
    "encrypted_office_file": Words("加密的 Office 文件", "an encrypted Office file"),
    "zip_archive": Words("压缩包", "a ZIP archive"),
    "incomplete_zip_archive": Words("不完整的压缩包", "an incomplete ZIP archive"),
    "binary_data": Words("二进制数据", "binary data"),
    "has_members": Words("有 {members} 个成员", "it has {members} members"),
    "two_members_have_one_name": Words("成员重名", "two members have one name"),
    "unpacks": Words("解压后有 {total}", "it unpacks to {total}"),
    "compressed_beyond_reason": Words("压缩比过高", "it is compressed beyond reason"),
    "unusual_way_compression": Words("压缩方法不常见", "an unusual way of compression"),
    "members_overlap": Words("成员互相重叠", "members overlap"),
    "member_not_as_large_as": Words("实际大小与声明不符", "a member is not as large as it says"),
    "package_incomplete": Words("压缩包不完整", "the package is incomplete"),
    "directory_does_not_match_content": Words("压缩包目录与内容不符", "its directory does not match its content"),
    "package_cut_off": Words("压缩包被截断", "the package is cut off"),
    "gone": Words("“{{label}}”已取消", "“{{label}}” is gone"),
    "changed_kind": Words("“{{label}}”改了种类（{{detail}}）", "“{{label}}” changed its kind ({{detail}})"),
    "lost_options": Words("“{{label}}”取消了选项 {{detail}}", "“{{label}}” lost the options {{detail}}"),
    "new_required": Words("新增必填栏目“{{label}}”", "“{{label}}” is new and required"),
    "new": Words("新增“{{label}}”", "“{{label}}” is new"),
    "register": Words("台账", "register"),
    "form_sheet": Words("表单", "form sheet"),
    "fields_were_flattened_probably_by": Words(
        "栏目已被拼合，多因用了“打印成 PDF”", "its fields were flattened, probably by printing it to PDF"
    ),
    "data_was_lost_probably_by": Words(
        "所附数据已丢失，多因合并、压缩或重新打印", "its data was lost, probably by merging or printing it again"
    ),
    "attached_data_does_not_fit": Words("所附数据与其校验码不符", "the attached data does not fit its checksum"),
    "file_says_number": Words("文件说编号是 {said}，数据说是 {number}", "the file says {said}, the data {number}"),
    "nothing": Words("空", "nothing"),
    "file_s_identifier_does_not": Words(
        "文件标识与所附数据不符", "the file's identifier does not fit the attached data"
    ),
    "portfolio_other_pdf_files": Words("是装着其他 PDF 的文件包", "it is a portfolio of other PDF files"),
    "fields_attachments_without_end": Words("栏目或附件异常多、异常大或互相嵌套", "fields or attachments without end"),
    "too_large_too_slow_open": Words("展开后异常大，或打开时间过长", "it is too large or too slow to open"),
    "value_expected_here": Words("此处应有一个值", "a value is expected here"),
    "comma_missing_bracket_has_no": Words(
        "缺少逗号，或括号没有配对", "a comma is missing, or a bracket has no partner"
    ),
    "colon_missing_behind_name": Words("名称后缺少冒号", "a colon is missing behind the name"),
    "names_stand_double_quotes": Words("名称须用英文双引号括起", "names stand in double quotes"),
    "comma_too_many_at_end": Words("末尾多了一个逗号", "there is a comma too many at the end"),
    "quotation_mark_has_no_partner": Words("字符串的引号没有配对", "a quotation mark has no partner"),
    "something_behind_end": Words("末尾有多余内容", "there is something behind the end"),
    "string_holds_line_break_control": Words(
        "字符串里有换行或控制字符", "a string holds a line break or control character"
    ),
    "backslash_used_wrongly": Words("反斜杠的用法不对", "a backslash is used wrongly"),
    "stray_mark_at_beginning_file": Words("文件开头有多余的标记", "a stray mark at the beginning of the file"),
    "nested_deeper_than_levels": Words("嵌套超过 {max_depth} 层", "nested deeper than {max_depth} levels"),
    "number_too_long": Words("数字过长", "a number is too long"),
    "no_form": Words("没有名为“{name}”的表单，可用：{known}。", "There is no form “{name}”; known: {known}."),
    "colon_missing": Words("缺少冒号", "a colon is missing"),
    "colon_stands_wrong_place_value": Words(
        "冒号的位置不对，或值里的冒号没有加引号",
        "a colon stands in the wrong place, or a value with a colon has no quotes",
    ),
    "character_cannot_stand_here_indentation": Words(
        "有不能用在这里的字符，或用 Tab 缩进", "a character that cannot stand here, or indentation by tabs"
    ),
    "square_bracket_has_no_partner": Words("方括号没有配对", "a square bracket has no partner"),
    "brace_has_no_partner": Words("花括号没有配对", "a brace has no partner"),
    "wrong_indentation_name_missing": Words("缩进不对，或缺少名称", "wrong indentation, or a name is missing"),
    "wrong_indentation": Words("缩进不对", "wrong indentation"),
    "quotes_have_no_partner": Words("引号没有配对", "a quotation mark has no partner"),
    "alias_without_anchor": Words("引用了没有定义的锚点", "an alias without its anchor"),
    "stray_content_middle_file": Words("文件中间出现了多余内容", "stray content in the middle of the file"),
    "holds_control_characters": Words("含有控制字符", "it holds control characters"),
    "tag_not_supported": Words("不支持标签 {tag}", "the tag {tag} is not supported"),
    "name_cannot_list_mapping": Words("名称不能是列表或映射", "a name cannot be a list or a mapping"),
    "more_than_aliases": Words("引用超过 {max_aliases} 处", "more than {max_aliases} aliases"),
    "alias_not_defined_means_itself": Words(
        "引用 *{anchor} 没有定义，或引用了自己", "the alias *{anchor} is not defined or means itself"
    ),
    "more_than_values_once_expanded": Words(
        "展开后超过 {max_nodes} 个值", "more than {max_nodes} values once expanded"
    ),
    "inner_structure_wrong": Words("内部结构有误", "its inner structure is wrong"),
    "missing": Words("缺少 {missing}", "{missing} is missing"),
    "inner_structure_odd": Words("内部结构异常", "its inner structure is odd"),
    "must_match": Words("应符合格式 {pattern}。", "It must match {pattern}."),
    "must_format": Words("应是 {name} 格式。", "It must be of the format {name}."),
    "nothing_was_reserved": Words("没有“{stem}”的编号记录", "nothing was reserved for “{stem}”"),
    "a_text": Words("文字", "a text"),
    "an_integer": Words("整数", "an integer"),
    "true": Words("true", "true"),
    "should": Words("“{name}”应是{wanted}", "“{name}” should be {wanted}"),
    "no_json_object": Words("不是一个 JSON 对象", "it is no JSON object"),
    "newer_danju_wrote_format": Words(
        "由更新版本的 Danju 写成（格式 {found}）", "a newer Danju wrote it (format {found})"
    ),
    "more": Words("1 或更大的整数", "1 or more"),
    "file_name_digest": Words("文件名和校验值", "a file name and its digest"),
    "digest": Words("校验值", "a digest"),
    "not_known": Words("不认识“{name}”", "“{name}” is not known"),
    "name_missing": Words("缺少“{name}”", "“{name}” is missing"),
    "suffixes_digests": Words("扩展名和校验值", "suffixes and digests"),
    "file_name": Words("文件名", "a file name"),
    "a_group": Words("一组内容", "a group"),
    "unit": Words("（单位：{unit}）", " (unit: “{unit}”)"),
    "larger_than_mb": Words("大于 {max_bytes} MB", "larger than {max_bytes} MB"),
    "no_complete_png_jpeg": Words("不是完整的 PNG 或 JPEG", "it is no complete PNG or JPEG"),
    "pixels_more_than": Words("{size} 像素，超过 {limit}", "{size} pixels, more than {limit}"),
    "file": Words("其实是 {name} 文件", "it is a {name} file"),
    "base_text_cut_off": Words("base64 编码不完整", "its base64 text is cut off"),
}


def phrase(key: str, **values: object) -> Words:
    """A part of a sentence with its values in it."""
    words = PHRASES[key]
    return Words(words.zh.format_map(_in("zh", values)), words.en.format_map(_in("en", values)))


def did_you_mean(candidate: str | Words | None, otherwise: Words | str = "") -> Words | str:
    """“Did you mean …?”; other words without a candidate."""
    return phrase("did_you_mean", candidate=candidate) if candidate else otherwise


def words_in_a_row(words: Iterable[str]) -> Words:
    """Words one after the other, with the comma of each language."""
    every = list(words)
    return Words("、".join(every), ", ".join(every))


def _in(lang: str, values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.of(lang) if isinstance(value, Words) else value for name, value in values.items()}
