"""Conventions and what hangs from them. One module per noun."""

from etabli.pacts.models.amendment import Amendment, Subject
from etabli.pacts.models.attribution import Attribution, AttributionBundle
from etabli.pacts.models.convention import Action, Axis, Convention, ConventionKind, Party, PartyRole
from etabli.pacts.models.evidence import Evidence
from etabli.pacts.models.meeting import Attendee, Decision, Instance, Meeting, MeetingState, Presence
from etabli.pacts.models.mission import MissionLetter, MissionShare
from etabli.pacts.models.objective import (
    Aggregation,
    Measure,
    Nature,
    Objective,
    Sharing,
    Target,
)
from etabli.pacts.models.report import (
    Basis,
    FigureCorrection,
    FrozenFigure,
    FrozenRow,
    OpenedRow,
    Photo,
    Quotation,
    Report,
    ReportAgreement,
    ReportMove,
    Section,
    SectionRemark,
)
from etabli.pacts.models.review import Remark, RemarkKind
from etabli.pacts.models.template import Template
from etabli.pacts.models.version import Method, Signature, Version

__all__ = [
    "Action",
    "Aggregation",
    "Amendment",
    "Attendee",
    "Attribution",
    "AttributionBundle",
    "Axis",
    "Basis",
    "Convention",
    "ConventionKind",
    "Decision",
    "Evidence",
    "FigureCorrection",
    "FrozenFigure",
    "FrozenRow",
    "Instance",
    "Measure",
    "Meeting",
    "MeetingState",
    "Method",
    "MissionLetter",
    "MissionShare",
    "Nature",
    "Objective",
    "OpenedRow",
    "Party",
    "PartyRole",
    "Photo",
    "Presence",
    "Quotation",
    "Remark",
    "RemarkKind",
    "Report",
    "ReportAgreement",
    "ReportMove",
    "Section",
    "SectionRemark",
    "Sharing",
    "Signature",
    "Subject",
    "Target",
    "Template",
    "Version",
]
