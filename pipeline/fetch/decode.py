"""Bytes of a page become text, in the order browsers use."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_BYTES = 4_096
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_HEADER = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_FALLBACK = "windows-1252"

# What browsers read where a page names these: the larger relative, which pages really use.
_READ_AS = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_TEXT_CODECS = (
    "utf-8",
    "utf-16",
    "iso",
    "cp",
    "windows",
    "koi8",
    "gb",
    "big5",
    "euc",
    "mac",
    "tis",
)


def decode_text(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Give a page's text, and the encoding it was read in. Never fails.

    What the page or its header declares is tried first; where it does not fit, UTF-8, and
    Windows-1252 at last.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    declared = _declared(body, content_type)
    for name in [*declared, "utf-8"]:
        try:
            return body.decode(name), name
        except UnicodeDecodeError:
            continue
    name = "utf-8" if "utf-8" in declared else _FALLBACK
    return body.decode(name, "replace"), name


def _declared(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    meta = _META.search(body[:_META_BYTES])
    from_header = _known(header[1]) if header else None
    from_meta = _known(meta[1].decode("ascii", "ignore")) if meta else None
    # A page whose meta element can be read as bytes is not in UTF-16, whatever it says.
    if from_meta and from_meta.startswith("utf-16"):
        from_meta = "utf-8"
    return [name for name in (from_header, from_meta) if name]


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _READ_AS.get(name, name)
    return name if name.startswith(_TEXT_CODECS) or name in _READ_AS.values() else None
