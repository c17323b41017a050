"""Plain text: one clean form to show, one folded form to compare."""

import re
import unicodedata

from anyascii import anyascii

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ALPHANUMERIC = re.compile("[^a-z0-9]+")


def normalize_text(text: str) -> str:
    """Give text without invisible characters, in NFC, with single spaces inside and none around.

    Half a surrogate pair, which no database can store, becomes U+FFFD.
    """
    if not text.isprintable():
        text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def fold_text(text: str) -> str:
    """Give lower-case ASCII letters and digits in single-spaced words, for use in keys only."""
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFC", _SURROGATE.sub(" ", text)))
    return _NOT_ALPHANUMERIC.sub(" ", text.lower()).strip()


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text as a set, for tables of words that read like text."""
    return frozenset(text.split())
