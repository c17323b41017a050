"""vCards of all versions become a table, with the columns of an address book's own export."""

from pathlib import Path

import pytest

from pipeline.errors import UnreadableFile
from tests.readers.prepared import read_cells, read_file

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;Dr.;
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB M=
=FCller
TEL;CELL:+49 170 1234567
TEL;WORK;FAX:+49 30 1
TEL;HOME;PREF:030 123456
EMAIL;INTERNET:zoe@x.com
PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQ
 AAAABBBB

ORG:Acme\\, Inc.;Sales
END:VCARD
"""
APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.5//EN
N:Lee;Ann;;;
FN:Ann Lee
item1.EMAIL;type=INTERNET;type=pref:ann@x.com
item1.X-ABLabel:_$!<Work>!$_
EMAIL;type=INTERNET;type=HOME:lee@x.com
item2.URL;type=pref:https\\://acme.com
item3.ADR;type=WORK;type=pref:;;1 High St;London;;W1 1AA;United Kingdom
item3.X-ABADR:gb
NOTE:one\\, two\\nthree
  and folded
X-SOCIALPROFILE;type=twitter:http://twitter.com/ann
BDAY:1990-01-01
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Bob Ray
TITLE:CTO
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5555
EMAIL;PREF=2:second@x.com
EMAIL;PREF=1:first@x.com
PHOTO:data:image/jpeg;base64,MICajCCAd
END:VCARD
"""


def test_version_2_1_is_decoded(tmp_path: Path) -> None:
    plan, (found,) = read_file(tmp_path, OLD.encode())
    assert plan.format == "vcard"
    assert found.fields["name"] == "Zoë Müller"
    assert (found.fields["given_name"], found.fields["surname"]) == ("Zoë", "Müller")
    assert found.fields["company"] == "Acme, Inc."
    assert list(found.phones) == ["030 123456", "+49 170 1234567"]
    assert list(found.emails) == ["zoe@x.com"]
    assert dict(found.custom) == {"Name Prefix": "Dr.", "Department": "Sales", "Fax": "+49 30 1"}


@pytest.mark.parametrize("charset", ["klingon", "base64", "ut\0f"])
def test_a_character_set_that_does_not_exist_is_passed_over(tmp_path: Path, charset: str) -> None:
    card = OLD.replace("CHARSET=UTF-8", f"CHARSET={charset}")
    _, (found,) = read_file(tmp_path, card.encode())
    assert found.fields["surname"] == "Müller"


def test_version_3_0_with_labels_of_apple(tmp_path: Path) -> None:
    (cells,) = read_cells(tmp_path, APPLE.replace("\n", "\r\n").encode())
    assert cells == {
        "Last Name": "Lee",
        "First Name": "Ann",
        "Name": "Ann Lee",
        "E-mail 1 - Label": "Work",
        "E-mail 1 - Value": "ann@x.com",
        "E-mail 2 - Label": "Home",
        "E-mail 2 - Value": "lee@x.com",
        "Website": "https://acme.com",
        "Address 1 - Street": "1 High St",
        "Address 1 - City": "London",
        "Address 1 - Postal Code": "W1 1AA",
        "Address 1 - Country": "United Kingdom",
        "Notes": "one, two\nthree and folded",
        "X-SOCIALPROFILE": "http://twitter.com/ann",
        "Birthday": "1990-01-01",
    }


def test_version_4_0_with_addresses_as_links(tmp_path: Path) -> None:
    _, (found,) = read_file(tmp_path, NEW.encode())
    assert list(found.phones) == ["+1-555-555-5555 ext. 5555"]
    assert list(found.emails) == ["first@x.com", "second@x.com"]
    assert found.fields["title"] == "CTO"
    assert dict(found.custom) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_cards_of_all_versions_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    card = "BEGIN:VCARD\nFN:Jürgen Groß\nEMAIL:j@x.com\nEND:VCARD\n"
    _, found = read_file(tmp_path, (OLD + APPLE + NEW + card).encode(encoding))
    assert [one.row for one in found] == [1, 2, 3, 4]
    assert found[3].fields["name"] == "Jürgen Groß"


def test_a_card_cut_off_is_one_bad_row(tmp_path: Path) -> None:
    _, found = read_file(tmp_path, f"{NEW}junk\n{NEW}{APPLE[:150]}".encode())
    assert [one.row for one in found] == [1, 2, 3, 4]
    assert [bool(one.issues) for one in found] == [False, True, False, True]
    assert found[1].issues[0].value == "junk"
    assert found[3].issues[0].expected == "END:VCARD before the end of the file"


def test_a_file_of_one_card_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="END:VCARD"):
        read_file(tmp_path, APPLE[:150].encode())
