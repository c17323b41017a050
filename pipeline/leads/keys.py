"""Exact keys: 64-bit hashes of the canonical forms of a lead's e-mails and phones."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from pipeline.normalize.emails import email_key
from pipeline.normalize.phones import phone_key


def hash_text(text: str) -> int:
    """Give a signed 64-bit hash that is the same on every machine, for ever."""
    return hash_bytes(text.encode("utf-8", "surrogatepass"))


def hash_bytes(data: bytes) -> int:
    """Give a signed 64-bit hash that is the same on every machine, for ever."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def digest_raw(raw: Mapping[str, Any]) -> tuple[str, int]:
    """Give a raw record as JSON text and the hash that tells the same record seen again."""
    text = orjson.dumps({**raw}, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.blake2b(text, digest_size=8).digest()
    return text.decode(), int.from_bytes(digest, "big", signed=True)


def digest_cells(
    terms: Sequence[Any], rows: Iterable[Sequence[str]]
) -> tuple[list[str], list[int]]:
    """Give rows of a file as JSON lists, and the digests that tell the same row seen again.

    ``terms`` are what the cells are to be read by: other columns make another record of them.
    """
    salt = hashlib.blake2b(
        orjson.dumps(terms, option=orjson.OPT_SORT_KEYS), digest_size=16
    ).digest()
    blake2b, number = hashlib.blake2b, int.from_bytes
    texts = [orjson.dumps(cells) for cells in rows]
    digests = [
        number(blake2b(text, digest_size=8, salt=salt).digest(), "big", signed=True)
        for text in texts
    ]
    return [text.decode() for text in texts], digests


def email_hash(email: str) -> int:
    """Give the exact key of an e-mail address."""
    return hash_text("e:" + email_key(email))


def phone_hash(phone: str) -> int | None:
    """Give the exact key of a phone, or None where the number tells nobody apart."""
    key = phone_key(phone)
    return hash_text("p:" + key) if key else None


def email_hashes(emails: Iterable[str | None]) -> list[int]:
    """Give the keys of several addresses, blanks left out."""
    return [email_hash(email) for email in emails if email]


def phone_hashes(phones: Iterable[str | None]) -> list[int]:
    """Give the keys of several phones, blanks and those without a key left out."""
    return [key for phone in phones if phone and (key := phone_hash(phone)) is not None]


def hash_texts(texts: Iterable[str]) -> list[int]:
    """Give :func:`hash_text` of several texts."""
    blake2b, number = hashlib.blake2b, int.from_bytes
    return [
        number(
            blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(),
            "big",
            signed=True,
        )
        for text in texts
    ]


def lead_hashes(values: Mapping[str, Any]) -> set[int]:
    """Give all exact keys of a lead, from its values."""
    emails = email_hashes((values["email"], *values["other_emails"]))
    phones = phone_hashes((values["phone"], *values["other_phones"]))
    return {*emails, *phones}
