"""A large ledger that is made up by a rule, the same each time, for tests and for measuring. Pure.

No figure in it is any municipality's. `elverum.examples.posts` makes the budgets; here they become lines: budget month
by month (investments for the whole year), accounts near it, a few decisions that move it, and now and then a forecast.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from elverum.examples.posts import (
    GROWTH,
    INVESTMENT,
    MONTHS,
    OPERATIONS,
    THOUSAND,
    Budgeting,
    Codes,
    Dice,
    ExampleUnit,
    Post,
)

ORIGINAL, REVISED, ACTUAL, FORECAST = "original", "revised", "actual", "forecast"
ORE = Decimal("0.01")
AMENDED_IN = (4, 6, 11)
"""The months that the budget is changed from."""
MOVED, FORECASTS = 6, 40
ACCOUNTS = {OPERATIONS: "drift", INVESTMENT: "investering"}
HEADINGS = ("Ansvar", "Tjeneste", "Art", "Prosjekt", "Periode", "Kontoklasse", "Konto", "Tekst", "Beløp")


@dataclass(frozen=True)
class ExampleLine:
    """A line. `amount` in kroner with KOSTRA's sign; `amendment` is the number of the decision, 0 for none."""

    layer: str
    account: str
    year: int
    unit: str
    function: str
    art: str
    period: str
    amount: Decimal
    project: str = ""
    text: str = ""
    amendment: int = 0


@dataclass(frozen=True)
class ExampleLedger:
    """What the ledger is made of. `lines` is how many there are to be in each year.

    `accounted` is the last month with accounts of a year, where that is not December. Every code that is valid occurs.
    """

    units: Sequence[ExampleUnit]
    functions: Codes
    arts: Codes
    lines: Mapping[int, int]
    accounted: Mapping[int, int] = field(default_factory=dict)
    seed: int = 1

    def generated(self) -> Iterator[ExampleLine]:
        """The lines, year by year. Raises ValueError where a year has no room for what must be there."""
        for year in self.lines:
            yield from _Year(self, year).lines()


def as_csv(lines: Iterable[ExampleLine]) -> str:
    """The lines as a file such as economy systems write: semicolons, decimal commas. One layer and year to a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        amount = f"{line.amount:.2f}".replace(".", ",")
        codes = (line.unit, line.function, line.art, line.project, line.period)
        writer.writerow((*codes, ACCOUNTS[line.account], account_of(line.art), line.text, amount))
    return text.getvalue()


def account_of(art: str) -> str:
    """The account that an art is kept on."""
    return f"1{art}0"


class _Year:
    """The lines of one year."""

    def __init__(self, ledger: ExampleLedger, year: int) -> None:
        self.year, self.ledger = year, ledger
        self.dice = Dice(ledger.seed * 10_000 + year)
        self.months = ledger.accounted.get(year, MONTHS)
        price = 1 + GROWTH * (year - min(ledger.lines))
        codes = ledger.units, ledger.functions, ledger.arts
        self.budgeting = Budgeting(year, *codes, self.dice, price)
        self.names = {one["code"]: one["name"] for one in ledger.arts}

    def lines(self) -> list[ExampleLine]:
        """As many as there are to be."""
        posts, built = self.budgeting.needed()
        posts += self.budgeting.more(self._room(posts, built))
        finance = list(self.budgeting.finance(posts))
        built += self.budgeting.paid(built, finance)
        found = [line for post in (*posts, *finance, *built) for line in self._of_post(post)]
        movable = [post for post in posts if not post.is_exact]
        found += self._amendments(movable)
        found += self._forecasts(posts)
        lacking = self.ledger.lines[self.year] - len(found)
        if lacking < 0:
            raise ValueError(f"{self.ledger.lines[self.year]} lines are too few for {self.year}: it takes {len(found)}")
        return [*found, *(self._booking(movable) for _number in range(lacking))]

    def _room(self, posts: Sequence[Post], built: Sequence[Post]) -> int:
        """How many more posts there is room for, when finance and what is beside the posts has got its lines."""
        finance = len(list(self.budgeting.finance(posts)))
        taken = (len(posts) + finance) * (MONTHS + self.months) + (len(built) + 3) * (1 + self.months)
        beside = len(AMENDED_IN) * MOVED + FORECASTS
        return max(0, self.ledger.lines[self.year] - taken - beside) // (MONTHS + self.months)

    def _line(self, post: Post, layer: str, period: str, amount: Decimal, **facts: object) -> ExampleLine:
        said: dict[str, object] = {"text": self.names.get(post.art, ""), "project": post.project} | facts
        place = (layer, post.account, self.year, post.unit, post.function, post.art, period, amount)
        return ExampleLine(*place, **said)  # type: ignore[arg-type]

    def _month(self, number: int) -> str:
        return f"{self.year}-{number:02}"

    def _of_post(self, post: Post) -> Iterator[ExampleLine]:
        by_month = post.by_month
        if post.account == INVESTMENT:
            yield self._line(post, ORIGINAL, f"{self.year}", post.amount)
        else:
            for number, amount in by_month.items():
                yield self._line(post, ORIGINAL, self._month(number), amount)
        level = self.dice.part(960, 1050)
        for number in range(1, self.months + 1):
            part = 1 if post.is_exact else level * self.dice.part(930, 1070)
            yield self._line(post, ACTUAL, self._month(number), (by_month[number] * part).quantize(ORE))

    def _amendments(self, posts: Sequence[Post]) -> Iterator[ExampleLine]:
        """Decisions that move money and keep the sum."""
        for number, month in enumerate(AMENDED_IN, start=1):
            moved = self.dice.sample(posts, MOVED)
            changes = [self.dice.randint(-60, 60) * 10 * THOUSAND for _post in moved[1:]]
            for post, change in zip(moved, [-sum(changes, Decimal(0)), *changes], strict=True):
                yield self._line(post, REVISED, self._month(month), change, amendment=number)

    def _forecasts(self, posts: Sequence[Post]) -> Iterator[ExampleLine]:
        """What some units expect for all of a function, as one line."""
        for pair in self.dice.sample(self.budgeting.pairs, FORECASTS):
            own = [post for post in posts if (post.unit, post.function) == pair]
            amount = sum((post.amount for post in own), Decimal(0)) * self.dice.part(950, 1060)
            yield self._line(own[0], FORECAST, f"{self.year}", amount.quantize(ORE))

    def _booking(self, posts: Sequence[Post]) -> ExampleLine:
        """A correction or a late bill, somewhere."""
        post, number = self.dice.choice(posts), self.dice.randint(1, self.months)
        amount = (post.amount / MONTHS * self.dice.part(-20, 30)).quantize(ORE)
        return self._line(post, ACTUAL, self._month(number), amount, text="Rettet bilag")
