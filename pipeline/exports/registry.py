"""The register of export formats; a further format is one file and one entry here."""

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.exports.columns import Exporter
from pipeline.exports.csv_file import write_csv, write_excel_csv
from pipeline.exports.json_lines import write_json_lines
from pipeline.exports.vcards import write_vcards
from pipeline.exports.workbook import MAX_CHARACTERS, MAX_COLUMNS, write_workbook

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON_LINES = "application/x-ndjson; charset=utf-8"
_VCARD = "text/vcard; charset=utf-8"

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "csv": Exporter("CSV", _CSV, ".csv", write_csv, flat=True),
        "excel": Exporter("CSV for Excel", _CSV, ".csv", write_excel_csv, flat=True),
        "xlsx": Exporter(
            "Excel workbook",
            _XLSX,
            ".xlsx",
            write_workbook,
            flat=True,
            max_columns=MAX_COLUMNS,
            max_characters=MAX_CHARACTERS,
        ),
        "jsonl": Exporter("JSON Lines", _JSON_LINES, ".jsonl", write_json_lines),
        "vcard": Exporter("vCard", _VCARD, ".vcf", write_vcards),
    }
)
"""All formats by the name a person asks for; ``excel`` is CSV that Excel opens as UTF-8."""
