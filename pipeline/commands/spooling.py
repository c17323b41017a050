"""A file on its way in: copied to where the engine keeps uploads, from a path or standard input."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import InvalidInput
from pipeline.imports import Spool, SpooledFile, open_spool
from pipeline.settings import Settings

CHUNK_BYTES = 1 << 20
STDIN = "-"


def spool_file(name: str, settings: Settings) -> SpooledFile:
    """Copy a file to the spool; ``-`` is standard input.

    Raises:
        InvalidInput: it cannot be read, or is larger than ``LEADS_MAX_UPLOAD_BYTES``.
    """
    try:
        with (
            nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file,
            open_spool(settings) as spool,
        ):
            _copy(file, spool)
            return spool.finish()
    except OSError as error:
        raise InvalidInput(f"{name} cannot be read: {error.strerror}.") from None


def _copy(file: BinaryIO, spool: Spool) -> None:
    while chunk := file.read(CHUNK_BYTES):
        spool.write(chunk)
