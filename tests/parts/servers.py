"""The API as tests reach it: in this process, or over a real socket."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi.testclient import TestClient

from api.main import create_app
from pipeline.settings import Settings


@contextmanager
def open_client(settings: Settings) -> Iterator[TestClient]:
    """Give a client of an API in this process."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        yield client


@contextmanager
def open_api(settings: Settings) -> Iterator[str]:
    """Serve an API on a free port from a thread of this process and give its address."""
    bound = socket.create_server(("127.0.0.1", 0))
    # Opened anew it knows that it is TCP; else asyncio leaves Nagle on, 40 ms an answer.
    listener = socket.socket(fileno=bound.detach())
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "The API did not start."
            time.sleep(0.01)
        yield address
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
