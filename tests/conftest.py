"""What every test shares: a fast password hash, and a word at the end when the browser tests did not run."""

import os
import shutil
from pathlib import Path

import pytest
from pytest_django import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "no Chromium: set CHROMIUM to its path, or install the package chromium"


def chromium_path() -> Path | None:
    """The Chromium to test with: the one CHROMIUM names, else the first on the PATH, else none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in tests/browser/ as `browser`, and skip it where there is no Chromium."""
    browser = [item for item in items if item.path.is_relative_to(Path(__file__).parent / "browser")]
    for item in browser:
        item.add_marker(pytest.mark.browser)
        if chromium_path() is None:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words that nothing was tried in a browser."""
    if chromium_path() is None:
        terminalreporter.write_line(f"Browser tests were skipped: {NO_BROWSER}.", yellow=True)


@pytest.fixture(scope="session")
def chromium() -> Path | None:
    """The path of the Chromium to test with; tests in tests/browser/ are skipped where it is None."""
    return chromium_path()


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    """Hash passwords with MD5, since a safe hash is slow on purpose and tests log in often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
