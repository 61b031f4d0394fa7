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
