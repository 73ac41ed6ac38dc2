"""What a made-up municipality budgets for in a year: posts of units, functions and arts. Pure.

No figure in it is any municipality's. What is kept true is how such a budget looks: wages are most of it, refunds and
sales are income, taxes and the state's grant pay for the rest, depreciation is met by its counter entry, loans and a
transfer from operations pay for investments, and all of it adds up to nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from random import Random

OPERATIONS, INVESTMENT = "operations", "investment"
MONTHS = 12
THOUSAND, MILLION = Decimal(1_000), Decimal(1_000_000)
FIRST_FINANCE = "800"

SIZES = {
    "120": 110, "172": 25, "180": 20, "190": 30, "201": 200, "202": 310, "211": 30, "215": 25, "221": 30, "222": 80,
    "232": 32, "234": 50, "241": 110, "242": 36, "244": 45, "252": 50, "253": 330, "254": 290, "257": 120, "258": 170,
    "261": 42, "265": 25, "273": 15, "275": 25, "281": 45, "332": 36, "339": 26, "340": 15, "345": 20, "350": 18,
    "353": 22, "355": 30, "370": 12, "381": 24, "383": 14,
}  # fmt: skip
"""About how many million kroner a function costs in a municipality of twenty thousand; others cost `USUAL`."""
USUAL = 8
GROWTH = Decimal("0.04")

WAGES = "010"
PROFILE = {
    WAGES: "0.520", "090": "0.075", "099": "0.090", "020": "0.040", "700": "-0.050", "120": "0.030", "600": "-0.030",
    "030": "0.030", "710": "-0.025", "370": "0.040", "429": "0.020", "729": "-0.020", "050": "0.020", "040": "0.012",
    "180": "0.020", "230": "0.020", "620": "-0.020", "270": "0.020", "240": "0.015", "470": "0.010", "195": "0.010",
    "200": "0.010", "260": "0.010", "770": "-0.010", "170": "0.008", "150": "0.006", "130": "0.005", "100": "0.004",
}  # fmt: skip
"""Which part of a function's cost is of which art, the most common first."""

BUILDINGS = ("130", "221", "222", "261", "265", "332", "345", "353", "381", "386")
"""Functions with something to write off."""
WEAR = Decimal("0.15")
DEPRECIATION, COUNTER_ENTRY = "590", ("860", "990")

FINANCE = {
    ("840", "800"): "-0.500", ("800", "870"): "-0.490", ("800", "874"): "-0.020", ("840", "810"): "-0.015",
    ("850", "810"): "-0.010", ("870", "500"): "0.025", ("870", "510"): "0.035", ("870", "900"): "-0.010",
    ("870", "905"): "-0.008", ("880", "570"): "0.008", ("880", "950"): "-0.004", ("880", "550"): "0.003",
}  # fmt: skip
"""What the municipality itself keeps, as part of what everything else costs."""
LEFT_OVER, LACKING = ("880", "540"), ("880", "940")
"""Where what is left over is set aside, and where what is lacking is taken from."""

BUILT = ("230", "200", "250", "285", "280", "210")
TRANSFERRED, REFUNDED, BORROWED = ("880", "970"), ("841", "729"), ("870", "910")
REFUND = Decimal("-0.18")


class Dice(Random):
    """Numbers that are the same for the same seed."""

    def part(self, low: int, high: int) -> Decimal:
        """So many thousandths."""
        return Decimal(self.randint(low, high)) / 1000


Codes = Sequence[Mapping[str, str]]
"""A national code list as its file has it: code, name, valid_from and valid_to, is_operational and is_investment."""


@dataclass(frozen=True)
class ExampleUnit:
    """A unit by its address, and the functions it has; the first unit of a ledger is the municipality."""

    slug: str
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Post:
    """What a unit is budgeted to use in a year on an art of a function. `is_exact`: it goes as budgeted."""

    account: str
    unit: str
    function: str
    art: str
    amount: Decimal
    project: str = ""
    is_exact: bool = False

    @property
    def by_month(self) -> dict[int, Decimal]:
        """As much in each month, in whole kroner, and the rest in the last."""
        monthly = (self.amount / MONTHS).to_integral_value()
        last = self.amount - monthly * (MONTHS - 1)
        return {number: last if number == MONTHS else monthly for number in range(1, MONTHS + 1)}


