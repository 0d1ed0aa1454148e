"""Checks made by other programs, each seen refusing one fault in a little project that has our very settings."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.conftest import Write
from tools.check import CHECKS
from tools.checks import programs
from tools.commands import ROOT

DOCUMENTED = '"""A module."""\n\n'
SETTINGS = 'INSTALLED_APPS = ["etabli.registry"]\nDEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n'
MODEL = "from django.db import models\n\n\nclass Firm(models.Model):\n    name = models.CharField(max_length=9)\n"


@pytest.fixture
def project(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders of the engine and of the site, empty, under our settings: every check is content with it."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "etabli.config.settings")
    for name in ("pyproject.toml", "manage.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for package in ("maillage", "etabli"):
        write(f"{package}/__init__.py", "")
        for entry in (ROOT / package).iterdir():
            if (entry / "__init__.py").exists():
                write(f"{package}/{entry.name}/__init__.py", "")
            elif entry.suffix == ".py":
                write(f"{package}/{entry.name}", "")
    write("tools/__init__.py", "")
    write("etabli/config/settings.py", DOCUMENTED + SETTINGS)
    write("etabli/registry/migrations/__init__.py", "")
    write("etabli/ui/templates/ui/page.html", "<p>Bonjour</p>\n")
    return tmp_path


def nested(depth: int) -> str:
    """A function with that many branches side by side."""
    branches = "".join(f"    if a > {n}:\n        b = {n}\n" for n in range(depth))
    return f"{DOCUMENTED}\ndef f(a: int) -> int:\n    b = 0\n{branches}    return b\n"


LINT = {
    "C901": nested(10),
    "PLR0912": nested(13),
    "PLC0415": f"{DOCUMENTED}\ndef f() -> str:\n    import os\n\n    return os.name\n",
    "ANN001": f"{DOCUMENTED}\ndef f(a) -> str:\n    return str(a)\n",
    "T201": DOCUMENTED + 'print("a")\n',
    "BLE001": f"{DOCUMENTED}\ndef f() -> None:\n    try:\n        g()\n    except Exception:\n        h()\n",
    "DTZ005": DOCUMENTED + "from datetime import datetime\n\nNOW = datetime.now()\n",
    "S608": DOCUMENTED + 'NAME = "a"\nSQL = f"SELECT * FROM {NAME}"\n',
    "E501": DOCUMENTED + f'LONG = "{"a" * 120}"\n',
    "FIX002": DOCUMENTED + "# TO" + "DO: later\n",
    "TID252": DOCUMENTED + "from ..acts import models\n",
}
TYPES = {
    "no-untyped-def": "def f(a):\n    return a\n",
    "type-arg": "def f(a: list) -> None: ...\n",
    "no-any-return": "import json\n\n\ndef f() -> int:\n    return json.loads('1')\n",
    "unreachable": "def f(a: int) -> int:\n    if isinstance(a, str):\n        return 0\n    return a\n",
}
READ = "from etabli.registry.models import Firm\n\n\ndef f() -> object:\n    return Firm.objects.filter(absent='a')\n"
LAYERS = {
    "Les applications d’etabli n’importent que vers le bas": {
        "etabli/registry/queries.py": "from etabli.acts import models\n",
        "etabli/acts/models.py": "",
    },
    "Le moteur ignore Django et le site": {"maillage/store/sql.py": "from django.db import models\n"},
    "Une seule porte du site vers le moteur : etabli.facts": {
        "etabli/acts/queries.py": "from maillage.store import spells\n",
        "maillage/store/spells.py": "",
    },
    "Aucun cycle entre dossiers frères": {
        "maillage/store/spells.py": "from maillage.sources import files\n",
        "maillage/sources/files.py": "from maillage.store import spells\n",
    },
}
TEMPLATES = {
    "H025": "<p><span></p>\n",
    "H013": '<img src="a.png">\n',
    "H037": '<p class="a" class="b"></p>\n',
    "T032": "{% url  'home' %}\n",
}
BY_PROGRAMS = {name: check for name, (_, check) in CHECKS.items() if check.__module__ == programs.__name__}


def said(check: Callable[[Path], list[str]], project: Path) -> str:
    """What one check says of the little project."""
    return "\n".join(check(project))


def test_the_little_project_pleases_every_check(project: Path) -> None:
    assert {name: said(check, project) for name, check in BY_PROGRAMS.items()} == dict.fromkeys(BY_PROGRAMS, "")


def test_ruff_refuses_each_fault_by_the_name_of_its_rule(project: Path, write: Write) -> None:
    for rule, text in LINT.items():
        write(f"etabli/acts/{rule.lower()}.py", text)
    complaints = programs.lint(project)[0].splitlines()
    missing = [
        rule for rule in LINT if not any(f"{rule.lower()}.py:" in line and f" {rule} " in line for line in complaints)
    ]
    assert missing == []


def test_ruff_refuses_a_layout_of_ones_own(project: Path, write: Write) -> None:
    write("etabli/acts/queries.py", "A = [1,2]\n")
    assert "etabli/acts/queries.py" in said(programs.layout, project)


def test_mypy_is_strict_in_the_engine_and_on_actions_policies_and_queries(project: Path, write: Write) -> None:
    write("etabli/registry/models.py", DOCUMENTED + MODEL)
    for folder in ("maillage/store", "etabli/registry/actions", "etabli/registry/policies"):
        write(f"{folder}/__init__.py", "")
        for rule, text in TYPES.items():
            write(f"{folder}/{rule.replace('-', '_')}.py", text)
    write("etabli/registry/queries.py", READ)
    complaints = said(programs.types, project).splitlines()
    awaited = [
        (f"{folder}/{rule.replace('-', '_')}.py:", f"[{rule}]")
        for folder in ("maillage/store", "etabli/registry/actions", "etabli/registry/policies")
        for rule in TYPES
    ] + [("etabli/registry/queries.py:", "Cannot resolve keyword 'absent' into field")]  # the types of Django
    missing = [
        (name, rule) for name, rule in awaited if not any(line.startswith(name) and rule in line for line in complaints)
    ]
    assert missing == [], complaints


@pytest.mark.parametrize("contract", LAYERS)
def test_an_import_against_a_contract_breaks_that_one(project: Path, write: Write, contract: str) -> None:
    for name, text in LAYERS[contract].items():
        write(name, text)
    assert f"{contract} BROKEN" in said(programs.layers, project)


def test_djlint_refuses_each_fault_by_the_name_of_its_rule(project: Path, write: Write) -> None:
    for rule, text in TEMPLATES.items():
        write(f"etabli/ui/templates/ui/{rule}.html", text)
    complaints = said(programs.templates, project)
    assert [rule for rule in TEMPLATES if f"\n{rule} " not in complaints] == []


def test_a_warning_of_django_is_a_failure(project: Path, write: Write) -> None:
    write("etabli/config/settings.py", SETTINGS.replace("DEFAULT", "OTHER"))
    write("etabli/registry/models.py", MODEL)
    assert "models.W042" in said(programs.django, project)


def test_a_model_without_its_migration_is_named(project: Path, write: Write) -> None:
    write("etabli/registry/models.py", MODEL)
    assert "Create model Firm" in said(programs.migrations, project)
