"""What somebody can be told of. Each kind is switched on and off by each person; a service built later adds its own."""

from django.db import models


class Kind(models.TextChoices):
    """One reason to be told, in the words of the page where it is switched off."""

    PROGRAMMING = "programming", "la programmation de l’année suivante est à préparer avant le 1er décembre"
    MID_TERM = "mid_term", "le point de mi-parcours est à faire en juin"
    ENDING = "ending", "une convention se termine dans six mois"
    UNPAID = "unpaid", "une convention signée attend son premier versement"
    LATE_TARGETS = "late_targets", "en septembre, des cibles sont à moins de la moitié"
    YOUR_TURN = "your_turn", "une convention ou un avenant attend quelque chose de mon organisation"
    REPORT = "report", "un bilan attend d’être relu, corrigé ou publié"
    DECISION_DUE = "decision_due", "une décision de réunion arrive à sa date"
