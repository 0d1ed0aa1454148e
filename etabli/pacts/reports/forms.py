"""Forms of a report: the day of the freeze, the text of an axis, a correction asked, a line beside a figure."""

from django import forms

from etabli.ui.fields import FrenchDateField
