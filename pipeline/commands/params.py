"""What a source is told on the command line: a URL, and ``--param NAME=VALUE`` repeatedly."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

import orjson

from pipeline.errors import InvalidInput
from pipeline.sources import Source


def add_param_argument(parser: ArgumentParser) -> None:
    """Let a command take parameters for a source."""
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the source, as leads sources lists them; NAME.PART=VALUE sets a part "
        'of one, and ["…"] gives several values',
    )


def read_params(source: Source[Any], url: str | None, pairs: Sequence[str]) -> dict[str, Any]:
    """Give the parameters by name; the URL is where the source begins.

    Raises:
        InvalidInput: one of them is no NAME=VALUE, is given twice, or the source takes no URL.
    """
    params: dict[str, Any] = {} if url is None else _start(source, url)
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign):
            raise InvalidInput(f"--param {pair}: write it as NAME=VALUE.")
        _set(params, name, _read(name, value))
    return params


def _start(source: Source[Any], url: str) -> dict[str, Any]:
    fields = source.params.model_fields
    if "url" in fields:
        return {"url": url}
    if "start" in fields:
        return {"start": [url]}
    raise InvalidInput(f"Source {source.slug} takes no URL; see leads sources.")


def _read(name: str, value: str) -> Any:
    if not value.startswith(("[", "{")):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        raise InvalidInput(f"--param {name}: begins like JSON, but is none.") from None


def _set(params: dict[str, Any], name: str, value: Any) -> None:
    whole, dot, part = name.partition(".")
    place = params.setdefault(whole, {}) if dot else params
    if not isinstance(place, dict) or (part or whole) in place:
        raise InvalidInput(f"--param {name}: it is given twice.")
    place[part or whole] = value
