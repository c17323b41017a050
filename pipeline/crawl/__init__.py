"""The web in: a crawl's frontier is rows, hosts are leased, and pages land as any records do."""

from pipeline.crawl.requesting import (
    check_params,
    request_replay,
    request_scrape,
    request_trial,
)

__all__ = ["check_params", "request_replay", "request_scrape", "request_trial"]
