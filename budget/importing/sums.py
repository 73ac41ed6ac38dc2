"""What the lines of a file add up to, and the first of them, as the person sees them before they are written."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from budget.importing.judging import Understood
from budget.kroner import from_ore
from budget.models import KostraArt
from organisation import periods
from organisation.models import KostraFunction, Unit
from organisation.periods import Span

SHOWN = 20
"""Lines that are shown as they were understood."""

Key = tuple[str, Span, int]


@dataclass
class Sums:
    """Lines and øre for each account class, period and unit (its key)."""

    ore: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    lines: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    first: list[Understood] = field(default_factory=list)

    def counted(self, lines: Iterable[Understood]) -> Iterator[Understood]:
        """The lines, added up as they pass."""
        for line in lines:
            key = (line.account_class, line.span, line.unit)
            self.ore[key] += line.ore
            self.lines[key] += 1
            if len(self.first) < SHOWN:
                self.first.append(line)
            yield line

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(self.lines.values())

    @property
    def total(self) -> int:
        """Øre."""
        return sum(self.ore.values())

    @property
    def spans(self) -> set[tuple[str, Span]]:
        """Account classes with the periods they have lines for."""
        return {(account, span) for account, span, _unit in self.lines}

    def by_year(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Lines and øre for each account class and year."""
        return self._grouped(lambda account, span, _unit: (account, span.start.year))

    def as_json(self) -> dict[str, Any]:
        """The sums by year, by period and by unit, and the first lines, in words. Three queries."""
        units = Unit.objects.in_bulk({unit for _account, _span, unit in self.lines})
        by_period = self._grouped(lambda account, span, _unit: (account, span))
        by_unit = self._grouped(lambda account, span, unit: (account, span.start.year, unit))
        named = [(account, year, str(units[unit]), unit, sums) for (account, year, unit), sums in by_unit.items()]
        return {
            "by_year": [[*key, *_shown(sums)] for key, sums in sorted(self.by_year().items())],
            "by_period": [
                [account, _label(span), *_shown(sums)]
                for (account, span), sums in sorted(by_period.items(), key=_by_date)
            ],
            "by_unit": [[account, year, name, *_shown(sums)] for account, year, name, _unit, sums in sorted(named)],
            "first": self._first(units),
        }

    def _grouped(self, group: Callable[[str, Span, int], Any]) -> dict[Any, tuple[int, int]]:
        found: dict[Hashable, tuple[int, int]] = {}
        for key, ore in self.ore.items():
            lines, before = found.get(group(*key), (0, 0))
            found[group(*key)] = (lines + self.lines[key], before + ore)
        return found

    def _first(self, units: dict[int, Unit]) -> list[dict[str, Any]]:
        functions = KostraFunction.objects.in_bulk({line.function for line in self.first})
        arts = KostraArt.objects.in_bulk({line.art for line in self.first})
        return [
            {
                "row": line.row,
                "unit": str(units[line.unit]),
                "function": str(functions[line.function]),
                "art": str(arts[line.art]),
                "account_class": line.account_class,
                "period": _label(line.span),
                "amount": str(from_ore(line.ore)),
                "project": line.project,
                "text": line.text,
            }
            for line in self.first
        ]


def _shown(sums: tuple[int, int]) -> tuple[int, str]:
    lines, ore = sums
    return lines, str(from_ore(ore))


def _label(span: Span) -> str:
    return periods.label(span.kind, span.start, span.end)


def _by_date(entry: tuple[tuple[str, Span], Any]) -> tuple[Any, ...]:
    (account, span), _sums = entry
    return account, span.start, span.end
