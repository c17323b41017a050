"""What a source is told on the command line: ``--param name=value``, as often as needed."""

from argparse import ArgumentParser
from collections.abc import Sequence

from pipeline.errors import InvalidInput


def add_param_argument(parser: ArgumentParser) -> None:
    """Let a command take parameters for a source."""
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the source; leads sources lists them",
    )


def read_params(pairs: Sequence[str], url: str | None) -> dict[str, str]:
    """Give the parameters by name, the URL as ``url``.

    Raises:
        InvalidInput: one of them is no NAME=VALUE, or is given twice.
    """
    params = {} if url is None else {"url": url}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign):
            raise InvalidInput(f"--param {pair}: write it as NAME=VALUE.")
        if name in params:
            raise InvalidInput(f"--param {name}: it is given twice.")
        params[name] = value
    return params
