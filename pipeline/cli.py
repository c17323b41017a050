"""The ``leads`` command: the door that reads the environment. Each command is loaded when asked."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import Any

from pipeline.errors import Conflict, InvalidInput, LeadEngineError, NotFound, StartRefused

DONE, FAILED, REFUSED = 0, 1, 2

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "up": ("up", "start the engine: queue, workers, schedule, API and dashboard"),
        "demo": ("demo", "try everything on a throw-away data folder"),
        "import": ("import_file", "import a file: CSV, Excel, JSON, vCard, packed or not"),
        "apply": ("apply", "import exactly as planned"),
        "preview": ("preview", "show how a file would be read, without importing it"),
        "dedupe": ("dedupe", "find the duplicates within any file, storing nothing"),
        "resolve": ("resolve", "match all leads against each other, old ones too"),
        "scrape": ("scrape", "collect leads from a web site"),
        "extract": ("extract", "read the people and organizations off any web page"),
        "export": ("export", "write leads out as CSV, Excel, JSON Lines or vCard"),
        "mappings": ("mappings", "list and change what was chosen for the columns of files"),
        "duplicates": ("duplicates", "look at leads that may be one, and answer"),
        "why": ("why", "tell why a lead is what it is"),
        "runs": ("runs", "list imports, scrapes and large undos, or show one of them"),
        "receipt": ("receipt", "prove by hashes what became of a file"),
        "issues": ("issues", "write an import's rejected rows as a file to correct"),
        "pause": ("pause", "let a run stand still until it is resumed"),
        "resume": ("resume", "go on with a run that was interrupted or paused"),
        "cancel": ("cancel", "stop a run; what it wrote stays and can be undone"),
        "sources": ("sources", "list, try and move the sources that can be scraped"),
        "new-source": ("new_source", "begin a source from a page: guess how it is read"),
        "health": ("health", "show how all sources are, the worst first"),
        "alarms": ("alarms", "look at runs that found something unusual, and decide"),
        "merge": ("merge", "merge two leads that are one"),
        "split": ("split", "take a merged lead out again, as it was"),
        "operations": ("operations", "list what changed leads, and who did it"),
        "undo": ("undo", "take an operation back"),
        "keys": ("keys", "make, list and revoke API keys"),
        "schedules": ("schedules", "let sources run by themselves"),
        "suppress": ("suppress", "keep an e-mail, phone or domain from becoming a lead"),
        "doctor": ("doctor", "check the installation and the data"),
        "migrate": ("migrate", "bring the database to the newest schema"),
    }
)
"""Each command's module in :mod:`pipeline.commands`, and what it does."""


def main() -> None:
    """Run the command line of this process."""
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        status = run(sys.argv[1:], os.environ)  # noqa: TID251 - the command line's door
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read our output has gone; Python must not try to flush it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    sys.exit(status)


def run(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command and give its exit status: 0 done, 1 failed, 2 refused."""
    try:
        arguments = _build_parser().parse_args(argv)
    except SystemExit as end:
        return int(end.code or DONE)
    from pipeline.commands.context import Context  # noqa: PLC0415 - the help needs none of it

    context = Context(_environ(arguments, environ), as_json=getattr(arguments, "json", False))
    try:
        return int(arguments.module.run(arguments, context))
    except (InvalidInput, NotFound, Conflict, StartRefused) as error:
        context.complain(str(error))
        return REFUSED
    except LeadEngineError as error:
        context.complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        context.complain("Stopped.")
        return FAILED


class _Command(argparse.ArgumentParser):
    """The parser of one command: it learns the command's arguments once they are needed."""

    def __init__(self, *, module: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._module = module

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._module:
            module: ModuleType = importlib.import_module(f"pipeline.commands.{self._module}")
            module.add_arguments(self)
            self.set_defaults(module=module)
            self.description = module.__doc__
        return super().parse_known_args(args, namespace)


class _ShowVersion(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - the help needs none of it

        parser.exit(message=f"leads {version('lead-engine')}\n")


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leads",
        description="Collect, clean, dedupe and review sales leads.",
        epilog="Each command has its own --help. Settings are LEADS_* variables; see .env.example.",
    )
    parser.add_argument("-V", "--version", action=_ShowVersion, nargs=0, help="show the version")
    commands = parser.add_subparsers(
        metavar="COMMAND", required=True, parser_class=_Command, title="commands"
    )
    for name, (module, summary) in COMMANDS.items():
        commands.add_parser(name, help=summary, module=module)
    return parser


def _environ(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Mapping[str, str]:
    """Let what the command line says go before the environment."""
    given = {name: getattr(arguments, name, None) for name in ("data_dir", "host", "port")}
    named = {f"LEADS_{name.upper()}": value for name, value in given.items() if value is not None}
    return {**environ, **named}


if __name__ == "__main__":
    main()
