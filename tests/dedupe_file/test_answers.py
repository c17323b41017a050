"""What people say of pairs: it outranks every score, and a line that says nothing is told."""

from pathlib import Path

from tests.dedupe_file.conftest import PEOPLE, Dedupe, read_csv, write_csv

HEADER = ["id_a", "id_b", "match"]


def test_a_person_joins_and_parts_what_the_scores_would_not(dedupe: Dedupe, tmp_path: Path) -> None:
    pairs = write_csv(tmp_path / "pairs.csv", [HEADER, ["7", "8", "0"], ["11", "10", "1"]])
    found = dedupe(PEOPLE, "--answers", pairs, "--json")
    assert found.groups() == [[2, 3, 4]]
    assert found.column("reasons")[4].startswith("with 10: you said so")
    assert found.json["answers"]["taken"] == 2
    assert found.json["answers"]["bad"] == []


def test_answers_are_written_in_many_words(dedupe: Dedupe, tmp_path: Path) -> None:
    rows = [
        ["7", "8", "Distinct"],
        ["9", "10", "no"],
        ["10", "11", "TRUE"],
        ["7", "11", ""],
        ["8", "11", "unsure"],
    ]
    told = dedupe(PEOPLE, "--answers", write_csv(tmp_path / "p.csv", [HEADER, *rows]), "--json")
    assert told.groups() == [[3, 4]]
    assert (told.json["answers"]["taken"], told.json["answers"]["unsure"]) == (3, 2)


def test_a_bad_line_is_told_by_its_number_and_spoils_no_other(
    dedupe: Dedupe, tmp_path: Path
) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "id_a,id_b,match\n7,99,1\n\n7,7,1\n7,8,perhaps\n7\n9,10,0\n10,9,1\n7,8,0\n8,7,0\n"
    )
    found = dedupe(PEOPLE, "--answers", pairs, "--json")
    assert found.groups() == []
    assert found.json["answers"]["bad"] == [
        {"line": 2, "why": "the column 'id' has no value '99'"},
        {"line": 4, "why": "7 is paired with itself"},
        {"line": 5, "why": "'perhaps' is no answer; write 1 or 0, yes or no, match or distinct"},
        {"line": 6, "why": "an id is missing"},
        {"line": 8, "why": "says the contrary of line 7"},
    ]
    assert found.json["answers"]["taken"] == 2
    assert "Line 4 is no answer: 7 is paired with itself." in dedupe(PEOPLE, "--answers", pairs).out


def test_rows_without_ids_go_by_their_number(dedupe: Dedupe, tmp_path: Path) -> None:
    text = "name,email\nAnn Lee,ann@example.com\nBo Li,bo@example.com\nCy Orr,cy@example.com\n"
    pairs = write_csv(tmp_path / "pairs.csv", [HEADER, ["1", "3", "1"], ["2", "4", "1"]])
    found = dedupe(text, "--answers", pairs, "--json")
    assert found.groups() == [[0, 2]]
    assert found.json["answers"]["bad"] == [{"line": 3, "why": "there is no row '4'"}]


def test_answers_are_read_from_any_table(dedupe: Dedupe, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.txt"
    pairs.write_bytes("note;Match;ID_B;ID_A\nfür Ann;yes;11;7\n".encode("cp1252"))
    assert dedupe(PEOPLE, "--answers", pairs).groups()[0] == [0, 1, 4]


def test_a_file_without_the_three_columns_is_refused(dedupe: Dedupe, tmp_path: Path) -> None:
    found = dedupe(PEOPLE, "--answers", write_csv(tmp_path / "p.csv", [["a", "b"], ["7", "8"]]))
    assert found.status == 2
    assert "id_a, id_b, match" in found.err
    assert dedupe(PEOPLE, "--answers", tmp_path / "none.csv").status == 2


def test_people_contradict_each_other_and_the_file_is_still_written(
    dedupe: Dedupe, tmp_path: Path
) -> None:
    rows = [["7", "9", "1"], ["9", "11", "1"], ["7", "11", "0"]]
    found = dedupe(PEOPLE, "--answers", write_csv(tmp_path / "p.csv", [HEADER, *rows]))
    assert found.status == 0
    clusters = dict(zip(found.column("id"), found.column("cluster"), strict=True))
    assert clusters["7"] != clusters["11"]


def test_doubtful_pairs_are_asked_and_their_answers_taken(dedupe: Dedupe, tmp_path: Path) -> None:
    text = (
        "id,name,email,city\n=1,Ann Lee,ann@example.com,Rome\n=2,Ann Lee,,Rome\n"
        "=3,Bo Li,bo@example.com,Bonn\n=4,Bo Li,b.li@example.org,\n=5,Ann Lee,,\n"
    )
    asked = dedupe(text, "--pairs", tmp_path / "ask.csv", "--json").json
    header, *questions = read_csv(tmp_path / "ask.csv")
    assert header[:5] == ["id_a", "id_b", "match", "a", "b"]
    assert len(questions) == asked["pairs_written"] == asked["bands"]["review"] > 0
    assert all(cell[:1] not in {"=", "+", "-", "@"} for row in questions for cell in row)
    assert {row[header.index("band")] for row in questions} == {"review"}
    assert not any(row[header.index("match")] for row in questions)

    filled = [[*row[:2], "0", *row[3:]] for row in questions]
    write_csv(tmp_path / "ask.csv", [header, *filled])
    told = dedupe(
        text, "--answers", tmp_path / "ask.csv", "--pairs", tmp_path / "more.csv", "--json"
    )
    assert told.json["answers"]["taken"] == len(questions)
    assert told.json["answers"]["bad"] == []
    again = {frozenset(row[:2]) for row in read_csv(tmp_path / "more.csv")[1:]}
    assert again.isdisjoint(frozenset(row[:2]) for row in questions)


def test_no_more_pairs_are_asked_than_wanted(dedupe: Dedupe, tmp_path: Path) -> None:
    names = "".join(f"{at},Ann Lee,Rome\n" for at in range(5))
    dedupe(f"id,name,city\n{names}", "--pairs", tmp_path / "ask.csv", "--limit", 2)
    assert len(read_csv(tmp_path / "ask.csv")) <= 3
