"""What a file is, told by its content and never by its name."""

import mmap
import re
from errno import EINVAL
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pipeline.errors import UnreadableFile

HEAD_BYTES = 1 << 16
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
GZIP, BZIP2, XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"

_RESAVE = "open it in a spreadsheet and save it as CSV UTF-8 or .xlsx"
_UNPACK = "unpack it and give the file inside"
_TABLE = "give the table itself, as CSV"
_EXPORT = "export the table itself, as CSV"
_UNPROTECT = "open it in a spreadsheet, remove the password and save it"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (ZIP, "a ZIP archive or an Excel workbook (.xlsx)", _RESAVE),
    (EMPTY_ZIP, "an empty ZIP archive", "pack it again with the table inside"),
    (OLE, "an old Excel workbook (.xls)", _RESAVE),
    (b"%PDF-", "a PDF document", _EXPORT),
    (GZIP, "a gzip archive", _UNPACK),
    (BZIP2, "a bzip2 archive", _UNPACK),
    (XZ, "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\x09\x08\x04\x00", "an Excel workbook from before 1997", _RESAVE),
    (b"\x09\x04\x06\x00", "an Excel workbook from before 1997", _RESAVE),
    (b"\x09\x02\x06\x00", "an Excel workbook from before 1997", _RESAVE),
    (b"\x09\x00\x04\x00", "an Excel workbook from before 1997", _RESAVE),
    (b"SQLite format 3\x00", "a SQLite database", _EXPORT),
    (b"PAR1", "a Parquet file", "export it as CSV"),
    (b"\x89PNG", "a picture (PNG)", _TABLE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _TABLE),
    (b"GIF8", "a picture (GIF)", _TABLE),
    (b"RIFF", "a picture or a recording", _TABLE),
    (b"\x7fELF", "a program", _TABLE),
    (b"{\\rtf", "a rich text document", "save it as CSV"),
)
_PLACED = ((257, b"ustar", "a TAR archive", _UNPACK), (4, b"ftyp", "a picture or a film", _TABLE))
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"<meta", b"<style")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_STRING = rb'"(?:[^"\\]|\\.)*"'
_JSON = re.compile(
    rb"\[\s*(?:[\[{\]]|%b\s*,)|\{\s*(?:%b\s*:|\}|\n)" % (_STRING, _STRING), re.DOTALL
)
_SHEETS_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_CARD = b"begin:vcard"
_CONTROLS = bytes(set(range(32)) - set(b"\x01\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f"))
_MANY_CONTROLS = 0.05
_INSIDE_ZIP: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_NO_WORKBOOK: tuple[tuple[str, str, str], ...] = (
    ("word/document.xml", "a Word document", "copy its table into a spreadsheet and save that"),
    ("ppt/presentation.xml", "a presentation", _TABLE),
    ("Index/Document.iwa", "an Apple Numbers document", "export it as CSV or Excel"),
    ("META-INF/container.xml", "an electronic book", _TABLE),
)
_INSIDE_OLE: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "a workbook protected by a password", _UNPROTECT),
    ("WordDocument", "a Word document", "copy its table into a spreadsheet and save that"),
    ("PowerPoint Document", "a presentation", _TABLE),
    ("__nameid_version1.0", "an e-mail message", _TABLE),
)


def detect_format(path: Path) -> str:
    """Tell what a file that is not packed holds.

    It is one of ``xlsx``, ``xlsb``, ``xls``, ``ods``, ``xml`` (of Excel 2003), ``html``, ``vcard``,
    ``jsonl`` and, for any other text, ``csv``.

    Raises:
        UnreadableFile: it is no table; the text says what it seems to be and what to do.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise UnreadableFile("The file is empty, 0 bytes: save it again and give that file.")
    if head.startswith(ZIP):
        return workbook_kind(path) or "csv"
    if head.startswith(OLE):
        return _ole_kind(path)
    return _text_kind(head)


def workbook_kind(path: Path) -> str | None:
    """Tell which kind of workbook a ZIP archive is; None if it is an archive of other files.

    Raises:
        UnreadableFile: the archive is damaged, or a document without a table.
    """
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            for name, kind in _INSIDE_ZIP:
                if name in names:
                    return kind
            for name, kind, remedy in _NO_WORKBOOK:
                if name in names:
                    raise _refusal(kind, remedy)
            if "mimetype" in names and "content.xml" in names:
                return _open_document_kind(archive.read("mimetype")[:100].decode("latin-1"))
            return None
    except (BadZipFile, NotImplementedError, ValueError, RuntimeError, OSError) as error:
        raise_if_disk(error)
        raise UnreadableFile(
            "The file is a ZIP archive or an Excel workbook (.xlsx) that is damaged or cut off: "
            "save or download it again."
        ) from None


def raise_if_disk(error: Exception) -> None:
    """Raise an error of the disk again; a broken file's has no number, or leads to no place."""
    if isinstance(error, OSError) and error.errno not in {None, EINVAL}:
        raise error


def require_text(head: bytes) -> None:
    """Pass if a file's first bytes can be those of a table in some 8-bit encoding.

    Raises:
        UnreadableFile: they cannot; the text says what the file seems to be and what to do.
    """
    _refuse_signatures(head)
    if head[:200].lstrip().lower().startswith(_MARKUP):
        raise UnreadableFile(f"The file is a web page or XML, not a CSV file: {_RESAVE}.")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MANY_CONTROLS * len(head):
        raise UnreadableFile(
            f"The file is binary ({controls} control characters at its start), "
            f"not a CSV file: {_RESAVE}."
        )


def _text_kind(head: bytes) -> str:
    _refuse_signatures(head)
    text = head
    for mark in _MARKS:
        text = text.removeprefix(mark)
    # Good enough to recognize ASCII in UTF-16 too.
    text = text.replace(b"\x00", b"").lstrip()
    start = text[: len(_CARD)].lower()
    if start == _CARD:
        return "vcard"
    if _JSON.match(text):
        return "jsonl"
    if start.startswith(_MARKUP):
        return "xml" if _SHEETS_2003 in text[:4_096] else "html"
    return "csv"


def _refuse_signatures(head: bytes) -> None:
    for signature, kind, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise _refusal(kind, remedy)
    for place, signature, kind, remedy in _PLACED:
        if head.startswith(signature, place) and b"\x00" in head[:512]:
            raise _refusal(kind, remedy)


def _refusal(kind: str, remedy: str) -> UnreadableFile:
    return UnreadableFile(f"The file is {kind}, not a CSV file: {remedy}.")


def _open_document_kind(media_type: str) -> str:
    kind = media_type.strip().removeprefix(_OPEN_DOCUMENT)
    if kind.startswith("spreadsheet"):
        return "ods"
    raise _refusal("an OpenDocument that is no spreadsheet", _RESAVE)


def _ole_kind(path: Path) -> str:
    """Tell an old workbook from what else is kept in this container, by its streams' names."""
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for name, kind, remedy in _INSIDE_OLE:
            if content.find(name.encode("utf-16-le")) >= 0:
                raise _refusal(kind, remedy)
    return "xls"
