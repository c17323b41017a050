"""What a page says about whose site it is."""

import re
from collections.abc import Iterable
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from pipeline.normalize.companies import company_key
from pipeline.normalize.text import fold_text, word_set

_PARTS = re.compile(r"\s+[|–—·:»«/-]+\s+|\s*[|»«]\s*|:\s+")
_GENERIC = word_set(
    "home homepage welcome contact contacts us about our team page index untitled document the to"
    " site official kontakt impressum startseite willkommen accueil contacto inicio main people"
    " staff all rights reserved and trademark trademarks google notice privacy policy terms of use"
)
_MAX_NAME = 70
_MAX_NOTICE = 300
_MAX_NOTICES = 20
_MAX_TITLE = 300
_SIGNS = ("©", "opyright", "OPYRIGHT", "(c)", "(C)")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©,]{0,4}(?:(?:copyright|19\d\d|20\d\d|-|–|to|by)[\s,.©]{0,3}){0,6}(\D.*)",
    re.IGNORECASE,
)
_NOTICE_END = re.compile(r"[|•·©]|\s-\s|\.\s|,? all rights| (?:19|20)\d\d", re.IGNORECASE)
_MIN_LABEL = 3
_SECOND_LEVEL = word_set("co com org net gov ac edu or ne")


def find_site_name(html: LexborHTMLParser, host: str, text: str = "") -> str:
    """Name the owner of a page's site: as the page states it, else the host.

    Asked in turn: the markup, the title, the copyright notice among the lines of its ``text``, the
    headings, and whatever the title says besides the page's own name.
    """
    node = html.css_first('meta[property="og:site_name"]')
    stated = _clean((node.attributes.get("content") or "") if node else "")
    if stated:
        return stated
    title = html.css_first("title")
    all_parts = _PARTS.split(title.text().strip()[:_MAX_TITLE] if title else "")
    parts = [part for part in map(_clean, all_parts) if part and not _is_generic(part)]
    return (
        find_fitting(parts, host)
        or _find_copyright(text)
        or find_fitting(find_headings(html), host)
        or (parts[-1] if parts and len(all_parts) > 1 else host)
    )


def find_fitting(names: Iterable[str], host: str) -> str:
    """Give the name that a host's own part spells: ``Acme Ltd`` for ``www.acme.example``."""
    labels = _own_labels(host)
    fitting = []
    for name in names:
        words = fold_text(name).split()
        whole = "".join(words)
        for label in labels:
            if whole and (label in whole or (len(whole) > _MIN_LABEL and whole in label)):
                return name
            if any(len(word) > _MIN_LABEL and word in label for word in words):
                fitting.append(name)
    return min(fitting, key=len, default="")


def find_company(headings: Iterable[str]) -> str:
    """Give the one company, known by its legal form, that the headings name; else nothing."""
    found = {heading for heading in headings if has_legal_form(heading)}
    return found.pop() if len(found) == 1 else ""


def has_legal_form(text: str) -> bool:
    """Whether a text ends as companies' names do, such as ``Ltd``, ``GmbH`` or ``S.A.``."""
    bare = company_key(text)
    whole = fold_text(text.replace(".", "").replace("&", " and "))
    return 0 < len(bare.split()) < len(whole.split()) and not whole.endswith(bare)


def same_owner(domain: str, host: str) -> bool:
    """Whether an e-mail domain and a host belong together."""
    a, b = domain.lower().removeprefix("www."), host.lower().removeprefix("www.")
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def find_headings(html: LexborHTMLParser) -> list[str]:
    """Give the page's headings, the title's parts last."""
    nodes = html.css("h1, h2, h3")[:50]
    title = html.css_first("title")
    headings = [_clean(node.text(separator=" ")[:_MAX_TITLE]) for node in nodes]
    parts = _PARTS.split(title.text()[:_MAX_TITLE] if title else "")
    return [text for text in (*headings, *parts) if text]


def _own_labels(host: str) -> list[str]:
    """Give the parts of a host that its owner may have chosen, as letters and digits."""
    labels = host.lower().removeprefix("www.").split(".")[:-1]
    folded = [fold_text(label).replace(" ", "") for label in labels if label not in _SECOND_LEVEL]
    return [label for label in reversed(folded) if len(label) >= _MIN_LABEL]


def _find_copyright(text: str) -> str:
    signs = [sign for sign in _SIGNS if sign in text]
    lines = text.split("\n") if signs else ()
    notices = (line for line in lines if any(sign in line for sign in signs))
    for line in islice(notices, _MAX_NOTICES):
        notice = _COPYRIGHT.search(line[:_MAX_NOTICE])
        if notice:
            name = _clean(_NOTICE_END.split(notice[1])[0].strip(" .,|-–"))
            if name and not _is_generic(name) and any(c.isupper() for c in name):
                return name
    return ""


def _clean(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _MAX_NAME else ""


def _is_generic(text: str) -> bool:
    return all(word in _GENERIC for word in fold_text(text).split())
