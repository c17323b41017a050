"""Domains: who owns a website or mailbox, and whether a company's name fits."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from pipeline.dedupe.agreement import MISSING, Agreement, Level
from pipeline.dedupe.firms import Firm
from pipeline.normalize.text import word_set

_SECOND_LEVELS: Final = word_set(
    "ac asn asso biz co com conf coop edu fin firm gen go gob gouv gov govt gub gv id in ind inf"
    " info jus k12 lg ltd me mil muni name ne net nhs nic nom ok or org plc police press pro sch"
    " school tm tv web"
)
_HOSTING: Final = word_set(
    "appspot.com azurewebsites.net blogspot.com business.site carrd.co github.io gitlab.io"
    " herokuapp.com jimdo.com jimdofree.com jimdosite.com myshopify.com netlify.app pages.dev"
    " shopify.com site123.me squarespace.com strikingly.com tumblr.com ucoz.ru vercel.app"
    " web.app webflow.io webnode.com weebly.com wixsite.com wordpress.com yolasite.com"
)
_PUBLIC: Final = word_set(
    "facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com"
    " google.com goo.gl bit.ly linktr.ee yelp.com tripadvisor.com xing.com pinterest.com t.me"
    " wa.me whatsapp.com amazon.com ebay.com etsy.com example.com example.org example.net"
)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@\s]*@)?([^/?#:@\s]+)", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile("[^a-z0-9]+")
_COUNTRY_LABEL = 2
_LEAST_LABEL = 3
_CLOSE = 0.82
_LEAST_PREFIX = 4


@lru_cache(maxsize=8_192)
def registrable_domain(text: str) -> str:
    """Give the domain somebody registered, of a website, host or e-mail; "" if it names nobody.

    ``https://shop.acme.co.uk/x`` gives ``acme.co.uk``. Hosts of many owners keep one label more
    (``acme.blogspot.com``), social networks and the like give "".
    """
    found = _HOST.match(text.strip())
    labels = found[1].lower().strip(".").split(".") if found else []
    if len(labels) == 1 or not (labels[-1:] and _is_suffix(labels[-1])):
        return ""
    kept = 2
    if len(labels[-1]) == _COUNTRY_LABEL and labels[-2] in _SECOND_LEVELS and len(labels) > kept:
        kept = 3
    domain = ".".join(labels[-kept:])
    if domain in _HOSTING:
        return ".".join(labels[-kept - 1 :]) if len(labels) > kept else ""
    return "" if domain in _PUBLIC else domain


def domain_label(domain: str) -> str:
    """Give the first label of a registrable domain: ``acme-gb.co.uk`` gives ``acme-gb``."""
    return domain.partition(".")[0]


def domain_fits(domain: str, firm: Firm) -> Agreement:
    """Tell whether a registrable domain can be that of a company.

    Exact: the label is the name, its words or its ``acronym``. Close: the name cut short or with a
    slip, or with a country or a trade behind it. Partial: the label is made of some of its words.
    A conflict says little: companies are free in their choice.
    """
    label = domain_label(domain)
    if len(label) < _COUNTRY_LABEL or not firm.name:
        return MISSING
    bare = _NOT_ALPHANUMERIC.sub("", label)
    words = firm.name.split()
    whole = "".join(words)
    if bare == whole:
        return Agreement(Level.EXACT, 1.0, "", whole)
    if bare == firm.acronym and len(bare) >= _LEAST_LABEL:
        return Agreement(Level.EXACT, 0.9, "acronym", bare)
    return _loosely(_NOT_ALPHANUMERIC.split(label), bare, words, whole)


def _loosely(pieces: Sequence[str], bare: str, words: Sequence[str], whole: str) -> Agreement:
    first = pieces[0]
    if first == whole or (len(whole) >= _LEAST_PREFIX and bare.startswith(whole)):
        return Agreement(Level.CLOSE, 0.9, "longer", whole)
    stem = first if len(first) > _LEAST_PREFIX else bare
    if len(stem) > _LEAST_PREFIX and whole.startswith(stem):
        return Agreement(Level.CLOSE, 0.9, "shorter", whole)
    alike = max(OSA.normalized_similarity(one, whole) for one in (bare, first))
    if alike >= _CLOSE:
        return Agreement(Level.CLOSE, alike, "slip", whole)
    shared = [word for word in words if len(word) >= _LEAST_PREFIX and word in bare]
    if shared:
        return Agreement(Level.PARTIAL, max(alike, 0.5), "word", max(shared, key=len))
    return Agreement(Level.CONFLICT, alike)


def _is_suffix(label: str) -> bool:
    return label.isalpha() or label.startswith("xn--")
