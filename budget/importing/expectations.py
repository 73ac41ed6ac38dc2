"""What a whole file must come to: its control sums, a decision that keeps the sum, no file and no decision twice."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budget.importing.findings import Findings, Sentence
from budget.importing.sums import Sums
from budget.kroner import from_ore
from budget.models import BudgetAmendment, BudgetLine, ImportBatch
from organisation.numbers import show_number
from organisation.periods import Span, label

Layer = BudgetLine.Layer

LISTED = 3
"""Periods that are named one by one in a sentence."""


def hold(batch: ImportBatch, sums: Sums, findings: Findings) -> None:
    """Hold the file against what it must come to, and tell where it does not. At most three queries."""
    hold_once(batch, findings)
    if not sums.count:
        if not findings.has_errors:
            findings.error(Sentence(_("Fila har ingen linjer."), _("Last opp fila som tallene står i.")))
        return
    if not findings.has_errors:
        _hold_controls(batch, sums, findings)
        if batch.layer == Layer.REVISED:
            _hold_balance(sums, findings)
    if batch.layer != Layer.REVISED:
        _warn_of_more(batch, sums, findings)


def hold_once(batch: ImportBatch, findings: Findings) -> None:
    """The same file is written once, and a decision's number is used once a year."""
    same = ImportBatch.objects.filter(sha256=batch.sha256, state=ImportBatch.State.WRITTEN).exclude(pk=batch.pk)
    if written := same.select_related("uploaded_by").defer("content").first():
        findings.error(_written(written))
    if batch.layer == Layer.REVISED and is_number_taken(batch):
        findings.error(number_taken(batch.amendment_facts["number"], batch.plan_year or 0))


def is_number_taken(batch: ImportBatch) -> bool:
    """Whether the year has a decision with the number that this one is to bear."""
    facts = {"unit": batch.source.unit_id, "year": batch.plan_year, "number": batch.amendment_facts.get("number")}
    return BudgetAmendment.objects.filter(**facts).exists()


def number_taken(number: int, year: int) -> Sentence:
    """What is said of a number that another decision bears."""
    what = _("Budsjettregulering nummer %(number)s for %(year)s finnes allerede.") % {"number": number, "year": year}
    return Sentence(what, _("Forkast denne importen, og last opp fila på nytt med et nummer som er ledig."))


def kroner(amount: Decimal) -> str:
    """As a person reads it: "1 234,00" with hard spaces."""
    return show_number(amount, decimals=2).replace(" ", "\u00a0")


def _written(batch: ImportBatch) -> Sentence:
    facts = {
        "name": batch.file_name,
        "person": batch.uploaded_by or _("ukjent"),
        "when": f"{localtime(batch.written_at):%d.%m.%Y kl. %H.%M}",
    }
    what = _("Den samme fila er allerede lest inn: «%(name)s», av %(person)s, %(when)s.") % facts
    return Sentence(what, _("Forkast denne. Skal fila leses inn på nytt, angrer du den forrige importen først."))


def _hold_controls(batch: ImportBatch, sums: Sums, findings: Findings) -> None:
    if batch.control_count is not None and batch.control_count != sums.count:
        counts = {"found": sums.count, "wanted": batch.control_count}
        what = _("Antallet linjer i fila er %(found)s, men skulle være %(wanted)s.") % counts
        findings.error(Sentence(what, _("Se etter om noe mangler i fila, eller om antallet ble skrevet feil.")))
    if batch.control_sum is not None and batch.control_sum != from_ore(sums.total):
        total = from_ore(sums.total)
        amounts = {"found": total, "wanted": batch.control_sum, "difference": total - batch.control_sum}
        facts = {name: kroner(amount) for name, amount in amounts.items()}
        what = _("Linjene blir %(found)s kroner, men skulle bli %(wanted)s. Forskjellen er %(difference)s kroner.")
        findings.error(Sentence(what % facts, _("Se etter om noe mangler i fila, eller om summen ble skrevet feil.")))


def _hold_balance(sums: Sums, findings: Findings) -> None:
    for (account, year), (_lines, ore) in sorted(sums.by_year().items()):
        if ore:
            facts = {"account": BudgetLine.Account(account).label, "year": year, "sum": kroner(from_ore(ore))}
            what = _("Endringene i %(account)s i %(year)s blir %(sum)s kroner til sammen. De skal bli 0.") % facts
            findings.error(Sentence(what, _("Rett beløpene, eller legg til linjen som mangler, og last opp på nytt.")))


def _warn_of_more(batch: ImportBatch, sums: Sums, findings: Findings) -> None:
    """Of other imports with lines in the same layer and time."""
    others = BudgetLine.objects.filter(
        layer=batch.layer,
        plan_year__in={batch.plan_year} if batch.plan_year else {span.start.year for _account, span in sums.spans},
        unit__municipality=batch.source.unit.municipality_id,
    ).exclude(batch=batch)
    found = (
        others.order_by().values_list("account_class", "period__start", "period__end", "batch__file_name").distinct()
    )
    clashes: dict[str, set[Span]] = {}
    for account, start, end, name in found:
        for mine, span in sums.spans:
            if mine == account and span.start <= end and start <= span.end:
                clashes.setdefault(name or "", set()).add(span)
    for name, spans in sorted(clashes.items()):
        findings.warning(_added_to(batch, name, spans))


def _added_to(batch: ImportBatch, name: str, spans: Iterable[Span]) -> Sentence:
    facts = {"layer": BudgetLine.Layer(batch.layer).label, "months": _listed(spans), "name": name}
    what = (
        _("Det er allerede linjer i %(layer)s for %(months)s, fra «%(name)s». Linjene i denne fila kommer i tillegg.")
        if name
        else _("Det er allerede linjer i %(layer)s for %(months)s. Linjene i denne fila kommer i tillegg.")
    )
    return Sentence(what % facts, _("Skal denne fila erstatte de andre linjene, angrer du den importen først."))


def _listed(spans: Iterable[Span]) -> str:
    """The periods one by one, or from the first to the last where they are many."""
    labels = [label(one.kind, one.start, one.end) for one in sorted(spans, key=lambda one: (one.start, one.end))]
    if len(labels) <= LISTED:
        return ", ".join(labels)
    return _("%(first)s til %(last)s") % {"first": labels[0], "last": labels[-1]}
