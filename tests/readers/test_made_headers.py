"""How many columns are told rightly, over made-up headers of all systems and languages."""

import random
from collections import Counter
from collections.abc import Iterable

import pytest

from pipeline.readers.guessing import guess_mapping
from tests.readers.made_headers import (
    CASELESS,
    EVERYDAY,
    ODD_ONES,
    STYLES,
    SYSTEMS,
    Truth,
    make_files,
    mistype,
    read_system,
)

PRECISION, RECALL = 0.97, 0.95


def doubtful_kinds(files: Iterable[Truth]) -> dict[str, tuple[float, float]]:
    """Give the precision and recall of the kinds that miss what is asked of them."""
    told, true, right = Counter[str](), Counter[str](), Counter[str]()
    for truth in files:
        kinds = guess_mapping([name for name, _ in truth], []).kinds
        for (_, kind), guess in zip(truth, kinds, strict=True):
            true[kind] += 1
            told[guess] += 1
            right[kind] += kind == guess
    assert true.total() > 100
    scores = {
        kind: (right[kind] / told[kind] if told[kind] else 0.0, right[kind] / true[kind])
        for kind in true
    }
    return {kind: score for kind, score in scores.items() if not _good(*score)}


def _good(precision: float, recall: float) -> bool:
    return precision >= PRECISION and recall >= RECALL


def test_the_columns_of_all_systems_are_told() -> None:
    assert doubtful_kinds(map(read_system, SYSTEMS)) == {}


@pytest.mark.parametrize("style", STYLES)
def test_the_columns_of_all_languages_are_told_in_every_way_of_writing(style: str) -> None:
    languages = EVERYDAY.keys() - (CASELESS if style == "camel" else ())
    files = make_files(1, {style: STYLES[style]}, languages=sorted(languages), count=6)
    assert doubtful_kinds(files) == {}


def test_columns_with_a_typing_error_are_told() -> None:
    chance = random.Random(2)
    ways = {"mistyped": lambda name: mistype(name, chance)}
    languages = sorted(EVERYDAY.keys() - CASELESS)
    scores = doubtful_kinds(make_files(3, ways, languages=languages, count=40))
    # An error lost among the odd ones makes these no worse as fields.
    scores.pop("", None)
    assert scores == {}


@pytest.mark.parametrize("name", ODD_ONES)
def test_a_column_that_only_sounds_like_a_field_is_none(name: str) -> None:
    assert guess_mapping([name, "Email"], []).kinds == ["", "email"]
