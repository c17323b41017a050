"""Bytes of a page become text: by BOM, header and meta element, and by its letters at last."""

import codecs
import re
from collections.abc import Iterator

from pipeline.fetch.labels import get_codec
from pipeline.readers.letters import rank_encodings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_BYTES = 4_096
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_XML = re.compile(
    rb"""\s{0,99}<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.IGNORECASE
)
_HEADER = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_FOREIGN = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"(?>[\x80-\xff]{1,60}(?:[\x00-\x7f]{1,12}[\x80-\xff]{1,60}){0,9})")
_AROUND = 12
_SURELY_UTF8 = 8
"""From so many bytes beyond ASCII on, none of them out of place, a text is UTF-8 for sure."""

_FEW_BROKEN = 0.1
_FALLBACK = "windows-1252"
_SPELT_BYTES = 1_500
_MANY_STRETCHES = 1_000

# What is ever served as a web page; a scorer for old files knows more.
_ON_THE_WEB = {
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "iso8859-2": "iso8859-2",
    "iso8859-7": "iso8859-7",
    "koi8-r": "koi8-r",
    "cp932": "cp932",
    "euc_jp": "euc-jp",
    "gb18030": "gb18030",
    "cp950": "big5hkscs",
    "cp949": "cp949",
}


def decode_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Give a page's text, and the encoding it was read in. Never fails.

    In the order of browsers: byte order mark, header, meta element. Where a page is not what it
    says, it is what it looks like: UTF-8 if it fits, else what explains its letters best.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    declared = _declared(body, content_type)
    for name in declared:
        if name != "utf-8" and _is_surely_utf8(body):
            break
        try:
            return body.decode(name), name
        except UnicodeDecodeError:
            continue
    text = body.decode("utf-8", "replace")
    if _is_nearly_utf8(text):
        return text, "utf-8"
    name = _guess(body) or next((name for name in declared if name != "utf-8"), _FALLBACK)
    return body.decode(name, "replace"), name


def _declared(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    from_header = get_codec(header[1]) if header else None
    if from_header == "utf-8":
        return ["utf-8"]
    meta = _META.search(body[:_META_BYTES]) or _XML.match(body)
    from_meta = get_codec(meta[1].decode("ascii", "ignore")) if meta else None
    # A page whose meta element can be read as bytes is not in UTF-16, whatever it says.
    if from_meta and from_meta.startswith("utf-16"):
        from_meta = "utf-8"
    return [name for name in (from_header, from_meta) if name]


def _is_surely_utf8(body: bytes) -> bool:
    if body.isascii() or len(body.translate(None, bytes(range(128)))) < _SURELY_UTF8:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in body


def _is_nearly_utf8(text: str) -> bool:
    """Whether few of the characters beyond ASCII are broken: a torn page, not a foreign one."""
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return broken <= max(_FEW_BROKEN * whole, min(1, whole))


def _guess(body: bytes) -> str | None:
    """Find what explains the letters of a page best; None if there is nothing to go by."""
    ranked = rank_encodings(list(_spelt(body)))
    return next((_ON_THE_WEB[guess.name] for guess in ranked if guess.name in _ON_THE_WEB), None)


def _spelt(body: bytes) -> Iterator[bytes]:
    """Give the first different stretches around bytes beyond ASCII, some of them in all."""
    seen: set[bytes] = set()
    size = end = 0
    for _ in range(_MANY_STRETCHES):
        first = _FOREIGN.search(body, end)
        if first is None or size >= _SPELT_BYTES:
            return
        run = _RUN.match(body, first.start())
        begin = max(first.start() - _AROUND, end)
        end = (run or first).end() + _AROUND
        stretch = body[begin:end]
        if stretch not in seen:
            seen.add(stretch)
            size += len(stretch)
            yield stretch
