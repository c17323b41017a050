"""Writes made leads as a CSV file: ``python -m tests.made_leads FILE COUNT [--seed N] …``."""

import argparse
from pathlib import Path

from tests.made_leads.stream import write_leads


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--duplicates", type=float, help="the share of records seen before")
    parser.add_argument("--start", type=int, default=0, help="skip so many leads")
    parser.add_argument("--bare", action="store_true", help="without ids and the truth")
    given = parser.parse_args()
    write_leads(
        given.file,
        given.count,
        given.seed,
        duplicates=given.duplicates,
        start=given.start,
        labelled=not given.bare,
    )


if __name__ == "__main__":
    main()
