"""What every measurement needs: medians of deeds done in turn, and a table of them."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping

Deed = Callable[[], object]

MICROSECONDS, MILLISECONDS = 1e6, 1e3
WIDTH = 46


def seconds_of(deed: Deed) -> float:
    """How long the deed takes, done once."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def medians(deeds: Mapping[str, Deed], *, runs: int) -> dict[str, float]:
    """The median seconds of each deed. They are done in turn, so that a busy machine disturbs all alike."""
    taken: dict[str, list[float]] = {name: [] for name in deeds}
    for _run in range(runs):
        for name, deed in deeds.items():
            taken[name].append(seconds_of(deed))
    return {name: statistics.median(found) for name, found in taken.items()}


def show(title: str, seconds: Mapping[str, float], *, runs: int) -> None:
    """Print each measurement with its ratio to the first."""
    first = next(iter(seconds.values()))
    sys.stdout.write(f"\n{title} ({'once' if runs == 1 else f'median of {runs}'})\n")
    for name, taken in seconds.items():
        sys.stdout.write(f"  {name:<{WIDTH}} {_printed(taken):>12} {taken / first:8.3f}\n")


def _printed(seconds: float) -> str:
    """The time in the unit that gives it a readable number."""
    if seconds < 1 / MILLISECONDS:
        return f"{seconds * MICROSECONDS:.2f} µs"
    return f"{seconds * MILLISECONDS:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
