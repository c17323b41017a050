"""The editor of a declared source: a field of the form for each thing its kind can be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from fastapi import Request
from pydantic.fields import FieldInfo

from pipeline.catalog.definitions import Definition, read_definition
from pipeline.errors import InvalidInput
from pipeline.sources import Params, Source

Widget = Literal["text", "number", "check", "choice", "lines", "pairs"]
Values = Mapping[str, str]

PREFIX = "p-"
NO_VALUES: Values = MappingProxyType({})
_SEPARATOR = " = "
_LINE = 80
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: what it is told as text, and whether every source has it."""

    name: str
    label: str
    hint: str
    widget: Widget
    value: str
    required: bool
    choices: tuple[str, ...]
    placeholder: str
    is_common: bool


async def read_fields(request: Request) -> Values:
    """Give what a form of any fields holds; of several values of one the last counts."""
    form = await request.form(max_files=1, max_fields=200)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def fields_of(source: Source[Any], values: Values) -> list[Field]:
    """Give the fields of the form for a general source: those it needs first, common ones last."""
    fields = [
        _field(name, info, values.get(PREFIX + name, ""))
        for name, info in source.params.model_fields.items()
    ]
    return sorted(fields, key=lambda one: (one.is_common, not one.required, one.widget != "lines"))


def values_of(definition: Definition) -> dict[str, str]:
    """Give the content of the form for a source that is declared."""
    least, most = definition.expects or ("", "")
    params = {PREFIX + name: _told(value) for name, value in definition.params.items()}
    return {
        "slug": definition.slug,
        "title": definition.title,
        "homepage": definition.homepage,
        "least": str(least),
        "most": str(most),
        **params,
    }


def definition_from(kind: Source[Any], values: Values) -> Definition:
    """Give what a form declares.

    Raises:
        InvalidInput: something in it is missing or unusable, named in the text.
    """
    params = read_params(kind, values)
    least, most = (values.get(name, "").strip() for name in ("least", "most"))
    return read_definition(
        {
            **{name: values.get(name, "") for name in ("slug", "title", "homepage")},
            "kind": kind.slug,
            "params": params,
            "expects": [_number(least or "0"), _number(most or least)] if least or most else None,
        }
    )


def read_params(kind: Source[Any], values: Values) -> dict[str, Any]:
    """Give what a form tells a general source; what is blank is left to its defaults.

    Raises:
        InvalidInput: a line of a field names nothing.
    """
    params: dict[str, Any] = {}
    for name, info in kind.params.model_fields.items():
        text = values.get(PREFIX + name, "").strip()
        if text:
            params[name] = _read(name, _widget(info), text)
    return params


def _field(name: str, info: FieldInfo, value: str) -> Field:
    default = "" if info.is_required() else _told(info.get_default(call_default_factory=True))
    example = _told(info.examples[0]) if info.examples else default
    return Field(
        name=PREFIX + name,
        label=name.replace("_", " ").capitalize(),
        hint=info.description or "",
        widget=_widget(info),
        value=value,
        required=info.is_required(),
        choices=get_args(info.annotation) if get_origin(info.annotation) is Literal else (),
        placeholder=example if len(example) < _LINE and "\n" not in example else "",
        is_common=name in Params.model_fields,
    )


def _widget(info: FieldInfo) -> Widget:
    kind = get_origin(info.annotation) or info.annotation
    if kind is Literal:
        return "choice"
    if kind is bool:
        return "check"
    if kind in {list, tuple}:
        return "lines"
    if kind is dict:
        return "pairs"
    return "number" if kind in _NUMBERS else "text"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}{_SEPARATOR}{text}" for name, text in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _read(name: str, widget: Widget, text: str) -> Any:
    if widget == "number":
        return _number(text)
    if widget == "check":
        return True
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if widget == "lines":
        return lines
    return dict(_pair(name, line) for line in lines) if widget == "pairs" else text


def _pair(name: str, line: str) -> tuple[str, str]:
    field, sign, rule = line.partition("=")
    if not sign or not field.strip():
        raise InvalidInput(f"{name}: write each line as field = rule, unlike {line!r}.")
    return field.strip(), rule.strip()


def _number(text: str) -> int | float:
    for read in _NUMBERS:
        try:
            return read(text)
        except ValueError:
            continue
    raise InvalidInput(f"{text!r} is no number.")
