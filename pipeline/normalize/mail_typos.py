"""Mistyped mail domains: ``gmial.com`` is most likely ``gmail.com``. A suggestion, never a rule."""

from collections.abc import Iterator, Mapping

_NAMES = """
gmail.com googlemail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it outlook.com
outlook.de outlook.fr yahoo.com yahoo.co.uk yahoo.fr yahoo.de icloud.com protonmail.com t-online.de
comcast.net verizon.net orange.fr wanadoo.fr libero.it bluewin.ch freenet.de laposte.net
btinternet.com
"""
PROVIDERS = tuple(_NAMES.split())
"""Providers whose names are long enough that a slip of one letter gives no other provider's."""

_REAL = frozenset(("mail.com", "ymail.com"))
_ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(("con", "cmo", "ocm", "vom", "xom", "comm", "coom", "cim", "cpm"), "com"),
    **dict.fromkeys(("nte", "ner", "nett", "ent"), "net"),
}
"""Endings that no domain has, and the one meant."""


def likely_domain(domain: str) -> str | None:
    """Give the domain most likely meant, or None if this one (in lower case) seems right."""
    known = _SLIPS.get(domain)
    if known is not None:
        return known
    name, dot, ending = domain.rpartition(".")
    if not dot:
        return _BARE.get(domain) or _SLIPS.get(f"{domain}.com")
    meant = _ENDINGS.get(ending)
    return likely_domain(f"{name}.{meant}") or f"{name}.{meant}" if meant else None


def _slips(domain: str) -> Iterator[str]:
    """Give what comes of a name by one slip: a letter left out, doubled, or two swapped."""
    name, dot, rest = domain.partition(".")
    for place in range(len(name)):
        yield name[:place] + name[place + 1 :] + dot + rest
        yield name[: place + 1] + name[place:] + dot + rest
        if place and name[place] != name[place - 1]:
            swapped = name[place] + name[place - 1]
            yield name[: place - 1] + swapped + name[place + 1 :] + dot + rest
    yield name + rest
    if rest == "com":
        yield f"{name}.co"


_SLIPS: Mapping[str, str] = {
    slip: domain
    for domain in reversed(PROVIDERS)
    for slip in _slips(domain)
    if slip not in _REAL and slip not in PROVIDERS
}
_BARE: Mapping[str, str] = {
    domain.partition(".")[0]: domain for domain in PROVIDERS if domain.endswith(".com")
}
