"""The guard of the network is on in every test."""

import socket

import pytest
import requests

from tests.network import NetworkBlocked, is_local


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "127.0.1.1", "::1", b"localhost"])
def test_the_loopback_is_free(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "exemple.fr", "2001:db8::1", "0.0.0.0"])
def test_everything_else_is_not(host: object) -> None:
    assert not is_local(host)


def test_a_connection_outside_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(NetworkBlocked, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


def test_a_download_is_refused_at_the_look_up() -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get("https://exemple.invalid/", timeout=1)


def test_the_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
