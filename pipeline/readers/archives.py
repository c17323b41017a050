"""Archives: the one table inside a gzip, bzip2, xz or zip file, unpacked to disk within bounds."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.errors import InvalidInput, UnreadableFile
from pipeline.normalize.text import word_set
from pipeline.readers.signatures import BZIP2, GZIP, XZ, ZIP, raise_if_disk, workbook_kind

CHUNK_BYTES = 1 << 20
MAX_DEPTH = 4
MAX_RATIO = 250
"""How many times its size an archive may unpack to; text hardly ever reaches a hundred times."""
FREE_BYTES = 64 << 20
"""What any archive may unpack to, whatever its size."""
MAX_BYTES = 64 << 30

_Opener = type[gzip.GzipFile] | type[bz2.BZ2File] | type[lzma.LZMAFile]
_STREAMS: Mapping[bytes, tuple[str, _Opener]] = MappingProxyType(
    {GZIP: ("gzip", gzip.GzipFile), BZIP2: ("bzip2", bz2.BZ2File), XZ: ("xz", lzma.LZMAFile)}
)
_BROKEN = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_TABLES = word_set(
    ".csv .tsv .tab .psv .ssv .dat .xlsx .xlsm .xlsb .xls .ods .json .jsonl .ndjson .vcf .vcard"
    " .gz .bz2 .xz .zip"
)
_TEXTS = frozenset({".txt", ".html", ".htm", ""})


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file that is no archive: where it lies, and how it was packed.

    ``container`` names the layers from the outside in (``zip``, ``zip/gzip``), ``member`` the file
    taken from an archive, ``members`` all it could have been.
    """

    path: Path
    container: str = ""
    member: str = ""
    members: tuple[str, ...] = ()


@contextmanager
def open_unpacked(source: Path, scratch: Path, member: str = "") -> Iterator[Unpacked]:
    """Open what an archive holds, layer by layer; ``scratch`` names files to unpack into.

    Of several tables it is ``member``, else the largest.

    Raises:
        UnreadableFile: the archive is damaged, empty, protected, or unpacks to too much.
        InvalidInput: it has no such member.
    """
    made: list[Path] = []
    try:
        found = Unpacked(source)
        while layer := _layer_of(found.path):
            if len(made) >= MAX_DEPTH:
                raise UnreadableFile(f"The archive holds archives, {MAX_DEPTH} deep: unpack it.")
            made.append(scratch.with_name(f"{scratch.name}.{len(made)}.part"))
            found = _unpack(layer, found, made[-1], member)
        yield found
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _layer_of(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(8)
    for signature, (name, _) in _STREAMS.items():
        if head.startswith(signature):
            return name
    return "zip" if head.startswith(ZIP) and workbook_kind(path) is None else None


def _unpack(layer: str, found: Unpacked, target: Path, member: str) -> Unpacked:
    container = f"{found.container}/{layer}".strip("/")
    try:
        if layer == "zip":
            return replace(_unzip(found, target, member), container=container)
        (opener,) = (opener for name, opener in _STREAMS.values() if name == layer)
        with opener(found.path) as file:
            _copy(cast("BinaryIO", file), target, found.path.stat().st_size)
    except _BROKEN as error:
        raise_if_disk(error)
        raise UnreadableFile(
            f"The {layer} archive is damaged or cut off ({error}): pack or download it again."
        ) from None
    return replace(found, path=target, container=container)


def _unzip(found: Unpacked, target: Path, member: str) -> Unpacked:
    with ZipFile(found.path) as archive:
        tables = _find_tables(archive)
        chosen = _choose(tables, member)
        if chosen.flag_bits & 1:
            raise UnreadableFile(
                "The ZIP archive is protected by a password: unpack it and give the file inside."
            )
        with archive.open(chosen) as file:
            _copy(cast("BinaryIO", file), target, chosen.compress_size)
    names = tuple(info.filename for info in tables)
    return Unpacked(target, member=chosen.filename, members=names)


def _find_tables(archive: ZipFile) -> list[ZipInfo]:
    """Find the files that may be tables, the likeliest first."""
    files = [info for info in archive.infolist() if info.file_size and not _is_hidden(info)]
    if not files:
        raise UnreadableFile("The ZIP archive holds no file: pack it again with the table inside.")
    ranked = sorted(files, key=lambda info: (_rank(info), -info.file_size, info.filename))
    return [info for info in ranked if _rank(info) == _rank(ranked[0])]


def _is_hidden(info: ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    return info.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts)


def _rank(info: ZipInfo) -> int:
    suffix = PurePosixPath(info.filename).suffix.lower()
    return 0 if suffix in _TABLES else 1 if suffix in _TEXTS else 2


def _choose(tables: list[ZipInfo], member: str) -> ZipInfo:
    if not member:
        return tables[0]
    for info in tables:
        if member in {info.filename, PurePosixPath(info.filename).name}:
            return info
    names = ", ".join(info.filename for info in tables[:20])
    raise InvalidInput(f"The archive has no file {member!r}. It has: {names}.")


def _copy(file: BinaryIO, target: Path, packed: int) -> None:
    """Copy to disk, within bounds: a few kilobytes may unpack to more than any disk holds."""
    limit = min(MAX_BYTES, max(FREE_BYTES, MAX_RATIO * packed))
    size = 0
    with target.open("wb") as out:
        while chunk := file.read(CHUNK_BYTES):
            size += out.write(chunk)
            if size > limit:
                raise UnreadableFile(
                    f"The archive unpacks to more than {limit:,} bytes, over {MAX_RATIO} times "
                    "its size: unpack it and give the file inside."
                )
