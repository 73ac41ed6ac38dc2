"""The ledger of the demo: its budget month by month, accounts near it, and decisions that move some of it. Pure.

Most functions go nearly as budgeted. Some go away from it, for all of the year or a part of it, so that there is
something to explain. Accounts of a whole year end with nothing left.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from elverum.examples.budget import ExampleBudget, Pair
from elverum.examples.ledger import ACTUAL, ORE, ORIGINAL, REVISED, ExampleLine
from elverum.examples.posts import BORROWED, INVESTMENT, LACKING, LEFT_OVER, MONTHS, OPERATIONS, THOUSAND, Post, whole
from elverum.examples.profiles import REPLACEMENTS, WAGES

DECIDED = ((4, 24), (6, 19), (8, 28))
"""Month and day of the decisions that move budget during a year."""
MOVES = 3
"""So many units give, and as many get, in each decision."""
MOVABLE_ARTS = (WAGES, REPLACEMENTS, "120", "195", "230", "240", "270", "370")
"""Wages, goods and services."""
LARGE = 5_000 * THOUSAND
"""Only posts of at least this size give or get."""
ROUND = 100 * THOUSAND

AWAY_IN_HUNDRED = 14
"""Of a hundred functions of units, about so many go away from the budget."""
AWAY = ("1.060", "1.040", "0.950", "0.960")
WHEN = ((1, MONTHS), (1, 4), (5, MONTHS))
"""The months in which they do: first and last."""


class Span(NamedTuple):
    """The months that have accounts of a year, from January to this one."""

    year: int
    months: int


@dataclass(frozen=True)
class ExampleAccounts:
    """What the ledger is made of: `months` is year → how many months have accounts; `names` are those of the arts."""

    budget: ExampleBudget
    months: Mapping[int, int]
    names: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[ExampleLine]:
        """The lines, year by year."""
        for year, months in self.months.items():
            posts = self.budget.posts(year)
            actual = list(self._actual(posts, Span(year, months)))
            yield from (line for post in posts for line in self._original(post, year))
            yield from actual
            yield from self._closing(actual, year) if months == MONTHS else ()
            yield from self._moved(posts, year)

    def _original(self, post: Post, year: int) -> Iterator[ExampleLine]:
        if post.account == INVESTMENT:
            yield self._line(post, ORIGINAL, f"{year}", post.amount)
        else:
            for number, amount in post.by_month.items():
                yield self._line(post, ORIGINAL, f"{year}-{number:02}", amount)

    def _actual(self, posts: Sequence[Post], span: Span) -> Iterator[ExampleLine]:
        courses: dict[Pair, list[Decimal]] = {}
        for post in posts:
            pair = post.unit, post.function
            course = courses.setdefault(pair, self._course(pair, span.year))
            dice = self.budget.dice(f"{span.year}", *pair, post.art, post.project)
            by_month = post.by_month
            for number in range(1, span.months + 1):
                part = 1 if post.is_exact else course[number - 1] * dice.part(990, 1010)
                yield self._line(post, ACTUAL, f"{span.year}-{number:02}", (by_month[number] * part).quantize(ORE))

    def _course(self, pair: Pair, year: int) -> list[Decimal]:
        """How much of the budget is used in each month, as a part of it."""
        dice = self.budget.dice(f"{year}", *pair, "course")
        usual, away, (first, last) = dice.part(994, 1006), Decimal(dice.choice(AWAY)), dice.choice(WHEN)
        is_away = dice.randint(1, 100) <= AWAY_IN_HUNDRED
        return [away if is_away and first <= number <= last else usual for number in range(1, MONTHS + 1)]

    def _closing(self, actual: Sequence[ExampleLine], year: int) -> Iterator[ExampleLine]:
        """What is set aside or taken from a fund, and borrowed more or less, so that the year's accounts add up."""
        left: dict[str, Decimal] = defaultdict(Decimal)
        for line in actual:
            left[line.account] -= line.amount
        places = {OPERATIONS: LEFT_OVER if left[OPERATIONS] > 0 else LACKING, INVESTMENT: BORROWED}
        for account, (function, art) in places.items():
            post = Post(account, self.budget.top, function, art, left[account])
            yield self._line(post, ACTUAL, f"{year}-{MONTHS}", left[account])

    def _moved(self, posts: Sequence[Post], year: int) -> Iterator[ExampleLine]:
        """Decisions that move round sums from some units to others."""
        movable = [post for post in posts if post.art in MOVABLE_ARTS and post.amount >= LARGE and not post.project]
        for number in range(1, len(DECIDED) + 1):
            dice = self.budget.dice(f"{year}", f"{number}", "moved")
            by_unit = {post.unit: post for post in dice.sample(movable, len(movable))}
            chosen = dice.sample(list(by_unit.values()), min(2 * MOVES, len(by_unit) // 2 * 2))
            for giver, taker in zip(chosen[::2], chosen[1::2], strict=True):
                amount = dice.randint(2, 7) * ROUND
                yield from self._change(giver, -amount, year, number)
                yield from self._change(taker, amount, year, number)

    def _change(self, post: Post, amount: Decimal, year: int, number: int) -> Iterator[ExampleLine]:
        """What a post gets more or less, as much in each month that is left of the year, and the rest in the last."""
        first = DECIDED[number - 1][0]
        monthly = whole(amount / (MONTHS + 1 - first))
        for month in range(first, MONTHS + 1):
            change = monthly if month < MONTHS else amount - monthly * (MONTHS - first)
            yield self._line(post, REVISED, f"{year}-{month:02}", change, number=number)

    def _line(self, post: Post, layer: str, period: str, amount: Decimal, *, number: int = 0) -> ExampleLine:
        year, text = int(period[:4]), self.names.get(post.art, "")
        place = (layer, post.account, year, post.unit, post.function, post.art, period, amount)
        return ExampleLine(*place, project=post.project, text=text, amendment=number)


def decided_on(year: int, number: int) -> datetime.date:
    """When the year's decision of that number was made."""
    return datetime.date(year, *DECIDED[number - 1])
