"""Makes e-mail addresses: plain ones, every kind of odd one, and slips of the hand in both."""

from collections.abc import Callable, Iterator
from random import Random

MAX_LENGTH = 2_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MIXED = _LETTERS + _LETTERS.upper()
_ALNUM = _LETTERS + "0123456789"
_ATOM = _ALNUM + "_!#$%&'*+-/=?^`{|}~"
_ODD = '"\\()<>[]:;,@. \t\n\r\x00\x7f\u200b\u200d\u00ad\u0301\u0338\ud800\ufeff\u202e'
_WIDE = "éüßñçøłžДжшαβאבم٣漢字かな한글🙂ﬁ²Ⅷ\uff0e\u3002\uff20ſK\u00b7"

_MAILBOXES = (
    *("info", "marketing", "sales", "support", "abuse", "noc", "security", "postmaster"),
    *("hostmaster", "usenet", "news", "webmaster", "www", "uucp", "ftp", "admin", "root"),
)
_RESERVED = (
    *("test", "local", "localhost", "invalid", "onion", "arpa", "example", "in-addr.arpa"),
    *("home.arpa", "example.com", "latest", "mytest", "lan", "internal", "alt"),
)
_SUFFIXES = (
    *("com", "co.uk", "de", "museum", "COM", "c", "co", "1", "c0", "xn--p1ai", "xn--90ais"),
    *("рф", "中国", "コム", "한국", "ישראל", "x" * 63, "x" * 64, "co-m", "-com", "com-", "123"),
)
_HOSTS = (
    *("acme", "mail.acme", "a.b.c.d", "xn--mnchen-3ya", "xn--a", "xn--", "xn--zzzz9999", "münchen"),
    *("bücher", "bu\u0308cher", "faß", "ο\u0301σος", "ab--cd", "xa--cd", "a-", "-a", "a_b", "a b"),
    *("漢字", "правда", "אב1", "1אב", "٣", "a" * 63, "a" * 64, "é" * 60, "ＡＣＭＥ", "acme。mail"),
    *("a\u200dc", "क\u094d\u200dष", "l·l", "a\u0338", "", "a..b", ".a", "ACME", "iCloud", "🙂"),
)
_LITERALS = (
    *("[127.0.0.1]", "[1.2.3]", "[300.1.1.1]", "[IPv6:::1]", "[ipv6:2001:db8::1]", "[IPv6:x]"),
    *("[IPv6:fe80::1%eth0]", "[tag:content]", "[tag]", "[]", "[", "]", "[1.2.3.4", "1.2.3.4]"),
)
_LOCALS = (
    *('"quoted"', '"with space"', '"with@sign"', '"a\\"b"', '"a\\\\b"', '"unclosed', '""', '"a"b'),
    *('a"b"', '"é"', '"\u037e"', "(comment)a", "a(comment)", "a.(c).b", ".a", "a.", "a..b", "."),
    *("", " ", "a b", "a\\ b", "a" * 64, "a" * 65, "a" * 240, "é" * 40, "José", "Jose\u0301"),
    *(
        "用户",
        "-",
        "--",
        "a--b",
        "+tag",
        "a+b+c",
        "=?utf-8?q?a?=",
        "\u0301a",
        "a\u0338",
        "🙂",
        "a\u200bb",
    ),
)
_WRAPPERS = (
    *("<{}>", "Ann <{}>", '"Ann Lee" <{}>', "Ann Lee {}", "mailto:{}", "{}, b@acme.com", "{};"),
    *("{}.", " {} ", "\t{}\n", "({})", "{} (Ann)", "{}@", "@{}", "{}@acme.com", "<{}", "{}>"),
)


def addresses(seed: int) -> Iterator[str]:
    """Make addresses without end; the same seed gives the same ones."""
    rng = Random(seed)
    while True:
        address = rng.choice(_KINDS)(rng)
        for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
            address = _slip(rng, address)
        if len(address) <= MAX_LENGTH:
            yield address


def _plain(rng: Random) -> str:
    local = ".".join(_word(rng, _ATOM, 8) for _ in range(rng.randint(1, 3)))
    if rng.random() < 0.2:
        local = _cased(rng, rng.choice(_MAILBOXES))
    return f"{_cased(rng, local)}@{_cased(rng, _plain_domain(rng))}"


def _plain_domain(rng: Random) -> str:
    labels = [_word(rng, _ALNUM + "-", 9) for _ in range(rng.randint(1, 3))]
    return ".".join((*labels, _word(rng, _LETTERS, 4)))


def _odd_local(rng: Random) -> str:
    return f"{rng.choice(_LOCALS)}{rng.choice(('', '', '.x', 'x'))}@{_plain_domain(rng)}"


def _odd_domain(rng: Random) -> str:
    labels = [rng.choice(_HOSTS) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
    return f"{_word(rng, _ATOM, 6)}@{_cased(rng, '.'.join((*labels, rng.choice(_SUFFIXES))))}"


def _reserved(rng: Random) -> str:
    above = rng.choice(("", "acme.", "a.b.", "my", "my-"))
    return f"{_word(rng, _ATOM, 6)}@{above}{_cased(rng, rng.choice(_RESERVED))}"


def _literal(rng: Random) -> str:
    return f"{rng.choice((*_LOCALS, 'ann', 'bob'))}@{rng.choice(_LITERALS)}"


def _long(rng: Random) -> str:
    """Make an address near one of the limits: of a label, a domain, an address."""
    labels = [_word(rng, _LETTERS, 1) * rng.choice((60, 61, 62, 63, 64)) for _ in range(4)]
    domain = ".".join((*labels[: rng.randint(1, 4)], "com"))
    local = "a" * max(1, rng.choice((3, 64, 65, 254 - len(domain))) + rng.randint(-2, 2))
    return f"{local}@{domain}"


def _wrapped(rng: Random) -> str:
    return rng.choice(_WRAPPERS).replace("{}", rng.choice((_plain, _odd_local, _odd_domain))(rng))


def _noise(rng: Random) -> str:
    alphabet = rng.choice((_ATOM + ".@", _MIXED + _ODD, _WIDE + "ab.@", _ODD + _WIDE))
    halves = ("".join(rng.choices(alphabet, k=rng.randint(0, 12))) for _ in range(2))
    return rng.choice(("@", "@", "@", "")).join(halves)


def _word(rng: Random, alphabet: str, longest: int) -> str:
    return "".join(rng.choices(alphabet, k=rng.randint(1, longest)))


def _cased(rng: Random, text: str) -> str:
    return rng.choice((str, str, str.lower, str.upper, str.title))(text)


def _slip(rng: Random, text: str) -> str:
    """Change one place: a character too few, too many, doubled, another, or exchanged."""
    place = rng.randint(0, len(text))
    one = rng.choice(rng.choice((_ATOM, _MIXED, _ODD, _WIDE, ".@-", ".-")))
    before, after = text[:place], text[place:]
    return rng.choice(
        (
            before + after[1:],
            before + one + after,
            before + after[:1] + after,
            before + one + after[1:],
            before[:-1] + after[:1] + before[-1:] + after[1:],
        )
    )


_KINDS: tuple[Callable[[Random], str], ...] = (
    *(_plain, _plain, _plain, _plain, _plain, _plain, _odd_local, _odd_domain, _odd_domain),
    *(_reserved, _literal, _long, _wrapped, _noise),
)
