"""A source for the hosts of a torture: it reads cards, follows every link, and can be killed.

Found like anyone's, by an entry point; :func:`open_announced` writes it.
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.records import RawRecord
from pipeline.sources import Link, Page, Params, source

SLUG = "tortured_web"
POISON = "/poison"


class WebParams(Params):
    """Where to start, and whether the poisoned page does what bad parsers do."""

    start: list[str]
    armed: bool = True


@source(slug=SLUG, title="Tortured web", params=WebParams, start=lambda params: params.start)
def tortured_web(page: Page[WebParams]) -> Iterator[RawRecord | Link]:
    """Read one page."""
    if page.params.armed and page.url.endswith(POISON):
        os.kill(os.getpid(), signal.SIGSEGV)
    for card in page.html.css("article"):
        yield page.record(
            name=page.text(card, "h2"),
            company=page.text(card, ".firm", optional=True),
            email=page.text(card, ".email"),
        )
    for link, _ in page.new_links():
        yield link


@contextmanager
def open_announced(folder: Path) -> Iterator[Mapping[str, str]]:
    """Announce this source to this process, and give the environment that tells others of it."""
    info = folder / "tortured_web-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tortured-web\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[lead_engine.sources]\nweb = {__name__}\n")
    sys.path.append(str(folder))
    try:
        yield {"PYTHONPATH": str(folder)}
    finally:
        sys.path.remove(str(folder))
