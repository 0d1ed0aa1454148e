"""Several rows in one form: what exists, and a few empty lines; « ajouter une ligne » works without script.

The page says which rows it showed: what somebody else wrote meanwhile is neither overwritten nor removed unseen.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from etabli.ui.asked import whole_number
from etabli.ui.seen import Still, whatever

MOST_ROWS = 200
Read = Callable[[], Sequence[dict[str, Any]]]
OVERTAKEN = (
    "Quelqu’un d’autre a changé cette liste pendant que vous écriviez\u00a0: rien n’est enregistré. Ses nouvelles "
    "lignes sont à la suite des vôtres. Relisez, ouvrez au besoin la page dans un autre onglet pour comparer, puis "
    "enregistrez de nouveau."
)


class Lines(forms.BaseFormSet):  # type: ignore[type-arg] # generic in the stubs alone
    """`mark` is of the rows as they are now; `overtaken` when the page that was sent had shown others.

    `still` raises ValidationError when they are others again: for the action, under its lock.
    """

    mark = ""
    overtaken = False
    still: Still = staticmethod(whatever)

    def clean(self) -> None:
        """Raises ValidationError rather than write over somebody else."""
        if self.overtaken:
            raise ValidationError(OVERTAKEN)


def formset(
    form: type[forms.Form],
    request: HttpRequest,
    read: Read,
    *,
    prefix: str,
    empty: int,
    **options: Any,
) -> Any:
    """Bound on POST, with the rows that are read and `empty` lines otherwise (`?lignes=` asks for more).

    Overtaken, it is bound to what was typed and, after it, to the known rows that the author had not seen.
    """
    known, asked = read(), whole_number(request.GET.get("lignes", ""))
    extra = empty if asked is None else min(asked, 20)
    made = forms.formset_factory(
        form, formset=Lines, extra=max(extra, 0), max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    mark = _mark(form, known)
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    overtaken = sent is not None and sent.get(f"{prefix}-lu", mark) != mark
    if sent is not None and (overtaken or f"{prefix}-TOTAL_FORMS" not in sent):
        sent, overtaken = _with_unseen(sent, form, known, prefix), True
    lines: Any = made(sent, initial=list(known), prefix=prefix, form_kwargs=options)
    lines.mark, lines.overtaken, lines.still = mark, overtaken, partial(_check, form, read, mark)
    return lines


def _check(form: type[forms.Form], read: Read, mark: str, _row: object) -> None:
    if _mark(form, read()) != mark:
        raise ValidationError(OVERTAKEN)


def _mark(form: type[forms.Form], known: Sequence[dict[str, Any]]) -> str:
    """Short fingerprint of the rows, of what the form shows of them."""
    shown = [{name: value for name, value in row.items() if name in form.base_fields} for row in known]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _with_unseen(
    sent: QueryDict, form: type[forms.Form], known: Sequence[dict[str, Any]], prefix: str
) -> QueryDict:  # fmt: skip
    """What was sent, and after it the rows that it does not name: by their `id`, or by their SIREN."""
    data, key = sent.copy(), "id" if "id" in form.base_fields else "siren"
    count = min(whole_number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS)
    named = {data.get(f"{prefix}-{number}-{key}") for number in range(count)}
    for row in known:
        if str(row[key]) not in named:
            for name in row.keys() & form.base_fields.keys():
                value = row[name]
                several = value if isinstance(value, list) else ["" if value is None else value]
                data.setlist(f"{prefix}-{count}-{name}", [str(one) for one in several])
            count += 1
    # all of them are initial: a line that is as the database holds it would be taken for an empty one
    data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = str(count)
    return data


def filled(rows: Any) -> list[dict[str, Any]]:
    """The rows somebody filled, in their order; an emptied line is a removed one."""
    return [form.row for form in rows.forms if form.row]
