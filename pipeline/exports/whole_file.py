"""A file that is there whole or not at all."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InvalidInput


def write_whole(path: Path, chunks: Iterable[bytes]) -> int:
    """Write a file, which replaces another only once it is complete; give its bytes.

    Raises:
        InvalidInput: it cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            size = sum(map(file.write, chunks))
        part.replace(path)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return size
