"""`/sante`: can this installation answer? Read by the start of the demonstration and by supervision."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etabli import facts
from etabli.audit import guard
from maillage.errors import DamagedStore, NoStore

DISK_NEEDED = 200 * 1024 * 1024  # bytes; a monthly build of a département needs about half of it


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migration(s) à appliquer\u00a0: ./run manage migrate" if waiting else ""


def _store() -> str:
    try:
        facts.store()
    except DamagedStore:  # the messages of both name folders of the machine, and this page is public
        return "entrepôt de données abîmé\u00a0: ./run maillage check"
    except NoStore:
        return "aucun entrepôt de données lisible"
    return ""


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return "" if free >= DISK_NEEDED else f"il reste {free // 1024 // 1024} Mo"


def _ledgers() -> str:
    lost = guard.missing(connection)
    return f"{len(lost)} table(s) sans leur garde\u00a0: ./run manage migrate" if lost else ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "ledgers": _ledgers,
    "store": _store,
    "disk": _disk,
}


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check() or "ok"
    except DatabaseError:
        return "la base de données ne répond pas"


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django passes it
    """200 when every check passes, else 503; each check says « ok » or what is wrong."""
    checks = {name: _outcome(check) for name, check in CHECKS.items()}
    healthy = all(outcome == "ok" for outcome in checks.values())
    body = {"status": "ok" if healthy else "failing", "checks": checks}
    return JsonResponse(body, status=200 if healthy else 503, json_dumps_params={"ensure_ascii": False})
