"""Pages under the contract, templates that forgive nothing."""

from collections.abc import Callable, Iterator

import pytest
from django.template import engines
from django.test import Client

from tests.etabli import contract


class UndefinedVariable(AssertionError):
    """A template used a variable that its view did not give."""


class Unforgiving(str):
    """Printed by Django in place of an undefined variable: printing it fails."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: object) -> str:
        raise UndefinedVariable(str(variable))


@pytest.fixture(scope="session", autouse=True)
def undefined_variables_fail() -> Iterator[None]:
    """In any template rendered by any test."""
    engine = engines["django"].engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "string_if_invalid", Unforgiving("%s"))
        yield


Visit = Callable[..., contract.Page]


@pytest.fixture
def visit(client: Client) -> Visit:
    """Fetch a page and hold it to the contract: `visit("/", status=200)`."""

    def fetch(address: str, status: int = 200, **headers: str) -> contract.Page:
        response = client.get(address, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return contract.check(response)

    return fetch
