"""``leads duplicates`` and ``leads why``: listed, explained, answered, asked one by one."""

import io

import pytest

from pipeline.database.engine import Database
from pipeline.matches.models import Match
from pipeline.resolve.index import reindex
from tests.cli.conftest import Leads
from tests.matches.matching import ask_of_pair


@pytest.fixture
def matches(database: Database) -> list[Match]:
    """Two questions, the first the more useful."""
    with database.write("test") as db:
        found = [ask_of_pair(db, name) for name in ("Ann Lee", "Bo Ray")]
        for one, useful in zip(found, (900, 100), strict=True):
            one.usefulness = useful
            reindex(db, (one.left_id, one.right_id))
        return found


def test_pairs_are_listed_with_both_leads(leads: Leads, matches: list[Match]) -> None:
    listed = leads("duplicates", "--json").json

    assert [one["match"] for one in listed] == [one.id for one in matches]
    assert listed[0]["left"]["name"] == "Ann Lee"
    assert len(leads("duplicates", "--limit", 1, "--json").json) == 1
    text = leads("duplicates").out
    assert "Ann Lee" in text
    assert "Bo Ray" in text


def test_a_match_is_explained(leads: Leads, matches: list[Match]) -> None:
    number = matches[0].id

    text = leads("duplicates", "show", number).out
    told = leads("duplicates", "show", number, "--json").json

    assert "Ann Lee" in text
    assert f"{told['reasons'][0]['bits']:+.1f}" in text
    assert all(one["text"] in text for one in told["reasons"])
    assert told["reasons"][-1]["total"] == pytest.approx(told["bits"])


def test_answers_are_taken_once_and_can_be_taken_back(leads: Leads, matches: list[Match]) -> None:
    first, second = (one.id for one in matches)

    merged = leads("duplicates", "merge", first, "--json").json
    apart = leads("duplicates", "distinct", second)
    again = leads("duplicates", "merge", first)

    assert (merged["state"], merged["lead"]) == ("merged", matches[0].left_id)
    assert apart.status == 0
    assert again.status == 2
    assert "answered already" in again.err
    assert leads("duplicates").out == "No leads wait for an answer.\n"
    leads("undo", merged["operation"])
    assert [one["match"] for one in leads("duplicates", "--json").json] == [first]


def test_the_winner_may_be_chosen(leads: Leads, matches: list[Match]) -> None:
    winner = matches[0].right_id

    answer = leads("duplicates", "merge", matches[0].id, "--winner", winner, "--json").json

    assert answer["lead"] == winner


def test_a_skipped_pair_comes_last(leads: Leads, matches: list[Match]) -> None:
    leads("duplicates", "skip", matches[0].id)

    assert [one["match"] for one in leads("duplicates", "--json").json] == [
        matches[1].id,
        matches[0].id,
    ]


def test_one_is_asked_one_by_one(
    leads: Leads, matches: list[Match], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("what?\ns\nn\nyes\n"))

    answered = leads("duplicates", "answer", "--json")

    # The skipped one comes again once the other is answered.
    assert [one["state"] for one in answered.json] == ["open", "distinct", "merged"]
    assert "[y]es [n]o [s]kip [q]uit" in answered.err


def test_whoever_has_enough_may_leave(
    leads: Leads, matches: list[Match], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))

    assert leads("duplicates", "answer").out == "0 answered.\n"
    assert len(leads("duplicates", "--json").json) == len(matches)


def test_a_lead_tells_why_also_by_the_id_of_a_merged_one(
    leads: Leads, matches: list[Match]
) -> None:
    match = matches[0]
    operation = leads("duplicates", "merge", match.id, "--json").json["operation"]

    why = leads("why", match.right_id, "--json").json
    text = leads("why", match.right_id).out

    assert (why["lead"], why["asked"]) == (match.left_id, match.right_id)
    assert why["members"] == [match.left_id, match.right_id]
    assert [one["operation"] for one in why["merges"]] == [operation]
    assert {one["match"] for one in why["matches"]} == {match.id}
    assert len(why["sightings"]) == 2
    assert f"Lead {match.right_id} lives on in lead {match.left_id}, Ann Lee" in text
    assert all(one["text"] in text for one in why["matches"][0]["reasons"])


@pytest.mark.usefixtures("database")
def test_there_is_no_such_lead_or_match(leads: Leads) -> None:
    assert leads("why", 7).status == 2
    assert leads("duplicates", "show", 7).status == 2
