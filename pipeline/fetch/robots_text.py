"""Makes a robots.txt fit for the parser: only what concerns this engine, in bounded size.

A parser keeps every rule for every agent that a group names, so a file that names thousands of
both would cost their product. Who else is named does not matter here.
"""

import re
from collections.abc import Iterator

MAX_ROBOTS_BYTES = 500 << 10
"""As much as the RFC wants to be read at least."""

_AGENT = re.compile(r"\s{0,99}user[- ]?agent\s{0,99}[:\s]\s{0,99}([^#]{0,500})", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]+|\*\Z")
_NOBODY = "nobody-we-know"


def simplify_robots(body: bytes, product: str) -> str:
    """Give the text of a robots.txt in which all other agents bear one name.

    As the RFC wants, an agent is its product token: what follows it, such as a version, is
    left out.
    """
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    return "\n".join(_simplified(text, product.lower()))


def _simplified(text: str, product: str) -> Iterator[str]:
    named: set[str] = set()
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if agent is None:
            if line.partition("#")[0].strip():
                named.clear()
            yield line
            continue
        token = _TOKEN.match(agent[1].strip().lower())
        name = token[0] if token and token[0] in {product, "*"} else _NOBODY
        if name not in named:
            named.add(name)
            yield f"User-agent: {name}"
