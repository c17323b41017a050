"""What declares a source: which general source reads it, and what that one is told."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Annotated, Any

import orjson
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    create_model,
)
from pydantic import StringConstraints as Text

from pipeline.errors import InvalidInput
from pipeline.sources import Params, Source, load_sources

MAX_TITLE = 120
MAX_DEFINITION = 200_000
_SLUG = r"^[a-z][a-z0-9_]{0,39}$"
_EXAMPLE: JsonValue = {
    "slug": "harbour_firms",
    "title": "Harbour firms",
    "homepage": "https://harbour.example/",
    "kind": "listing",
    "params": {
        "start": ["https://harbour.example/firms?page={page}"],
        "item": "li.firm",
        "fields": {"company": "h3", "email": ".mail a@href", "phone": ".tel"},
    },
    "expects": [20, 400],
}

Line = Annotated[str, Text(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Count = Annotated[int, Field(ge=0, le=10_000_000)]


class Definition(BaseModel):
    """A source declared as data.

    `expects` is the least and the most records that a run should bring.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [_EXAMPLE]}
    )

    slug: str = Field(pattern=_SLUG, description="Its name in commands and addresses: snake_case.")
    title: Annotated[Line, Field(min_length=1, max_length=MAX_TITLE)]
    homepage: Annotated[Line, Field(default="", max_length=2_000, pattern=r"^(?:https?://.*)?$")]
    kind: str = Field(max_length=40, description="The general source that reads it.")
    params: dict[str, JsonValue] = Field(description="What that source is told.")
    expects: tuple[Count, Count] | None = None


def check_plain(values: Mapping[str, Any]) -> None:
    """Check that values can be kept as JSON anywhere.

    Raises:
        InvalidInput: they are too large, or hold half a character or a NUL.
    """
    try:
        text = orjson.dumps(values)
    except TypeError:
        raise InvalidInput("params: they hold half a character, or too large a number.") from None
    if len(text) > MAX_DEFINITION or rb"\u0000" in text:
        raise InvalidInput(f"params: they hold a NUL, or more than {MAX_DEFINITION:,} bytes.")


def read_definition(values: Any) -> Definition:
    """Read a definition that came from outside.

    Raises:
        InvalidInput: something in it is unknown, missing or unusable, named in the text.
    """
    try:
        return Definition.model_validate(values)
    except ValidationError as error:
        said = [
            f"{'.'.join(map(str, one['loc'])) or 'definition'}: {one['msg']}"
            for one in error.errors()
        ]
        raise InvalidInput(f"{'; '.join(said)}.") from None


def make_source(definition: Definition) -> Source[Any]:
    """Make the source that a definition declares. A run of it may still be told otherwise.

    Raises:
        InvalidInput: there is no source of its kind, or that one cannot do with its params.
    """
    check_plain(definition.params)
    kinds = load_sources().sources
    if definition.kind not in kinds:
        raise InvalidInput(f"kind: there is no {definition.kind!r}; known are {', '.join(kinds)}.")
    least, most = definition.expects or (0, 0)
    if least > most:
        raise InvalidInput("expects: the least is more than the most.")
    base = kinds[definition.kind]
    base.start(base.read_params(definition.params))
    return replace(
        base,
        slug=definition.slug,
        title=definition.title,
        homepage=definition.homepage,
        expects=definition.expects,
        params=_preset(base.params, definition.params),
    )


def _preset(model: type[Params], values: Mapping[str, JsonValue]) -> type[Params]:
    """Give params whose defaults are these values, checked as if a run had given them."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        known = model.model_fields[name]
        changed = copy(known)
        changed.default, changed.default_factory, changed.validate_default = value, None, True
        fields[name] = (known.annotation, changed)
    made: type[Params] = create_model(model.__name__, __base__=model, **fields)
    return made
