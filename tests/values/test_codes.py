"""Codes: one form, and faults that say why."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from danju.issues import Fault
from danju.messages import CATALOGUE
from danju.values.codes import CHECKS, CodeReading, from_number, normalise, repair

CREDIT = "91110000600037341L"
CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("credit-code", "9111 0000 6000 37341l", CREDIT),
        ("credit-code", "９１１１００００-６０００３７３４１Ｌ", CREDIT),
        ("resident-id", "110105 19491231 002x", IDENTITY),
        ("mobile", "139 0771 0001", "13907710001"),
        ("mobile", "+86 139-0771-0001", "13907710001"),
        ("mobile", "013907710001", "13907710001"),
        ("phone", "0771 3210088", "0771-3210088"),
        ("phone", "0771—3210088", "0771-3210088"),
        ("phone", "(0771)3210088", "0771-3210088"),
        ("phone", "（0771）3210088", "0771-3210088"),
        ("phone", "07713210088", "0771-3210088"),
        ("phone", "+86 771 3210088", "0771-3210088"),
        ("phone", "86-771-3210088", "0771-3210088"),
        ("phone", "+86(10)8888 8888", "010-88888888"),
        ("phone", "021 6888 8888", "021-68888888"),
        ("phone", "0771-3210088-8", "0771-3210088转8"),
        ("phone", "0771-3210088 转 123", "0771-3210088转123"),
        ("phone", "3210088-123", "3210088转123"),
        ("phone", "3210088", "3210088"),
        ("phone", "4008201234", "400-820-1234"),
        ("phone", "139 0771 0001", "13907710001"),
        ("phone", "95588", "95588"),
        ("postcode", "５３０ ０２２", "530022"),
        ("bank-account", "4500 1604 8560 5050 1234", "45001604856050501234"),
    ],
)
def test_codes_are_brought_into_one_form_and_pass(kind, typed, kept):
    assert normalise(kind, typed) == kept
    assert normalise(kind, kept) == kept
    assert CHECKS[kind](kept) is None


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("credit-code", CREDIT[:-2], "F201"),
        ("credit-code", "450100400001234", "F146"),
        ("credit-code", "9I110000600037341L", "F202"),
        ("credit-code", "91A10000600037341L", "F203"),
        ("credit-code", CREDIT[:-1] + "M", "F204"),
        ("resident-id", IDENTITY[:-3], "F205"),
        ("resident-id", "110105491231002", "F145"),
        ("resident-id", "1101O519491231002X", "F206"),
        ("resident-id", "11010519491231002A", "F206"),
        ("resident-id", "110105194902300021", "F207"),
        ("resident-id", "99010519491231002X", "F208"),
        ("resident-id", "110105194912310021", "F209"),
        ("mobile", "1390771000", "F210"),
        ("mobile", "12345678901", "F211"),
        ("mobile", "139A7710001", "F212"),
        ("phone", "abc", "F213"),
        ("phone", "0771", "F213"),
        ("phone", "", "F213"),
        ("phone", "0771-3210088/3210099", "F214"),
        ("phone", "0771-321008", "F215"),
        ("phone", "010-12345678", "F147"),
        ("phone", "011-32100888", "F216"),
        ("postcode", "53002", "F217"),
        ("postcode", "53002a", "F212"),
        ("bank-account", "1234567", "F218"),
        ("bank-account", "1" * 31, "F218"),
        ("bank-account", "4500l604", "F212"),
    ],
)
def test_wrong_codes_are_refused_with_the_reason(kind, text, code):
    fault = CHECKS[kind](normalise(kind, text))
    assert fault.code == code
    for lang in ("zh", "en"):
        fact, remedy = CATALOGUE[code].fill(fault.values, lang)
        assert fault.values["value"] in fact
        assert "?" not in fact + remedy


def test_the_reason_names_the_check_digit_expected():
    fault = CHECKS["credit-code"](CREDIT[:-1] + "M")
    fact, _ = CATALOGUE[fault.code].fill(fault.values, "zh")
    assert "第18位校验码应为 L" in fact
    fault = CHECKS["resident-id"](IDENTITY[:-1] + "1")
    fact, _ = CATALOGUE[fault.code].fill(fault.values, "zh")
    assert "最后一位应为 X" in fact


def test_an_old_identity_number_is_given_its_18_digits():
    assert CHECKS["resident-id"]("110105491231002").values["upgraded"] == IDENTITY


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("credit-code", "9111OOOO600037341L", CREDIT),
        ("credit-code", "9111OOOO600037341M", None),
        ("resident-id", "11O1O5194912310O2X", IDENTITY),
        ("resident-id", "11010519491231002×", IDENTITY),
        ("phone", "771-3210088", "0771-3210088"),
        ("phone", "(10) 88888888", "010-88888888"),
        ("phone", "7713210088", "0771-3210088"),
        ("phone", "771-321008", None),
        ("mobile", "1390771O001", None),
        ("bank-account", "4500l604", None),
    ],
)
def test_a_code_is_mended_only_where_the_rest_proves_it(kind, text, result):
    fault = repair(kind, normalise(kind, text))
    assert (fault.values["result"] if fault else None) == result


@given(st.integers(0, 17), st.sampled_from(CREDIT_CHARS))
def test_any_single_wrong_character_of_a_credit_code_is_found(place, char):
    assume(char != CREDIT[place])
    assert CHECKS["credit-code"](CREDIT[:place] + char + CREDIT[place + 1 :]) is not None


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_digit_of_an_identity_number_is_found(place, char):
    assume(char != IDENTITY[place])
    assert CHECKS["resident-id"](IDENTITY[:place] + char + IDENTITY[place + 1 :]) is not None


@given(st.from_regex("9[1-3][0-9]{6}", fullmatch=True), st.text(CREDIT_CHARS, min_size=9, max_size=9))
def test_credit_codes_agree_with_stdnum(start, middle):
    text = start + middle
    text += uscc.calc_check_digit(text)
    assert CHECKS["credit-code"](text) is None
    assert uscc.is_valid(text)


@given(st.from_regex("450102(19[5-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_identity_numbers_agree_with_stdnum(start):
    assert CHECKS["resident-id"](start + ric.calc_check_digit(start + "0")) is None


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("mobile", 13609284025.0, CodeReading("13609284025")),
        ("phone", 13609284025, CodeReading("13609284025")),
        ("phone", 7713210088, CodeReading("0771-3210088", repaired=True)),
        ("phone", 1088888888.0, CodeReading("010-88888888", repaired=True)),
        ("phone", 75588888888, CodeReading("0755-88888888", repaired=True)),
        ("phone", 4008201234, CodeReading("400-820-1234")),
        ("phone", 3210088, CodeReading("3210088")),
        ("phone", 771321008, CodeReading("771321008")),
        ("postcode", 10000, CodeReading("010000", repaired=True)),
        ("postcode", Decimal(530022), CodeReading("530022")),
        ("bank-account", 450016048560505.0, CodeReading("450016048560505")),
        ("bank-account", 4500160485605050123, CodeReading("4500160485605050123")),
        ("mobile", 12.5, CodeReading("12.5")),
        ("mobile", float("nan"), CodeReading("nan")),
    ],
)
def test_codes_kept_as_numbers_come_back(kind, number, expected):
    assert from_number(kind, number) == expected


@pytest.mark.parametrize(
    "number",
    [4.5001604856050502e18, 1.23456789012346e15, 1234567890123460, Decimal(4500160485605050000), 4500160485605050000],
)
def test_digits_that_a_spreadsheet_dropped_are_not_made_up(number):
    assert from_number("bank-account", number).code == "F219"


@pytest.mark.parametrize("kind", CHECKS)
@given(text=st.text() | st.text("0123456789-() +转X", max_size=20))
def test_normal_forms_are_stable_and_checks_never_raise(kind, text):
    kept = normalise(kind, text)
    fault = CHECKS[kind](kept)
    assert normalise(kind, kept) == kept
    assert fault is None or (isinstance(fault, Fault) and fault.code in CATALOGUE)
