"""No test leaves this machine: a connection to anything but the loopback is refused before it is tried."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class NetworkBlocked(OSError):
    """Raised in place of a connection."""


def is_local(host: object) -> bool:
    """True for the loopback, by name or by number, and for addresses to listen on."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def block(patch: pytest.MonkeyPatch) -> None:
    """Guard connections and name look-ups; sockets between processes of this machine stay free."""
    for method in ("connect", "connect_ex"):
        patch.setattr(socket.socket, method, _guarded_method(getattr(socket.socket, method)))
    patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))


def _guarded_method(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
            raise NetworkBlocked(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def _guarded_lookup(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise NetworkBlocked(f"a test tried to look up {host}")
        return look_up(host, *arguments, **options)

    return guarded
