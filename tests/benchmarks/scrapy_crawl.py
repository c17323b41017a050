"""The crawl as Scrapy does it: ``python -m tests.benchmarks.scrapy_crawl FOLDER PAGES URL …``.

Both ways read a page with our own kit, so that only the engines differ. One is what Scrapy's
tutorial leads to, a CrawlSpider with a LinkExtractor; ``--tuned`` is for speed: links from the
parsed page that our kit reads anyway, no middleware that is not needed, many requests at once.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

from pipeline.fetch.response import Response as Answer
from pipeline.pages import Page, Params
from tests.benchmarks.contest import PEERS
from tests.benchmarks.crawl_report import Task, read_arguments, report
from tests.benchmarks.directory_reading import READINGS
from tests.benchmarks.directory_source import list_urls

PARAMS = Params()
PLAIN: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
}
TUNED: dict[str, Any] = PLAIN | {
    "LOG_LEVEL": "ERROR",
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "DEPTH_STATS_VERBOSE": False,
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    },
    "EXTENSIONS": {
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.memusage.MemoryUsage": None,
    },
}

BROAD: dict[str, Any] = {
    "CONCURRENT_REQUESTS": 400,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
}


def read_page(page: Page[Params], reading: str) -> Iterator[dict[str, object]]:
    """Give what a page shows as items."""
    for record in READINGS[reading](page):
        yield {
            "fields": dict(record.fields),
            "emails": list(record.emails),
            "phones": list(record.phones),
            "raw": dict(record.raw),
            "url": record.url,
        }


class PlainSpider(CrawlSpider):
    """Follows every link, as the tutorial has it."""

    name = "plain"
    reading: str

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the URLs that were given, which count as seen."""
        for url in self.start_urls:
            yield Request(url)

    rules = (Rule(LinkExtractor(), callback="parse_page", follow=True),)

    def parse_page(self, response: Response) -> Iterator[dict[str, object]]:
        """Read one page."""
        yield from read_page(_page(response), self.reading)

    def parse_start_url(self, response: Response, **_: Any) -> Iterator[dict[str, object]]:
        """Read the front page, too."""
        return self.parse_page(response)


class TunedSpider(Spider):
    """Follows every link; the page is parsed once, for its contacts and its links."""

    name = "tuned"
    reading: str
    follow = True

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the URLs that were given."""
        for url in self.start_urls:
            yield Request(url)

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """Read one page."""
        page = _page(response)
        yield from read_page(page, self.reading)
        if self.follow:
            hrefs = {node.attributes.get("href") or "" for node in page.html.css("a[href]")}
            for href in hrefs:
                if href.startswith(("/", "http")):
                    yield Request(response.urljoin(href))


class ListSpider(TunedSpider):
    """Reads the pages of a list and follows nothing."""

    name = "list"
    follow = False


def main() -> None:
    """Crawl and report."""
    task = read_arguments()
    settings = (TUNED | _loop()) if task.tuned else PLAIN
    settings = settings | (BROAD if task.broad else {})
    feed = {f"{task.folder}/items.jsonl": {"format": "jsonlines"}}
    process = CrawlerProcess(settings | {"FEEDS": feed})
    crawler = process.create_crawler(_choose_spider(task))

    def crawl() -> tuple[int, int]:
        urls = list_urls(task.origins, 1 if task.follow else task.pages)
        hosts = [origin.split("/")[2].partition(":")[0] for origin in task.origins]
        process.crawl(crawler, start_urls=urls, allowed_domains=hosts, reading=task.reading)
        process.start()
        stats: dict[str, int] = crawler.stats.get_stats() if crawler.stats else {}
        pages = stats["response_received_count"] - stats.get("robotstxt/response_count", 0)
        return pages, stats["item_scraped_count"]

    report(crawl)


def _choose_spider(task: Task) -> type[Spider]:
    if not task.follow:
        return ListSpider
    return TunedSpider if task.tuned else PlainSpider


def _loop() -> dict[str, str]:
    """Take the fastest event loop if there is one: it lives with the peers, not with us."""
    if not PEERS.exists():
        return {}
    sys.path += map(str, PEERS.parents[1].glob("lib/python*/site-packages"))
    return {"ASYNCIO_EVENT_LOOP": "uvloop.Loop"}


def _page(response: Response) -> Page[Params]:
    headers = {"content-type": (response.headers.get("Content-Type") or b"").decode()}
    return Page(Answer(response.url, response.url, response.status, headers, response.body), PARAMS)


if __name__ == "__main__":
    main()
