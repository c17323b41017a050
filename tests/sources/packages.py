"""Packages of other people that bring sources, as an installer would leave them on the path."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.sources import GROUP

MODULE = """
from pipeline.sources import Params, source

@source(slug="{slug}", title="Theirs", params=Params, start=lambda _: ["https://a.example"])
def read(page):
    yield from ()
"""


def install(folder: Path, name: str, modules: Mapping[str, str], *, entry: str = "") -> None:
    """Put a package and its metadata into a folder of the path; ``entry`` names another one."""
    package, told = folder / name, folder / f"{name}-1.0.dist-info"
    for one in (package, told):
        one.mkdir()
    for module, text in {"__init__": "", **modules}.items():
        (package / f"{module}.py").write_text(text)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text(f"[{GROUP}]\ntheirs = {entry or name}\n")
