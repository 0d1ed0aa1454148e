"""A form opened before somebody else wrote: nobody's words are written over, nor lost without a word.

The page carries, field by field, a mark of what it showed. Sent over something else, the form refuses, keeps what was
typed, takes what the other one wrote wherever nothing was typed, and says it wherever both wrote. The action asks once
more, under its lock: `still(row)` raises ValidationError unless the row is what the form was sent over.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

NAME = "seen"
OVERTAKEN = (
    "Quelqu’un d’autre a changé cette page pendant que vous écriviez\u00a0: rien n’est enregistré. Votre saisie est "
    "gardée\u00a0; là où vous n’aviez rien changé, c’est la sienne qui est reprise. Relisez, puis enregistrez."
)
BOTH = "Quelqu’un d’autre a changé ce champ aussi\u00a0: ce qui est enregistré est écrit au-dessus."
Still = Callable[[Any], None]


def whatever(_row: object) -> None:
    """The author was shown nothing: a command, a first writing."""


def mark(value: Any) -> str:
    """Short fingerprint of a text, or of several; browsers end lines in their own way."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:8]


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        return "\x1f".join(map(_plain, value))
    return "\n".join(str(value).strip().splitlines())


class Seen(forms.BaseForm):
    """Put before the class of a form: `class TextForm(Seen, forms.Form)`; the template prints `{{ form.seen }}`.

    A form of its own fields says in `now(row)` what it shows of a row; that of a model knows.
    """

    overtaken = OVERTAKEN

    def now(self, row: Any) -> Mapping[str, Any]:
        """What the form would show of a row, by field."""
        return model_to_dict(row, list(self.fields))

    @property
    def seen(self) -> SafeString:
        """The hidden input."""
        marks = " ".join(f"{name}:{one}" for name, one in self._marks(self.initial).items())
        return format_html('<input name="{}" type="hidden" value="{}">', self.add_prefix(NAME), marks)

    def still(self, row: Any) -> None:
        """Raise ValidationError when a row is no more what this form was filled over."""
        if self._marks(self.now(row)) != self._marks(self.initial):
            raise ValidationError(self.overtaken)

    def full_clean(self) -> None:
        """The same, over what the page had shown."""
        both = self._merge() if self.is_bound else None
        super().full_clean()
        if both is None:
            return
        self.add_error(None, self.overtaken)
        for name in both:
            self[name].help_text = f"Enregistré\u00a0: {self._said(name) or 'rien'}"
            self.add_error(name, BOTH)

    def _merge(self) -> list[str] | None:
        """Take what was not typed from what is stored; the fields that two people wrote, None when nothing was lost."""
        sent = self.data.get(self.add_prefix(NAME))
        if not sent:
            return None
        then = dict(part.rsplit(":", 1) for part in sent.split(" ") if ":" in part)
        now, mine = self._marks(self.initial), {name: mark(self._typed(name)) for name in self._names()}
        moved = [name for name in now if then.get(name) != now[name]]
        for name in moved:
            if mine[name] == then.get(name, mine[name]):  # as it was shown, or not shown at all
                self._take(name)
                mine[name] = now[name]
        lost = bool(moved) and mine != now  # sent twice, or with nothing typed: there is nothing to refuse
        return [name for name in moved if mine[name] != now[name]] if lost else None

    def _names(self) -> Iterable[str]:
        return [name for name, field in self.fields.items() if not isinstance(field, forms.FileField)]

    def _marks(self, shown: Mapping[str, Any]) -> dict[str, str]:
        return {name: mark(self._shown(name, shown)) for name in self._names()}

    def _shown(self, name: str, shown: Mapping[str, Any]) -> Any:
        """What stands in a field, as the browser sends it back untouched."""
        field = self.fields[name]
        value = shown.get(name, field.initial)
        value = field.prepare_value(value() if callable(value) else value)
        return bool(value) if isinstance(field.widget, forms.CheckboxInput) else field.widget.format_value(value)

    def _typed(self, name: str) -> Any:
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _take(self, name: str) -> None:
        data, value = QueryDict(mutable=True), self._shown(name, self.initial)
        data.update(self.data)
        several = value if isinstance(value, list) else [value]
        data.setlist(self.add_prefix(name), [str(one) for one in several if one not in (None, False)])
        self.data = data

    def _said(self, name: str) -> str:
        """What is stored, in words."""
        value, field = self._shown(name, self.initial), self.fields[name]
        if isinstance(value, bool):
            return "coché" if value else "décoché"
        several = value if isinstance(value, list) else [value]
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            choices: Any = field.choices
            labels = {str(code): str(label) for code, label in _flat(choices)}
            return ", ".join(labels.get(str(one), str(one)) for one in several if one not in (None, ""))
        return ", ".join(str(one) for one in several if one not in (None, "", False))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
