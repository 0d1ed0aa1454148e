"""`python -m etabli.demo [--port N] [--serve]`: prepare the demonstration, then serve it or check that it answers."""

import argparse
import os
import sys
import time
from pathlib import Path

from etabli.accounts.entrance.hashers import PASSWORD
from etabli.demo import guide, server
from etabli.demo.recipe import Recipe, whole
from etabli.demo.stores import prepare
from etabli.demo.terminal import say, seconds, step
from maillage.errors import MaillageError

DEFAULT_PORT = 8000


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 when the demonstration is served or healthy, 1 with a French reason when something stops it."""
    options = _options(arguments)
    try:
        return start(whole(), data_folder(), options.port, serve=options.serve or _somebody_there())
    except MaillageError as error:
        print(f"\nLa démonstration s’arrête\u00a0: {error.message}", file=sys.stderr)
        return 1


def start(recipe: Recipe, data: Path, wanted_port: int, *, serve: bool) -> int:
    """Prepare the data and the database, then serve, or check the health and stop.

    Raises MaillageError with the reason when a step fails.
    """
    begun = time.perf_counter()
    (data / "static").mkdir(parents=True, exist_ok=True)  # nothing is collected there, but whitenoise looks for it
    port = server.free_port(wanted_port)
    env = server.environment(data, port)
    say(f"Démonstration d’Établi, dans {data}")
    prepare(recipe, data)
    with step("Police du site"):
        server.run("etabli.papers.assets", env=env)
    with step("Base de données"):
        server.run("manage", "migrate", "--no-input", "--verbosity=0", env=env)
    with step("Six pactes, leurs comptes et leurs actes"):
        server.run("etabli.demo.pacts", env=env)
    if not serve:
        with step("Contrôle\u00a0: le site répond"), server.running(env, port):
            server.check(port, guide.CHECKED)
            server.check_as(port, guide.OFFICER.email, PASSWORD, guide.CHECKED_INSIDE)
    say(f"  Prêt en {seconds(time.perf_counter() - begun)}.")
    if port != wanted_port:
        say(f"  Le port {wanted_port} est pris\u00a0: le site utilise le {port}.")
    say()
    say(guide.text(port, serving=serve))
    if serve:
        server.serve(env, port)
    return 0


def data_folder() -> Path:
    """`ETABLI_DATA`, or `data/` at the root of the project."""
    return Path(os.environ.get("ETABLI_DATA") or server.ROOT / "data").resolve()


def _somebody_there() -> bool:
    """Whether a person is in front of the terminal: continuous integration and pipes get a check instead."""
    return sys.stdout.isatty() and os.environ.get("CI", "").lower() != "true"


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run demo",
        description="Prépare la démonstration (données fictives), puis la sert ; sans terminal, la contrôle.",
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port du site (le suivant libre s’il est pris)")
    parser.add_argument("--serve", action="store_true", help="servir même sans terminal")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
