"""Lists of words that are kept in text files beside the code."""

from importlib.resources import files


def read_lines(name: str) -> list[list[str]]:
    """Give the words of each line of a file of this folder, without blank and ``#`` lines."""
    text = files("pipeline.dedupe").joinpath(name).read_text("ascii")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]
