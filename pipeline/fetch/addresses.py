"""Which network addresses may be reached: public ones, and those an operator opens on purpose."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from pipeline.errors import FetchRefused, StartRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

WEB_PORTS = frozenset({80, 443})

# ``ipaddress.is_global`` lets multicast, NAT64, 6to4 and cloud metadata pass; so these lists.
_CLOSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # metadata of one cloud, on a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return address in _OPEN_V6 and not any(address in net for net in _CLOSED_V6)
        address = address.ipv4_mapped
    return not any(address in net for net in _CLOSED_V4)


@dataclass(frozen=True, slots=True)
class Gate:
    """The rule every connection passes: public and on a web port, or opened by the operator."""

    hosts: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[tuple[Network, int | None], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an allow list: ``host:port`` or ``network[:port]``, separated by commas.

        Raises:
            StartRefused: an entry that is neither, named in the text.
        """
        hosts: set[tuple[str, int]] = set()
        networks: list[tuple[Network, int | None]] = []
        for entry in filter(None, (part.strip().lower() for part in text.split(","))):
            network = _parse_network(entry)
            if network:
                networks.append(network)
            else:
                hosts.add(_parse_host(entry))
        return cls(frozenset(hosts), tuple(networks))

    def admit(self, host: str, port: int, addresses: list[str]) -> None:
        """Let a host pass, or not: every one of its addresses must.

        Raises:
            FetchRefused: with code ``private_address`` or ``port``.
        """
        if (host.removesuffix("."), port) in self.hosts:
            return
        for text in addresses:
            address = ip_address(text)
            if self._opens(address, port):
                continue
            if not is_public(address):
                raise FetchRefused("private_address", "The host is not on the public internet.")
            if port not in WEB_PORTS:
                raise FetchRefused("port", f"Port {port} is not a web port.")

    def _opens(self, address: Address, port: int) -> bool:
        return any(
            address in network and opened in {None, port} for network, opened in self.networks
        )


def _parse_network(entry: str) -> tuple[Network, int | None] | None:
    address, port = entry, ""
    if entry.startswith("["):
        address, _, port = entry.removeprefix("[").replace("]", "", 1).rpartition(":")
        if not entry.rpartition("]")[2].startswith(":"):
            address, port = entry.strip("[]"), ""
    elif entry.count(":") == 1:
        address, _, port = entry.partition(":")
    try:
        return ip_network(address, strict=False), _parse_port(port) if port else None
    except ValueError:
        return None


def _parse_host(entry: str) -> tuple[str, int]:
    host, _, port = entry.rpartition(":")
    try:
        return host, _parse_port(port if host else "")
    except ValueError:
        raise StartRefused(
            f"LEADS_FETCH_ALLOW: {entry!r} is neither host:port nor network[:port]."
        ) from None


def _parse_port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65_535):  # noqa: PLR2004 - the last port
        raise ValueError(text)
    return int(text)
