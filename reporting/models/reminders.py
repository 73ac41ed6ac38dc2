"""Reminders: what was sent, to whom, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from reporting.models.reports import UnitReport


class Reminder(models.Model):
    """A mail to one person on one day about the reports it names. `sent_at` is empty where it could not be sent."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("til"))
    reports = models.ManyToManyField(UnitReport, related_name="reminders", verbose_name=_("rapporter"))
    day = models.DateField(_("dag"))
    address = models.EmailField(_("e-postadresse"))
    subject = models.CharField(_("emne"), max_length=200)
    body = models.TextField(_("innhold"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    problem = models.CharField(_("hvorfor den ikke ble sendt"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_per_person_and_day")]

    def __str__(self) -> str:
        return self.subject
