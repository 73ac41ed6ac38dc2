"""Odd but real files from elsewhere: each is read, or refused with a sentence, and nothing else."""

import time
from pathlib import Path

import pytest

from budget.reading.cells import Unreadable
from budget.reading.sheets import read

SHARED = Path(__file__).resolve().parents[4] / "shared/badinputs"
FOLDERS = ("xlsx-weird", "csvinj", "utf8", "blns")
LONGEST = 10
"""Seconds for one file, on a machine with other things to do. The slowest takes a tenth of one."""

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the collection of odd files is not here")


def lines_in(path: Path) -> int | str:
    """How many lines the file has, or the sentence it is refused with."""
    try:
        return sum(1 for _line in read(path.read_bytes(), path.name).lines)
    except Unreadable as refusal:
        return refusal.message


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_odd_file_is_read_or_refused(folder: str) -> None:
    slow = []
    for path in sorted(path for path in (SHARED / folder).rglob("*") if path.is_file()):
        started = time.monotonic()
        outcome = lines_in(path)
        assert isinstance(outcome, int) or (outcome[0], outcome[-1]) == ("«", "."), path.name
        if time.monotonic() - started > LONGEST:
            slow.append(path.name)
    assert slow == []


def test_odd_files_are_not_all_refused() -> None:
    """The test above would pass if nothing could be read."""
    paths = sorted((SHARED / "xlsx-weird").rglob("*.xlsx"))
    assert sum(1 for path in paths if isinstance(lines_in(path), int)) > len(paths) // 10
