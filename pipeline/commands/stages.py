"""The stages of a long command, on standard error and only where a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int], None]


@contextmanager
def open_stages() -> Iterator[Tell]:
    """Give what shows the present stage and how many things it has to do."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - likewise

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)

        def tell(stage: str, count: int) -> None:
            bars.update(bar, description=f"{stage} {count:,}", refresh=True)

        yield tell
