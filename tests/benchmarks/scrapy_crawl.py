"""The crawl as Scrapy does it: ``python -m tests.benchmarks.scrapy_crawl URL FOLDER``.

Prints what came of it as JSON. The processor time is that of the crawl, imports excluded.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response


class DirectorySpider(scrapy.Spider):
    """Follows every link of the directory and yields one item per company."""

    name = "directory"

    def parse(self, response: Response, *_: Any, **__: Any) -> Iterator[Any]:
        """Read one page."""
        assert isinstance(response, HtmlResponse)
        for card in response.css("article.company"):
            yield {
                "name": card.css(".person::text").get(),
                "company": card.css("h1::text").get(),
                "email": card.css(".mail::attr(href)").get("").removeprefix("mailto:"),
                "phone": card.css(".tel::attr(href)").get("").removeprefix("tel:"),
                "website": card.css(".site::attr(href)").get(),
            }
        yield from response.follow_all(css="li a")


def main() -> None:
    """Crawl and report."""
    url, folder = sys.argv[1:]
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "FEEDS": {f"{folder}/items.jsonl": {"format": "jsonlines"}},
        }
    )
    crawler = process.create_crawler(DirectorySpider)
    began = _processor_seconds()
    process.crawl(crawler, start_urls=[url])
    process.start()
    stats: dict[str, Any] = crawler.stats.get_stats() if crawler.stats else {}
    report = {
        "pages": stats.get("response_received_count", 0) - stats.get(_ROBOTS, 0),
        "records": stats.get("item_scraped_count", 0),
        "seconds": _processor_seconds() - began,
    }
    print(json.dumps(report))


_ROBOTS = "robotstxt/response_count"


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
