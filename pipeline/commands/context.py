"""What every command is given: the environment, the settings, and where to answer."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from pipeline.settings import Settings

ACTOR = "cli"
"""The name that the change ledger gives to whoever uses the command line."""

_JSON = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


@dataclass(frozen=True)
class Context:
    """One call of the command line."""

    environ: Mapping[str, str]
    as_json: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The settings; StartRefused is raised at first use if they are unusable."""
        return Settings.from_env(self.environ)

    def answer(self, document: Any, text: str | Callable[[], str]) -> None:
        """Write the answer to standard output: ``document`` for scripts or ``text`` for people."""
        if self.as_json:
            sys.stdout.write(orjson.dumps(document, option=_JSON).decode())
        else:
            sys.stdout.write((text if isinstance(text, str) else text()) + "\n")

    def tell(self, text: str) -> None:
        """Write a remark to standard error, where it disturbs no script."""
        sys.stderr.write(text + "\n")

    def complain(self, text: str) -> None:
        """Say in one line why the command did not do what it was asked to."""
        if self.as_json:
            sys.stdout.write(orjson.dumps({"error": text}, option=_JSON).decode())
        self.tell(f"leads: {text}")


def add_data_argument(parser: ArgumentParser) -> None:
    """Let a command be pointed at a data folder."""
    parser.add_argument(
        "--data", dest="data_dir", metavar="DIR", help="the data folder (default: ./data)"
    )


def add_json_argument(parser: ArgumentParser) -> None:
    """Let a command answer in JSON."""
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")


def add_common_arguments(parser: ArgumentParser) -> None:
    """Give a command ``--data`` and ``--json``."""
    add_data_argument(parser)
    add_json_argument(parser)
