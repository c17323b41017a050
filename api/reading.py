"""How a file shall be read where what it seems to be is wrong."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.leads.schemas import Plain

NO_HEADER = -1
_WORDS = {"tab": "\t"}


class ReadingChoice(BaseModel):
    """How a file shall be read; what is left out is found out from the file."""

    model_config = ConfigDict(extra="forbid")

    encoding: Annotated[
        str | None,
        Field(
            pattern="^[A-Za-z0-9_.:-]*$",
            max_length=40,
            description="The text's encoding, by a name that Python knows.",
            examples=["windows-1252"],
        ),
    ] = None
    delimiter: Annotated[
        str | None,
        Field(
            pattern="^(tab|[\t -~¦§¬]{0,4})$",
            description="What separates cells; `tab` is a tab, blank a single column.",
            examples=[";"],
        ),
    ] = None
    quotechar: Annotated[
        str | None,
        Field(pattern="^[ -~]?$", description="What quotes cells; blank: nothing.", examples=['"']),
    ] = None
    header_row: Annotated[
        int | None,
        Field(
            ge=NO_HEADER,
            le=1_000,
            description="How many rows stand above the header; -1: there is no header.",
        ),
    ] = None
    sheet: Annotated[
        Plain | None, Field(max_length=200, description="The sheet of a workbook to read.")
    ] = None
    member: Annotated[
        Plain | None, Field(max_length=500, description="The file of an archive to read.")
    ] = None

    def chosen(self) -> dict[str, Any]:
        """Give what was chosen, as a run keeps it."""
        given = {name: getattr(self, name) for name in ReadingChoice.model_fields}
        chosen = {name: value for name, value in given.items() if value is not None}
        if chosen.get("header_row") == NO_HEADER:
            chosen["header_row"] = None
        if "delimiter" in chosen:
            chosen["delimiter"] = _WORDS.get(chosen["delimiter"], chosen["delimiter"])
        return chosen
