"""The budget of the demo: what each unit has for each of its functions, and what pays for it. Pure.

The same every time, and in each year what it was the year before and the growth of wages and prices besides: a unit
has the same part of a function, and a function the same arts (`elverum.examples.profiles`), from one year to the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from elverum.examples.posts import (
    BORROWED,
    COUNTER_ENTRY,
    DEPRECIATION,
    FIRST_FINANCE,
    GROWTH,
    INVESTMENT,
    LACKING,
    LEFT_OVER,
    MILLION,
    MONTHS,
    OPERATIONS,
    THOUSAND,
    TRANSFERRED,
    Codes,
    Dice,
    ExampleUnit,
    Post,
    is_valid,
    whole,
)
from elverum.examples.profiles import (
    BUILDINGS_AND_PLANT,
    GENERAL,
    SIZES,
    USUAL,
    VAT,
    VAT_REFUNDED,
    WEAR,
    family,
    profile_of,
)

LEAST = 600 * THOUSAND
"""Smaller amounts are not posts of their own: they are in the first of the function's."""
NOTHING = Decimal(0)

Pair = tuple[str, str]
"""A unit's address and a function's code."""


@dataclass(frozen=True)
class ExampleProject:
    """A project that is invested in: its number in the accounts, where, on which art, and kroner by year."""

    code: str
    unit: str
    function: str
    art: str
    amounts: Mapping[int, Decimal]


@dataclass(frozen=True)
class ExampleBudget:
    """What the budget is made of. The first unit is the municipality; prices are those of `first_year`.

    `functions` are the national list: a unit has no post on a function in a year when that is not valid.
    """

    units: Sequence[ExampleUnit]
    functions: Codes
    first_year: int
    projects: Sequence[ExampleProject] = ()
    seed: int = 1

    def posts(self, year: int) -> list[Post]:
        """The year's posts in operations and investment; each of the two adds up to nothing."""
        costs = self._costs(year)
        own = [post for pair, cost in costs.items() for post in self._of_pair(pair, cost)]
        counter = -_sum(post for post in own if post.art == DEPRECIATION)
        own.append(Post(OPERATIONS, self.top, *COUNTER_ENTRY, counter, is_exact=True))
        operations = [*own, *self._general(_sum(own))]
        return [*operations, *self._investments(year, operations)]

    def pairs(self, year: int) -> list[Pair]:
        """Each unit with each of its functions that are valid in the year, but for those of finance."""
        valid = {one["code"] for one in self.functions if is_valid(one, year) and one["code"] < FIRST_FINANCE}
        return [(unit.slug, code) for unit in self.units for code in unit.functions if code in valid]

    def dice(self, *names: str) -> Dice:
        """Numbers that depend on these names alone, so that nothing changes when something else is added."""
        return Dice("/".join((f"{self.seed}", *names)))

    @property
    def top(self) -> str:
        """The municipality's address."""
        return self.units[0].slug

    def _weight(self, pair: Pair) -> Decimal:
        return self.dice(pair[0], family(pair[1])).part(600, 1400)

    def _costs(self, year: int) -> dict[Pair, Decimal]:
        """What each pair costs: the functions' costs, not all of which grow alike, shared out on the units."""
        pairs, price = self.pairs(year), (1 + GROWTH) ** (year - self.first_year)
        weights: dict[str, Decimal] = defaultdict(Decimal)
        for pair in pairs:
            weights[family(pair[1])] += self._weight(pair)
        grown = {name: price * self.dice(f"{year}", name).part(994, 1006) for name in weights}
        sizes = {name: SIZES.get(name, USUAL) * MILLION * grown[name] / weight for name, weight in weights.items()}
        return {pair: sizes[family(pair[1])] * self._weight(pair) for pair in pairs}

    def _of_pair(self, pair: Pair, cost: Decimal) -> list[Post]:
        shares = profile_of(pair[1]).items()
        amounts = {art: whole(cost * Decimal(share) * self._near(pair, art)) for art, share in shares}
        first, *others = amounts
        small = [art for art in others if abs(amounts[art]) < LEAST]
        amounts[first] += sum((amounts.pop(art) for art in small), NOTHING)
        posts = [Post(OPERATIONS, *pair, art, amount) for art, amount in amounts.items()]
        if pair[1] in BUILDINGS_AND_PLANT:
            wear = whole(cost * WEAR / MONTHS) * MONTHS
            posts.append(Post(OPERATIONS, *pair, DEPRECIATION, wear, is_exact=True))
        return posts

    def _near(self, pair: Pair, art: str) -> Decimal:
        """A little more or less than usual; what is refunded of a tax is what was paid of it."""
        return self.dice(pair[0], family(pair[1]), VAT if art == VAT_REFUNDED else art).part(930, 1070)

    def _general(self, cost: Decimal) -> list[Post]:
        """What pays for all the rest, and the last post, which makes all of it add up to nothing."""
        posts = [
            Post(OPERATIONS, self.top, *place, whole(cost * Decimal(share)), is_exact=True)
            for place, share in GENERAL.items()
        ]
        left = -cost - _sum(posts)
        place = LEFT_OVER if left > 0 else LACKING
        return [*posts, Post(OPERATIONS, self.top, *place, left, is_exact=True)]

    def _investments(self, year: int, operations: Sequence[Post]) -> list[Post]:
        """The projects, what operations transfer to them, and a loan for the rest."""
        built = [
            Post(INVESTMENT, one.unit, one.function, one.art, one.amounts[year], project=one.code)
            for one in self.projects
            if year in one.amounts
        ]
        transferred = -next(post.amount for post in operations if post.art == "570")
        loan = -_sum(built) - transferred
        paid = [(TRANSFERRED, transferred), (BORROWED, loan)]
        return [*built, *(Post(INVESTMENT, self.top, *place, amount, is_exact=True) for place, amount in paid)]


def _sum(posts: Iterable[Post]) -> Decimal:
    return sum((post.amount for post in posts), NOTHING)
