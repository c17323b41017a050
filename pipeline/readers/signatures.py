"""What a file seems to be, by its first bytes, when it is not the text it was taken for."""

from pipeline.errors import UnreadableFile

_RESAVE = "open it in a spreadsheet and save it as CSV UTF-8"
_UNPACK = "unpack it and give the file inside"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook (.xlsx)", _RESAVE),
    (b"PK\x05\x06", "an empty ZIP archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", _RESAVE),
    (b"%PDF-", "a PDF document", "export the table itself, as CSV"),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "a SQLite database", "export the table itself, as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV"),
    (b"\x89PNG", "a picture (PNG)", "give the table itself, as CSV"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "give the table itself, as CSV"),
    (b"GIF8", "a picture (GIF)", "give the table itself, as CSV"),
    (b"{\\rtf", "a rich text document", "save it as CSV"),
    (b"BEGIN:VCARD", "a vCard file", "export the contacts as CSV"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"<meta")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_MANY_CONTROLS = 0.1


def require_text(head: bytes) -> None:
    """Pass if a file's first bytes can be those of a table in some 8-bit encoding.

    Raises:
        UnreadableFile: they cannot; the text says what the file seems to be and what to do.
    """
    for signature, kind, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(f"The file is {kind}, not a CSV file: {remedy}.")
    if head[:200].lstrip().lower().startswith(_MARKUP):
        raise UnreadableFile(f"The file is a web page or XML, not a CSV file: {_RESAVE}.")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MANY_CONTROLS * len(head):
        raise UnreadableFile(
            f"The file is binary ({controls} control characters at its start), "
            f"not a CSV file: {_RESAVE}."
        )
