"""The national list of arts: what is bought, paid, sold or received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import ValidityQuerySet, ValidModel


class KostraArt(ValidModel):
    """An art of the national KOSTRA code list: three digits, a name, and the years it is valid.

    `is_operational` and `is_investment` say in which of the two accounts it may be used.
    """

    code = models.CharField(_("kode"), max_length=3, unique=True)
    name = models.CharField(_("navn"), max_length=200, blank=True)
    series = models.CharField(_("gruppe"), max_length=100)
    is_income = models.BooleanField(_("inntekt"))
    is_operational = models.BooleanField(_("brukes i drift"), default=True)
    is_investment = models.BooleanField(_("brukes i investering"), default=True)
    name_status = models.CharField(_("hvor sikkert navnet er"), max_length=100, blank=True)
    note = models.CharField(_("merknad"), max_length=500, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("KOSTRA-art")
        verbose_name_plural = _("KOSTRA-arter")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()
