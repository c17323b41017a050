"""The register of export formats; a further format is one file and one line here."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.exports.columns import Exporter
from pipeline.exports.csv_file import BYTE_ORDER_MARK, CsvExporter
from pipeline.exports.json_lines import JsonLinesExporter

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "csv": CsvExporter(),
        "excel": CsvExporter(mark=BYTE_ORDER_MARK),
        "jsonl": JsonLinesExporter(),
    }
)
"""All formats by the name a person asks for; ``excel`` is CSV that Excel opens as UTF-8."""
