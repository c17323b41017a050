"""Check the installation and the data; each finding that is wrong says what to do."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

from pipeline.commands.checks.data import (
    check_accounting,
    check_index,
    check_keys,
    check_spool,
    check_waiting,
)
from pipeline.commands.checks.finding import Finding
from pipeline.commands.checks.installation import (
    check_broker,
    check_database,
    check_engine,
    check_folder,
    check_sources,
    is_fresh,
)
from pipeline.commands.context import Context, add_common_arguments
from pipeline.commands.engine_note import get_engine
from pipeline.commands.store import connect
from pipeline.errors import StartRefused
from pipeline.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which data folder."""
    add_common_arguments(parser)


def run(_: Namespace, context: Context) -> int:
    """Look at everything, tell as it goes, and give 1 if anything is wrong."""
    findings = []
    for finding in _examine(context):
        findings.append(finding)
        if not context.as_json:
            sys.stdout.write(_line(finding))
    wrong = sum(not finding.ok for finding in findings)
    context.answer(
        {"ok": not wrong, "findings": [asdict(finding) for finding in findings]},
        f"{wrong} of {len(findings)} checks failed." if wrong else "All is well.",
    )
    return 1 if wrong else 0


def _examine(context: Context) -> Iterator[Finding]:
    try:
        settings = context.settings
    except StartRefused as refusal:
        yield Finding("settings", False, str(refusal), "Correct or remove these variables.")
        return
    yield Finding("settings", True, "all can be used")
    yield check_folder(settings)
    yield check_broker(settings)
    yield check_sources()
    yield check_engine(settings)
    database = check_database(settings)
    yield database
    if database.ok and not is_fresh(settings):
        yield from _examine_data(settings)


def _examine_data(settings: Settings) -> Iterator[Finding]:
    engine_is_up = get_engine(settings.data_dir) is not None
    with closing(connect(settings)) as database, database.read() as db:
        yield check_waiting(db, engine_is_up=engine_is_up)
        yield check_spool(db, settings)
        yield check_accounting(db)
        yield check_keys(db)
        yield check_index(db, settings)


def _line(finding: Finding) -> str:
    if finding.ok:
        return f"ok     {finding.name}: {finding.detail}\n"
    return f"WRONG  {finding.name}: {finding.detail}\n       {finding.advice}\n"
