"""The product's own files, parsed, for the rules that no linter knows."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("pipeline", "api", "scrapers", "workers")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of ours."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Give all its functions and methods."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def attributes(self) -> Iterator[str]:
        """Give all dotted names that are read, as ``os.environ``; calls and indexes cut them."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield ast.unparse(node)


@functools.cache
def find_modules(*folders: str) -> tuple[Module, ...]:
    """Give every Python file of the packages, or of these folders."""
    paths = [path for folder in folders or PACKAGES for path in sorted(Path(folder).rglob("*.py"))]
    assert paths
    texts = [(path, path.read_text()) for path in paths]
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


def find_tracked_files() -> list[Path]:
    """Give the files that belong to the project, in a repository or in a copy of one."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], capture_output=True, text=True, check=False
    )
    assert listing.returncode == 0, listing.stderr
    return [path for name in listing.stdout.split("\0") if name and (path := Path(name)).is_file()]
