"""What an import can be told, in the address or in the form."""

from typing import Annotated

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from api.uploads import Upload
from pipeline.leads.schemas import Plain

Region = Annotated[
    str,
    Field(
        pattern="^([A-Z]{2})?$",
        description="The country (ISO 3166) of phone numbers without one.",
        examples=["CH"],
    ),
]


class ImportOptions(BaseModel):
    """What an import can be told."""

    source: Annotated[
        Plain, Field(description="The source of leads whose row names none.", max_length=200)
    ] = ""
    region: Region = ""
    file_name: Annotated[
        Plain, Field(description="The file's name, where the body bears none.", max_length=200)
    ] = ""


def combine_options(options: ImportOptions, upload: Upload) -> ImportOptions:
    """Add what the form says to what the address says.

    Raises:
        RequestValidationError: a field of the form cannot be used.
    """
    given = {name: upload.fields[name] for name in ("source", "region") if name in upload.fields}
    try:
        return ImportOptions.model_validate({**options.model_dump(), **given})
    except ValidationError as error:
        upload.spooled.path.unlink(missing_ok=True)
        problems = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(problems) from None
