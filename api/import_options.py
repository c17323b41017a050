"""What an import can be told, in the address or in the form."""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field, ValidationError

from api.reading import ReadingChoice
from api.uploads import Upload
from pipeline.imports import ImportChoices
from pipeline.leads.schemas import Plain
from pipeline.mappings.models import MAX_NAME
from pipeline.normalize.text import normalize_text
from pipeline.readers.mapping import WORDS
from pipeline.rules import RULE_FIELDS, RULE_WORDS

Region = Annotated[
    str,
    Field(
        pattern="^([A-Z]{2})?$",
        description="The country (ISO 3166) of phone numbers without one.",
        examples=["CH"],
    ),
]
RuleField = Literal[RULE_FIELDS]  # type: ignore[valid-type]
Rule = Literal[RULE_WORDS]  # type: ignore[valid-type]
_BLANK = r"[ \t\r\n]*"
_STRING = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+"'
_PAIR = rf'{_BLANK}{_STRING}{_BLANK}:{_BLANK}"(?:{"|".join(WORDS)})"{_BLANK}'
COLUMNS_PATTERN = rf"^(?:{_BLANK}\{{(?:{_PAIR}(?:,{_PAIR})*|{_BLANK})\}}{_BLANK})?$"
"""A JSON object of columns and their kinds, so that whatever fits it can be read."""
_RULE = (
    rf'{_BLANK}"(?:{"|".join(RULE_FIELDS)})"{_BLANK}:{_BLANK}"(?:{"|".join(RULE_WORDS)})"{_BLANK}'
)
RULES_PATTERN = rf"^(?:{_BLANK}\{{(?:{_RULE}(?:,{_RULE})*|{_BLANK})\}}{_BLANK})?$"
"""A JSON object of fields and rules, likewise."""


class ImportOptions(ReadingChoice):
    """What an import can be told."""

    model_config = ConfigDict(extra="ignore")

    source: Annotated[
        Plain, Field(description="The source of leads whose row names none.", max_length=200)
    ] = ""
    region: Region = ""
    file_name: Annotated[
        Plain, Field(description="The file's name, where the body bears none.", max_length=200)
    ] = ""
    mapping: Annotated[
        Plain,
        Field(
            description="The saved mapping to read the columns by; see `GET /api/mappings`.",
            max_length=MAX_NAME,
        ),
    ] = ""
    columns: Annotated[
        str,
        Field(
            description="What single columns hold, as a JSON object of names and kinds.",
            pattern=COLUMNS_PATTERN,
            max_length=20_000,
            examples=['{"Mail": "email", "Shoe size": "custom"}'],
        ),
    ] = ""
    plan: Annotated[
        bool, Field(description="Only tell what would happen; see `GET /api/imports/{id}/plan`.")
    ] = False
    rules: Annotated[
        str,
        Field(
            description="Whether the file's values may replace those of known leads, as a JSON "
            "object of fields and `overwrite`, `fill` (only blanks) or `never`.",
            pattern=RULES_PATTERN,
            max_length=1_000,
            examples=['{"phone": "never", "company": "fill"}'],
        ),
    ] = ""

    def choices(self) -> ImportChoices:
        """Give what of this is chosen for the import itself."""
        return ImportChoices(
            plan=self.plan,
            mapping=self.mapping,
            columns=_read_columns(self.columns),
            reading=self.chosen(),
            rules=json.loads(self.rules) if self.rules.strip() else {},
        )


_IN_FORM = frozenset(ImportOptions.model_fields) - {"file_name"}


def combine_options(options: ImportOptions, upload: Upload) -> ImportOptions:
    """Add what the form says to what the address says.

    Raises:
        RequestValidationError: a field of the form cannot be used.
    """
    # A field left blank in a form says nothing; in an address, it says that there is nothing.
    given = {name: text for name, text in upload.fields.items() if name in _IN_FORM and text}
    try:
        return ImportOptions.model_validate({**options.model_dump(), **given})
    except ValidationError as error:
        upload.spooled.path.unlink(missing_ok=True)
        problems = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(problems) from None


def _read_columns(text: str) -> Mapping[str, str]:
    columns = json.loads(text) if text.strip() else {}
    return {normalize_text(name): kind for name, kind in columns.items()}
