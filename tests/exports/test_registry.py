"""The register of formats."""

import pytest

from pipeline.exports.registry import EXPORTERS


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_exporter_says_what_it_makes(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.title
    assert exporter.suffix.startswith(".")
    assert ("charset=utf-8" in exporter.media_type) != (name == "xlsx")
