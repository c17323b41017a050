"""What an import can be told, in the address or in the form."""

import json
from collections.abc import Mapping
from typing import Annotated

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from api.uploads import Upload
from pipeline.imports import ImportChoices
from pipeline.leads.schemas import Plain
from pipeline.mappings.models import MAX_NAME
from pipeline.normalize.text import normalize_text
from pipeline.readers.mapping import WORDS

Region = Annotated[
    str,
    Field(
        pattern="^([A-Z]{2})?$",
        description="The country (ISO 3166) of phone numbers without one.",
        examples=["CH"],
    ),
]
_STRING = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))+"'
_PAIR = rf'\s*{_STRING}\s*:\s*"(?:{"|".join(WORDS)})"\s*'
COLUMNS_PATTERN = rf"^(?:\s*\{{(?:{_PAIR}(?:,{_PAIR})*|\s*)\}}\s*)?$"
"""A JSON object of columns and their kinds, so that whatever fits it can be read."""


class ImportOptions(BaseModel):
    """What an import can be told."""

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

    def choices(self) -> ImportChoices:
        """Give what of this is chosen for the import itself."""
        return ImportChoices(mapping=self.mapping, columns=_read_columns(self.columns))


_IN_FORM = ("source", "region", "mapping", "columns")


def combine_options(options: ImportOptions, upload: Upload) -> ImportOptions:
    """Add what the form says to what the address says.

    Raises:
        RequestValidationError: a field of the form cannot be used.
    """
    given = {name: upload.fields[name] for name in _IN_FORM if name in upload.fields}
    try:
        return ImportOptions.model_validate({**options.model_dump(), **given})
    except ValidationError as error:
        upload.spooled.path.unlink(missing_ok=True)
        problems = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(problems) from None


def _read_columns(text: str) -> Mapping[str, str]:
    columns = json.loads(text) if text.strip() else {}
    return {normalize_text(name): kind for name, kind in columns.items()}
