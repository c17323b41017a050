"""Lists of words that are kept in text files beside the code."""

from collections.abc import Iterator
from importlib.resources import files


def read_lines(name: str) -> Iterator[list[str]]:
    """Give the words of each line of a file of this folder; blank lines and ``#`` lines are left."""
    for line in files(__package__).joinpath(name).read_text("ascii").splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            yield words
