"""The kinds of cases that the libraries test themselves with, judged by us as by them."""

import pytest

from tests.fuzz.answers import Case, library_email, library_phone, our_email, our_phone

ADDRESSES = {
    "plain": "a@b.co ann.lee@acme.com a+b@acme.com a_b@acme.com 1@acme.com A@ACME.COM a@1.com",
    "atoms": "!#$%&'*+-/=?^_`{|}~@acme.com -@acme.com a-@acme.com _@acme.com '@acme.com",
    "dots": ".a@acme.com a.@acme.com a..b@acme.com .@acme.com a@.acme.com a@acme.com. a@acme..com",
    "missing": "@ a@ @acme.com a acme.com a@b a@com a@@acme.com a@acme@com",
    "hyphens": "a@-acme.com a@acme-.com a@ac-me.com a@ac--me.com a@xn--.com a@a.-com a@a.com-",
    "digits": "a@123.456 a@1.2.3.4 a@acme.c1 a@acme.1c a@acme.1 a@0.de",
    "characters": "a@ac_me.com a@ac!me.com a@acme,com a;b@acme.com a:b@acme.com a(b)@acme.com",
    "brackets": "a@[1.2.3.4] a@[IPv6:::1] a@[1.2] a@[x] <a@acme.com> a@acme.com> a@[IPv6:z]",
    "quotes": '"a"@acme.com "a@b"@acme.com a"b@acme.com "a\\"b"@acme.com "a@acme.com ""@acme.com',
    "reserved": "a@x.test a@x.local a@localhost a@x.invalid a@x.onion a@x.arpa a@example.com"
    " a@test.com a@mytest a@latest.co a@X.TEST a@x.home.arpa a@x.example",
    "mailboxes": "INFO@acme.com Postmaster@acme.com WWW@acme.com Info2@acme.com in.fo@acme.com",
    "international": "jürgen@acme.com a@münchen.de a@MÜNCHEN.de a@xn--mnchen-3ya.de 用户@例子.广告"
    " δοκιμή@παράδειγμα.δοκιμή a@faß.de a@ａｃｍｅ.com a@acme。com a@🙂.com 🙂@acme.com a@аpple.com"
    " a@١٢٣.com a@אב.com a@1.אב.com a@xn--zzzz9999.com a@l·l.cat Jose\u0301@acme.com",
    "unsafe": "a\u200bb@acme.com \u0301a@acme.com a\u0338@acme.com a\ud800@acme.com a\x00@acme.com"
    " a@ac\u200bme.com a@\u0301acme.com a\ufeff@acme.com \u202ea@acme.com",
}
LONG = (
    *(f"{'a' * size}@acme.com" for size in (63, 64, 65, 245, 246, 247, 1_000)),
    *(f"a@{'b' * size}.com" for size in (62, 63, 64, 65, 240)),
    *(f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * size}.com" for size in (59, 60, 63)),
    *(f"a@{'ü' * size}.com" for size in (20, 55, 58, 63)),
    *("é" * size + "@acme.com" for size in (60, 122, 123, 124)),
    "a@" + "b." * 120 + "com",
    "a@" + "b." * 130 + "com",
)
SPACED = ("a b@acme.com", "a @acme.com", "a@ acme.com", "a@acme .com", " a@acme.com ",
          "\ta@acme.com\n", "a\n@acme.com", "Ann <a@acme.com>", '"Lee, Ann" <a@acme.com>',
          "a@acme.com b@acme.com",
          "(Ann) a@acme.com", "a@acme.com (Ann)", "a(c)@acme.com", "")  # fmt: skip


@pytest.mark.parametrize("text", [*LONG, *SPACED, *" ".join(ADDRESSES.values()).split(" ")])
def test_an_address_of_every_kind_is_judged_alike(text: str) -> None:
    assert our_email(text) == library_email(text)


