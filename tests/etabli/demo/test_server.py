import socket

import pytest

from etabli.demo import __main__ as demo
from etabli.demo import guide, server
from etabli.demo.errors import NotAnswering, StepFailed
from tests.etabli.demo.conftest import SMALL


def test_a_port_already_taken_is_passed_over():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert server.free_port(taken) > taken


def test_a_step_that_fails_gives_its_output(tmp_path):
    with pytest.raises(StepFailed, match="Unknown command"):
        server.run("manage", "pasunecommande", env=server.environment(tmp_path, 8000))


def test_a_server_that_is_not_there_is_said_so():
    with pytest.raises(NotAnswering, match="ne répond pas"):
        server.get(server.free_port(18_000), "/sante")


def test_without_a_person_the_demonstration_checks_its_pages_and_stops(made, capsys):
    data, _ = made
    assert demo.start(SMALL, data, 18_100, serve=False) == 0
    said = capsys.readouterr().out.replace("\n", " ")
    assert "Données fictives déjà prêtes." in said
    assert "/territoires/epci/246200364/" in said
    assert "les entreprises, les comptes, les actes" in said
    officers = [line for line in guide.text(8000, serving=True).splitlines() if "chargé du pacte" in line]
    assert any("octave@" in line and "CMA Nord – Pas-de-Calais, CMAR PACA" in line for line in officers)
    assert any("basile@" in line and line.endswith("CALL") for line in officers)


def test_continuous_integration_never_serves(monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert not demo._somebody_there()
