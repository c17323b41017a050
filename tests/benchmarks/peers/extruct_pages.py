"""Pages read by extruct: ``python -m tests.benchmarks.peers.extruct_pages PAGES``."""

import json
import sys
import time
from statistics import median

import extruct

from tests.benchmarks.directory_pages import render_page


def main() -> None:
    """Read the markup of each page from its bytes, and print the milliseconds."""
    count = int(sys.argv[1])
    taken = []
    for number in range(count):
        body = render_page(number, count).encode()
        began = time.process_time()
        found = extruct.extract(body, syntaxes=["json-ld", "microdata", "microformat"])
        taken.append((time.process_time() - began) * 1_000)
        assert all(found.values())
    print(json.dumps({"median": median(taken)}))


if __name__ == "__main__":
    main()
