"""How PDFs are drawn in a test: not at all, by a worker that the test lets run, or by a stand-in that is quick."""

from typing import Any

import pytest
from django_tasks_db.management.commands.db_worker import Worker

from publishing.book import archive, pdf

LEFT_OUT = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""`settings.TASKS` where no test reads a PDF: orders stay, and nobody draws them."""
BY_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
"""`settings.TASKS` as in production. Needs a test with real transactions."""


def run_worker() -> None:
    """Let a worker do all that waits, and stop."""
    options: dict[str, Any] = {"queue_names": ["default"], "excluded_queue_names": [], "max_tasks": None}
    options |= {"interval": 0, "startup_delay": False, "backend_name": "default", "worker_id": "test"}
    Worker(batch=True, **options).run()


class StandIn:
    """Draws in no time, and counts. Set `problem` to have it fail, `steps` for what it tells on the way."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Any, pdf.Edition, Any]] = []
        self.problem: BaseException | None = None
        self.steps: list[tuple[int, str]] = []

    def put_in(self, patch: pytest.MonkeyPatch) -> "StandIn":
        """Let it draw in place of WeasyPrint."""
        patch.setattr(pdf, "render", self.render)
        patch.setattr(pdf, "render_both", self.render_both)
        patch.setattr(archive, "metadata", lambda publication, files: b"<arkiv/>")
        return self

    def render(self, contents: Any, edition: pdf.Edition, *, changes: Any = None, on_step: Any = None) -> bytes:
        """Takes and gives what `pdf.render` does."""
        self.drawn.append((contents, edition, changes))
        for percent, step in self.steps:
            on_step(percent, step)
        if self.problem:
            raise self.problem
        return b"%%PDF-%d" % len(self.drawn)

    def render_both(self, *args: Any, **options: Any) -> tuple[bytes, bytes]:
        """Takes and gives what `pdf.render_both` does."""
        return self.render(*args, **options), b"%PDF-arkiv"
