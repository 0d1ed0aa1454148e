"""The Word document of a convention, from the standard template or from an organisation's own."""

import io
import re
import zipfile
from datetime import datetime

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError

from etabli.accounts.models import Organisation
from etabli.pacts.documents import amended, fields, standard
from etabli.pacts.documents.fields import BadTemplate
from etabli.pacts.documents.printed import Printed, printed
from etabli.pacts.documents.snapshot import Content
from etabli.pacts.models import Template
from etabli.papers import storage
from etabli.papers.raising import raise_in_word

SAMPLE: Content = {
    "convention": {
        "kind": "framework", "title": "Titre", "framework": "", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "budget": 100, "preamble": "Texte", "clauses": "Texte",
    },
    "perimeter": {"name": "Nom", "as_of": "2026-01-01", "sha256": "0" * 64, "communes": [["62498", "Lens"]]},
    "parties": [
        {"siren": "000000109", "name": "Nom", "role": "pilot", "deliberation_number": "1",
         "deliberation_on": "2026-01-01", "signatory_name": "Nom", "signatory_title": "Qualité"},
    ],
    "axes": [],
    "amendment": {"number": 1, "reason": "Raison", "effective_on": "2026-07-01", "changes": [
        {"what": "Fin", "before": "avant", "after": "après", "mark": "mention"},
    ]},
}  # fmt: skip

_FORBIDDEN_PARTS = re.compile(r"vbaProject|activeX|embeddings/|oleObject|afchunk", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_LINK = re.compile(rb'relationships/hyperlink["\']', re.IGNORECASE)


def docx(content: Content, template: bytes, *, standing: str, fictitious: bool = False) -> bytes:
    """The document. A template that says nothing of amendments is given theirs at its head. Raises BadTemplate."""
    data = printed(content, standing=standing, fictitious=fictitious)
    made = _render(template, data)
    return amended.led(made, data["amendment"]) if data["amendment"] and "avenant" not in _named(template) else made


NEEDED = {"titre": "le titre", "dates": "les dates", "parties": "les parties", "perimetre": "le périmètre",
          "axes": "les axes", "objectifs": "les objectifs", "fiches": "les fiches-action"}  # fmt: skip


def unsaid(template: bytes) -> list[str]:
    """What a template leaves out of the text that will be signed, in words; nothing most of the time."""
    named = _named(template)
    return [words for field, words in NEEDED.items() if field not in named]


def _named(template: bytes) -> set[str]:
    """The fields that a template names: Word may cut a word in several runs, hence without its marks."""
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        text = re.sub(rb"<[^>]*>", b"", packed.read("word/document.xml")).decode()
    return {name for tag in re.findall(r"\{[{%].*?[}%]\}", text) for name in re.findall(r"\w+", tag)}


def own_template(organisation: Organisation, until: datetime | None = None) -> bytes | None:
    """The template that an organisation gave itself, now or at a moment; None when the standard one stands."""
    rows = Template.objects.filter(organisation=organisation).select_related("document").order_by("-pk")
    last = (rows.filter(added_at__lte=until) if until else rows).first()
    return storage.read(last.document) if last and last.document else None


def template_of(organisation: Organisation) -> bytes:
    """The template in force in an organisation: its last one, or the standard one."""
    return own_template(organisation) or standard.template()


def check_template(content: bytes) -> None:
    """Raise BadTemplate unless it is harmless, and every field it names exists: it is tried on a sample."""
    faults = _harmful(content)
    if faults:
        raise BadTemplate(faults)
    _render(content, printed(SAMPLE))


def _harmful(content: bytes) -> list[str]:
    """Programs, embedded objects, things fetched from outside, tricks of XML."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if _FORBIDDEN_PARTS.search(name):
                found.append("Ce document contient un programme ou un objet incorporé\u00a0: enlevez-le.")
            if name.endswith((".xml", ".rels")):
                part = packed.read(name)
                if _DOCTYPE.search(part):
                    found.append("Ce document déclare des entités XML\u00a0: enregistrez-le de nouveau depuis Word.")
                if name.endswith(".rels") and _fetches(part):
                    found.append("Ce document va chercher un modèle ou une image sur le réseau\u00a0: incorporez-les.")
    return list(dict.fromkeys(found))


def _fetches(part: bytes) -> bool:
    relations = re.findall(rb"<Relationship\b[^>]*>", part)
    return any(_OUTSIDE.search(one) and not _LINK.search(one) for one in relations)


def _render(template: bytes, data: Printed) -> bytes:
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(fields.french(data), fields.Restricted(), autoescape=True)
        raise_in_word(document.docx)
        saved = io.BytesIO()
        document.save(saved)
    except TemplateError as error:
        raise BadTemplate([f"Une balise est mal écrite\u00a0: {error}."]) from error
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadTemplate(
            ["Ce document Word ne s’ouvre pas\u00a0: enregistrez-le de nouveau au format .docx."]
        ) from error
    return saved.getvalue()
