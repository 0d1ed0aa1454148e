"""French typography and dead templates: seen accepted, seen refused."""

from pathlib import Path

import pytest

from tests.house.conftest import Write
from tools.checks import typography

SOUND = 'def say():\n    """Docstring: free."""\n    return "Prêt\\u00a0: «\\u00a0Lens\\u00a0»\\u202f! L’été"\n'


def test_sound_french_is_accepted(tmp_path: Path, write: Write) -> None:
    write("etabli/ui/say.py", SOUND)
    write("etabli/ui/templates/ui/page.html", "<p title='a : b'>L’été&nbsp;: {{ x|default:'d : e' }}</p>")
    assert typography.typography(tmp_path) == []


@pytest.mark.parametrize("wrong", ["Prêt :", "Prêt !", "« Lens", "l'été"])
def test_a_fault_is_named_with_what_to_write_in_a_message_and_in_a_page(
    wrong: str, tmp_path: Path, write: Write
) -> None:
    write("etabli/ui/say.py", f'SAID = "{wrong}"\n')
    write("etabli/ui/templates/ui/page.html", f"<p>{wrong} </p>")
    page, message = typography.typography(tmp_path)
    assert page.startswith("etabli/ui/templates/ui/page.html : « ")
    assert message.startswith("etabli/ui/say.py : « ")
    assert all(wrong in said for said in (page, message))
    assert all("écrire ’" in said or "U+00A0" in said for said in (page, message))


def test_a_comment_that_the_page_would_print_is_refused(tmp_path: Path, write: Write) -> None:
    write("etabli/ui/templates/ui/page.html", "{# closed #}{# open,\nclosed below #}")
    (said,) = typography.typography(tmp_path)
    assert said.startswith("etabli/ui/templates/ui/page.html")
    write("etabli/ui/templates/ui/page.html", "{# closed #}\n{# closed too #}")
    assert typography.typography(tmp_path) == []


def test_tests_and_migrations_are_not_read(tmp_path: Path, write: Write) -> None:
    write("tests/test_say.py", 'SAID = "Prêt :"\n')
    write("etabli/ui/migrations/0001_initial.py", 'SAID = "Prêt :"\n')
    assert typography.typography(tmp_path) == []


@pytest.mark.parametrize("use", ['"ui/page.html"', 'template(request, "page")'])
def test_a_template_is_used_by_its_path_or_by_its_name(use: str, tmp_path: Path, write: Write) -> None:
    write("etabli/ui/templates/ui/page.html", "<p></p>")
    write("etabli/ui/views.py", "nothing")
    assert typography.unused_templates(tmp_path) == ["etabli/ui/templates/ui/page.html ne sert à aucune page"]
    write("etabli/ui/views.py", use)
    assert typography.unused_templates(tmp_path) == []


def test_a_component_is_used_by_its_tag(tmp_path: Path, write: Write) -> None:
    write("etabli/ui/templates/cotton/key_figure.html", "<p></p>")
    assert len(typography.unused_templates(tmp_path)) == 1
    write("etabli/ui/templates/404.html", "<c-key-figure />")
    assert typography.unused_templates(tmp_path) == []
