"""Collect leads from a web site, politely, and report what came of the pages."""

import time
from argparse import ArgumentParser, Namespace

from sqlalchemy.orm import Session

from pipeline.catalog.service import require_source
from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.follow import follow_run
from pipeline.commands.params import add_param_argument, read_params
from pipeline.commands.run_report import report_run
from pipeline.commands.store import open_store
from pipeline.crawl import request_replay, request_scrape
from pipeline.crawl.report import CrawlReport, report_crawl
from pipeline.errors import InvalidInput
from pipeline.runs.models import Run

DEFAULT_SOURCE = "website"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the place and how it is read."""
    add_common_arguments(parser)
    parser.add_argument("url", metavar="URL", nargs="?", help="where to begin")
    parser.add_argument(
        "--source", default=DEFAULT_SOURCE, metavar="SLUG", help="how to read it (default: website)"
    )
    parser.add_argument(
        "--replay",
        type=int,
        metavar="RUN",
        help="read the kept pages of a run once more, fetching nothing",
    )
    add_param_argument(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Request the scrape, follow it to its end, and report."""
    began = time.perf_counter()
    with open_store(context.settings) as database:
        run_id = database.transact(lambda db: _request(db, arguments).id, actor=ACTOR)
        ended = follow_run(database, context.settings, run_id)
        with database.read() as db:
            crawl = report_crawl(db, run_id)
    politeness = {"requests": crawl.requests, "compliant": crawl.compliance.is_compliant}
    status = report_run(context, ended, time.perf_counter() - began, politeness)
    context.tell(_judge(crawl))
    return status


def _judge(crawl: CrawlReport) -> str:
    rules = crawl.compliance
    if rules.is_compliant:
        return f"{crawl.requests:,} requests, every one allowed and in its time."
    return f"{len(rules.violations):,} of {crawl.requests:,} requests were too soon or not allowed."


def _request(db: Session, arguments: Namespace) -> Run:
    if arguments.replay is not None:
        if arguments.url or arguments.param:
            raise InvalidInput("A replay reads what a run kept; it takes neither URL nor --param.")
        return request_replay(db, arguments.replay)
    source = require_source(db, arguments.source)
    params = read_params(source, arguments.url, arguments.param)
    return request_scrape(db, source.slug, params)