@dataclass
class Budgeting:
    """Makes the budget of one year, in which every code that is valid occurs."""

    year: int
    units: Sequence[ExampleUnit]
    functions: Codes
    arts: Codes
    dice: Dice
    price: Decimal

    def __post_init__(self) -> None:
        """Share the functions out among the units."""
        self.top = self.units[0].slug
        self.pairs = self._pairs()
        self.shared = Counter(function for _unit, function in self.pairs)

    def needed(self) -> tuple[list[Post], list[Post]]:
        """The posts of operations that must be there, but for finance; and those of investments, not yet paid for."""
        base = [self._of_profile(pair, art) for pair, art in self._first()]
        wear = [self._wear(pair) for pair in self.pairs if pair[1] in BUILDINGS]
        counter = -sum((post.amount for post in wear), Decimal(0))
        wear.append(Post(OPERATIONS, self.top, *COUNTER_ENTRY, counter, is_exact=True))
        return [*base, *wear, *self._rest_of_codes(OPERATIONS)], self._investments()

    def more(self, room: int) -> Iterator[Post]:
        """So many more posts, the commonest arts first."""
        taken = set(self._first())
        left = ((pair, art) for art in self._common() for pair in self.pairs if (pair, art) not in taken)
        found = (self._of_profile(pair, art) for pair, art in left)
        yield from (post for _number, post in zip(range(room), found, strict=False))

    def _common(self) -> list[str]:
        valid = self._valid(self.arts, OPERATIONS)
        return [art for art in PROFILE if art in valid]

    def _first(self) -> list[tuple[tuple[str, str], str]]:
        """Wages for each unit's function, and the other common arts once each."""
        wages = [(pair, WAGES) for pair in self.pairs]
        others = [art for art in self._common() if art != WAGES]
        return [*wages, *zip(cycle(self.pairs), others)]

    def finance(self, posts: Sequence[Post]) -> Iterator[Post]:
        """What pays for the posts, and the last post, which makes all of it add up to nothing."""
        cost = sum((post.amount for post in posts), Decimal(0))
        left = -cost
        for (function, art), share in FINANCE.items():
            post = Post(OPERATIONS, self.top, function, art, whole(cost * Decimal(share)), is_exact=True)
            left -= post.amount
            yield post
        place = LEFT_OVER if left > 0 else LACKING
        yield Post(OPERATIONS, self.top, *place, left, is_exact=True)

    def paid(self, built: Sequence[Post], finance: Sequence[Post]) -> Iterator[Post]:
        """What pays for investments: what operations transfer, refunded tax, and loans for the rest."""
        cost = sum((post.amount for post in built), Decimal(0))
        transferred = -next(post.amount for post in finance if post.art == "570")
        refunded = whole(cost * REFUND)
        for place, amount in (
            (TRANSFERRED, transferred),
            (REFUNDED, refunded),
            (BORROWED, -cost - transferred - refunded),
        ):
            yield Post(INVESTMENT, self.top, *place, amount, is_exact=True)

    def _pairs(self) -> list[tuple[str, str]]:
        """Each unit with each of its functions; no unit is without a function, and no function without a unit."""
        codes = [code for code in self._valid(self.functions, OPERATIONS) if code < FIRST_FINANCE]
        pairs = [(unit.slug, code) for unit in self.units for code in unit.functions if code in codes]
        slugs = cycle([unit.slug for unit in self.units[1:]] or [self.top])
        pairs += [(next(slugs), code) for code in codes if code not in {one for _unit, one in pairs}]
        large = cycle(sorted(codes, key=lambda code: -SIZES.get(code, USUAL)))
        return pairs + [(unit.slug, next(large)) for unit in self.units if unit.slug not in {slug for slug, _ in pairs}]

    def _valid(self, codes: Codes, account: str) -> list[str]:
        allowed = "is_operational" if account == OPERATIONS else "is_investment"
        return [one["code"] for one in codes if one[allowed] == "yes" and is_valid(one, self.year)]

    def _cost(self, pair: tuple[str, str]) -> Decimal:
        function = pair[1]
        return SIZES.get(function, USUAL) * MILLION * self.price / self.shared[function]

    def _of_profile(self, pair: tuple[str, str], art: str) -> Post:
        share = Decimal(PROFILE[art]) * self.dice.part(800, 1200)
        return Post(OPERATIONS, *pair, art, whole(self._cost(pair) * share))

    def _wear(self, pair: tuple[str, str]) -> Post:
        monthly = whole(self._cost(pair) * WEAR / MONTHS)
        return Post(OPERATIONS, *pair, DEPRECIATION, monthly * MONTHS, is_exact=True)

    def _rest_of_codes(self, account: str) -> Iterator[Post]:
        """A small post for each art and each function of finance that no other post has."""
        known = {*PROFILE, DEPRECIATION, *(art for _function, art in (COUNTER_ENTRY, *FINANCE))}
        known = known if account == OPERATIONS else {*BUILT, *(art for _f, art in (TRANSFERRED, REFUNDED, BORROWED))}
        for one in self.arts:
            if one["code"] in self._valid(self.arts, account) and one["code"] not in known:
                is_finance = one["code"][0] in "59"
                unit, function = (self.top, "880") if is_finance else self.dice.choice(self.pairs)
                yield Post(account, unit, function, one["code"], self._small(one))
        met = {COUNTER_ENTRY[0], "880", *(function for function, _art in FINANCE)}
        met = met if account == OPERATIONS else {function for function, _art in (TRANSFERRED, REFUNDED, BORROWED)}
        for code in self._valid(self.functions, account):
            if code >= FIRST_FINANCE and code not in met:
                yield Post(account, self.top, code, "540", 100 * THOUSAND)

    def _small(self, art: Mapping[str, str]) -> Decimal:
        amount = self.dice.randint(200, 2000) * THOUSAND * self.price
        return whole(-amount if art["is_income"] == "yes" else amount)

    def _investments(self) -> list[Post]:
        codes = [code for code in self._valid(self.functions, INVESTMENT) if code < FIRST_FINANCE]
        units = {function: unit for unit, function in self.pairs}
        arts = cycle(BUILT)
        built = [
            Post(
                INVESTMENT,
                units.get(code, self.top),
                code,
                next(arts),
                self.dice.randint(1, 20) * MILLION,
                project=f"P{self.year}{number:03}",
            )
            for number, code in enumerate(codes, start=1)
        ]
        return [*built, *self._rest_of_codes(INVESTMENT)]


def is_valid(one: Mapping[str, str], year: int) -> bool:
    """Whether a code of a national list is valid in any part of the year."""
    starts = not one["valid_from"] or int(one["valid_from"][:4]) <= year
    return starts and (not one["valid_to"] or int(one["valid_to"][:4]) >= year)


def whole(amount: Decimal) -> Decimal:
    """Whole thousands, as budgets are made in; never nothing."""
    thousands = (amount / THOUSAND).to_integral_value()
    return (thousands or Decimal(1).copy_sign(amount)) * THOUSAND
