"""What the law asks of a budget and its accounts: that they go up, and that what answers to something is equal to it.

The økonomiplan and the year's budget are adopted in balance, each year by itself (kommuneloven § 14-4). Each breach
says what is wrong, in which budget of which year, by how much, and what to do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.statutory.computing import Computed
from budget.statutory.distribution import Part
from budget.statutory.figures import Column, Kind
from organisation.numbers import show_number

NOTHING = Decimal(0)

WHERE = {
    Kind.YEAR_BEFORE: gettext_lazy("Regnskap %(year)s"),
    Kind.ORIGINAL: gettext_lazy("Opprinnelig budsjett %(year)s"),
    Kind.REVISED: gettext_lazy("Regulert budsjett %(year)s"),
    Kind.ACTUAL: gettext_lazy("Regnskap %(year)s"),
    Kind.PLAN: gettext_lazy("Økonomiplan %(year)s"),
}


@dataclass(frozen=True)
class Breach:
    """Something that is not in balance. `where` and the texts are Norwegian; `amount` is in kroner, KOSTRA's sign.

    `rule` and `subject` are the same for the same breach next time. `layer` is what the column shows (`figures.Kind`).
    """

    rule: str
    subject: str
    year: int
    layer: str
    where: str
    amount: Decimal
    message: str
    remedy: str


@dataclass(frozen=True)
class Budget:
    """A column under control: a budget, the accounts or a year of the plan. `parts` are the second parts, by row."""

    column: Column
    index: int
    operations: Computed
    investments: Computed
    overview: Computed
    parts: dict[str, list[Part]]

    def rest(self, computed: Computed) -> Decimal:
        """What the whole account adds up to: more expenditure than income above zero."""
        return sum((computed.of(key, self.index) for key in computed.table.total), NOTHING)

    def breach(self, rule: str, amount: Decimal, message: str, remedy: str, *, about: str = "", **said: str) -> Breach:
        """A breach in this column; `message` has room for what is `said`, and for %(amount)s, its size in kroner."""
        year, kind = self.column.year, self.column.kind
        return Breach(
            rule=rule,
            subject="/".join(filter(None, [f"{year}", kind, about])),
            year=year,
            layer=kind,
            where=WHERE[kind] % {"year": year},
            amount=amount,
            message=message % (said | {"amount": kroner(amount)}),
            remedy=remedy,
        )


def kroner(amount: Decimal) -> str:
    """The size of an amount as people read it, with hard spaces: 1 500 000, or 1 500,50 where there are øre."""
    size = abs(amount)
    return show_number(size, decimals=0 if size == size.to_integral_value() else 2).replace(" ", "\u00a0")


def operations_balance(budget: Budget) -> Iterator[Breach]:
    """What the operations bring in is used, set aside, or said to be lacking."""
    if rest := budget.rest(budget.operations):
        lacking = _("Driften går ikke opp: det mangler %(amount)s kroner i inntekter eller bruk av fond.")
        over = _("Driften går ikke opp: %(amount)s kroner er verken brukt eller satt av.")
        remedy = _("Endre bevilgninger, avsetninger eller bruk av fond til summen er 0.")
        yield budget.breach("operations-unbalanced", rest, lacking if rest > 0 else over, remedy)


def investment_balance(budget: Budget) -> Iterator[Breach]:
    """The investments are paid for, and what pays for them is used."""
    if rest := budget.rest(budget.investments):
        lacking = _("Investeringene går ikke opp: det mangler %(amount)s kroner til å betale for dem.")
        over = _("Investeringene går ikke opp: %(amount)s kroner er verken brukt eller satt av.")
        remedy = _("Endre investeringene, lånene, overføringen fra drift eller fondene til summen er 0.")
        yield budget.breach("investment-unbalanced", rest, lacking if rest > 0 else over, remedy)


def depreciation(budget: Budget) -> Iterator[Breach]:
    """Depreciation (art 590) is taken out again (art 990), so that it does not touch the net result."""
    keys = ("depreciation", "depreciation-reversed")
    if rest := sum((budget.operations.of(key, budget.index) for key in keys), NOTHING):
        message = _("Avskrivninger (art 590) og motposten (art 990) er ulike. Forskjellen er %(amount)s kroner.")
        yield budget.breach("depreciation-differs", rest, message, _("Rett den av dem som er feil."))


def transfer(budget: Budget) -> Iterator[Breach]:
    """What the operations give to investment (art 570) is what investment gets (art 970)."""
    given = budget.operations.of("to-investment", budget.index)
    if rest := given + budget.investments.of("from-operations", budget.index):
        message = _(
            "Overføring til investering i driften (art 570) og overføring fra drift i investeringene (art 970) er "
            "ulike. Forskjellen er %(amount)s kroner."
        )
        yield budget.breach("transfer-differs", rest, message, _("Før det samme beløpet på begge sider."))


def second_parts(budget: Budget) -> Iterator[Breach]:
    """A row of the first part is what its second part shares out."""
    for key, parts in budget.parts.items():
        is_operations = key == "appropriations"
        computed = budget.operations if is_operations else budget.investments
        shared = sum((part.amounts[budget.index] for part in parts if not part.is_left), NOTHING)
        if rest := computed.of(key, budget.index) - shared:
            message = _("«%(row)s»: %(amount)s kroner av raden er ikke fordelt i tabellens andre del.")
            areas = _("Legg funksjonene som mangler, i et tjenesteområde.")
            projects = _("Gi linjene et prosjekt, og prosjektet et nummer i investeringsplanen.")
            remedy = areas if is_operations else projects
            label = computed.table.row(key).label
            yield budget.breach("parts-differ", rest, message, remedy, about=key, row=label)


def deficit(budget: Budget) -> Iterator[Breach]:
    """A budget may not be adopted with expenditure that a later year shall pay for; accounts may end so."""
    if budget.column.kind == Kind.ACTUAL:
        return
    for computed, about in ((budget.operations, "operations"), (budget.investments, "investment")):
        if amount := computed.of("carried-forward", budget.index):
            message = _("Budsjettet er ikke i balanse: %(amount)s kroner er ført fram til senere år.")
            remedy = _("Dekk beløpet i året: reduser utgifter, øk inntekter eller bruk fond.")
            yield budget.breach("deficit", amount, message, remedy, about=about)


def relending(budget: Budget) -> Iterator[Breach]:
    """What is lent on is borrowed, and what comes back pays the loans or is set aside in a bound fund for them."""
    at = budget.index
    net = budget.investments.of("net-relending", at)
    aside, used = (budget.investments.of(key, at) for key in ("to-bound-funds", "from-bound-funds"))
    if net > -used:
        message = _("Videreutlån går ikke opp: %(amount)s kroner mangler dekning i lån, mottatte avdrag eller fond.")
        remedy = _("Øk bruken av lån til videreutlån, eller bruk bundne investeringsfond.")
        yield budget.breach("relending-unbalanced", net + used, message, remedy)
    elif net < -aside:
        message = _("Videreutlån går ikke opp: %(amount)s kroner er verken lånt ut, brukt til avdrag eller satt av.")
        remedy = _("Bruk beløpet til avdrag på lån til videreutlån, eller sett det av til bundne investeringsfond.")
        yield budget.breach("relending-unbalanced", net + aside, message, remedy)


def unplaced(budget: Budget) -> Iterator[Breach]:
    """Every line belongs to a row."""
    for computed in (budget.overview, budget.investments):
        for code, amounts in sorted(computed.unplaced.items()):
            if amount := amounts[budget.index]:
                message = _("%(amount)s kroner på funksjon %(function)s og art %(art)s hører ikke til noen rad.")
                said = {"function": code.function, "art": code.art}
                remedy = _("Bruk en art som gjelder i året.")
                yield budget.breach("art-unplaced", amount, message, remedy, about="-".join(code), **said)


RULES: tuple[Callable[[Budget], Iterator[Breach]], ...] = (
    operations_balance,
    investment_balance,
    deficit,
    depreciation,
    transfer,
    relending,
    second_parts,
    unplaced,
)
