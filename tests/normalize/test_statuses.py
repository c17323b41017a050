"""The words of other systems stand for our four statuses."""

import pytest

from pipeline.normalize.statuses import STATUSES, normalize_status


@pytest.mark.parametrize("status", STATUSES)
def test_our_own_words_stand_for_themselves(status: str) -> None:
    assert normalize_status(status) == status
    assert normalize_status(status.upper()) == status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Open - Not Contacted", "new"),
        ("neu", "new"),
        ("Nouveau", "new"),
        ("ATTEMPTED_TO_CONTACT", "contacted"),
        ("Working - Contacted", "contacted"),
        ("In Progress", "contacted"),
        ("SQL", "qualified"),
        ("Closed - Converted", "qualified"),
        ("Qualifié", "qualified"),
        ("Won", "qualified"),
        ("Unqualified", "disqualified"),
        ("Junk Lead", "disqualified"),
        ("Closed Lost", "disqualified"),
        ("não qualificado", "disqualified"),
    ],
)
def test_the_usual_words_are_understood(word: str, status: str) -> None:
    assert normalize_status(word) == status


@pytest.mark.parametrize("word", ["", "  ", "purple", "🙂"])
def test_an_unknown_word_has_no_status(word: str) -> None:
    assert normalize_status(word) is None
