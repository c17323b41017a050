"""The table of addresses: what is public, what is not, and what an operator may open."""

from ipaddress import ip_address

import pytest

from pipeline.errors import FetchRefused, StartRefused
from pipeline.fetch.addresses import Gate, is_public

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254
168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.192
192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:10::1 2001:db8::1 2002:7f00:1::1
2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff05::2
"""
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255
128.0.0.0 168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0
192.0.1.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2001:200::1
2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450:4001::1 3ffe::1 ::ffff:8.8.8.8
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_this_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_this_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("allow", "host", "port", "address"),
    [
        ("localhost:8000", "localhost", 8000, "127.0.0.1"),
        ("Intranet.Example:80", "intranet.example", 80, "10.0.0.7"),
        ("127.0.0.1:9000", "127.0.0.1", 9000, "127.0.0.1"),
        ("10.0.0.0/8", "crm.example", 8443, "10.1.2.3"),
        ("1.1.1.1:1, 10.0.0.0/8:8080", "crm.example", 8080, "10.1.2.3"),
        ("[::1]:8000", "::1", 8000, "::1"),
        ("fd00::/8", "crm.example", 80, "fd00::5"),
        ("[fd00::/8]:81", "crm.example", 81, "fd00::5"),
        ("", "example.com", 443, "93.184.215.14"),
    ],
)
def test_this_entry_opens_the_way(allow: str, host: str, port: int, address: str) -> None:
    Gate.parse(allow).admit(host, port, [address])


@pytest.mark.parametrize(
    ("allow", "host", "port", "address", "code"),
    [
        ("", "example.com", 8080, "93.184.215.14", "port"),
        ("", "example.com", 22, "93.184.215.14", "port"),
        ("localhost:8000", "localhost", 8001, "127.0.0.1", "private_address"),
        ("localhost:8000", "other", 8000, "127.0.0.1", "private_address"),
        ("10.0.0.0/8:8080", "crm.example", 80, "10.1.2.3", "private_address"),
        ("10.0.0.0/8", "crm.example", 80, "192.168.0.1", "private_address"),
        ("[::1]:8000", "::1", 80, "::1", "private_address"),
    ],
)
def test_this_entry_keeps_the_way_closed(
    allow: str, host: str, port: int, address: str, code: str
) -> None:
    with pytest.raises(FetchRefused) as caught:
        Gate.parse(allow).admit(host, port, [address])

    assert caught.value.code == code


@pytest.mark.parametrize("allow", ["localhost", "localhost:", ":80", "localhost:99999", "a:b:c"])
def test_an_entry_that_makes_no_sense_refuses_the_start(allow: str) -> None:
    with pytest.raises(StartRefused, match="LEADS_FETCH_ALLOW"):
        Gate.parse(allow)
