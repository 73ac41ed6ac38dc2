"""The control: rules that look at a document's data before it is published, and say what is wrong and where.

A finding stops nothing. A person mends it, or accepts it with a reason; the acceptance is kept with the person's name.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import ServiceArea, User
from plans.control_measures import MEASURE_RULES
from plans.control_money import MONEY_RULES
from plans.control_rules import REPORT_RULES, RULES
from plans.findings import Finding, Scope
from plans.models import Document, FindingAcceptance
from plans.models.documents import OF_ONE_UNIT


@dataclass(frozen=True)
class Report:
    """What the control found: what is open, and what has been accepted with which acceptance."""

    open: list[Finding]
    accepted: list[tuple[Finding, FindingAcceptance]]


def check(document: Document) -> Report:
    """Run every rule for its kind over the document. The number of queries does not grow with the document."""
    sections = list(document.sections.select_related("area", "parent").order_by("position"))
    areas = list(ServiceArea.objects.filter(pk__in={section.area_id for section in sections if section.area_id}))
    scope = Scope(document=document, year=document.year, areas=areas, sections=sections)
    is_report = document.kind in (Document.Kind.TERTIAL_REPORT, *OF_ONE_UNIT)
    rules = (*REPORT_RULES, *MONEY_RULES) if is_report else (*RULES, *MONEY_RULES, *MEASURE_RULES)
    findings = [finding for rule in rules for finding in rule(scope)]
    acceptances = {acceptance.key: acceptance for acceptance in document.acceptances.select_related("accepted_by")}
    return Report(
        open=[finding for finding in findings if finding.key not in acceptances],
        accepted=[(finding, acceptances[finding.key]) for finding in findings if finding.key in acceptances],
    )


@transaction.atomic
def accept(*, document: Document, key: str, reason: str, by: User) -> FindingAcceptance:
    """Accept the finding, with a reason. Returns the acceptance. Raises ValueError where the reason is missing."""
    if not reason.strip():
        raise ValueError(_("Skriv hvorfor funnet kan stå."))
    acceptance, _created = FindingAcceptance.objects.update_or_create(
        document=document, key=key, defaults={"reason": reason.strip(), "accepted_by": by}
    )
    return acceptance
