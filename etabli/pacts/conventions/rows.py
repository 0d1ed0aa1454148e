"""Several rows in one form: what exists, and a few empty lines; « ajouter une ligne » works without script."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from etabli.ui.asked import whole_number

MOST_ROWS = 200


def formset(
    form: type[forms.Form],
    request: HttpRequest,
    known: Sequence[dict[str, Any]],
    *,
    prefix: str,
    empty: int,
    **options: Any,
) -> Any:
    """Bound on POST, with `known` rows and `empty` lines otherwise (`?lignes=` asks for more)."""
    asked = whole_number(request.GET.get("lignes", ""))
    extra = empty if asked is None else min(asked, 20)
    made = forms.formset_factory(
        form, extra=max(extra, 0), max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return made(
        request.POST if request.method == "POST" else None, initial=list(known), prefix=prefix, form_kwargs=options
    )


def filled(rows: Any) -> list[dict[str, Any]]:
    """The rows somebody filled, in their order; an emptied line is a removed one."""
    return [form.row for form in rows.forms if form.row]
