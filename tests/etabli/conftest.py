"""Pages under the contract."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.etabli import contract


Visit = Callable[..., contract.Page]


@pytest.fixture
def visit(client: Client) -> Visit:
    """Fetch a page and hold it to the contract: `visit("/", status=200)`."""

    def fetch(address: str, status: int = 200, **headers: str) -> contract.Page:
        response = client.get(address, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return contract.check(response)

    return fetch
