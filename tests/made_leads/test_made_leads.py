"""The made leads are what their measurements take them for."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import phonenumbers
import pytest

from pipeline.dedupe.features import MATCH_FIELDS
from tests.made_leads import COLUMNS, LabelledLead, make_leads, write_leads
from tests.made_leads.cultures import CULTURES
from tests.made_leads.latin import in_latin, slug
from tests.made_leads.phones import fixed_line, mobile_of

LEADS = list(make_leads(6_000, 5))


def test_the_same_seed_gives_the_same_leads_and_another_one_others() -> None:
    again = list(make_leads(300, 5))
    assert again == LEADS[:300]
    assert list(make_leads(300, 6)) != again


def test_a_part_of_the_stream_is_as_it_is_within_the_whole() -> None:
    assert list(make_leads(50, 5, start=2_000)) == LEADS[2_000:2_050]


def test_a_lead_has_a_name_and_a_way_to_be_reached_in_fields_that_matching_knows() -> None:
    assert set(COLUMNS) <= set(MATCH_FIELDS)
    for lead in LEADS:
        assert lead.values.keys() <= set(COLUMNS)
        assert lead.values.keys() & {"name", "company"}
        assert lead.values.keys() & {"email", "phone"}
        assert all(value.strip() for value in lead.values.values())


def test_the_share_of_duplicates_is_the_seeds_affair_unless_it_is_given() -> None:
    shares = {seed: _share_of_repeats(make_leads(2_000, seed)) for seed in range(6)}
    assert max(shares.values()) - min(shares.values()) > 0.1
    none, many = (_share_of_repeats(make_leads(2_000, 1, duplicates=share)) for share in (0, 0.6))
    assert none < 0.12
    assert many > 0.35


def test_a_mailbox_of_somebodys_own_is_nobody_elses() -> None:
    owners = defaultdict(set)
    for lead in _people():
        local, _, domain = lead.values.get("email", "").lower().partition("@")
        if domain in {"yahoo.com", "outlook.com"}:
            owners[local.partition("+")[0], domain].add(lead.cluster)
    assert len(owners) > 300
    assert sum(len(clusters) > 1 for clusters in owners.values()) <= 1


def test_colleagues_share_a_switchboard_and_households_an_address() -> None:
    phones, streets = defaultdict(set), defaultdict(set)
    for lead in _people():
        phones[lead.values.get("phone", lead.cluster)].add(lead.cluster)
        streets[lead.values.get("address", lead.cluster)].add(lead.cluster)
    assert sum(len(clusters) > 1 for clusters in phones.values()) > 50
    assert sum(len(clusters) > 1 for clusters in streets.values()) > 50


def test_a_few_firms_have_a_large_part_of_the_people_and_most_names_are_rare() -> None:
    firms = Counter(lead.values.get("company", "") for lead in _people())
    del firms[""]
    assert firms.most_common(1)[0][1] > 20
    surnames = Counter(lead.values["name"].split()[-1] for lead in _people())
    assert sum(count < 3 for count in surnames.values()) > len(surnames) / 2


@pytest.mark.parametrize("code", CULTURES)
def test_the_numbers_of_a_country_are_ones_that_it_has(code: str) -> None:
    culture = CULTURES[code]
    owners = range(1, 400)
    mobiles = [mobile_of(culture, owner) for owner in owners]
    fixed = [fixed_line(culture, culture.cities[owner % 8], owner) for owner in owners]
    for lines in (mobiles, fixed):
        assert len({(line.area, line.number) for line in lines}) > 390
        whole = [f"+{line.culture.calling}{line.area}{line.number}" for line in lines]
        valid = [phonenumbers.is_valid_number(phonenumbers.parse(one)) for one in whole]
        assert sum(valid) > 0.85 * len(valid)


def test_names_of_other_scripts_are_written_in_plain_letters() -> None:
    assert in_latin("Łukasz Żeleński") == "Lukasz Zelenski"
    assert in_latin("Наталія Щербак") == "Nataliia Shcherbak"
    assert in_latin("Γεώργιος Παπαδόπουλος") == "Georgios Papadopoulos"
    assert slug("Jürgen Weiß", way=1) == "juergenweiss"


def test_a_file_of_leads_tells_whom_each_row_speaks_of(tmp_path: Path) -> None:
    write_leads(tmp_path / "leads.csv", 40, 5)

    lines = (tmp_path / "leads.csv").read_text(encoding="utf-8").splitlines()
    assert (
        lines[0]
        == "id,cluster,name,email,phone,company,title,website,address,city,postcode,country"
    )
    assert [line.split(",")[1] for line in lines[1:]] == [lead.cluster for lead in LEADS[:40]]


def _people() -> list[LabelledLead]:
    return [lead for lead in LEADS if lead.cluster.startswith("p")]


def _share_of_repeats(leads: Iterable[LabelledLead]) -> float:
    clusters = [lead.cluster for lead in leads]
    return 1 - len(set(clusters)) / len(clusters)
