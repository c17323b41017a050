"""Compares our validators with the libraries: ``python -m tests.fuzz [--cases N] [--seed S]``."""

import argparse
import sys
from itertools import chain

from tests.fuzz.comparing import EMAILS, PHONES, Tally
from tests.fuzz.passed import ENOUGH, write_passed

_SHOWN = 20


def main() -> int:
    """Compare, print a table, and write down the versions if that was enough and all was equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=ENOUGH, help="cases a side")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same cases")
    arguments = parser.parse_args()
    asked = (arguments.cases, arguments.seed)
    tallies = list(chain(EMAILS.compare(*asked), PHONES.compare(*asked)))
    print(format_table(tallies))
    differences = [found for tally in tallies for found in tally.differences]
    for case, ours, theirs in differences[:_SHOWN]:
        print(f"{case!r}: {ours!r} instead of {theirs!r}")
    if not differences and arguments.cases >= ENOUGH:
        write_passed(arguments.cases, arguments.seed)
    return 1 if differences else 0


def format_table(tallies: list[Tally]) -> str:
    """Write the tallies as a table of one line each."""
    lines = [
        f"{'':22}{'cases':>10}{'valid':>8}{'decided fast':>14}{'differences':>13}{'seconds':>9}"
    ]
    lines += [
        f"{tally.side:22}{tally.cases:10,}{tally.valid / tally.cases:8.1%}"
        f"{tally.fast / tally.cases:14.1%}{len(tally.differences):13,}"
        f"{tally.seconds:9.1f}"
        for tally in tallies
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