NUMBERS = {
    "US": "4155552671|(415) 555-0000|1 415 555 2671|+1 415 555 2671|555-2671|415-555-267|8005552671"
    "|900 555 2671|1-800-FLOWERS|(1) 415 555 2671|++14155552671|4155552671 x 12|415-555-2671#12"
    "|415.555.2671 ext.1234|011 44 20 7946 0958|+14155552671;ext=5|911|0|00|+|5551234",
    "GB": "020 7946 0958|(020) 7946 0958|+44 (0)20 7946 0958|+440207946 0958"
    "|07400 123 456|0800 1111|00 44 20 7946 0958|+44 7400 123 456|020 7946 095|44 20 7946 0958"
    "|0845 46 47|07624 123 456",
    "DE": "030 123456|030/123456|+49 30 123456|0049 30 123456|(030) 12 34 56|01511 2345678"
    "|+49 (0) 30 123456|49 30 123456|030-1234-5678-9012-34|115|0171 1234567-89",
    "IT": "02 1234 5678|+39 02 1234 5678|345 123 456|+39 345 123 456|0039 02 12345678|2 1234 5678",
    "FR": "01 23 45 67 89|+33 1 23 45 67 89|+33 (0)1 23 45 67 89|0033123456789|08 00 12 34 56|3631",
    "AR": "011 15-2345-6789|+54 9 11 2345 6789|0343 15 555 1212|+54 11 2345 6789|011 2345-6789",
    "MX": "55 1234 5678|+52 55 1234 5678|+52 1 55 1234 5678|01 55 1234 5678|044 55 1234 5678",
    "BR": "(11) 96123-4567|+55 11 96123-4567|0 21 11 96123 4567|011 3123 4567|+55 (0)11 3123 4567",
    "AU": "02 9876 5432|+61 2 9876 5432|0011 61 2 9876 5432|1800 123 456|1831 0412345678",
    "NZ": "03-345 6789|03 345 6789|+64 3 345 6789|0064 3 345 6789|64(0)34567890|+64 03 345 6789",
    "SG": "6123 4567|+65 6123 4567|1800 123 4567|+65-6123-4567|9123 4567",
    "JP": "03-1234-5678|+81 3-1234-5678|0120 000 000|00370012345|+81 0312345678|090-1234-5678",
    "RU": "8 (495) 123-45-67|+7 495 123-45-67|84951234567|+7 (8) 4951234567|810 1 415 555 2671",
    "HU": "06 1 234 5678|+36 1 234 5678|06 20 123 4567|06202 1234567",
    "": "+14155552671|4155552671|+441|+800 1234 5678|+979 123 456 789|+881 6 123 45678|+0 123 456",
    "AG": "460-1234|(268) 464-1234|+1 268 464 1234|1 268 464 1234|4641234",
}
SPELLINGS = ("tel:+1-415-555-2671", "tel:555-2671;phone-context=+1-415", "+1 415 555 2671;isub=1",
             "tel:+1-415-555-2671;ext=7", "tel:555-2671;phone-context=www.acme.com", "4155552671~",
             "+1\u00a0415\u00a0555\u00a02671", "+1\u2013415\u2013555\u20132671",
             "＋１４１５５５５２６７１", "٤١٥٥٥٥٢٦٧١", "4155552671\u200b",
             "Tel. 415 555 2671", "415 555 2671 office", "x12",
             "415 555 2671,,12", "415 555 2671 доб. 12", "415 555 2671 anexo 12", "4155552671.0",
             "(415 555 2671", "415) 555 2671", "415--555--2671", "4/1/5/5552671", "1.4155552671",
             "415 555 2671\n", "+1 (415) 555.0000", "0" * 10, "1" * 10, "9" * 300)  # fmt: skip
CASES = [
    *(Case(text, region) for region, texts in NUMBERS.items() for text in texts.split("|")),
    *(Case(text, region) for text in SPELLINGS for region in ("US", "CA", "DE", "")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_number_of_every_kind_is_judged_alike(case: Case) -> None:
    assert our_phone(case) == library_phone(case)
