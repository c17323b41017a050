"""Files that are written while they are downloaded."""

import logging
from collections.abc import Generator
from itertools import chain

from anyio import CancelScope, fail_after
from anyio.to_thread import run_sync
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

log = logging.getLogger(__name__)

STALL_SECONDS = 300.0
"""A client that takes nothing for so long is given up, and with it the transaction it holds."""


class Download(StreamingResponse):
    """Sends what a generator makes, which is closed at once when the client is gone.

    The first chunk is made before the answer begins, so that what the generator refuses is still
    told as a problem; what fails later breaks the connection off, and never looks complete.
    """

    def __init__(
        self, chunks: Generator[bytes, None, None], *, media_type: str, file_name: str
    ) -> None:
        self._chunks = chunks
        first = next(chunks, b"")
        super().__init__(
            chain((first,), chunks),
            media_type=media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{file_name}"',
                "Cache-Control": "no-store",
            },
        )

    async def stream_response(self, send: Send) -> None:
        """Send the file, as fast as it is taken."""

        async def send_in_time(message: Message) -> None:
            with fail_after(STALL_SECONDS):
                await send(message)

        try:
            await super().stream_response(send_in_time)
        except TimeoutError:
            # Without an end to its answer the server breaks the connection off.
            log.warning("A download was given up: nothing was taken for %g s.", STALL_SECONDS)
        finally:
            # A hung up client cancels this task; the transaction must end all the same.
            with CancelScope(shield=True):
                await run_sync(self._chunks.close)
