"""Follows redirects: each of them is a request of its own, held to the same rules."""

from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Protocol

from pipeline.errors import FetchFailed
from pipeline.fetch.response import REDIRECTS, Response
from pipeline.fetch.urls import Target, parse_url

_HARMLESS = frozenset({"accept", "accept-language"})


class Ask(Protocol):
    """One request; the time that it took is what ``budget`` counts, in seconds."""

    def __call__(
        self, target: Target, headers: Mapping[str, str], budget: float
    ) -> Awaitable[tuple[Response, float]]:
        """Give the answer, and the seconds it took."""


async def follow_redirects(
    ask: Ask, url: str, headers: Mapping[str, str], *, budget: float, hops: int, stay: bool = False
) -> Response:
    """Ask for a page and go where it is redirected to, at most ``hops`` times.

    With ``stay`` a redirect to another host is given back instead. Headers that may tell a
    secret stay with the origin they were meant for.

    Raises:
        FetchRefused: a redirect leads where nothing may be fetched.
        FetchFailed: with code ``too_many_redirects``, or whatever asking raises.
    """
    target = parse_url(url)
    for _ in range(hops + 1):
        response, seconds = await ask(target, headers, budget)
        if response.status not in REDIRECTS:
            return response if response.url == url else replace(response, url=url)
        budget -= seconds
        following = parse_url(response.location or "")
        if stay and following.host != target.host:
            return replace(response, url=url)
        if following.origin != target.origin:
            headers = {k: v for k, v in headers.items() if k.lower() in _HARMLESS}
        target = following
    raise FetchFailed("too_many_redirects", "The page is redirected again and again.")
