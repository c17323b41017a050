"""The files that pages load: served under one hash of them all, so that caches may keep them."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

FOLDER = Path(__file__).parents[1] / "static"
KINDS = (".css", ".js", ".svg", ".png")
PREFIX = "/api/ui-dashboard/static"

router = APIRouter(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, as it is and compressed."""

    body: bytes
    compressed: bytes
    media_type: str


def asset_url(name: str) -> str:
    """Give the address of a file; it changes with the content of any of them.

    One hash for all keeps the modules' imports of each other valid: they name their neighbours
    relatively, and an import map would have to be an inline script.
    """
    if name not in read_assets():
        raise LookupError(f"There is no static file {name}.")
    return f"{PREFIX}/{assets_version()}/{name}"


@cache
def read_assets() -> Mapping[str, Asset]:
    """Read all files once."""
    paths = sorted(path for path in FOLDER.rglob("*") if path.suffix in KINDS)
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in paths}


@cache
def assets_version() -> str:
    """Give the hash of all files' names and contents."""
    digest = hashlib.sha256()
    for name, asset in read_assets().items():
        digest.update(f"{name}:{len(asset.body)}:".encode())
        digest.update(asset.body)
    return digest.hexdigest()[:12]


@router.get("/{version}/{name:path}")
def get_asset(request: Request, version: str, name: str) -> Response:
    """Give a file. Under another hash it is an older page's, which must not keep what it gets."""
    asset = read_assets().get(name)
    if asset is None:
        raise HTTPException(404, "There is no such file.")
    lasting = version == assets_version()
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
        "Vary": "Accept-Encoding",
    }
    body = asset.body
    if accepts_gzip(request) and len(asset.compressed) < len(body):
        body, headers["Content-Encoding"] = asset.compressed, "gzip"
    return Response(body, headers=headers, media_type=asset.media_type)


def accepts_gzip(request: Request) -> bool:
    """Whether an answer to this request may be compressed."""
    return "gzip" in request.headers.get("accept-encoding", "")


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(body, gzip.compress(body, 9, mtime=0), media_type)
