"""Which links of a site are worth following first: those to pages that name people."""

from urllib.parse import unquote, urlsplit

from pipeline.normalize.text import fold_text, word_set

FIRST, SOON, LATER, LAST = 0, 1, 5, 9
_FIRST = word_set(
    "contact contacts kontakt kontakte contacto contactos contatti contato contactez impressum"
    " imprint mentions anschrift yhteystiedot"
)
_SOON = word_set(
    "team teams staff people about leadership management board directory members member partners"
    " attorneys agents doctors faculty employees ueber uber unternehmen mitarbeiter ansprechpartner"
    " vorstand equipe propos nosotros equipo chi siamo quienes locations offices office branches"
    " company sobre om"
)
_LAST = word_set(
    "login signin register cart checkout basket account privacy terms cookie cookies tag tags"
    " category archive feed rss search calendar wishlist compare print share datenschutz agb"
)
_FILES = frozenset(
    {
        *("7z", "avi", "avif", "bmp", "css", "csv", "doc", "docx", "eot", "epub", "exe", "gif"),
        *("gz", "ico", "ics", "iso", "jpeg", "jpg", "js", "json", "m4a", "mov", "mp3", "mp4"),
        *("ogg", "pdf", "png", "ppt", "pptx", "rar", "rss", "svg", "swf", "tar", "tif", "ttf"),
        *("txt", "vcf", "wav", "webm", "webp", "wmv", "woff", "woff2", "xls", "xlsx", "zip"),
    }
)
_SHORT = 40


def rank_link(url: str, text: str = "") -> int:
    """Say when to fetch a page: the lower, the sooner. ``text`` is what the link reads."""
    parts = urlsplit(url)
    shown = text if len(text) <= _SHORT else ""
    words = set(fold_text(f"{unquote(parts.path)} {shown}").split())
    if words & _FIRST:
        return FIRST
    if words & _LAST or parts.query:
        return LAST
    return SOON if words & _SOON else LATER


def is_page_url(url: str) -> bool:
    """Whether a URL may be a page rather than a picture or a file to keep."""
    name = urlsplit(url).path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() not in _FILES if "." in name else True
